using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Cose;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Identity;

/// <summary>
/// Whether the certificate that names an identity was withdrawn (CAWG identity 1.3 §8.2.2, C2PA 2.5 §14.9): by stapled answers, by its
/// authority where the policy has somebody to ask, and by lists of incidents. "Withdrawn" outranks every other answer.
/// </summary>
internal static class X509IdentityRevocation
{
    public static async ValueTask CheckAsync(IdentityCheck check, CoseSign1 cose, List<Certificate> chain, VerifiedPath? path, VerifiedTime? stamped, CancellationToken cancellation)
    {
        var run = check.Run.Run;
        // A time that no list vouches for may be the signer's own: it must not carry a signature back to before a withdrawal.
        var signedAt = stamped is { IsListed: true } ? stamped.Time : (DateTimeOffset?)null;
        if (check.SignatureHolds
            && await IncidentCheck.FindAsync(run, new IncidentCheck.Signature(chain[0], chain, path, stamped?.Time ?? run.Policy.Time, signedAt), cancellation).ConfigureAwait(false) is { } incident)
            check.Add(StatusCodes.IdentityCredentialRevoked, incident.Explanation);
        // Whoever may choose the issuer may choose the answer: only the issuer of a validated path counts.
        if (path is not { Certificates: [var leaf, var issuer, ..] })
        {
            check.Add(StatusCodes.IdentityOcspSkipped, "revocation was not checked: no trusted path names the certificate's issuer");
            return;
        }
        var answers = await ReadEnclosedAsync(run, cose, leaf, issuer, signedAt, cancellation).ConfigureAwait(false);
        if (!answers.Exists(answer => answer.Outcome == OcspOutcome.Revoked) && run.Policy.RevocationSource is { } source && leaf.OcspUrls.Count > 0)
        {
            var asked = await RevocationInquiry.AskAsync(run, source, leaf, issuer, signedAt, cancellation).ConfigureAwait(false);
            if (asked.Outcome == OcspOutcome.NotApplicable)
                check.Add(StatusCodes.IdentityOcspInaccessible, asked.Explanation);
            answers.Add(asked);
        }
        var told = answers.Find(answer => answer.Outcome == OcspOutcome.Revoked) ?? answers.Find(answer => answer.Outcome == OcspOutcome.Good)
            ?? answers.Find(answer => answer.Outcome == OcspOutcome.Unknown) ?? (answers.Count > 0 ? answers[0] : null);
        check.Add(told?.Outcome switch
        {
            OcspOutcome.Revoked => StatusCodes.IdentityCredentialRevoked,
            OcspOutcome.Good => StatusCodes.IdentityOcspNotRevoked,
            OcspOutcome.Unknown => StatusCodes.IdentityOcspUnknown,
            _ => StatusCodes.IdentityOcspSkipped,
        }, told?.Explanation ?? "revocation was not checked: no answer is enclosed and nobody was asked");
    }

    private static async ValueTask<List<OcspResult>> ReadEnclosedAsync(
        VerificationRun run, CoseSign1 cose, Certificate leaf, Certificate issuer, DateTimeOffset? signedAt, CancellationToken cancellation)
    {
        var answers = new List<OcspResult>();
        foreach (var der in cose.OcspValues.Concat(run.EnclosedAnswers ?? []).Where(der => der.Length <= run.Limits.OcspBytes).Take(run.Limits.OcspResponses))
        {
            if (Parse(der, run.Limits) is { } response)
                answers.Add(await OcspCheck.EvaluateAsync(response, leaf, issuer, signedAt, run.Policy.Time, OcspOrigin.Enclosed, TimeSpan.Zero, run.Crypto, run.Signatures, cancellation).ConfigureAwait(false));
        }
        return answers;
    }

    private static OcspResponse? Parse(ReadOnlyMemory<byte> der, Limits limits)
    {
        try
        {
            return OcspResponse.Parse(der, limits);
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }
}
