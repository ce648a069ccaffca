namespace Provenance.Verifier.X509.Ocsp;

/// <summary>What one response says of one certificate at one time of signing.</summary>
internal enum OcspOutcome
{
    /// <summary>An authorised responder says that the certificate was not revoked when the signature was made.</summary>
    Good,

    /// <summary>An authorised responder says that the certificate is revoked.</summary>
    Revoked,

    /// <summary>An authorised responder does not know the certificate.</summary>
    Unknown,

    /// <summary>The response proves nothing here; it counts as if it were absent.</summary>
    NotApplicable,
}

/// <summary>Why a response does not count.</summary>
public enum OcspFlaw
{
    /// <summary>It does, or there is none.</summary>
    None,

    /// <summary>It cannot be read, has a critical part that is not known, or says only that there is no answer.</summary>
    Unreadable,

    /// <summary>It speaks of other certificates.</summary>
    AboutAnother,

    /// <summary>No trusted time stamp says when the signature was made, so that the answer may be older than it.</summary>
    NoTimeStamp,

    /// <summary>It speaks of another time than the one that counts.</summary>
    OutOfTime,

    /// <summary>Its signature is not that of a responder who may answer, or could not be checked.</summary>
    NotAuthorised,
}

/// <summary>How a response came to be at hand.</summary>
internal enum OcspOrigin
{
    /// <summary>The file holds it.</summary>
    Enclosed,

    /// <summary>A responder gave it when it was asked.</summary>
    Asked,
}

/// <summary>The outcome with its reason.</summary>
/// <param name="Outcome">What the response says.</param>
/// <param name="Explanation">For people: what was said, or why it does not count.</param>
/// <param name="RevocationTime">When the certificate was revoked; null unless <see cref="OcspOutcome.Revoked"/>.</param>
/// <param name="RevocationReason">CRLReason (RFC 5280 §5.3.1); null where the responder gives none, or unless revoked.</param>
/// <param name="RevokedAfterSigning">Revoked, but later than the proven time of signing.</param>
internal sealed record OcspResult(
    OcspOutcome Outcome, string Explanation, DateTimeOffset? RevocationTime = null, int? RevocationReason = null, bool RevokedAfterSigning = false)
{
    /// <summary>When it was revoked; else the moment of which the responder speaks. Null where the response does not count.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why it does not count; <see cref="OcspFlaw.None"/> where it does, and where there is no response.</summary>
    public OcspFlaw Flaw { get; init; }
}
