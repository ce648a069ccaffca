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

    /// <summary>Only a list of the older trust model does, which is kept for older files.</summary>
    KnownToOlderList,

    /// <summary>No list vouches for it.</summary>
    Unknown,

    /// <summary>No trust list is installed, so none could be asked.</summary>
    NoList,

    /// <summary>The caller chose to ask none.</summary>
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

    /// <summary>A list of incidents, which the reader uses, names the certificate as known bad.</summary>
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

/// <summary>What signers whose credentials hold declare about AI. That none declares it rules nothing out.</summary>
public enum AiFact
{
    /// <summary>The credential does not hold, so nobody declared anything.</summary>
    NotChecked,

    /// <summary>Nobody declares it.</summary>
    NotDeclared,

    /// <summary>The issuer declares that a trained model made all of it.</summary>
    Generated,

    /// <summary>The issuer declares that a trained model made a part of it.</summary>
    Edited,

    /// <summary>The issuer declares that a model was used, and not for how much.</summary>
    ModelUsed,

    /// <summary>Declared of something it was made from.</summary>
    InSource,
}

/// <summary>How much of the file its credential covers.</summary>
public enum CoverageFact
{
    /// <summary>No binding was proven.</summary>
    NotEstablished,

    /// <summary>All of it besides the credential itself.</summary>
    Complete,

    /// <summary>All that is shown, played or told; the mark of the file's type, or space that holds nothing, is open to change.</summary>
    OnlyMarksOpen,

    /// <summary>All that is shown or played; some metadata is open to change.</summary>
    OnlyMetadataOpen,

    /// <summary>Something else is open to change too, or belongs to the content and is not here.</summary>
    OtherOpen,
}

/// <summary>What came of statements about who stands behind the file (CAWG identity).</summary>
public enum IdentityFact
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Every one holds, and a list knows who made it.</summary>
    Trusted,

    /// <summary>Every one holds; of one at least no list knows who made it.</summary>
    WellFormed,

    /// <summary>One could not be checked with what was at hand.</summary>
    NotChecked,

    /// <summary>One does not hold.</summary>
    Failed,
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
    /// <summary>What signers declare about AI.</summary>
    public AiFact Ai { get; init; }

    /// <summary>How much of the file is covered.</summary>
    public CoverageFact Coverage { get; init; }

    /// <summary>What came of statements of identity.</summary>
    public IdentityFact Identity { get; init; }

    /// <summary>The facts where nothing was checked; the other axes say the least they can.</summary>
    public static LabelFacts NothingChecked(CredentialPresence presence) =>
        new(presence, IntegrityFact.AgainstRules, SignerFact.NotLookedUp, ValidityFact.OutOfForce, RevocationFact.NotRevoked, SourcesFact.Sound);
}
