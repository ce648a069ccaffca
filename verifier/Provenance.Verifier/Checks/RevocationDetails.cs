using Provenance.Verifier.Trust;
using Provenance.Verifier.X509.Ocsp;

namespace Provenance.Verifier.Checks;

/// <summary>What is known of the revocation of a signer's certificate.</summary>
public enum RevocationStatus
{
    /// <summary>Nothing usable was enclosed, and nobody was asked or answered.</summary>
    NotChecked,

    /// <summary>An authorised answer says it was not withdrawn.</summary>
    NotRevoked,

    /// <summary>An authorised answer says it was withdrawn.</summary>
    Revoked,

    /// <summary>The authority does not know the certificate.</summary>
    Unknown,
}

/// <summary>Where the answer came from.</summary>
public enum RevocationOrigin
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The file holds it.</summary>
    Stapled,

    /// <summary>A responder was asked.</summary>
    Online,
}

/// <summary>Why revocation was not checked.</summary>
public enum RevocationGap
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The file holds no answer, and nobody was asked.</summary>
    NothingEnclosed,

    /// <summary>The file holds answers, none of which counts; nobody was asked.</summary>
    NotUsable,

    /// <summary>No answer is at hand, and the certificate names nobody to ask.</summary>
    NoAddress,

    /// <summary>A responder was asked, and gave no answer that counts.</summary>
    NoAnswer,

    /// <summary>No trust list leads to the certificate's issuer, who alone may answer.</summary>
    IssuerUnknown,
}

/// <summary>What is known of the revocation of a signer's certificate, and how it is known.</summary>
/// <param name="Status">What the issuer says.</param>
/// <param name="Origin">Where that came from.</param>
/// <param name="Gap">Why nothing is known; <see cref="RevocationGap.None"/> where the issuer was heard.</param>
/// <param name="Explanation">The same in words, in English, for the technical part of a report; may quote a responder's host.</param>
public sealed record RevocationDetails(RevocationStatus Status, RevocationOrigin Origin, RevocationGap Gap, string Explanation)
{
    internal static RevocationDetails NeverLookedAt { get; } = new(RevocationStatus.NotChecked, RevocationOrigin.None, RevocationGap.NothingEnclosed, "the signature was not looked at so far");

    /// <summary>When the certificate was withdrawn; else the moment of which the answer speaks. Null where there is no answer.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why the response at hand does not count; <see cref="OcspFlaw.None"/> where there is none, or where it does.</summary>
    public OcspFlaw Flaw { get; init; }

    /// <summary>Withdrawn, but later than the proven time of signing.</summary>
    public bool RevokedAfterSigning { get; init; }

    /// <summary>What a list of the policy says against the certificate or an authority above it: the list's keeper says so, not the issuer. Null where none does.</summary>
    public IncidentMatch? Incident { get; init; }
}
