using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// The original that a camera kept beside its picture (Exif's "original preservation image") is named in one of two ways and is there
/// (C2PA 2.5 §14.10.4.2.8). Other forms of the content have no rules.
/// </summary>
internal static class AlternativeContentCheck
{
    private const string OriginalPreservationImage = "exif.originalPreservationImage";

    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        var originals = new List<(string Uri, CborValue Value)>();
        foreach (var claimed in result.Matching(AssertionLabels.AlternativeContent).Where(claimed => !claimed.Assertion!.IsBlanked))
        {
            if (AssertionContentCheck.Cbor(result, claimed.Assertion!) is { } value && value["type"]?.Text == OriginalPreservationImage)
                originals.Add((result.Manifest.UriOf(claimed.Assertion!), value));
        }
        bool isActive = ReferenceEquals(result.Manifest, run.Store.Active);
        foreach (var (uri, value) in originals)
        {
            if (isActive && originals.Count > 1) // step 1
                result.Findings.Add(StatusCodes.AlternativeContentMalformed, uri, $"one original at most expected, {originals.Count} found");
            else
                await CheckAsync(run, result, redactions, uri, value["parameters"], isActive, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask CheckAsync(
        VerificationRun run, ManifestResult result, Redactions redactions, string uri, CborValue? parameters, bool isActive, CancellationToken cancellation)
    {
        var index = parameters?["multiAssetPartIndex"];
        var embedded = parameters?["embeddedOriginalPreservationImage"];
        if (index is null == embedded is null) // step 2
            result.Findings.Add(StatusCodes.AlternativeContentMalformed, uri, "either multiAssetPartIndex or embeddedOriginalPreservationImage expected");
        else if (embedded is not null)
            await CheckEmbeddedAsync(run, result, redactions, uri, embedded, cancellation).ConfigureAwait(false);
        else if (isActive) // step 3: of an ingredient's parts only the description came along
            CheckPart(result, uri, index!);
    }

    private static void CheckPart(ManifestResult result, string uri, CborValue index)
    {
        int? parts = result.Matching(AssertionLabels.MultiAssetHash).Select(claimed => AssertionContentCheck.Cbor(result, claimed.Assertion!)?["parts"]?.Items.Count).FirstOrDefault();
        if (parts is null || index.Int64 is not { } part || part < 0 || part >= parts)
            result.Findings.Add(StatusCodes.AlternativeContentMalformed, uri, $"a part of the multi-asset hash expected, number {index.Int64} of {parts ?? 0} found");
        else
            Match(result, uri, "the original is a part of the multi-asset hash");
    }

    private static async ValueTask CheckEmbeddedAsync(
        VerificationRun run, ManifestResult result, Redactions redactions, string uri, CborValue embedded, CancellationToken cancellation)
    {
        if (HashedUri.Read(embedded) is not { Hash.IsEmpty: false } reference) // step 4.2
        {
            result.Findings.Add(StatusCodes.AlternativeContentMalformed, uri, "embeddedOriginalPreservationImage is a reference { url, hash }");
            return;
        }
        switch (await BoxReference.CheckAsync(run, result, redactions, reference, cancellation).ConfigureAwait(false))
        {
            case { Outcome: BoxReferenceOutcome.Match }:
                Match(result, uri, "the original in the manifest matches its hash");
                break;
            case { Outcome: BoxReferenceOutcome.Redacted } removed:
                result.Findings.Add(StatusCodes.AssertionRedacted, uri, removed.Explanation);
                break;
            case { Outcome: BoxReferenceOutcome.AlgorithmUnsupported } unsupported:
                result.Findings.Add(StatusCodes.AlgorithmUnsupported, uri, unsupported.Explanation);
                break;
            case { Outcome: BoxReferenceOutcome.Mismatch } different: // step 4.3
                result.Findings.Add(StatusCodes.AlternativeContentHashMismatch, uri, different.Explanation);
                break;
            case var missing: // step 4.1
                result.Findings.Add(StatusCodes.AlternativeContentMissing, uri, missing.Explanation);
                break;
        }
    }

    private static void Match(ManifestResult result, string uri, string explanation) => // step 5
        result.Findings.Add(StatusCodes.AlternativeContentMatch, uri, explanation);
}
