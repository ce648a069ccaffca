using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.Trust;

namespace Provenance.Verifier.Checks;

/// <summary>
/// The one place that decides which time a manifest is judged at: that of a time stamp that passes every check, else the policy's
/// (C2PA 2.5 §14.8). A time stamp that fails is informational: anybody can put one beside a signature.
/// </summary>
internal static class TimeCheck
{
    public static DateTimeOffset TimeToJudgeAt(VerificationRun run, ManifestResult result) => result.Time?.Time ?? run.Policy.Time;

    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, IEnumerable<ManifestResult> all, CancellationToken cancellation)
    {
        var cose = result.Cose!;
        if (cose.TimeStampFault is { } fault)
            result.Findings.Add(StatusCodes.TimeStampMalformed, result.SignatureUri, fault);
        if (cose.TimeStamp is { } stamp)
        {
            byte[] input = cose.SigStructure("CounterSignature", stamp.Header == CoseTimeStampHeader.SigTst ? result.ClaimBytes.Span : cose.EncodeSignature());
            await TryAsync(run, result, stamp.Token, input, cancellation).ConfigureAwait(false);
        }
        result.IsTimeOwn = result.Time is not null;
        // Made once: the signature may be long, and the tokens many.
        byte[]? counterSigned = null;
        foreach (var token in StampsElsewhere(result, all))
        {
            if (result.Time is not null)
                return;
            counterSigned ??= cose.SigStructure("CounterSignature", cose.EncodeSignature());
            await TryAsync(run, result, token, counterSigned, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask TryAsync(VerificationRun run, ManifestResult result, ReadOnlyMemory<byte> der, byte[] imprintInput, CancellationToken cancellation)
    {
        TimeStampToken token;
        try
        {
            token = TimeStampToken.Parse(der, run.Limits, run.Certificates);
        }
        catch (MalformedDataException fault)
        {
            result.Findings.Add(StatusCodes.TimeStampMalformed, result.SignatureUri, fault.Message);
            return;
        }
        result.TimeStamp ??= token;
        var anchors = run.Policy.Lists.Where(list => list.Purpose == TrustPurpose.TimeStamp).SelectMany(list => list.Anchors).ToList();
        bool trustUnlisted = run.Policy.OlderTimeModel && result.Claim!.Version == 1;
        var outcome = await TimeStampCheck.EvaluateAsync(token, imprintInput, anchors, trustUnlisted, run.Policy.Time, run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
        if (outcome.IsSound)
            result.SoundTimeStamp ??= token;
        if (outcome.CredentialInvalid)
            result.Findings.Add(StatusCodes.TimeStampCredentialInvalid, result.SignatureUri, outcome.Explanation);
        result.Findings.Add(outcome.Outcome switch
        {
            TimeStampOutcome.Trusted => StatusCodes.TimeStampValidated,
            TimeStampOutcome.Malformed => StatusCodes.TimeStampMalformed,
            TimeStampOutcome.Mismatch => StatusCodes.TimeStampMismatch,
            TimeStampOutcome.OutsideValidity => StatusCodes.TimeStampOutsideValidity,
            _ => StatusCodes.TimeStampUntrusted,
        }, result.SignatureUri, outcome.Explanation);
        if (outcome.Time is not { } time)
            return;
        result.Findings.Add(StatusCodes.TimeStampTrusted, result.SignatureUri, outcome.Explanation);
        result.Time = time;
        result.TimeStamp = result.SoundTimeStamp = token;
    }

    /// <summary>Time stamps that other manifests of the store carry for this one: { manifest label: token } (§16.3.9).</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> StampsElsewhere(ManifestResult result, IEnumerable<ManifestResult> all)
    {
        foreach (var other in all.Where(other => !ReferenceEquals(other, result)))
        {
            foreach (var claimed in other.Matching(AssertionLabels.TimeStamp))
            {
                if (AssertionContentCheck.Cbor(other, claimed.Assertion!)?[result.Manifest.Label]?.Bytes is { } token)
                    yield return token;
            }
        }
    }
}
