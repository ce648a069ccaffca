using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>One claim, well-formed, with what a claim must have (C2PA 2.5 §14.6).</summary>
internal static class ClaimCheck
{
    public static void Run(VerificationRun run, ManifestResult result)
    {
        var manifest = result.Manifest;
        if (manifest.Claims is not [var box])
        {
            result.Findings.Add(manifest.Claims.Count == 0 ? StatusCodes.ClaimMissing : StatusCodes.ClaimMultiple, manifest.Uri(),
                $"one claim box expected, {manifest.Claims.Count} found");
            return;
        }
        if (box.OnlyContent(JumbfType.Cbor) is not { } bytes)
        {
            result.Findings.Add(StatusCodes.ClaimMalformed, result.ClaimUri, "the claim box holds exactly one 'cbor' box (§10.3)");
            return;
        }
        if (bytes.Length > run.Limits.ClaimBytes)
            throw new LimitExceededException("claim", box.Offset, nameof(Limits.ClaimBytes), run.Limits.ClaimBytes);
        result.ClaimBytes = bytes;
        CborValue value;
        try
        {
            value = CborReader.Read(bytes, "claim", run.Cbor);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            result.Findings.Add(StatusCodes.ClaimCborInvalid, result.ClaimUri, fault.Message);
            return;
        }
        try
        {
            result.Claim = Claim.Read(value, box.Label == Claim.Label1 ? 1 : 2, run.Limits);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            result.Findings.Add(StatusCodes.ClaimMalformed, result.ClaimUri, fault.Message);
        }
    }
}
