namespace Provenance.Verifier.Trust;

/// <summary>What the CAs of a list are trusted for. A list has one purpose: CAs for one must never vouch for the other (C2PA 2.5 §13.4).</summary>
public enum TrustPurpose
{
    /// <summary>Certificates that sign claims.</summary>
    Signer,

    /// <summary>Certificates of time-stamp authorities.</summary>
    TimeStamp,
}
