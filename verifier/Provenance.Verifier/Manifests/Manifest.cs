using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests;

/// <summary>What a manifest may say (C2PA 2.5 §11.1).</summary>
public enum ManifestKind
{
    /// <summary>Binds itself to content.</summary>
    Standard,

    /// <summary>Adds to its one parent without touching the content (§11.3).</summary>
    Update,
}

/// <summary>One manifest superbox and what stands in it, as stored.</summary>
internal sealed class Manifest
{
    public const string AssertionStoreLabel = "c2pa.assertions", SignatureLabel = "c2pa.signature";

    public Manifest(JumbfBox stored, JumbfBox box, ManifestKind kind, CborBudget budget)
    {
        Stored = stored;
        Box = box;
        Kind = kind;
        AssertionStores = [.. box.Children.Where(child => child.Is(JumbfType.AssertionStore) && child.Label == AssertionStoreLabel)];
        Claims = [.. box.Children.Where(child => child.Is(JumbfType.Claim) && child.Label is Claim.Label1 or Claim.Label2)];
        Signatures = [.. box.Children.Where(child => child.Is(JumbfType.Signature) && child.Label == SignatureLabel)];
        Assertions = [.. AssertionStores.SelectMany(store => store.Children).Where(child => child.IsSuperbox).Select(child => new Assertion(child, budget))];
        ByLabel = IndexUnique(Assertions);
    }

    /// <summary>Several boxes of one label make every URI through it ambiguous: such a label resolves to nothing.</summary>
    private static Dictionary<string, Assertion> IndexUnique(IReadOnlyList<Assertion> assertions)
    {
        var byLabel = new Dictionary<string, Assertion>(StringComparer.Ordinal);
        var repeated = assertions.Where(assertion => !byLabel.TryAdd(assertion.Label.Full, assertion)).ToList();
        foreach (var assertion in repeated)
            byLabel.Remove(assertion.Label.Full);
        return byLabel;
    }

    /// <summary>The box of the store: the compressed one where the manifest is compressed. A hash over the manifest is over this one.</summary>
    public JumbfBox Stored { get; }

    /// <summary>The manifest itself, unpacked.</summary>
    public JumbfBox Box { get; }

    public ManifestKind Kind { get; }

    public bool IsCompressed => !ReferenceEquals(Stored, Box);

    public string Label => Box.Label!;

    public IReadOnlyList<JumbfBox> AssertionStores { get; }

    public IReadOnlyList<JumbfBox> Claims { get; }

    public IReadOnlyList<JumbfBox> Signatures { get; }

    public IReadOnlyList<Assertion> Assertions { get; }

    public IReadOnlyDictionary<string, Assertion> ByLabel { get; }

    /// <summary>Store-absolute URI of this manifest, or of something in it.</summary>
    public string Uri(params ReadOnlySpan<string> path) => JumbfUri.Absolute(Label, path);

    public string UriOf(Assertion assertion) => Uri(AssertionStoreLabel, assertion.Label.Full);
}
