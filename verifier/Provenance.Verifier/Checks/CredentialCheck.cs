using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Checks;

/// <summary>Whether a list of the policy vouches for the signer, and whether the certificates were in force at the time judged at (C2PA 2.5 §13.4, §14.7).</summary>
internal static class CredentialCheck
{
    /// <summary>The lists for signers. What an older list says counts only where no other knows the signer.</summary>
    public static List<TrustList> InOrder(IReadOnlyList<TrustList> lists)
    {
        var ordered = new List<TrustList>();
        foreach (bool older in new[] { false, true })
        {
            foreach (var list in lists)
            {
                if (list.Purpose == TrustPurpose.Signer && (list.Model == TrustModel.Older) == older)
                    ordered.Add(list);
            }
        }
        return ordered;
    }

    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, CancellationToken cancellation)
    {
        var leaf = result.Chain[0];
        var at = TimeCheck.TimeToJudgeAt(run, result);
        bool inForce = CertificateRules.DateFault(leaf, at) is null;
        bool outOfForce = false;
        var reasons = new List<string>();
        foreach (var list in InOrder(run.Policy.Lists))
        {
            if (result.Trust is not null)
                break;
            if (await list.AllowsAsync(leaf, run.Crypto, cancellation).ConfigureAwait(false))
            {
                result.Trust = new(list, null);
                break;
            }
            var anchors = list.AnchorsFor(leaf);
            if (anchors.Count == 0)
            {
                reasons.Add($"{list.Name}: no purpose of the certificate ({string.Join(", ", leaf.ExtendedKeyUsages ?? [])}) is accepted");
                continue;
            }
            var search = await PathValidator.ValidateAsync(leaf, [.. result.Chain.Skip(1)], anchors, at, run.Crypto, run.Signatures, run.Limits, cancellation).ConfigureAwait(false);
            if (search.Path is { } path)
            {
                if (await RevocationInquiry.WithdrawnAuthorityAsync(run, result, path, cancellation).ConfigureAwait(false) is { } withdrawn)
                    reasons.Add($"{list.Name}: {withdrawn}");
                else
                    result.Trust = new(list, path);
            }
            outOfForce |= search.OutsideValidity;
            reasons.AddRange(search.Failures.Select(failure => $"{list.Name}: {failure}"));
        }

        // A path that only dates speak against tells that a certificate above the signer's was not in force.
        if (inForce && (result.Trust is not null || !outOfForce))
            result.Findings.Add(StatusCodes.ClaimSignatureInsideValidity, result.SignatureUri, $"the certificate was in force at {at:u}, the time judged at");
        else
            result.Findings.Add(StatusCodes.ClaimSignatureOutsideValidity, result.SignatureUri,
                $"the certificate is in force from {leaf.NotBefore:u} to {leaf.NotAfter:u}, or one above it is not; judged at {at:u}{(result.Time is null ? ", since no trusted time stamp says when it signed" : "")}");
        if (result.Trust is { } trust)
            result.Findings.Add(StatusCodes.SigningCredentialTrusted, result.SignatureUri, trust.Path is { } proof
                ? $"{trust.List.Name}: leads to '{proof.Anchor.Certificate.Subject}'"
                : $"{trust.List.Name}: the certificate itself is listed");
        else
            result.Findings.Add(StatusCodes.SigningCredentialUntrusted, result.SignatureUri,
                !run.Policy.LooksUpIssuers ? "issuer not looked up: the policy has no trust lists" : run.Policy.LacksLists ? "no trust list is installed" : reasons.Count == 0 ? "the policy has no list for signers" : string.Join("; ", reasons));
    }
}
