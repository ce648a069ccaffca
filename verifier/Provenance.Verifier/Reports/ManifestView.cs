using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>An assertion that a claim lists and its manifest holds.</summary>
/// <param name="IsCreated">Whether the signer states it; else it was gathered.</param>
/// <param name="Assertion">The assertion as stored; whether it matches its hash is a finding.</param>
internal sealed record ListedAssertion(bool IsCreated, Assertion Assertion);

/// <summary>
/// One manifest of the store as reports in others' formats show it: as written, checked or not. The active manifest and those it leads to
/// have been checked; others lie in the store all the same.
/// </summary>
internal sealed class ManifestView
{
    private readonly Limits _limits;
    private readonly Dictionary<string, string?> _mediaTypes = new(StringComparer.Ordinal);
    private HashSet<string>? _removed;

    private ManifestView(VerificationReport report, Manifest manifest)
    {
        _limits = report.Policy.Limits;
        Store = report.Store!;
        Manifest = manifest;
        Result = report.Result?.Find(manifest);
        Claim = Result?.Claim?.Value ?? ReadClaim();
        ClaimVersion = manifest.Claims is [{ Label: Manifests.Claim.Label1 }, ..] ? 1 : 2;
        Cose = Result?.Cose ?? ReadSignature();
        Signer = Result?.Chain is [var leaf, ..] ? leaf : ReadLeaf();
    }

    public ManifestStore Store { get; }

    public Manifest Manifest { get; }

    /// <summary>What the checks found; null for a manifest that nothing leads to.</summary>
    public ManifestResult? Result { get; }

    /// <summary>The claim, a map, whether or not it follows its rules; null where there is not exactly one that can be read.</summary>
    public CborValue? Claim { get; }

    /// <summary>1 or 2.</summary>
    public int ClaimVersion { get; }

    /// <summary>URIs of what the claim says was removed elsewhere.</summary>
    public IEnumerable<string> Redacted => (Claim?["redacted_assertions"]?.Items ?? []).Select(item => item.Text).OfType<string>();

    /// <summary>Whether the claim says that this was removed.</summary>
    public bool Removes(JumbfUri uri) =>
        (_removed ??= [.. Redacted.Select(removed => JumbfUri.Parse(removed)?.ToAbsolute(Manifest.Label)).OfType<string>()]).Contains(uri.ToAbsolute(Manifest.Label));

    public CoseSign1? Cose { get; }

    /// <summary>The certificate that came with the signature, proven or not; null where it cannot be read.</summary>
    public Certificate? Signer { get; }

    public int JsonDepth => _limits.JsonDepth;

    /// <summary>The readable manifests in the order of the store.</summary>
    public static IEnumerable<ManifestView> All(VerificationReport report) =>
        (report.Store?.Manifests ?? []).Select(manifest => new ManifestView(report, manifest));

    /// <summary>
    /// The assertions of the claim's lists that are here and have content left, in the claim's order; each once, or a claim that names one
    /// a thousand times would make a report a thousand times as long as the file.
    /// </summary>
    public IEnumerable<ListedAssertion> Assertions()
    {
        var seen = new HashSet<Assertion>();
        foreach (var (reference, isCreated) in References())
        {
            if (Find(reference.Target) is { IsBlanked: false } assertion && seen.Add(assertion))
                yield return new(isCreated, assertion);
        }
    }

    /// <summary>Labels of what the claim's lists name in this manifest, there or not, in the claim's order.</summary>
    public IEnumerable<string> ListedLabels() =>
        References().Select(listed => LabelOf(listed.Reference.Target)).OfType<string>();

    /// <summary>The CBOR of an assertion; null where it is none.</summary>
    public static CborValue? Cbor(Assertion assertion)
    {
        try
        {
            return assertion.Encoding == AssertionEncoding.Cbor ? assertion.Cbor() : null;
        }
        catch (MalformedDataException)
        {
            return null; // a finding says so, if anything leads to this manifest
        }
    }

    /// <summary>The text of a JSON assertion; null where it is none.</summary>
    public ReadOnlyMemory<byte>? Json(Assertion assertion)
    {
        try
        {
            if (assertion.Encoding == AssertionEncoding.Json && assertion.Json() is var text && JsonCopy.IsJson(text.Span, _limits.JsonDepth))
                return text;
        }
        catch (MalformedDataException)
        {
            // not exactly one JSON box
        }
        return null;
    }

    /// <summary>
    /// What a reference leads to in this store: its store-absolute URI and the media type it says it has; null where it leads to nothing.
    /// </summary>
    public (string Format, string Uri)? Resource(HashedUri? reference)
    {
        if (reference?.Target is not { Path.Count: 2 } uri)
            return null;
        string absolute = uri.ToAbsolute(Manifest.Label);
        if (!_mediaTypes.TryGetValue(absolute, out string? format))
            _mediaTypes.Add(absolute, format = Store.Resolve(uri, Manifest) is { } box ? MediaType(box) : null);
        return format is null ? null : (format, absolute);
    }

    private IEnumerable<(HashedUri Reference, bool IsCreated)> References() => ClaimVersion == 1
        ? ListOf("assertions").Select(reference => (reference, true))
        : ListOf("created_assertions").Select(reference => (reference, true)).Concat(ListOf("gathered_assertions").Select(reference => (reference, false)));

    private IEnumerable<HashedUri> ListOf(string name) => (Claim?[name]?.Items ?? []).Select(HashedUri.Read).OfType<HashedUri>();

    private Assertion? Find(JumbfUri? uri) => LabelOf(uri) is { } label ? Manifest.ByLabel.GetValueOrDefault(label) : null;

    /// <summary>The label of an assertion of this manifest; null for references to anything else.</summary>
    private string? LabelOf(JumbfUri? uri) =>
        uri is { Path: [Manifest.AssertionStoreLabel, var label] } && (uri.Manifest ?? Manifest.Label) == Manifest.Label ? label : null;

    private string? MediaType(JumbfBox box)
    {
        try
        {
            // Data boxes of C2PA 1.x are CBOR: { dc:format, data } (2.5 §G.3).
            return box.Is(JumbfType.CborContent) && box.OnlyContent(JumbfType.Cbor) is { } cbor && CborReader.Read(cbor, "data box", new(_limits))["dc:format"]?.Text is { } format ? format
                : box.Is(JumbfType.EmbeddedFile) ? new Assertion(box, new(_limits)).File().MediaType
                : box.Is(JumbfType.CborContent) ? "application/cbor"
                : box.Is(JumbfType.JsonContent) ? "application/json"
                : null;
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    private CborValue? ReadClaim()
    {
        if (Manifest.Claims is not [var box] || box.OnlyContent(JumbfType.Cbor) is not { } bytes)
            return null;
        try
        {
            return CborReader.Read(bytes, "claim", new(_limits)) is { Kind: CborKind.Map } map ? map : null;
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    private CoseSign1? ReadSignature()
    {
        if (Manifest.Signatures is not [var box] || box.OnlyContent(JumbfType.Cbor) is not { } bytes)
            return null;
        try
        {
            return CoseSign1.Parse(bytes, _limits, new(_limits));
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    private Certificate? ReadLeaf()
    {
        if (Cose?.X5Chain.Certificates is not [var first, ..])
            return null;
        try
        {
            return Certificate.Parse(first);
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }
}
