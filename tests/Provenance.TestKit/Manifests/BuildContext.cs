using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>How URIs inside the store are spelled.</summary>
public enum UriStyle
{
    /// <summary><c>self#jumbf=c2pa.assertions/…</c></summary>
    Relative,

    /// <summary><c>self#jumbf=/c2pa/&lt;manifest&gt;/c2pa.assertions/…</c></summary>
    Absolute,

    /// <summary><c>self#jumbf=c2pa/&lt;manifest&gt;/…</c>: absolute as some 1.x writers spell it.</summary>
    AbsoluteWithoutSlash,
}

/// <summary>What an assertion can ask for while it is written: hashes of its neighbours, of other manifests, of the asset.</summary>
public sealed class BuildContext
{
    private readonly Dictionary<string, TestBox> _written = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Assertion> _assertions;
    private readonly IReadOnlyList<TestBox> _manifests;

    internal BuildContext(string manifestLabel, IReadOnlyList<Assertion> assertions, IReadOnlyList<TestBox> manifests, Embedding asset, HashAlgorithmName algorithm, UriStyle style)
    {
        ManifestLabel = manifestLabel;
        _assertions = assertions;
        _manifests = manifests;
        Asset = asset;
        Algorithm = algorithm;
        Style = style;
    }

    public string ManifestLabel { get; }

    /// <summary>The asset with a store of the final length in it.</summary>
    public Embedding Asset { get; }

    /// <summary>The claim's <c>alg</c>.</summary>
    public HashAlgorithmName Algorithm { get; }

    public UriStyle Style { get; }

    /// <summary>Every assertion of this manifest whose label begins so.</summary>
    public IEnumerable<Assertion> AssertionsLabelled(string prefix) => _assertions.Where(a => a.Label.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A <c>hashed_uri</c> of another assertion of this manifest.</summary>
    public CborFields HashedUri(string assertionLabel)
    {
        Assertion assertion = _assertions.First(a => a.Label == assertionLabel);
        return Entry(assertion, Algorithm);
    }

    /// <summary>A <c>hashed_uri</c> of a box in any manifest: <c>""</c> is the manifest, <c>c2pa.signature</c> its signature.</summary>
    public CborFields HashedUri(string manifestLabel, string path)
    {
        TestBox box = Manifest(manifestLabel);
        if (path.Length > 0) box = box.Inflated();
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries)) box = box.Child(part);
        return new()
        {
            { "url", Uri(UriStyle.Absolute, manifestLabel, path) },
            { "hash", TestHash.Of(Algorithm, box.HashedBytes()) },
        };
    }

    /// <summary>Another manifest of the store, as its box.</summary>
    public TestBox Manifest(string label) => _manifests.First(m => m.Label == label);

    internal CborFields Entry(Assertion assertion, HashAlgorithmName algorithm)
    {
        CborFields entry = new() { { "url", Uri(Style, ManifestLabel, "c2pa.assertions/" + assertion.Label) } };
        if (assertion.Algorithm is { } own) entry.Add("alg", TestHash.C2paName(own));
        entry.Add("hash", TestHash.Of(assertion.Algorithm ?? algorithm, Write(assertion).HashedBytes()));
        return entry;
    }

    // Written once: an assertion that refers to another must see the very bytes that are stored.
    internal TestBox Write(Assertion assertion)
    {
        string key = assertion.Label + "#" + IndexOf(assertion);
        if (!_written.TryGetValue(key, out TestBox? box)) _written[key] = box = assertion.Write(this);
        return box;
    }

    internal static string Uri(UriStyle style, string manifest, string path) => style switch
    {
        UriStyle.Relative => "self#jumbf=" + path,
        UriStyle.Absolute => $"self#jumbf=/c2pa/{manifest}{(path.Length > 0 ? "/" : "")}{path}",
        _ => $"self#jumbf=c2pa/{manifest}{(path.Length > 0 ? "/" : "")}{path}",
    };

    private int IndexOf(Assertion assertion)
    {
        for (int i = 0; i < _assertions.Count; i++)
            if (ReferenceEquals(_assertions[i], assertion)) return i;
        return -1;
    }
}
