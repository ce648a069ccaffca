using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Timestamps;

/// <summary>What a time stamp proves; all but the first mean that it is ignored (C2PA 2.5 §14.8.2).</summary>
internal enum TimeStampOutcome
{
    /// <summary>It proves when the signature existed.</summary>
    Trusted,

    /// <summary>It is no token, or lacks something.</summary>
    Malformed,

    /// <summary>Its signature is wrong, or it is a stamp on something else.</summary>
    Mismatch,

    /// <summary>Nobody vouches for who made it, or for the algorithms used.</summary>
    Untrusted,

    /// <summary>Its time lies outside the validity of the authority's certificates, or in the future.</summary>
    OutsideValidity,
}

/// <summary>The outcome with its reason.</summary>
/// <param name="Outcome">What it proves.</param>
/// <param name="Explanation">For people: what was proven, or what was expected and found.</param>
/// <param name="Time">The proof; null unless trusted.</param>
internal sealed record TimeStampResult(TimeStampOutcome Outcome, string Explanation, VerifiedTime? Time = null)
{
    /// <summary>The authority's own certificate breaks a rule, beside the outcome.</summary>
    public bool CredentialInvalid { get; init; }

    /// <summary>
    /// It is a stamp on this, and rightly signed by a certificate in force then, whoever vouches for that certificate: what it tells may be
    /// shown as its word, and proves nothing by itself.
    /// </summary>
    public bool IsSound { get; init; }

    /// <summary>The time the token tells, believed or not; null where nobody asked for it.</summary>
    public DateTimeOffset? Told { get; init; }

    /// <summary>A limit ended the check, so the outcome is not the token's fault.</summary>
    public bool LimitReached { get; init; }

    /// <summary>The outcome for bytes that are no token.</summary>
    public static TimeStampResult Malformed(MalformedDataException fault) =>
        new(TimeStampOutcome.Malformed, fault.Message) { LimitReached = fault is LimitExceededException };
}
