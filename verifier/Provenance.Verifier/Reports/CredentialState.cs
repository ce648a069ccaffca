using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>How it stands with the credential of one file: this one, or one it was made from.</summary>
public enum CredentialState
{
    /// <summary>There is one, and it was not checked against what it belongs to.</summary>
    NotChecked,

    /// <summary>It came without one.</summary>
    None,

    /// <summary>It had one, which is not here.</summary>
    Missing,

    /// <summary>The one that is here is not the one that the outer signer saw.</summary>
    NotAsSeen,

    /// <summary>Statements or signature are not as they were signed.</summary>
    Changed,

    /// <summary>The issuer withdrew the certificate.</summary>
    Revoked,

    /// <summary>A list of incidents, which the reader uses, names the certificate as known bad.</summary>
    KnownBad,

    /// <summary>What was signed breaks a rule of the standard, or needs what is not supported.</summary>
    AgainstRules,

    /// <summary>It holds; the certificate is not in force, and no trusted time stamp says when it was signed.</summary>
    TimeUnproven,

    /// <summary>It holds; no trust list vouches for the issuer.</summary>
    IssuerUnknown,

    /// <summary>It holds; no trust list was asked, or there is none.</summary>
    IssuerNotLookedUp,

    /// <summary>It holds; only a list of the older trust model vouches for the issuer.</summary>
    IssuerKnownToOlderList,

    /// <summary>It holds, and a trust list vouches for the issuer.</summary>
    IssuerKnown,
}

/// <summary>Finds the state of a credential.</summary>
internal static class CredentialStates
{
    /// <summary>Whether its details may be repeated.</summary>
    public static bool Holds(this CredentialState state) => state >= CredentialState.TimeUnproven;

    /// <summary>The state that facts amount to; the graver comes first, as in the table of labels.</summary>
    public static CredentialState Of(LabelFacts facts) => facts switch
    {
        { Presence: CredentialPresence.Absent } => CredentialState.None,
        { Presence: not CredentialPresence.Checked } => CredentialState.NotChecked,
        { Integrity: IntegrityFact.Changed } => CredentialState.Changed,
        { Revocation: RevocationFact.Revoked } => CredentialState.Revoked,
        { Revocation: not RevocationFact.NotRevoked } => CredentialState.KnownBad,
        { Integrity: not IntegrityFact.Intact } => CredentialState.AgainstRules,
        { Validity: ValidityFact.OutOfForce } => CredentialState.TimeUnproven,
        { Signer: SignerFact.Known } => CredentialState.IssuerKnown,
        { Signer: SignerFact.KnownToOlderList } => CredentialState.IssuerKnownToOlderList,
        { Signer: SignerFact.Unknown } => CredentialState.IssuerUnknown,
        _ => CredentialState.IssuerNotLookedUp,
    };

    /// <summary>The state of what an ingredient names.</summary>
    /// <param name="ingredient">The ingredient.</param>
    /// <param name="target">The manifest it names; null where that is not here.</param>
    public static CredentialState Of(IngredientSummary ingredient, ManifestSummary? target) =>
        ingredient.Manifest is null ? CredentialState.None
        : target is null ? CredentialState.Missing
        : !ingredient.LinkHolds ? CredentialState.NotAsSeen
        : Of(target.Facts);
}
