namespace Provenance.Verifier.Trust;

/// <summary>What the CAs of a list are trusted for. A list has one purpose: CAs for one must never vouch for another (C2PA 2.5 §13.4).</summary>
public enum TrustPurpose
{
    /// <summary>Certificates that sign claims.</summary>
    Signer,

    /// <summary>Certificates of time-stamp authorities.</summary>
    TimeStamp,

    /// <summary>Certificates of people and organisations that vouch for statements in their own name (CAWG identity 1.3 §8.2.3).</summary>
    Identity,
}
