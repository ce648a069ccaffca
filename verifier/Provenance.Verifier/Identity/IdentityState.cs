namespace Provenance.Verifier.Identity;

/// <summary>What became of an identity assertion's checks (CAWG identity 1.3 §7).</summary>
public enum IdentityState
{
    /// <summary>Every check passed, and a list of the policy vouches for who signed it.</summary>
    Trusted,

    /// <summary>Every check passed, and nobody the policy knows vouches for who signed it.</summary>
    WellFormed,

    /// <summary>It could not be checked to the end: what it needs is not here, not supported, or the manifest around it does not hold.</summary>
    NotChecked,

    /// <summary>A check failed: it vouches for nothing.</summary>
    Failed,
}
