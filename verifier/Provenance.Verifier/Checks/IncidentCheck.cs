using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Whether an incident list of the policy speaks of the certificate that signed, or of an authority above it. Only of a signature that was
/// made with the certificate's key: a certificate that was copied beside a signature says nothing of it.
/// </summary>
internal static class IncidentCheck
{
    /// <summary>The first entry that means this signature; null where none does.</summary>
    public static async ValueTask<IncidentMatch?> FindAsync(VerificationRun run, ManifestResult result, CancellationToken cancellation)
    {
        if (run.Policy.Incidents.Count == 0 || result.Signature is not { Signer: var leaf })
            return null;
        return await FindAsync(run, new Signature(leaf, result.Chain, result.Trust?.Path, TimeCheck.TimeToJudgeAt(run, result), RevocationInquiry.SignedAt(result)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Whose certificate is asked about.</summary>
    /// <param name="Leaf">The certificate whose key made the signature.</param>
    /// <param name="Chain">What came with it, itself first.</param>
    /// <param name="Path">The path a list leads to; null where none does.</param>
    /// <param name="At">The time judged at.</param>
    /// <param name="SignedAt">When it was signed, by a stamp that a list vouches for; null where none says.</param>
    public sealed record Signature(Certificate Leaf, IReadOnlyList<Certificate> Chain, VerifiedPath? Path, DateTimeOffset At, DateTimeOffset? SignedAt);

    /// <inheritdoc cref="FindAsync(VerificationRun, ManifestResult, CancellationToken)"/>
    public static async ValueTask<IncidentMatch?> FindAsync(VerificationRun run, Signature signature, CancellationToken cancellation)
    {
        var (leaf, _, _, _, signedAt) = signature;
        string own = await FingerprintAsync(run, leaf.Raw, cancellation).ConfigureAwait(false);
        foreach (var list in run.Policy.Incidents)
        {
            if (list.About(own).Concat(list.AboutIssuer(leaf.Issuer)).FirstOrDefault(incident => incident.Means(leaf.SerialNumber, signedAt)) is { } incident)
                return incident.Match;
            if (list.SpeaksOfAuthorities && await FindAboveAsync(run, signature, list, cancellation).ConfigureAwait(false) is { } above)
                return above;
        }
        return null;
    }

    private static async ValueTask<IncidentMatch?> FindAboveAsync(VerificationRun run, Signature signature, IncidentList list, CancellationToken cancellation)
    {
        var (leaf, chain, _, _, signedAt) = signature;
        var path = signature.Path?.Certificates;
        foreach (var authority in (path ?? chain).Skip(1))
        {
            bool isDirect = path is null ? leaf.Issuer.Equals(authority.Subject) : ReferenceEquals(authority, path[1]);
            string own = await FingerprintAsync(run, authority.Raw, cancellation).ConfigureAwait(false);
            string key = await FingerprintAsync(run, authority.SubjectPublicKeyInfo, cancellation).ConfigureAwait(false);
            if (list.AboutAuthority(own, key, isDirect).FirstOrDefault(incident => incident.Means(leaf.SerialNumber, signedAt)) is { } incident
                && (path is not null || await IsAboveAsync(run, signature, authority, cancellation).ConfigureAwait(false)))
                return incident.Match;
        }
        return null;
    }

    /// <summary>Where no list leads to an authority, what lies beside a signature may be anybody's: whether this one is above the signer must be shown.</summary>
    private static async ValueTask<bool> IsAboveAsync(VerificationRun run, Signature signature, Certificate authority, CancellationToken cancellation)
    {
        var search = await PathValidator.ValidateAsync(
            signature.Leaf, [.. signature.Chain.Skip(1)], [new TrustAnchor(authority)], signature.At, run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
        return search.Path is not null || search.OutsideValidity;
    }

    private static async ValueTask<string> FingerprintAsync(VerificationRun run, ReadOnlyMemory<byte> der, CancellationToken cancellation) =>
        Convert.ToHexString(await run.Crypto.HashAsync(HashAlgorithm.Sha256, der, cancellation).ConfigureAwait(false));
}
