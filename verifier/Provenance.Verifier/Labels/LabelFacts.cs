namespace Provenance.Verifier.Labels;

/// <summary>Whether there is a credential to speak of.</summary>
public enum CredentialPresence
{
    /// <summary>None was found, in bytes that were read to where one would be.</summary>
    Absent,

    /// <summary>The file points to one that is kept elsewhere.</summary>
    Elsewhere,

    /// <summary>It is said to be kept elsewhere, and could not be fetched.</summary>
    Inaccessible,

    /// <summary>The file cannot be read far enough to say whether there is one, or asks for more than a limit allows.</summary>
    Unreadable,

    /// <summary>There is one, and it cannot be read.</summary>
    Malformed,

    /// <summary>It was given without the file it belongs to.</summary>
    Alone,

    /// <summary>It was read and checked.</summary>
    Checked,
}

/// <summary>Whether content, signature and statements are as they were signed.</summary>
public enum IntegrityFact
{
    /// <summary>Every hash and the signature match. Needs positive evidence of each.</summary>
    Intact,

    /// <summary>A hash or the signature does not match, or something signed is missing.</summary>
    Changed,

    /// <summary>What was signed breaks a rule of the standard, or needs an algorithm that is not supported.</summary>
    AgainstRules,
}

/// <summary>What the trust lists say of the signer.</summary>
public enum SignerFact
{
    /// <summary>A path leads to an anchor, or the certificate is on an allowed list.</summary>
    Known,

    /// <summary>No list vouches for it.</summary>
    Unknown,

    /// <summary>The policy has no lists.</summary>
    NotLookedUp,
}

/// <summary>Whether the certificates were in force at the time judged at.</summary>
public enum ValidityFact
{
    /// <summary>They were.</summary>
    InForce,

    /// <summary>They were not: expired or not yet in force, and no trusted time stamp helps.</summary>
    OutOfForce,
}

/// <summary>Whether the issuer withdrew the certificate.</summary>
public enum RevocationFact
{
    /// <summary>Nobody said so: good, unknown or not checked.</summary>
    NotRevoked,

    /// <summary>It did.</summary>
    Revoked,

    /// <summary>It did not say so, but a list of the policy names the certificate, or an authority above it, as known bad.</summary>
    KnownBad,
}

/// <summary>What is known of the files this one was made from.</summary>
public enum SourcesFact
{
    /// <summary>No failure in any of them, or none at all.</summary>
    Sound,

    /// <summary>No anchor vouches for the signer of one; nothing else.</summary>
    UnknownIssuer,

    /// <summary>The certificate of one was not in force and no trusted time stamp helps; nothing worse.</summary>
    TimeUnproven,

    /// <summary>One did not match when it was added, which the signer of this file recorded.</summary>
    RecordedFailure,

    /// <summary>The credential of one breaks a rule or was withdrawn.</summary>
    Unconfirmed,

    /// <summary>One does not match its own credential.</summary>
    Failing,
}

/// <summary>The facts a label rests on: one value of each axis.</summary>
/// <param name="Presence">Whether there is a credential.</param>
/// <param name="Integrity">Whether content, signature and statements match.</param>
/// <param name="Signer">Whether a list knows the signer.</param>
/// <param name="Validity">Whether the certificates were in force.</param>
/// <param name="Revocation">Whether the certificate was withdrawn.</param>
/// <param name="Sources">What is known of the ingredients.</param>
public sealed record LabelFacts(
    CredentialPresence Presence, IntegrityFact Integrity, SignerFact Signer, ValidityFact Validity, RevocationFact Revocation, SourcesFact Sources)
{
    /// <summary>The facts where nothing was checked; the other axes say the least they can.</summary>
    public static LabelFacts NothingChecked(CredentialPresence presence) =>
        new(presence, IntegrityFact.AgainstRules, SignerFact.NotLookedUp, ValidityFact.OutOfForce, RevocationFact.NotRevoked, SourcesFact.Sound);
}
