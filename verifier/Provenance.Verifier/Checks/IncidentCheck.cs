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
        var signedAt = RevocationInquiry.SignedAt(result);
        string own = await FingerprintAsync(run, leaf.Raw, cancellation).ConfigureAwait(false);
        foreach (var list in run.Policy.Incidents)
        {
            if (list.About(own).Concat(list.AboutIssuer(leaf.Issuer)).FirstOrDefault(incident => incident.Means(leaf.SerialNumber, signedAt)) is { } incident)
                return incident.Match;
            if (list.SpeaksOfAuthorities && await FindAboveAsync(run, result, list, leaf, signedAt, cancellation).ConfigureAwait(false) is { } above)
                return above;
        }
        return null;
    }

    private static async ValueTask<IncidentMatch?> FindAboveAsync(
        VerificationRun run, ManifestResult result, IncidentList list, Certificate leaf, DateTimeOffset? signedAt, CancellationToken cancellation)
    {
        var path = result.Trust?.Path?.Certificates;
        foreach (var authority in (path ?? result.Chain).Skip(1))
        {
            bool isDirect = path is null ? leaf.Issuer.Equals(authority.Subject) : ReferenceEquals(authority, path[1]);
            string own = await FingerprintAsync(run, authority.Raw, cancellation).ConfigureAwait(false);
            string key = await FingerprintAsync(run, authority.SubjectPublicKeyInfo, cancellation).ConfigureAwait(false);
            if (list.AboutAuthority(own, key, isDirect).FirstOrDefault(incident => incident.Means(leaf.SerialNumber, signedAt)) is { } incident
                && (path is not null || await IsAboveAsync(run, result, leaf, authority, cancellation).ConfigureAwait(false)))
                return incident.Match;
        }
        return null;
    }

    /// <summary>Where no list leads to an authority, what lies beside a signature may be anybody's: whether this one is above the signer must be shown.</summary>
    private static async ValueTask<bool> IsAboveAsync(VerificationRun run, ManifestResult result, Certificate leaf, Certificate authority, CancellationToken cancellation)
    {
        var search = await PathValidator.ValidateAsync(
            leaf, [.. result.Chain.Skip(1)], [new TrustAnchor(authority)], TimeCheck.TimeToJudgeAt(run, result), run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
        return search.Path is not null || search.OutsideValidity;
    }

    private static async ValueTask<string> FingerprintAsync(VerificationRun run, ReadOnlyMemory<byte> der, CancellationToken cancellation) =>
        Convert.ToHexString(await run.Crypto.HashAsync(HashAlgorithm.Sha256, der, cancellation).ConfigureAwait(false));
}
