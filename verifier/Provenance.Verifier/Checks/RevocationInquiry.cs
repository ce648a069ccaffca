using Provenance.Verifier.Bytes;
using Provenance.Verifier.Status;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Asks the OCSP responder that a certificate names (C2PA 2.5 §14.9.2), if the policy has a source for that. Only for certificates of a
/// path that was validated: else whoever made the file chose the address, and would learn who looks into it (attacks J01, K16).
/// </summary>
internal static class RevocationInquiry
{
    /// <summary>Addresses of one certificate that are tried; real ones have one.</summary>
    private const int MostAddresses = 2;

    /// <summary>What the responder says; <see cref="OcspOutcome.NotApplicable"/> with the reason where it gave no answer that counts.</summary>
    public static async ValueTask<OcspResult> AskAsync(
        VerificationRun run, IRevocationSource source, Certificate subject, Certificate issuer, DateTimeOffset? signedAt, CancellationToken cancellation)
    {
        var request = await OcspRequest.WriteAsync(subject, issuer, run.Crypto, cancellation).ConfigureAwait(false);
        OcspResult? last = null;
        foreach (string url in subject.OcspUrls.Take(MostAddresses))
        {
            last = await AskAsync(run, source, url, request, subject, issuer, signedAt, cancellation).ConfigureAwait(false);
            if (last.Outcome != OcspOutcome.NotApplicable)
                break;
        }
        return last ?? None("the certificate names no responder");
    }

    /// <summary>
    /// Why one of the authorities between the leaf and the anchor must not be believed: it was itself withdrawn when the signature was made
    /// (§14.9). Null where none was, as far as can be told; what could not be told is reported.
    /// </summary>
    public static async ValueTask<string?> WithdrawnAuthorityAsync(VerificationRun run, ManifestResult result, VerifiedPath path, CancellationToken cancellation)
    {
        if (run.Policy.RevocationSource is not { } source)
            return null;
        // The anchor itself stands or falls with its list.
        for (int i = 1; i < path.Certificates.Count - 1; i++)
        {
            var authority = path.Certificates[i];
            if (authority.OcspUrls.Count == 0)
                continue;
            var answer = await AskAsync(run, source, authority, path.Certificates[i + 1], SignedAt(result), cancellation).ConfigureAwait(false);
            string name = authority.Subject.Brief;
            if (answer.Outcome == OcspOutcome.Revoked && !answer.RevokedAfterSigning)
                return $"the authority '{name}' was itself withdrawn: {answer.Explanation}";
            if (answer.Outcome is OcspOutcome.NotApplicable or OcspOutcome.Unknown)
                result.Findings.Add(answer.Outcome == OcspOutcome.Unknown ? StatusCodes.OcspUnknown : StatusCodes.OcspInaccessible, result.SignatureUri, $"of the authority '{name}': {answer.Explanation}");
        }
        return null;
    }

    /// <summary>A time that no list vouches for may be the signer's own: it must not carry a signature back to before a withdrawal.</summary>
    public static DateTimeOffset? SignedAt(ManifestResult result) => result.Time is { IsListed: true } time ? time.Time : null;

    private static async ValueTask<OcspResult> AskAsync(
        VerificationRun run, IRevocationSource source, string url, ReadOnlyMemory<byte> request, Certificate subject, Certificate issuer, DateTimeOffset? signedAt, CancellationToken cancellation)
    {
        string question = $"{Convert.ToHexString(request.Span)} {url}";
        if (!run.Asked.TryGetValue(question, out var answer))
        {
            if (run.Asked.Count >= run.Limits.OcspQuestions)
                return None($"no more than {run.Limits.OcspQuestions} questions are asked about one file");
            run.Asked[question] = answer = await source.AskAsync(url, request, cancellation).ConfigureAwait(false);
        }
        if (answer.Response is not { } der)
            return None($"the responder was asked, and did not answer: {answer.Why}");
        OcspResponse response;
        try
        {
            response = OcspResponse.Parse(der, run.Limits);
        }
        catch (MalformedDataException fault)
        {
            return None($"the responder's answer is none: {fault.Message}") with { Flaw = OcspFlaw.Unreadable };
        }
        return await OcspCheck.EvaluateAsync(
            response, subject, issuer, signedAt, run.Policy.Time, OcspOrigin.Asked, run.Limits.ClockSkew, run.Crypto, run.Signatures, cancellation).ConfigureAwait(false);
    }

    private static OcspResult None(string why) => new(OcspOutcome.NotApplicable, why);
}
