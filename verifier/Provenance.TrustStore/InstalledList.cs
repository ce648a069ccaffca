namespace Provenance.TrustStore;

/// <summary>The forms in which lists are published.</summary>
internal enum ListForm
{
    /// <summary>A list of trusted entities (ETSI TS 119 602), as C2PA publishes its lists.</summary>
    TrustedEntities,

    /// <summary>Anchors as PEM.</summary>
    Pem,

    /// <summary>The interim list: anchors, purposes and single certificates in files of their own.</summary>
    Interim,

    /// <summary>Our own form with a detached signature: whom somebody trusts.</summary>
    Signed,

    /// <summary>The same: certificates known bad.</summary>
    Incidents,

    /// <summary>Single signers' certificates that the user chose (C2PA 2.5 §13.4.3).</summary>
    Certificates,

    /// <summary>The index of a server that is followed: it names lists, which are installed beside it, and trusts nobody itself.</summary>
    Server,
}

/// <summary>A file of a list, kept under its digest.</summary>
/// <param name="Role">What it is: "list", "signature", "anchors", "purposes", "allowed"; "packed" for one made here.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hex: also its name.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record InstalledFile(string Role, string Sha256, long Length);

/// <summary>What the index says of one installed list.</summary>
internal sealed record InstalledList
{
    /// <summary>What commands call it.</summary>
    public required string Id { get; init; }

    public required ListForm Form { get; init; }

    /// <summary>What people call it; one line.</summary>
    public required string Name { get; init; }

    /// <summary>The URL or the path it came from.</summary>
    public required string Source { get; init; }

    /// <summary>When these bytes were installed.</summary>
    public required DateTimeOffset Installed { get; init; }

    /// <summary>When the source was last asked and had nothing newer, or these bytes.</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>When this issue was made, by the list's own words; null where it does not say.</summary>
    public DateTimeOffset? Issued { get; init; }

    /// <summary>The list's sequence number; null where it has none.</summary>
    public long? Number { get; init; }

    /// <summary>The SHA-256 of the one certificate that may sign it; null for a list that is not signed.</summary>
    public string? SignerSha256 { get; init; }

    /// <summary>For PEM: the anchors are for time stamps.</summary>
    public bool IsForTimeStamps { get; init; }

    public required IReadOnlyList<InstalledFile> Files { get; init; }

    /// <summary>A server that is followed handed it on; its name is the server's, a slash, and a name of its own.</summary>
    public bool IsHandedOn => Id.Contains('/', StringComparison.Ordinal);

    /// <summary>The file of the list's own words, whose digest identifies a list without a number.</summary>
    public InstalledFile Main => Files[0];
}
