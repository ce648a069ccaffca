using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>The content is the one that was signed (C2PA 2.5 §14.12). Makes the only <see cref="VerifiedBinding"/>.</summary>
internal static class HardBindingCheck
{
    /// <summary>The codes one kind of binding reports with.</summary>
    private sealed record Codes(StatusCode Match, StatusCode Mismatch, StatusCode Malformed, StatusCode? Additional, StatusCode? UnknownBox = null, StatusCode? MissingPart = null);

    private static readonly Codes ForData = new(StatusCodes.DataHashMatch, StatusCodes.DataHashMismatch, StatusCodes.DataHashMalformed, StatusCodes.DataHashAdditionalExclusions);
    private static readonly Codes ForBoxes = new(StatusCodes.BoxesHashMatch, StatusCodes.BoxesHashMismatch, StatusCodes.BoxesHashMalformed, StatusCodes.BoxesHashAdditionalExclusions, StatusCodes.BoxesHashUnknownBox);
    private static readonly Codes ForBmff = new(StatusCodes.BmffHashMatch, StatusCodes.BmffHashMismatch, StatusCodes.BmffHashMalformed, StatusCodes.BmffHashAdditionalExclusions);
    private static readonly Codes ForCollection = new(StatusCodes.CollectionHashMatch, StatusCodes.CollectionHashMismatch, StatusCodes.CollectionHashMalformed, null);
    private static readonly Codes ForSegment = new(StatusCodes.SegmentHashMatch, StatusCodes.SegmentHashMismatch, StatusCodes.SegmentHashMalformed, null);
    private static readonly Codes ForMultiAsset = new(StatusCodes.MultiAssetHashMatch, StatusCodes.MultiAssetHashMismatch, StatusCodes.MultiAssetHashMalformed, null, null, StatusCodes.MultiAssetHashMissingPart);

    /// <summary>Checks the binding of <paramref name="content"/>, the standard manifest the active one rests on, and reports to the active one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="active">The active manifest.</param>
    /// <param name="content">The manifest bound to the content: the active one, or the first standard one below its updates.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="cancellation">Honoured while hashing.</param>
    public static async ValueTask<VerifiedBinding?> RunAsync(VerificationRun run, ManifestResult active, ManifestResult content, BoundAsset asset, CancellationToken cancellation)
    {
        if (ManifestTypeCheck.FindHardBinding(content) is not { } claimed)
        {
            if (!ReferenceEquals(active, content))
                active.Findings.Add(StatusCodes.ClaimHardBindingsMissing, active.ClaimUri, "the manifest this one updates has no one hard binding");
            return null;
        }
        // An assertion that is missing or differs from its hash has been reported; it binds nothing.
        if (claimed is not { Matches: true, Assertion: { } assertion })
            return null;
        string uri = content.Manifest.UriOf(assertion);
        if (AssertionContentCheck.Cbor(content, assertion) is not { } value)
            return null;
        bool throughUpdates = !ReferenceEquals(active, content);
        var (codes, outcome) = await CheckAsync(assertion, value, asset, content, throughUpdates, cancellation).ConfigureAwait(false);
        if (PaddingFault(active) is { } padding && outcome.Outcome == BindingOutcome.Match)
            outcome = BindingResult.Mismatch(padding);
        if (outcome.Outcome is BindingOutcome.Mismatch or BindingOutcome.UnknownBox && !throughUpdates
            && await CheckPartsAsync(run, active, content, asset, cancellation).ConfigureAwait(false) is { } parts)
            (codes, outcome) = (ForMultiAsset, parts);

        active.Findings.Add(CodeFor(codes, outcome.Outcome), uri, outcome.Explanation);
        if (outcome.Outcome != BindingOutcome.Match)
            return null;
        if (outcome.Uncovered.Count > 0 && codes.Additional is { } additional)
            active.Findings.Add(additional, uri, $"{outcome.Uncovered.Sum(range => range.Length)} bytes besides the manifest store are in no hash");
        return new VerifiedBinding(assertion, outcome.Uncovered);
    }

    private static async ValueTask<(Codes Codes, BindingResult Outcome)> CheckAsync(
        Assertion assertion, CborValue value, BoundAsset asset, ManifestResult content, bool throughUpdates, CancellationToken cancellation)
    {
        string? algorithm = content.Claim!.Algorithm;
        var codes = assertion.Label.Base switch
        {
            AssertionLabels.DataHash => ForData,
            AssertionLabels.BoxesHash => ForBoxes,
            AssertionLabels.BmffHash => ForBmff,
            AssertionLabels.CollectionHash => ForCollection,
            _ => ForSegment,
        };
        DataHash? data = null;
        BoxesHash? boxes = null;
        try
        {
            if (assertion.Label.Base == AssertionLabels.DataHash)
                data = DataHash.Read(value, asset.Limits);
            else if (assertion.Label.Base == AssertionLabels.BoxesHash)
                boxes = BoxesHash.Read(value, asset.Limits);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return (codes, BindingResult.Malformed(fault.Message));
        }
        try
        {
            return (codes,
                data is not null ? await data.CheckAsync(asset, algorithm, throughUpdates, cancellation).ConfigureAwait(false)
                : boxes is not null ? await boxes.CheckAsync(asset, algorithm, cancellation).ConfigureAwait(false)
                : new(BindingOutcome.NotApplicable, $"a {asset.Map.Format.Name} file cannot be bound by '{assertion.Label.Full}'"));
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            // The assertion is in order; the asset's own boxes are not, so they are not those that were signed.
            return (codes, BindingResult.Mismatch(fault.Message));
        }
    }

    /// <summary>A multi-asset hash of the same manifest, among the signer's statements, replaces a main binding that does not match (§14.12.4).</summary>
    private static async ValueTask<BindingResult?> CheckPartsAsync(VerificationRun run, ManifestResult active, ManifestResult content, BoundAsset asset, CancellationToken cancellation)
    {
        var listed = content.Matching(AssertionLabels.MultiAssetHash).Where(claimed => claimed.IsCreated).ToList();
        if (listed.Count == 0 || PaddingFault(active) is not null)
            return null;
        if (listed.Count > 1)
            return BindingResult.Malformed("more than one multi-asset hash");
        if (AssertionContentCheck.Cbor(content, listed[0].Assertion!) is not { } value)
            return null;
        try
        {
            return await MultiAssetHash.Read(value, asset.Limits).CheckAsync(asset, run.Store, content.Manifest, content.Claim!.Algorithm, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return BindingResult.Malformed(fault.Message);
        }
    }

    /// <summary>
    /// The bytes left out for the store hold the store and zeros, nothing else: padding of the signature lies outside every hash, and what
    /// is written there would show in a polyglot (attack A05).
    /// </summary>
    private static string? PaddingFault(ManifestResult active)
    {
        foreach (var pad in (ReadOnlySpan<CborValue?>)[active.Cose?.Pad, active.Cose?.Pad2])
        {
            if (pad is not null && (pad.Bytes is not { } bytes || bytes.Span.IndexOfAnyExcept((byte)0) >= 0))
                return "the signature's padding holds something else than zeros (§14.12.1.2)";
        }
        return null;
    }

    private static StatusCode CodeFor(Codes codes, BindingOutcome outcome) => outcome switch
    {
        BindingOutcome.Match => codes.Match,
        BindingOutcome.Malformed => codes.Malformed,
        BindingOutcome.UnknownBox => codes.UnknownBox ?? codes.Mismatch,
        BindingOutcome.MissingPart => codes.MissingPart ?? codes.Mismatch,
        BindingOutcome.AlgorithmUnsupported => StatusCodes.AlgorithmUnsupported,
        _ => codes.Mismatch,
    };
}
