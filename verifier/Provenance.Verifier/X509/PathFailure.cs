namespace Provenance.Verifier.X509;

/// <summary>Why a path to an anchor was not found or does not hold.</summary>
public enum PathFailureKind
{
    /// <summary>No anchor and no enclosed certificate has the name of the issuer.</summary>
    NoIssuer,

    /// <summary>The list does not trust the anchor at that time.</summary>
    AnchorWindow,

    /// <summary>A certificate breaks a rule by itself.</summary>
    CertificateRule,

    /// <summary>A signature was not made by the issuer named.</summary>
    Signature,

    /// <summary>This platform cannot check a signature.</summary>
    UnsupportedAlgorithm,

    /// <summary>It is self-signed and no anchor.</summary>
    SelfSigned,

    /// <summary>It is itself an anchor; an anchor vouches for others only.</summary>
    ItselfAnchor,

    /// <summary>The path runs in a circle.</summary>
    Circle,

    /// <summary>The certificates of the path break a rule together: lengths, names, policies.</summary>
    PathRule,

    /// <summary>A certificate was not in force at that time.</summary>
    Dates,

    /// <summary>The search was ended by a limit.</summary>
    Limit,
}

/// <summary>One reason why a path was not found or does not hold.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Certificate">The certificate it speaks of; null where it speaks of the whole path.</param>
/// <param name="Reason">For people who know X.509: what was expected and what was found.</param>
public sealed record PathFailure(PathFailureKind Kind, Certificate? Certificate, string Reason)
{
    /// <summary>The reason with the name of its certificate.</summary>
    public string Text => Certificate is null ? Reason : $"{Certificate.Subject.Brief}: {Reason}";
}
