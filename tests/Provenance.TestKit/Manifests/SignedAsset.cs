namespace Provenance.TestKit;

/// <summary>A file with credentials, and where its interesting parts lie.</summary>
public sealed record SignedAsset(Embedding Embedding, byte[] Store, string ActiveLabel)
{
    /// <summary>The file (for a sidecar: the file without a store).</summary>
    public byte[] Bytes => Embedding.Bytes;

    public TestImage Image => Embedding.Image;

    /// <summary>The range the format spends on the store.</summary>
    public Extent StoreExtent => Embedding.Extent;

    /// <summary>The manifests of the store, in order; the active one is last.</summary>
    public IReadOnlyList<TestBox> Manifests => [.. TestBox.Parse(Store).Children.Where(c => c.IsSuperbox)];

    /// <summary>Where each labelled box of the store lies.</summary>
    public StoreMap Map => StoreMap.Read(Store);

    public void Save(string path) => File.WriteAllBytes(path, Bytes);
}
