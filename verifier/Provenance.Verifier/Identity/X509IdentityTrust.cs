using Provenance.Verifier.Cose;
using Provenance.Verifier.Status;
using Provenance.Verifier.Timestamps;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>Whether the certificate was in force, and whether a list for identities vouches for it (CAWG identity 1.3 §8.2.2, §8.2.3).</summary>
internal static class X509IdentityTrust
{
    /// <summary>
    /// Certificate policies of the S/MIME baseline requirements under which the name was looked into: organisation, sponsor and individual,
    /// each multipurpose and strict. Not among them: those that vouch for a mailbox alone, and the older ones.
    /// </summary>
    private static readonly string[] s_namedPolicies =
        ["2.23.140.1.5.2.2", "2.23.140.1.5.2.3", "2.23.140.1.5.3.2", "2.23.140.1.5.3.3", "2.23.140.1.5.4.2", "2.23.140.1.5.4.3"];

    /// <summary>The first moment behind 31 March 2027, up to which certificates for mail serve.</summary>
    private static readonly DateTimeOffset s_interimEnd = new(2027, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static async ValueTask CheckAsync(IdentityCheck check, CoseSign1 cose, List<Certificate> chain, VerifiedTime? stamped, CancellationToken cancellation)
    {
        var leaf = chain[0];
        var at = stamped?.Time ?? check.Run.Policy.Time;
        check.SignedAt = stamped is { IsListed: true } ? stamped.Time : null;
        var outcome = await FindAsync(check, chain, stamped, at, cancellation).ConfigureAwait(false);
        bool inForce = CertificateRules.DateFault(leaf, at) is null && (outcome.List is not null || !outcome.OutsideValidity);
        check.Add(inForce ? StatusCodes.IdentitySignatureInsideValidity : StatusCodes.IdentitySignatureOutsideValidity, inForce
            ? $"the certificate was in force at {at:u}, the time judged at"
            : $"the certificate is in force from {leaf.NotBefore:u} to {leaf.NotAfter:u}, or one above it is not; judged at {at:u}{(stamped is null ? ", since no trusted time stamp says when it signed" : "")}");
        if (outcome.List is { } list)
        {
            string? anchor = outcome.Path?.Anchor.Certificate.Subject.ToString();
            check.IsTrusted = true;
            check.Signer = new(leaf.Subject.CommonName ?? leaf.Subject.ToString(), leaf.Subject.Organization, list.Name, anchor);
            check.Add(StatusCodes.IdentityCredentialTrusted, anchor is null ? $"{list.Name}: the certificate itself is listed" : $"{list.Name}: leads to '{anchor}'");
        }
        else
        {
            check.Add(StatusCodes.IdentityCredentialUntrusted, outcome.Reasons.Count == 0 ? "the policy has no list for identities" : string.Join("; ", outcome.Reasons));
        }
        CheckSigningTime(check, cose, outcome.Path?.Certificates ?? [leaf], stamped);
        await X509IdentityRevocation.CheckAsync(check, cose, chain, outcome.Path, stamped, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the lists say.</summary>
    private sealed record Outcome(List<string> Reasons)
    {
        public TrustList? List { get; init; }

        public VerifiedPath? Path { get; init; }

        public bool OutsideValidity { get; init; }
    }

    private static async ValueTask<Outcome> FindAsync(IdentityCheck check, List<Certificate> chain, VerifiedTime? stamped, DateTimeOffset at, CancellationToken cancellation)
    {
        var run = check.Run.Run;
        var reasons = new List<string>();
        bool outsideValidity = false;
        foreach (var list in check.Run.Lists)
        {
            if (PurposeFault(chain[0], list, run.Policy.Time, stamped) is { } fault)
            {
                reasons.Add($"{list.Name}: {fault}");
                continue;
            }
            if (await list.AllowsAsync(chain[0], run.Crypto, cancellation).ConfigureAwait(false))
                return new(reasons) { List = list };
            var search = await PathValidator.ValidateAsync(chain[0], chain[1..], list.Anchors, at, run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
            if (search.Path is { } path)
                return new(reasons) { List = list, Path = path };
            outsideValidity |= search.OutsideValidity;
            reasons.AddRange(search.Failures.Select(failure => $"{list.Name}: {failure}"));
        }
        return new(reasons) { OutsideValidity = outsideValidity };
    }

    /// <summary>
    /// Why a list may not vouch for the certificate, whatever its anchors (§8.2.3): it is for signing documents, or for another purpose the list
    /// was given; or, in the interim, for mail under a policy by which the name was looked into.
    /// </summary>
    private static string? PurposeFault(Certificate leaf, TrustList list, DateTimeOffset now, VerifiedTime? stamped)
    {
        var purposes = leaf.ExtendedKeyUsages ?? [];
        if (purposes.Any(purpose => purpose != Oids.EmailProtection && list.AcceptedPurposes.Contains(purpose)))
            return null;
        if (!purposes.Contains(Oids.EmailProtection) || !list.AcceptedPurposes.Contains(Oids.EmailProtection))
            return $"no purpose of the certificate ({string.Join(", ", purposes)}) is accepted";
        if (leaf.Extensions.Policies?.Any(s_namedPolicies.Contains) != true)
            return "the certificate is for mail, and no policy of it says that the name was looked into (§8.2.3.1)";
        // A time that no list vouches for may be the signer's own.
        return now < s_interimEnd || (stamped is { IsListed: true } && stamped.Time < s_interimEnd) ? null
            : "certificates for mail serve up to 31 March 2027, and no trusted time stamp says that it signed before (§8.2.3.1)";
    }

    /// <summary>The time at which the signer says to have signed; a claim, and nothing rests on it (C2PA 2.5 §14.8.3).</summary>
    private static void CheckSigningTime(IdentityCheck check, CoseSign1 cose, IReadOnlyList<Certificate> path, VerifiedTime? stamped)
    {
        if (cose.IssuedAt is not { } claimed)
            return;
        bool inside = path.All(certificate => claimed >= certificate.NotBefore && claimed <= certificate.NotAfter) && (stamped is null || claimed <= stamped.Time);
        check.Add(inside ? StatusCodes.IdentityTimeOfSigningInsideValidity : StatusCodes.IdentityTimeOfSigningOutsideValidity,
            inside ? $"says to have signed at {claimed:u}, when the certificates were in force" : $"says to have signed at {claimed:u}, when a certificate was not in force, or after the time stamp");
    }
}
