using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509.Ocsp;

/// <summary>
/// Weighs a response that came with the file (C2PA 2.5 §14.9.1), or that a responder gave when it was asked (§14.9.2). The header it came
/// in is not signed, nor is the way it came: what is not proven by an authorised responder counts as absent, and absence proves nothing.
/// </summary>
internal static class OcspCheck
{
    /// <summary>RFC 5280 §5.3.1: a hold was lifted.</summary>
    private const int RemoveFromCrl = 8;

    /// <summary>C2PA 2.5 §14.9.1: how long a response without nextUpdate speaks.</summary>
    private static readonly TimeSpan WithoutNextUpdate = TimeSpan.FromHours(24);

    /// <summary>What <paramref name="response"/> says of <paramref name="subject"/>.</summary>
    /// <param name="response">The response, parsed.</param>
    /// <param name="subject">The certificate in question.</param>
    /// <param name="issuer">The certificate above it in a path that was validated: whoever may choose this certificate may choose the answer.</param>
    /// <param name="signedAt">The time of signing, if a trusted time stamp proves one.</param>
    /// <param name="now">The policy's time.</param>
    /// <param name="cameFrom">Whether it was enclosed or asked for.</param>
    /// <param name="skew">How far the clocks of the responder and of the policy may lie apart, of an answer that was asked for.</param>
    /// <param name="crypto">Hashes and signatures.</param>
    /// <param name="budget">Signature checks left.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async ValueTask<OcspResult> EvaluateAsync(
        OcspResponse response, Certificate subject, Certificate issuer, DateTimeOffset? signedAt, DateTimeOffset now,
        OcspOrigin cameFrom, TimeSpan skew, ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        var singles = await MatchesAsync(response, subject, issuer, crypto, cancellation).ConfigureAwait(false);
        if (singles.Count == 0)
            return NotApplicable(OcspFlaw.AboutAnother, "it speaks of another certificate (RFC 6960 §3.2 no. 1)");
        if (response.HasCriticalExtension)
            return NotApplicable(OcspFlaw.Unreadable, "it has a critical extension that is not known");
        // RFC 6960 §3.2 no. 2 to 4: signature, identity and authority of the responder.
        if (await OcspResponder.RefusalAsync(response, issuer, crypto, budget, cancellation).ConfigureAwait(false) is { } refusal)
            return NotApplicable(OcspFlaw.NotAuthorised, refusal);

        // Revoked beats good in the same response, good beats the rest (§14.9.1: "there exists a SingleResponse").
        var results = singles.ConvertAll(single => cameFrom == OcspOrigin.Enclosed
            ? Weigh(single, response.ProducedAt, signedAt, now)
            : WeighFresh(single, response.ProducedAt, signedAt, now, skew));
        return results.Find(result => result.Outcome == OcspOutcome.Revoked)
            ?? results.Find(result => result.Outcome == OcspOutcome.Good)
            ?? results.Find(result => result.Outcome == OcspOutcome.Unknown)
            ?? results[0];
    }

    /// <summary>The SingleResponses whose certID is this certificate's: issuer's name, issuer's key and serial number (attack F15).</summary>
    private static async ValueTask<List<SingleResponse>> MatchesAsync(
        OcspResponse response, Certificate subject, Certificate issuer, ICryptoProvider crypto, CancellationToken cancellation)
    {
        var matches = new List<SingleResponse>();
        var hashes = new Dictionary<HashAlgorithm, (byte[] Name, byte[] Key)>();
        foreach (var single in response.Responses)
        {
            if (single.HashAlgorithm is not { } algorithm || !single.SerialNumber.Span.SequenceEqual(subject.SerialNumber.Span))
                continue;
            if (!hashes.TryGetValue(algorithm, out var expected))
            {
                // RFC 6960 §4.1.1: the issuer's name as the certificate in question has it, the key without tag, length and unused bits.
                expected = (
                    await crypto.HashAsync(algorithm, subject.Issuer.Raw, cancellation).ConfigureAwait(false),
                    await crypto.HashAsync(algorithm, issuer.PublicKey.Key, cancellation).ConfigureAwait(false));
                hashes.Add(algorithm, expected);
            }
            if (single.IssuerNameHash.Span.SequenceEqual(expected.Name) && single.IssuerKeyHash.Span.SequenceEqual(expected.Key))
                matches.Add(single);
        }
        return matches;
    }

    private static OcspResult Weigh(SingleResponse single, DateTimeOffset producedAt, DateTimeOffset? signedAt, DateTimeOffset now)
    {
        if (single.HasCriticalExtension)
            return NotApplicable(OcspFlaw.Unreadable, "its answer has a critical extension that is not known");
        // §14.9.1: the current time is no earlier than thisUpdate.
        if (now < single.ThisUpdate)
            return NotApplicable(OcspFlaw.OutOfTime, $"its thisUpdate {single.ThisUpdate:u} lies in the future");

        var end = single.NextUpdate ?? EndWithoutNextUpdate(producedAt);
        return single switch
        {
            { Status: CertificateStatus.Unknown } => new(OcspOutcome.Unknown, "the responder does not know the certificate"),
            // A hold that was lifted is as good as good (§14.9.2, and §14.9.1 up to 2.2; RFC 5280 §5.3.1).
            { Status: CertificateStatus.Revoked, RevocationReason: not RemoveFromCrl } => WeighRevoked(single, end, signedAt),
            _ => WeighGood(single, end, signedAt),
        };
    }

    /// <summary>
    /// An answer that was asked for speaks of the present, and must be of the present: one that is past its nextUpdate may be an old one,
    /// replayed by whoever sits on the way. By the letter of §14.9.2 "good" must also have the time of signing between its two times, which
    /// no answer of today has of a photo of last year, and all else is "revoked"; we read it so that what is good today was not withdrawn
    /// before, since a withdrawal is for ever (RFC 5280 §5.3.1), and never tell from an answer that says good that something was withdrawn
    /// (attack list, c2pa-rs 2644). "Revoked" is weighed as an enclosed one is, and a stale one counts.
    /// </summary>
    private static OcspResult WeighFresh(SingleResponse single, DateTimeOffset producedAt, DateTimeOffset? signedAt, DateTimeOffset now, TimeSpan skew)
    {
        if (single.HasCriticalExtension)
            return NotApplicable(OcspFlaw.Unreadable, "its answer has a critical extension that is not known");
        var end = single.NextUpdate ?? EndWithoutNextUpdate(producedAt);
        if (single is { Status: CertificateStatus.Revoked, RevocationReason: not RemoveFromCrl })
            return WeighRevoked(single, end, signedAt);
        if (end < now - skew)
            return NotApplicable(OcspFlaw.OutOfTime, $"it counted up to {end:u}, and it is {now:u}");
        // Asked today on behalf of a day in the past: what is known today is not what this report is as of.
        if (single.ThisUpdate > now + skew)
            return NotApplicable(OcspFlaw.OutOfTime, $"its thisUpdate {single.ThisUpdate:u} lies in the future of {now:u}");
        return single.Status == CertificateStatus.Unknown
            ? new(OcspOutcome.Unknown, "the responder does not know the certificate")
            : new(OcspOutcome.Good, $"not revoked as of {single.ThisUpdate:u}") { At = single.ThisUpdate };
    }

    private static OcspResult WeighGood(SingleResponse single, DateTimeOffset end, DateTimeOffset? signedAt)
    {
        // Without a proven time of signing the signature may be younger than the answer (§14.9.1, first requirement).
        if (signedAt is not { } time)
            return NotApplicable(OcspFlaw.NoTimeStamp, "it says good, but no trusted time stamp says when the signature was made");
        // "Earlier than thisUpdate, or within (thisUpdate, end)": thisUpdate itself, by the letter in neither, is certainly meant.
        return time < end || time < single.ThisUpdate
            ? new(OcspOutcome.Good, $"not revoked as of {single.ThisUpdate:u}") { At = single.ThisUpdate }
            : NotApplicable(OcspFlaw.OutOfTime, $"it says good up to {end:u}, the signature was made at {time:u}");
    }

    /// <summary>
    /// §14.9.1 rejects a revoked certificate whenever the answer applies to the time of signing. Two readings of ours:
    /// a revocation does not expire, so neither a stale answer nor a missing time stamp makes it go away (attack F14: the signer staples
    /// what it likes, and an answer that only counted with a stamp would be silenced by removing the stamp);
    /// and §14.9.2's exception, that the certificate was revoked after the stamped time and the answer covers that time, holds here too.
    /// Outside that interval both clauses say revoked even of a signature made before the revocation; the result tells it apart.
    /// </summary>
    private static OcspResult WeighRevoked(SingleResponse single, DateTimeOffset end, DateTimeOffset? signedAt)
    {
        var revokedAt = single.RevocationTime!.Value;
        bool afterSigning = signedAt < revokedAt;
        if (afterSigning && signedAt > single.ThisUpdate && signedAt < end)
            return new(OcspOutcome.Good, $"revoked at {revokedAt:u}, after the signature was made at {signedAt:u} (C2PA 2.5 §14.9.2)") { At = single.ThisUpdate };
        string reason = single.RevocationReason is { } number ? $", reason {number}" : "";
        string when = afterSigning ? $", after the signature was made at {signedAt:u}" : "";
        return new(OcspOutcome.Revoked, $"revoked at {revokedAt:u}{reason}{when}", revokedAt, single.RevocationReason, afterSigning) { At = revokedAt };
    }

    // The year 9999 has no day after it.
    private static DateTimeOffset EndWithoutNextUpdate(DateTimeOffset producedAt) =>
        producedAt > DateTimeOffset.MaxValue - WithoutNextUpdate ? DateTimeOffset.MaxValue : producedAt + WithoutNextUpdate;

    private static OcspResult NotApplicable(OcspFlaw flaw, string reason) => new(OcspOutcome.NotApplicable, $"the OCSP response does not count: {reason}") { Flaw = flaw };
}
