using Provenance.Server.Storage;

namespace Provenance.Server.Settings;

/// <summary>The database, and what is taken into it.</summary>
internal sealed record StorageSettings : ISettings
{
    private const int LargestStore = 32 << 20;

    /// <summary>
    /// Where the database is. "Data Source=FILE" is a file of SQLite; "Host=…;Database=…;Username=…" or "postgres://…" is PostgreSQL. Without
    /// it: the file server/provenance.db in $PROVENANCE_HOME, else in "provenance" under the user's folder for programs' data (on Linux
    /// $XDG_DATA_HOME or ~/.local/share).
    /// </summary>
    public string? Connection { get; init; }

    /// <summary>Seconds, 1 to 60, between two looks for what other nodes wrote. What this node wrote is seen at once.</summary>
    public int PollSeconds { get; init; } = 2;

    /// <summary>Bytes of one manifest store that is published; 1,024 to 33,554,432. The largest one seen in files has 6 MB.</summary>
    public int MostStoreBytes { get; init; } = 8 << 20;

    /// <summary>Whether stores are taken whose signer no trust list of this server knows. Signature and hashes must hold anyhow.</summary>
    public bool AcceptUnknownIssuers { get; init; }

    public IEnumerable<string> Complaints()
    {
        if (StorageConnection.Complaint(Connection) is { } complaint)
            yield return $"connection {complaint}";
        if (PollSeconds is < 1 or > 60)
            yield return $"pollSeconds is {PollSeconds}; 1 to 60 is possible.";
        if (MostStoreBytes is < 1024 or > LargestStore)
            yield return $"mostStoreBytes is {MostStoreBytes}; 1024 to {LargestStore} is possible.";
    }
}
