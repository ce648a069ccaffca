using System.Numerics;

namespace Provenance.Verifier.Trust;

/// <summary>What an entry of an incident list speaks of.</summary>
public enum IncidentSubject
{
    /// <summary>One certificate, by its digest.</summary>
    Certificate,

    /// <summary>Certificates of an issuer, by its name and by their serial numbers.</summary>
    IssuerAndSerial,

    /// <summary>Everything below an authority, or those of its certificates that have certain serial numbers.</summary>
    Authority,
}

/// <summary>An entry of an incident list that speaks of a certificate.</summary>
/// <param name="List">Name of the list: its keeper's words, not cleaned for display.</param>
/// <param name="Reason">Why, in the words of the list's keeper.</param>
/// <param name="Since">Signatures made before this moment are not meant; null where all are.</param>
/// <param name="Url">Where more is told; null where nothing is. Never fetched.</param>
/// <param name="Subject">What of the certificate the entry names.</param>
public sealed record IncidentMatch(string List, string Reason, DateTimeOffset? Since, string? Url, IncidentSubject Subject)
{
    /// <summary>The same in a sentence, for the technical part of a report.</summary>
    public string Explanation => $"the incident list '{List}' names {Subject switch
    {
        IncidentSubject.Certificate => "the certificate",
        IncidentSubject.IssuerAndSerial => "the certificate's issuer and serial number",
        _ => "an authority above the certificate",
    }}: {Reason}{(Since is { } since ? $" (signatures from {since:u} on)" : "")}";
}

/// <summary>One entry: whom it means, and what it says of them.</summary>
/// <param name="Match">What is told of a certificate that is meant.</param>
/// <param name="Serials">The serial numbers that are meant; null for every one.</param>
internal sealed record Incident(IncidentMatch Match, SerialRange? Serials)
{
    /// <summary>Whether it speaks of a signature. One that a trusted time stamp proves older than the incident is not meant; without such proof all are.</summary>
    /// <param name="serialNumber">The signer's.</param>
    /// <param name="signedAt">When it was signed, by a time stamp that a list vouches for.</param>
    public bool Means(ReadOnlyMemory<byte> serialNumber, DateTimeOffset? signedAt) =>
        (Serials is null || Serials.Holds(serialNumber)) && !(signedAt < Match.Since);
}

/// <summary>Serial numbers from one to another, both included.</summary>
internal sealed record SerialRange(BigInteger First, BigInteger Last)
{
    public bool Holds(ReadOnlyMemory<byte> serialNumber)
    {
        var number = new BigInteger(serialNumber.Span, isUnsigned: true, isBigEndian: true);
        return number >= First && number <= Last;
    }
}
