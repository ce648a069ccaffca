namespace Provenance.TestKit;

/// <summary>A file with credentials, and where its interesting parts lie.</summary>
public sealed record SignedAsset(Embedding Embedding, byte[] Store, string ActiveLabel)
{
    /// <summary>The file (for a sidecar: the file without a store).</summary>
    public byte[] Bytes => Embedding.Bytes;

    public TestAsset Carrier => Embedding.Carrier;

    /// <summary>The range the format spends on the store.</summary>
    public Extent StoreExtent => Embedding.Extent;

    /// <summary>The manifests of the store, in order; the active one is last. Read anew each time, so they may be changed.</summary>
    public IReadOnlyList<TestBox> Manifests => [.. TestBox.Parse(Store).Children.Where(c => c.IsSuperbox)];

    /// <summary>The last manifest, inflated if it is compressed.</summary>
    public TestBox ActiveManifest => Manifests[^1].Inflated();

    /// <summary>Where each labelled box of the store lies.</summary>
    public StoreMap Map => StoreMap.Read(Store);

    /// <summary>The claim's CBOR in the store.</summary>
    public Extent ClaimPart => Map.Boxes.Last(b => b.Path.StartsWith($"/c2pa/{ActiveLabel}/c2pa.claim", StringComparison.Ordinal)).Content;

    /// <summary>The COSE_Sign1 in the store.</summary>
    public Extent CosePart => Map.Content($"/c2pa/{ActiveLabel}/c2pa.signature");

    /// <summary>What stands in an assertion's content box, in the store.</summary>
    public Extent AssertionPart(string label) => Map.Content($"/c2pa/{ActiveLabel}/c2pa.assertions/{label}");

    /// <summary>Saves the file.</summary>
    public void Save(string path) => File.WriteAllBytes(path, Bytes);
}
