using Provenance.Verifier.Checks;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Reports;

/// <summary>What one list says of one certificate.</summary>
/// <param name="List">The list.</param>
/// <param name="IsAllowed">The certificate itself is listed.</param>
/// <param name="AcceptsPurpose">The certificate names a purpose for which the list's anchors may be used.</param>
/// <param name="Path">The path to one of its anchors; null where none was found.</param>
/// <param name="Failures">Every reason why not; empty where the list vouches for it.</param>
public sealed record ListOpinion(TrustList List, bool IsAllowed, bool AcceptsPurpose, VerifiedPath? Path, IReadOnlyList<PathFailure> Failures)
{
    /// <summary>Whether the list vouches for the certificate.</summary>
    public bool Vouches => IsAllowed || Path is not null;
}

/// <summary>What every list of the policy says of the certificate that signed something.</summary>
/// <param name="Purpose">What it signed: the claim, or its time stamp.</param>
/// <param name="Chain">The certificates that came with the signature, its signer's first; empty where none could be read.</param>
/// <param name="At">The time judged at.</param>
/// <param name="Opinions">One for each list for this purpose, in the order asked.</param>
/// <param name="Fault">Why the certificate may not serve this purpose at all, whoever lists it; null where it may.</param>
public sealed record SignerExplanation(TrustPurpose Purpose, IReadOnlyList<Certificate> Chain, DateTimeOffset At, IReadOnlyList<ListOpinion> Opinions, string? Fault);

/// <summary>
/// Why the signer of a file, and the authority that stamped it, are known or are not: every list's answer with every reason. Worked out
/// anew and on demand; nothing of it is needed to verify.
/// </summary>
public static class TrustExplanation
{
    /// <summary>The explanations for the active manifest: of its signer, and of the authority of its time stamp if it has one.</summary>
    /// <param name="report">A report.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>Empty where there is no signature to speak of.</returns>
    public static async ValueTask<IReadOnlyList<SignerExplanation>> OfAsync(VerificationReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var explanations = new List<SignerExplanation>();
        if (report.Result?.Active is not { } active)
            return explanations;
        var policy = report.Policy;
        if (active.Chain.Count > 0)
        {
            var at = active.Time?.Time ?? policy.Time;
            var profile = SignerProfile.Check(active.Chain[0]).Violations;
            explanations.Add(new(TrustPurpose.Signer, active.Chain, at,
                await AskAsync(CredentialCheck.InOrder(policy.Lists), active.Chain, at, policy, cancellation).ConfigureAwait(false), Faults(profile)));
        }
        if (active.TimeStamp is { SignerCertificate: { } authority } token)
        {
            List<Certificate> chain = [authority, .. token.Certificates.Where(certificate => !certificate.IsSameAs(authority))];
            var lists = policy.Lists.Where(list => list.Purpose == TrustPurpose.TimeStamp).ToList();
            explanations.Add(new(TrustPurpose.TimeStamp, chain, token.GenTime,
                await AskAsync(lists, chain, token.GenTime, policy, cancellation).ConfigureAwait(false), Faults(TimeStampAuthorityProfile.Check(authority).Violations)));
        }
        return explanations;
    }

    private static string? Faults(IReadOnlyList<string> violations) => violations.Count == 0 ? null : string.Join("; ", violations);

    private static async ValueTask<IReadOnlyList<ListOpinion>> AskAsync(
        List<TrustList> lists, IReadOnlyList<Certificate> chain, DateTimeOffset at, VerificationPolicy policy, CancellationToken cancellation)
    {
        var opinions = new List<ListOpinion>();
        foreach (var list in lists)
        {
            bool isAllowed = await list.AllowsAsync(chain[0], policy.Crypto, cancellation).ConfigureAwait(false);
            var anchors = list.AnchorsFor(chain[0]);
            var search = isAllowed || anchors.Count == 0
                ? new PathResult(null, [])
                : await PathValidator.ValidateAsync(chain[0], [.. chain.Skip(1)], anchors, at, policy.Crypto, new SignatureBudget(policy.Limits), policy.Limits, cancellation).ConfigureAwait(false);
            opinions.Add(new(list, isAllowed, chain[0].ExtendedKeyUsages is { } purposes && purposes.Any(list.AcceptedPurposes.Contains), search.Path, search.Details));
        }
        return opinions;
    }
}
