using Provenance.Server.Trust;
using Provenance.Verifier;

namespace Provenance.Server.Verification;

/// <summary>The policy that holds now. As long as the lists stay, one is kept and copied: what it found out about certificates and keys serves every request.</summary>
internal sealed class PolicyNow(ITrust trust, TimeProvider time)
{
    private Kept? _kept;

    private sealed record Kept(TrustState State, VerificationPolicy Policy);

    /// <summary>The policy, and the version of its lists.</summary>
    /// <param name="withDigest">Whether reports tell the SHA-256 of the whole file.</param>
    public (VerificationPolicy Policy, string Lists) Take(bool withDigest)
    {
        var state = trust.Current;
        // Whole seconds, as on the command line.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var kept = _kept;
        if (kept is null || !ReferenceEquals(kept.State, state))
            _kept = kept = new(state, state.PolicyAt(now));
        return (kept.Policy with { Time = now, WithDigest = withDigest }, state.Version);
    }
}
