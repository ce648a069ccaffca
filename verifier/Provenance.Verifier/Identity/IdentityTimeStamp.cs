using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Timestamps;

namespace Provenance.Verifier.Identity;

/// <summary>The time stamp of an identity signature (CAWG identity 1.3 §8.1.3, §8.2.2): over the signature, in "sigTst2" and nowhere else.</summary>
internal static class IdentityTimeStamp
{
    /// <summary>What the stamp proves; null where there is none. The older kind, "sigTst", is for the caller to judge.</summary>
    public static async ValueTask<TimeStampResult?> EvaluateAsync(IdentityCheck check, CoseSign1 cose, CancellationToken cancellation)
    {
        if (cose.TimeStampFault is { } fault)
            return new(TimeStampOutcome.Malformed, fault);
        if (cose.TimeStamp is not { Header: CoseTimeStampHeader.SigTst2 } stamp)
            return null;
        var run = check.Run.Run;
        try
        {
            var token = TimeStampToken.Parse(stamp.Token, run.Limits, run.Certificates);
            byte[] stamped = cose.SigStructure("CounterSignature", cose.EncodeSignature());
            var result = await TimeStampCheck.EvaluateAsync(token, stamped, check.Run.TimeAnchors, trustUnlisted: false, run.Policy.Time, run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
            return result with { Told = token.GenTime };
        }
        catch (MalformedDataException malformed)
        {
            return TimeStampResult.Malformed(malformed);
        }
    }
}
