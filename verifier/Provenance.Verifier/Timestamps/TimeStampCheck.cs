using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Timestamps;

/// <summary>Finds out whether a token proves when a signature existed (C2PA 2.5 §14.8.2, in that clause's order).</summary>
internal static class TimeStampCheck
{
    /// <summary>Checks one token. The authority's revocation is not checked (§14.8.2, note).</summary>
    /// <param name="token">The token, parsed.</param>
    /// <param name="stamped">What it must be a stamp on: the Sig_structure with context "CounterSignature" (C2PA 2.5 §10.3.2.5).</param>
    /// <param name="anchors">Anchors for time-stamp authorities, and no others.</param>
    /// <param name="trustUnlisted">
    /// The older trust model, for claims of version 1: a token that is right in itself counts whoever signed it and for whatever purpose
    /// the certificate was issued, as long as that certificate was valid then. The proof says that nobody lists the authority.
    /// </param>
    /// <param name="now">The policy's time.</param>
    /// <param name="crypto">Hashes and signatures.</param>
    /// <param name="budget">Signature checks left.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async ValueTask<TimeStampResult> EvaluateAsync(
        TimeStampToken token, ReadOnlyMemory<byte> stamped, IReadOnlyList<TrustAnchor> anchors, bool trustUnlisted, DateTimeOffset now,
        ICryptoProvider crypto, SignatureBudget budget, Limits limits, CancellationToken cancellation)
    {
        var signature = await token.CheckSignatureAsync(crypto, budget, cancellation).ConfigureAwait(false);
        if (!signature.IsGood || token.SignerCertificate is not { } authority)
            return Refused(signature);

        // A missing messageImprint was malformed already: TSTInfo cannot be without.
        if (token.Info.ImprintAlgorithm is not { } algorithm)
            return new(TimeStampOutcome.Untrusted, $"the imprint's hash {token.Info.ImprintAlgorithmOid} is not SHA-256, SHA-384 or SHA-512 (C2PA 2.5 §12.1)");
        byte[] expected = await crypto.HashAsync(algorithm, stamped, cancellation).ConfigureAwait(false);
        if (!expected.AsSpan().SequenceEqual(token.Info.Imprint.Span))
            return new(TimeStampOutcome.Mismatch, "the token is a stamp on something else: its imprint is not the hash of this signature's content");

        var (path, refusal) = await FindPathAsync(token, authority, anchors, crypto, budget, limits, cancellation).ConfigureAwait(false);
        if (refusal is not null)
        {
            if (!trustUnlisted)
                return refusal with { IsSound = refusal.Outcome == TimeStampOutcome.Untrusted && CertificateRules.DateFault(authority, token.GenTime) is null };
            // The dates of the one certificate at hand are all that is left to check.
            if (CertificateRules.DateFault(authority, token.GenTime) is { } dateFault)
                return new(TimeStampOutcome.OutsideValidity, $"the authority's certificate: {dateFault}");
        }

        // Nobody has seen the future (attack G05); authorities' clocks and ours may differ a little.
        if (token.GenTime - now > limits.ClockSkew)
            return new(TimeStampOutcome.OutsideValidity, $"the token's time {token.GenTime:u} lies more than {limits.ClockSkew.TotalMinutes:0} minutes after {now:u}");

        return new(
            TimeStampOutcome.Trusted,
            path is null ? $"stamped at {token.GenTime:u} by {authority.Subject}, whom nobody lists (older trust model)" : $"stamped at {token.GenTime:u} by {authority.Subject}",
            new VerifiedTime(token.GenTime, authority, path))
        { IsSound = true };
    }

    private static TimeStampResult Refused(CmsCheck check) => check.Result switch
    {
        CmsCheckResult.Mismatch => new(TimeStampOutcome.Mismatch, check.Reason),
        _ => new(TimeStampOutcome.Untrusted, check.Reason) { LimitReached = check.Result == CmsCheckResult.LimitReached },
    };

    private static async ValueTask<(VerifiedPath? Path, TimeStampResult? Refusal)> FindPathAsync(
        TimeStampToken token, Certificate authority, IReadOnlyList<TrustAnchor> anchors,
        ICryptoProvider crypto, SignatureBudget budget, Limits limits, CancellationToken cancellation)
    {
        if (PurposeFault(authority) is { } purposeFault)
            return (null, new(TimeStampOutcome.Untrusted, $"the authority's certificate {purposeFault}") { CredentialInvalid = true });

        // The authority may have expired since: only the time it told counts (C2PA 2.5 §14.8.2, note).
        var result = await PathValidator.ValidateAsync(authority, token.Certificates, anchors, token.GenTime, crypto, budget, limits, cancellation).ConfigureAwait(false);
        if (result.Path is { } path)
            return (path, null);
        string why = string.Join("; ", result.Failures);
        return (null, result.OutsideValidity
            ? new(TimeStampOutcome.OutsideValidity, $"the token's time lies outside the validity of the authority's certificates: {why}")
            : new(TimeStampOutcome.Untrusted, $"no path from the authority to a trusted one: {why}") { LimitReached = result.LimitReached });
    }

    /// <summary>Why the certificate may not tell the time (RFC 3161 §2.3, attack G04); null where it may.</summary>
    private static string? PurposeFault(Certificate authority)
    {
        if (authority.ExtendedKeyUsages is not [Oids.TimeStamping])
            return "is not for time stamping alone (extended key usage, RFC 3161 §2.3)";
        if (!authority.Extensions.IsCritical(Oids.ExtendedKeyUsage))
            return "does not mark its extended key usage critical (RFC 3161 §2.3)";
        // RFC 5280 §4.2.1.12 names the key usages that go with the purpose.
        if (authority.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) == 0)
            return "has a key usage that allows no signatures (RFC 5280 §4.2.1.12)";
        return null;
    }
}
