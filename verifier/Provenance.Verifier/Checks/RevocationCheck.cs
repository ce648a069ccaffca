using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Checks;

/// <summary>
/// What enclosed OCSP answers say of the signer's certificate (C2PA 2.5 §14.9): those stapled to the signature, then those any manifest
/// carries. Nobody is asked. "Withdrawn" outranks every other answer (attack F14); an answer that cannot be read counts as absent (F16).
/// </summary>
internal static class RevocationCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, IReadOnlyList<ManifestResult> all, CancellationToken cancellation)
    {
        // Whoever may choose the issuer may choose the answer: only the issuer of a validated path counts.
        if (result.Trust?.Path is not { Certificates: [var leaf, var issuer, ..] })
        {
            result.Findings.Add(StatusCodes.OcspSkipped, result.SignatureUri, "revocation was not checked: no trusted path names the certificate's issuer");
            return;
        }
        var answers = new List<OcspResult>();
        run.EnclosedAnswers ??= [.. AnswersElsewhere(all, run.Limits)];
        List<ReadOnlyMemory<byte>> stored = [.. result.Cose!.OcspValues, .. run.EnclosedAnswers];
        stored.RemoveAll(der => der.Length > run.Limits.OcspBytes);
        foreach (var der in stored[..Math.Min(stored.Count, run.Limits.OcspResponses)])
        {
            // A time that no list vouches for may be the signer's own: it must not carry a signature back to before a withdrawal.
            if (Parse(der, run.Limits) is { } response)
                answers.Add(await OcspCheck.EvaluateAsync(response, leaf, issuer, result.Time is { IsListed: true } time ? time.Time : null, run.Policy.Time, run.Crypto, run.Signatures, cancellation).ConfigureAwait(false));
        }
        Report(result, answers);
    }

    private static void Report(ManifestResult result, List<OcspResult> answers)
    {
        OcspResult? Of(OcspOutcome outcome) => answers.Find(answer => answer.Outcome == outcome);
        if (Of(OcspOutcome.Revoked) is { } revoked)
        {
            result.Revocation = RevocationStatus.Revoked;
            result.Findings.Add(StatusCodes.OcspRevoked, result.SignatureUri, revoked.Explanation);
        }
        else if (Of(OcspOutcome.Good) is { } good)
        {
            result.Revocation = RevocationStatus.NotRevoked;
            result.Findings.Add(StatusCodes.OcspNotRevoked, result.SignatureUri, good.Explanation);
        }
        else if (Of(OcspOutcome.Unknown) is { } unknown)
        {
            result.Revocation = RevocationStatus.Unknown;
            result.Findings.Add(StatusCodes.OcspUnknown, result.SignatureUri, unknown.Explanation);
        }
        else
        {
            result.Findings.Add(StatusCodes.OcspSkipped, result.SignatureUri,
                answers.Count == 0 ? "revocation was not checked: no answer is enclosed and nobody was asked" : $"revocation was not checked: {answers[0].Explanation}");
        }
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

    /// <summary>{ ocspVals: [bytes] } of certificate-status assertions (§16.3.10); one known product writes Base64 text instead of bytes.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> AnswersElsewhere(IReadOnlyList<ManifestResult> all, Limits limits)
    {
        foreach (var other in all)
        {
            foreach (var claimed in other.Matching(AssertionLabels.CertificateStatus))
            {
                foreach (var item in AssertionContentCheck.Cbor(other, claimed.Assertion!)?["ocspVals"]?.Items ?? [])
                {
                    if (item.Bytes is { } bytes)
                        yield return bytes;
                    else if (item.Text is { } text && (text.Length / 4 * 3) - 2 <= limits.OcspBytes && DecodeBase64(text) is { } decoded)
                        yield return decoded;
                }
            }
        }
    }

    private static byte[]? DecodeBase64(string text)
    {
        byte[] buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out int written) ? buffer[..written] : null;
    }
}
