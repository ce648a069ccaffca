namespace Provenance.Verifier.Labels;

/// <summary>Whether somebody vouches for statements of this file in their own name, beside its signer (CAWG identity).</summary>
public enum IdentityFact
{
    /// <summary>Nobody claims to.</summary>
    None,

    /// <summary>Each who claims to is vouched for by a list of the policy.</summary>
    Trusted,

    /// <summary>Every such statement holds; of one at least nobody the policy knows vouches for who made it.</summary>
    WellFormed,

    /// <summary>One at least could not be checked; none failed.</summary>
    NotChecked,

    /// <summary>One at least failed.</summary>
    Failed,
}
