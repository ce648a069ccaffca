using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>The content is the one that was signed (C2PA 2.5 §14.12). Makes the only <see cref="VerifiedBinding"/>.</summary>
internal static class HardBindingCheck
{
    /// <summary>What the check gave.</summary>
    /// <param name="Verified">The binding, where it matches.</param>
    /// <param name="ContentAbsent">Why nothing was compared: what is bound is not here. Null where it is.</param>
    public sealed record CheckedBinding(VerifiedBinding? Verified, string? ContentAbsent)
    {
        /// <summary>Nothing was proven.</summary>
        public static CheckedBinding None { get; } = new(null, null);
    }

    /// <summary>One kind of binding: how it is read, and the codes it reports with.</summary>
    private sealed record Kind(Func<CborValue, Limits, HardBinding>? Read, StatusCode Match, StatusCode Mismatch, StatusCode Malformed, StatusCode? Additional = null)
    {
        /// <summary>Outcomes that have a code of their own; any other is a mismatch.</summary>
        public IReadOnlyDictionary<BindingOutcome, StatusCode> Others { get; init; } = new Dictionary<BindingOutcome, StatusCode>();
    }

    private static readonly Dictionary<string, Kind> s_kinds = new(StringComparer.Ordinal)
    {
        [AssertionLabels.DataHash] = new(DataHash.Read, StatusCodes.DataHashMatch, StatusCodes.DataHashMismatch, StatusCodes.DataHashMalformed, StatusCodes.DataHashAdditionalExclusions),
        [AssertionLabels.BoxesHash] = new(BoxesHash.Read, StatusCodes.BoxesHashMatch, StatusCodes.BoxesHashMismatch, StatusCodes.BoxesHashMalformed, StatusCodes.BoxesHashAdditionalExclusions)
        {
            Others = new Dictionary<BindingOutcome, StatusCode> { [BindingOutcome.UnknownBox] = StatusCodes.BoxesHashUnknownBox },
        },
        [AssertionLabels.BmffHash] = new(BmffHash.Read, StatusCodes.BmffHashMatch, StatusCodes.BmffHashMismatch, StatusCodes.BmffHashMalformed, StatusCodes.BmffHashAdditionalExclusions),
        [AssertionLabels.CollectionHash] = new(CollectionHash.Read, StatusCodes.CollectionHashMatch, StatusCodes.CollectionHashMismatch, StatusCodes.CollectionHashMalformed)
        {
            Others = new Dictionary<BindingOutcome, StatusCode>
            {
                [BindingOutcome.InvalidUri] = StatusCodes.CollectionHashInvalidUri,
                [BindingOutcome.FileCount] = StatusCodes.CollectionHashIncorrectFileCount,
            },
        },
        [AssertionLabels.SegmentHash] = new(SegmentHash.Read, StatusCodes.SegmentHashMatch, StatusCodes.SegmentHashMismatch, StatusCodes.SegmentHashMalformed)
        {
            Others = new Dictionary<BindingOutcome, StatusCode>
            {
                [BindingOutcome.PartialCoverage] = StatusCodes.SegmentHashPartialCoverage,
                [BindingOutcome.PredecessorMismatch] = StatusCodes.SegmentHashPredecessorMismatch,
            },
        },
    };

    /// <summary>Why a store alone in a file was not compared.</summary>
    public const string AssetAbsent = "the asset that this manifest store speaks of is not here";

    private static readonly Kind s_multiAsset = new(null, StatusCodes.MultiAssetHashMatch, StatusCodes.MultiAssetHashMismatch, StatusCodes.MultiAssetHashMalformed)
    {
        Others = new Dictionary<BindingOutcome, StatusCode> { [BindingOutcome.MissingPart] = StatusCodes.MultiAssetHashMissingPart },
    };

    /// <summary>Checks the binding of <paramref name="content"/>, the standard manifest the active one rests on, and reports to the active one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="active">The active manifest.</param>
    /// <param name="content">The manifest bound to the content: the active one, or the first standard one below its updates.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="cancellation">Honoured while hashing.</param>
    public static async ValueTask<CheckedBinding> RunAsync(VerificationRun run, ManifestResult active, ManifestResult content, BoundAsset asset, CancellationToken cancellation)
    {
        if (ManifestTypeCheck.FindHardBinding(content) is not { } claimed)
        {
            if (!ReferenceEquals(active, content))
                active.Findings.Add(StatusCodes.ClaimHardBindingsMissing, active.ClaimUri, "the manifest this one updates has no one hard binding");
            return CheckedBinding.None;
        }
        // An assertion that is missing or differs from its hash has been reported; it binds nothing.
        if (claimed is not { Matches: true, Assertion: { } assertion })
            return CheckedBinding.None;
        string uri = content.Manifest.UriOf(assertion);
        if (AssertionContentCheck.Cbor(content, assertion) is not { } value)
            return CheckedBinding.None;
        // Only a collection has its files in a folder.
        if (asset.IsStoreAlone && assertion.Label.Base != AssertionLabels.CollectionHash)
            return new(null, AssetAbsent);
        bool throughUpdates = !ReferenceEquals(active, content);
        asset = asset.HeldBy(run.Store.PlaceOf(content.Manifest));
        var kind = s_kinds[assertion.Label.Base];
        var outcome = await CheckAsync(kind, assertion, value, asset, content.Claim!.Algorithm, throughUpdates, cancellation).ConfigureAwait(false);
        if (outcome.Outcome == BindingOutcome.ContentAbsent)
            return new(null, outcome.Explanation);
        if (PaddingFault(active) is { } padding && outcome.Outcome == BindingOutcome.Match)
            outcome = BindingResult.Mismatch(padding);
        if (outcome.Outcome is BindingOutcome.Mismatch or BindingOutcome.UnknownBox && !throughUpdates
            && await CheckPartsAsync(run, active, content, asset, cancellation).ConfigureAwait(false) is { } parts)
            (kind, outcome) = (s_multiAsset, parts);

        active.Findings.Add(CodeFor(kind, outcome.Outcome), uri, outcome.Explanation);
        if (outcome.Outcome != BindingOutcome.Match)
            return CheckedBinding.None;
        if ((outcome.AdditionalExclusions ?? outcome.Uncovered.Count > 0) && kind.Additional is { } additional)
            active.Findings.Add(additional, uri, $"{outcome.Uncovered.Sum(range => range.Length)} bytes besides the manifest store are in no hash");
        return new(new VerifiedBinding(assertion, outcome.Uncovered, outcome.NotHere), null);
    }

    private static async ValueTask<BindingResult> CheckAsync(
        Kind kind, Assertion assertion, CborValue value, BoundAsset asset, string? algorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (kind.Read is null)
            return new(BindingOutcome.NotApplicable, $"a {asset.Map.Format.Name} file cannot be bound by '{assertion.Label.Full}'");
        HardBinding binding;
        try
        {
            binding = kind.Read(value, asset.Limits);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return BindingResult.Malformed(fault.Message);
        }
        try
        {
            return await binding.CheckAsync(asset, algorithm, throughUpdates, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            // The assertion is in order; the asset's own boxes are not, so they are not those that were signed.
            return BindingResult.Mismatch(fault.Message);
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

    private static StatusCode CodeFor(Kind kind, BindingOutcome outcome) => outcome switch
    {
        BindingOutcome.Match => kind.Match,
        BindingOutcome.Malformed => kind.Malformed,
        BindingOutcome.AlgorithmUnsupported => StatusCodes.AlgorithmUnsupported,
        _ => kind.Others.GetValueOrDefault(outcome, kind.Mismatch),
    };
}
