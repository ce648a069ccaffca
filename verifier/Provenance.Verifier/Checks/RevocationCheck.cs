using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;
using Provenance.Verifier.X509;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Checks;

/// <summary>
/// What is known of the revocation of the signer's certificate (C2PA 2.5 §14.9): from answers stapled to the signature, then from those any
/// manifest carries, then, only where the policy has somebody to ask, from the certificate's authority. "Withdrawn" outranks every other
/// answer (attack F14); an answer that cannot be read counts as absent (F16), and an answer that is absent is never "not withdrawn".
/// </summary>
internal static class RevocationCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, IReadOnlyList<ManifestResult> all, CancellationToken cancellation)
    {
        result.Revocation = await FindAsync(run, result, all, cancellation).ConfigureAwait(false);
        if (await IncidentCheck.FindAsync(run, result, cancellation).ConfigureAwait(false) is not { } incident)
            return;
        result.Revocation = result.Revocation with { Incident = incident };
        result.Findings.Add(StatusCodes.CredentialKnownBad, result.SignatureUri, incident.Explanation);
    }

    private static async ValueTask<RevocationDetails> FindAsync(VerificationRun run, ManifestResult result, IReadOnlyList<ManifestResult> all, CancellationToken cancellation)
    {
        // Whoever may choose the issuer may choose the answer: only the issuer of a validated path counts.
        if (result.Trust?.Path is not { Certificates: [var leaf, var issuer, ..] })
            return NotChecked(result, StatusCodes.OcspSkipped, RevocationGap.IssuerUnknown, "revocation was not checked: no trusted path names the certificate's issuer");
        var enclosed = await ReadEnclosedAsync(run, result, all, leaf, issuer, cancellation).ConfigureAwait(false);
        if (Find(enclosed, OcspOutcome.Revoked) is { } revoked)
            return Known(result, StatusCodes.OcspRevoked, RevocationStatus.Revoked, RevocationOrigin.Stapled, revoked);

        bool canAsk = leaf.OcspUrls.Count > 0;
        var asked = run.Policy.RevocationSource is { } source && canAsk
            ? await RevocationInquiry.AskAsync(run, source, leaf, issuer, RevocationInquiry.SignedAt(result), cancellation).ConfigureAwait(false)
            : null;
        if (asked is { Outcome: OcspOutcome.Revoked })
            return Known(result, StatusCodes.OcspRevoked, RevocationStatus.Revoked, RevocationOrigin.Online, asked);
        if (asked is { Outcome: OcspOutcome.Good })
            return Known(result, StatusCodes.OcspNotRevoked, RevocationStatus.NotRevoked, RevocationOrigin.Online, asked);
        if (Find(enclosed, OcspOutcome.Good) is { } good)
        {
            // What was good when it was signed stays so, though the responder of today is silent or has forgotten it.
            if (asked is not null)
                result.Findings.Add(asked.Outcome == OcspOutcome.Unknown ? StatusCodes.OcspUnknown : StatusCodes.OcspInaccessible, result.SignatureUri, asked.Explanation);
            return Known(result, StatusCodes.OcspNotRevoked, RevocationStatus.NotRevoked, RevocationOrigin.Stapled, good);
        }
        if (asked is { Outcome: OcspOutcome.Unknown })
            return Known(result, StatusCodes.OcspUnknown, RevocationStatus.Unknown, RevocationOrigin.Online, asked);
        if (Find(enclosed, OcspOutcome.Unknown) is { } unknown)
            return Known(result, StatusCodes.OcspUnknown, RevocationStatus.Unknown, RevocationOrigin.Stapled, unknown);
        if (asked is not null)
            return NotChecked(result, StatusCodes.OcspInaccessible, RevocationGap.NoAnswer, asked.Explanation) with { Flaw = asked.Flaw };
        if (enclosed.Count > 0)
            return NotChecked(result, StatusCodes.OcspSkipped, RevocationGap.NotUsable, $"revocation was not checked: {enclosed[0].Explanation}") with { Flaw = enclosed[0].Flaw };
        return canAsk
            ? NotChecked(result, StatusCodes.OcspSkipped, RevocationGap.NothingEnclosed, "revocation was not checked: no answer is enclosed and nobody was asked")
            : NotChecked(result, StatusCodes.OcspSkipped, RevocationGap.NoAddress, "revocation was not checked: no answer is enclosed, and the certificate names nobody to ask");
    }

    /// <summary>What the file's own answers say of the certificate, one for each; those that cannot be read with the reason.</summary>
    private static async ValueTask<List<OcspResult>> ReadEnclosedAsync(
        VerificationRun run, ManifestResult result, IReadOnlyList<ManifestResult> all, Certificate leaf, Certificate issuer, CancellationToken cancellation)
    {
        var answers = new List<OcspResult>();
        run.EnclosedAnswers ??= [.. AnswersElsewhere(all, run.Limits)];
        List<ReadOnlyMemory<byte>> stored = [.. result.Cose!.OcspValues, .. run.EnclosedAnswers];
        stored.RemoveAll(der => der.Length > run.Limits.OcspBytes);
        int own = result.Cose.OcspValues.Count(der => der.Length <= run.Limits.OcspBytes);
        for (int i = 0; i < Math.Min(stored.Count, run.Limits.OcspResponses); i++)
        {
            var der = stored[i];
            // Some writers put an empty element beside the response.
            if (der.IsEmpty)
                continue;
            OcspResponse response;
            try
            {
                response = OcspResponse.Parse(der, run.Limits);
            }
            catch (MalformedDataException fault)
            {
                answers.Add(new(OcspOutcome.NotApplicable, $"the OCSP response cannot be read: {fault.Message}") { Flaw = OcspFlaw.Unreadable });
                continue;
            }
            var answer = await OcspCheck.EvaluateAsync(
                response, leaf, issuer, RevocationInquiry.SignedAt(result), run.Policy.Time, OcspOrigin.Enclosed, TimeSpan.Zero, run.Crypto, run.Signatures, cancellation).ConfigureAwait(false);
            // What a manifest carries along is mostly about others.
            if (i < own || answer.Flaw != OcspFlaw.AboutAnother)
                answers.Add(answer);
        }
        return answers;
    }

    private static OcspResult? Find(List<OcspResult> answers, OcspOutcome outcome) => answers.Find(answer => answer.Outcome == outcome);

    private static RevocationDetails Known(ManifestResult result, StatusCode code, RevocationStatus status, RevocationOrigin origin, OcspResult answer)
    {
        result.Findings.Add(code, result.SignatureUri, answer.Explanation);
        return new(status, origin, RevocationGap.None, answer.Explanation) { At = answer.At, RevokedAfterSigning = answer.RevokedAfterSigning };
    }

    private static RevocationDetails NotChecked(ManifestResult result, StatusCode code, RevocationGap gap, string explanation)
    {
        result.Findings.Add(code, result.SignatureUri, explanation);
        return new(RevocationStatus.NotChecked, RevocationOrigin.None, gap, explanation);
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
