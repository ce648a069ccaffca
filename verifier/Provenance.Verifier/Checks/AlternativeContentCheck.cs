using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// The picture as a camera took it, kept beside the one it made of it (C2PA 2.5 §14.10.4.2.8). Other kinds of alternative content are
/// shown and not checked.
/// <code>{ type, parameters: { multiAssetPartIndex } | { embeddedOriginalPreservationImage: { url, ?alg, hash } } }</code>
/// </summary>
internal static class AlternativeContentCheck
{
    private const string OriginalImage = "exif.originalPreservationImage";

    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, CancellationToken cancellation)
    {
        int found = 0;
        foreach (var claimed in result.Matching(AssertionLabels.AlternativeContent))
        {
            if (AssertionContentCheck.Cbor(result, claimed.Assertion!) is not { } value || value["type"]?.Text != OriginalImage)
                continue;
            string uri = result.Manifest.UriOf(claimed.Assertion!);
            if (++found > 1)
            {
                result.Findings.Add(StatusCodes.AlternativeContentMalformed, uri, "more than one original preservation image");
                continue;
            }
            var (code, explanation) = await CheckAsync(run, result, value["parameters"], cancellation).ConfigureAwait(false);
            result.Findings.Add(code, uri, explanation);
        }
    }

    private static async ValueTask<(StatusCode Code, string Explanation)> CheckAsync(VerificationRun run, ManifestResult result, CborValue? parameters, CancellationToken cancellation)
    {
        var index = parameters?["multiAssetPartIndex"];
        var embedded = parameters?["embeddedOriginalPreservationImage"];
        if (index is null == embedded is null)
            return (StatusCodes.AlternativeContentMalformed, "either multiAssetPartIndex or embeddedOriginalPreservationImage expected");
        if (index is not null)
        {
            int parts = CountParts(result);
            return index.Int64 is >= 0 and var number && number < parts
                ? (StatusCodes.AlternativeContentMatch, $"the original is part {number + 1} of the multi-asset hash")
                : (StatusCodes.AlternativeContentMalformed, $"multiAssetPartIndex names none of the {parts} parts of a multi-asset hash");
        }
        if (HashedUri.Read(embedded) is not { Hash.IsEmpty: false } reference)
            return (StatusCodes.AlternativeContentMalformed, "embeddedOriginalPreservationImage is a reference { url, hash }");
        if (run.Store.Resolve(reference.Target, result.Manifest) is not { } box)
            return (StatusCodes.AlternativeContentMissing, $"'{reference.Url}' leads to no box, or to more than one");
        string? name = reference.Algorithm ?? result.Claim!.Algorithm;
        if (HashAlgorithms.FromC2pa(name) is not { } algorithm)
            return (StatusCodes.AlgorithmUnsupported, $"sha256, sha384 or sha512 expected, '{name}' found (§12.1)");
        byte[] actual = await run.Digests.OfContentAsync(box, algorithm, cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(reference.Hash.Span)
            ? (StatusCodes.AlternativeContentMatch, "the preserved original matches its hash")
            : (StatusCodes.AlternativeContentHashMismatch, $"the {name} of '{reference.Url}' differs from the one given");
    }

    private static int CountParts(ManifestResult result)
    {
        foreach (var claimed in result.Matching(AssertionLabels.MultiAssetHash))
        {
            if (AssertionContentCheck.Cbor(result, claimed.Assertion!)?["parts"] is { Kind: CborKind.Array } parts)
                return parts.Items.Count;
        }
        return 0;
    }
}
