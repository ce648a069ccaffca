using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>
/// Builds and validates certification paths (RFC 5280 §6) from a leaf to any of the trust anchors.
/// </summary>
/// <remarks>
/// <para>An anchor counts by subject and key, may be an intermediate, and ends the path; its own dates are checked like any other's, and
/// the window its list gives it as well. A leaf that is itself an anchor is no path: anchors are CAs, single end-entity certificates are
/// trusted through a list's allowed certificates only.</para>
/// <para>The candidates come from the file: they may be in any order, doubled, unrelated, or signed in circles. The search tries each
/// issuer by name, checks each pair of certificates once, and ends after <see cref="Limits.PathSignatureChecks"/> checks
/// (RUSTSEC-2023-0052). Key identifiers only order the candidates; they are hints and never proof.</para>
/// <para>Not checked here: revocation, extended key usages (an EKU in a CA is ignored, C2PA 2.5 §13.5), and the leaf's profile.</para>
/// </remarks>
internal sealed class PathValidator
{
    /// <summary>Steps between certificates for each signature check allowed: a mesh of checked pairs has more paths than pairs.</summary>
    private const int StepsPerCheck = 10;

    /// <summary>Reasons kept for people; a mesh produces thousands.</summary>
    private const int FailuresKept = 32;

    private readonly IReadOnlyList<Certificate> _candidates;
    private readonly IReadOnlyList<TrustAnchor> _anchors;
    private readonly DateTimeOffset _at;
    private readonly ICryptoProvider _crypto;
    private readonly SignatureBudget _budget;
    private readonly Limits _limits;
    private readonly Dictionary<(Certificate Child, Certificate Issuer), SignatureCheck> _checked = [];
    private readonly Dictionary<Certificate, string?> _intermediateFaults = [];
    private readonly NameComparisons _comparisons = new();
    private readonly List<PathFailure> _failures = [];
    private int _steps, _checks;
    private bool _outsideValidity, _limitReached, _unsupported;

    private PathValidator(
        IReadOnlyList<Certificate> candidates, IReadOnlyList<TrustAnchor> anchors, DateTimeOffset at, ICryptoProvider crypto, SignatureBudget budget, Limits limits) =>
        (_candidates, _anchors, _at, _crypto, _budget, _limits) = (candidates, anchors, at, crypto, budget, limits);

    /// <summary>Looks for a path from <paramref name="leaf"/> to one of the anchors in which every certificate is valid at <paramref name="at"/>.</summary>
    public static async ValueTask<PathResult> ValidateAsync(
        Certificate leaf, IReadOnlyList<Certificate> candidates, IReadOnlyList<TrustAnchor> anchors, DateTimeOffset at,
        ICryptoProvider crypto, SignatureBudget budget, Limits limits, CancellationToken cancellation)
    {
        var distinct = new List<Certificate>();
        foreach (var candidate in candidates)
        {
            if (!candidate.IsSameAs(leaf) && !distinct.Exists(candidate.IsSameAs))
                distinct.Add(candidate);
        }
        var validator = new PathValidator(distinct, anchors, at, crypto, budget, limits);
        var path = await validator.SearchAsync(leaf, cancellation).ConfigureAwait(false);
        return new PathResult(path, path is null ? validator._failures : [])
        {
            OutsideValidity = path is null && validator._outsideValidity,
            LimitReached = path is null && validator._limitReached,
            Unsupported = path is null && validator._unsupported,
        };
    }

    /// <summary>Depth first, with the path itself as the stack.</summary>
    private async ValueTask<VerifiedPath?> SearchAsync(Certificate leaf, CancellationToken cancellation)
    {
        if (CertificateRules.LeafFault(leaf) is { } leafFault)
        {
            Fail(PathFailureKind.CertificateRule, leaf, leafFault);
            return null;
        }

        var path = new List<Step> { new(leaf, null) };
        path[0].Issuers = FindIssuers(path);
        while (path.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!path[^1].Issuers.TryDequeue(out var issuer))
            {
                path.RemoveAt(path.Count - 1);
                continue;
            }
            bool signed = TrySpendStep() && await IsSignedByAsync(path[^1].Certificate, issuer.Certificate, cancellation).ConfigureAwait(false);
            if (_limitReached)
            {
                Fail(PathFailureKind.Limit, leaf, "the search for a path was ended by a limit");
                return null;
            }
            if (!signed)
                continue;

            path.Add(issuer);
            if (issuer.Anchor is not { } anchor)
                issuer.Issuers = FindIssuers(path);
            else if (Conclude(path, anchor) is { } verified)
                return verified;
            else
                path.RemoveAt(path.Count - 1);
        }
        return null;
    }

    private bool TrySpendStep()
    {
        _limitReached |= ++_steps > (long)StepsPerCheck * _limits.PathSignatureChecks;
        return !_limitReached;
    }

    private bool TrySpendCheck()
    {
        _limitReached |= ++_checks > _limits.PathSignatureChecks || !_budget.TrySpend();
        return !_limitReached;
    }

    /// <summary>Everything that may have issued the last certificate of the path: anchors first, then candidates, those whose key identifier fits before the others.</summary>
    private Queue<Step> FindIssuers(List<Step> path)
    {
        var child = path[^1].Certificate;
        var found = new Queue<Step>();
        bool named = false;
        foreach (var anchor in _anchors)
        {
            if (!anchor.Certificate.Subject.Equals(child.Issuer))
                continue;
            named = true;
            if (path.Exists(step => IsSameEntity(step.Certificate, anchor.Certificate)))
                FailInCircle(child, path.Count == 1, PathFailureKind.ItselfAnchor, "it is itself a trust anchor, and an anchor vouches for others only");
            else if (_at < anchor.NotBefore || _at > anchor.NotAfter)
                Fail(PathFailureKind.AnchorWindow, anchor.Certificate, "the trust list does not trust this anchor at that time (C2PA 2.5 §13.4.1)");
            else if (CertificateRules.AnchorFault(anchor.Certificate) is { } fault)
                Fail(PathFailureKind.CertificateRule, anchor.Certificate, fault);
            else
                found.Enqueue(new Step(anchor.Certificate, anchor));
        }

        var candidates = _candidates.Where(candidate => candidate.Subject.Equals(child.Issuer)).ToList();
        foreach (var candidate in candidates.Where(candidate => KeyIdentifiersFit(child, candidate)).Concat(candidates.Where(candidate => !KeyIdentifiersFit(child, candidate))))
        {
            named = true;
            if (path.Exists(step => IsSameEntity(step.Certificate, candidate)))
            {
                FailInCircle(child, IsSameEntity(child, candidate), PathFailureKind.SelfSigned, "it is self-signed and no trust anchor");
                continue;
            }
            if (!_intermediateFaults.TryGetValue(candidate, out string? fault))
                _intermediateFaults[candidate] = fault = CertificateRules.IntermediateFault(candidate);
            if (fault is not null)
                Fail(PathFailureKind.CertificateRule, candidate, fault);
            else
                found.Enqueue(new Step(candidate, null));
        }
        if (!named)
            Fail(PathFailureKind.NoIssuer, child, $"its issuer {child.Issuer.Brief} is neither a trust anchor nor among the certificates at hand");
        return found;
    }

    private async ValueTask<bool> IsSignedByAsync(Certificate child, Certificate issuer, CancellationToken cancellation)
    {
        if (!_checked.TryGetValue((child, issuer), out var answer))
        {
            // The rules for single certificates refused every child without a scheme.
            var scheme = child.SignatureScheme!.Value;
            answer = SignatureCheck.Bad;
            if (issuer.Allows(scheme))
            {
                if (!TrySpendCheck())
                    return false;
                answer = await CheckSignatureAsync(child, issuer, scheme, cancellation).ConfigureAwait(false);
            }
            _checked[(child, issuer)] = answer;
        }
        if (answer == SignatureCheck.Good)
            return true;
        _unsupported |= answer == SignatureCheck.Unsupported;
        Fail(answer == SignatureCheck.Bad ? PathFailureKind.Signature : PathFailureKind.UnsupportedAlgorithm, child, answer == SignatureCheck.Bad
            ? $"its signature was not made by {issuer.Subject.Brief}"
            : $"this platform cannot check signatures of algorithm {child.SignatureAlgorithmOid}");
        return false;
    }

    private async ValueTask<SignatureCheck> CheckSignatureAsync(Certificate child, Certificate issuer, SignatureScheme scheme, CancellationToken cancellation)
    {
        if (_budget.Good.Contains(child.Raw, issuer.PublicKey))
            return SignatureCheck.Good;
        var answer = await DerSignature.VerifyAsync(_crypto, scheme, issuer.PublicKey, child.Tbs, child.SignatureValue, cancellation).ConfigureAwait(false);
        if (answer == SignatureCheck.Good)
            _budget.Good.Add(child.Raw, issuer.PublicKey);
        return answer;
    }

    /// <summary>The rules that need the whole path. Dates come last, so that a chain wrong by its dates alone can be told from an unknown one.</summary>
    private VerifiedPath? Conclude(List<Step> path, TrustAnchor anchor)
    {
        Certificate[] certificates = [.. path.Select(step => step.Certificate)];
        if (PathRules.Fault(certificates, _comparisons) is { } fault)
        {
            Fail(PathFailureKind.PathRule, null, fault);
            _limitReached |= _comparisons.Exhausted;
            return null;
        }
        bool valid = true;
        foreach (var certificate in certificates)
        {
            if (CertificateRules.DateFault(certificate, _at) is { } dateFault)
            {
                Fail(PathFailureKind.Dates, certificate, dateFault);
                valid = false;
            }
        }
        _outsideValidity |= !valid;
        return valid ? new VerifiedPath(certificates, anchor, _at) : null;
    }

    private void FailInCircle(Certificate child, bool isItself, PathFailureKind kind, string reason)
    {
        if (isItself)
            Fail(kind, child, reason);
        else
            Fail(PathFailureKind.Circle, child, "its issuer is on the path already");
    }

    private void Fail(PathFailureKind kind, Certificate? certificate, string reason)
    {
        var failure = new PathFailure(kind, certificate, reason);
        if (_failures.Count < FailuresKept && !_failures.Exists(other => other.Text == failure.Text))
            _failures.Add(failure);
    }

    /// <summary>Same subject and same key: one CA under two certificates, and the mark of a loop.</summary>
    private static bool IsSameEntity(Certificate a, Certificate b) =>
        a.Subject.Equals(b.Subject) && a.PublicKey.Key.Span.SequenceEqual(b.PublicKey.Key.Span);

    private static bool KeyIdentifiersFit(Certificate child, Certificate issuer) =>
        child.AuthorityKeyIdentifier is { } wanted && issuer.SubjectKeyIdentifier is { } found && wanted.Span.SequenceEqual(found.Span);

    /// <summary>One certificate of the path being tried, and the issuers of it that are still to be tried.</summary>
    private sealed class Step(Certificate certificate, TrustAnchor? anchor)
    {
        public Certificate Certificate => certificate;

        public TrustAnchor? Anchor => anchor;

        public Queue<Step> Issuers { get; set; } = new();
    }
}
