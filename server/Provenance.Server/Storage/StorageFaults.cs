using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Provenance.Server.Storage;

/// <summary>Tells faults of the database from mistakes of ours: the one place that knows the codes of both.</summary>
internal static class StorageFaults
{
    // https://sqlite.org/rescode.html: the low byte is the primary code.
    private const int Error = 1, Permission = 3, Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, ReadWrite = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Protocol = 15, NoDatabase = 26;

    // The extended code of a short write: what a limit on file sizes or a quota looks like.
    private const int ReadWriteOnWrite = 778;

    /// <summary>The fault that an exception tells of; null for a mistake of ours, which must escape.</summary>
    public static StorageException? Of(Exception exception)
    {
        // EF Core wraps what drivers throw; of transient faults even in an exception that is no database's.
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            var fault = at switch
            {
                StorageException told => told.Fault,
                SqliteException sqlite => Of(sqlite),
                PostgresException postgres => Of(postgres.SqlState),
                NpgsqlException or SocketException or TimeoutException => StorageFault.Unavailable,
                _ => (StorageFault?)null,
            };
            if (fault is { } known)
                return at as StorageException ?? new StorageException(known, Sentence(known), exception);
            if (at is DbException)
                return null;
        }
        return null;
    }

    private static StorageFault? Of(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Full => StorageFault.NoSpace,
        ReadWrite when exception.SqliteExtendedErrorCode == ReadWriteOnWrite => StorageFault.NoSpace,
        ReadOnly or Permission => StorageFault.ReadOnly,
        Corrupt or NoDatabase => StorageFault.Damaged,
        Error when exception.Message.Contains("no such table", StringComparison.Ordinal) => StorageFault.Damaged, // somebody put another database there
        Busy or Locked or NoMemory or ReadWrite or CannotOpen or Protocol => StorageFault.Unavailable,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two characters are the class.
    private static StorageFault? Of(string state) => state switch
    {
        "53100" => StorageFault.NoSpace,
        "25006" => StorageFault.ReadOnly,
        "3D000" or "28P01" or "28000" or "42501" => StorageFault.Unavailable, // no such database, or not for us: the operator can mend it while we run
        "25P03" => StorageFault.Unavailable, // the transaction paused for longer than it may, and was ended
        "XX001" or "XX002" or "42P01" => StorageFault.Damaged, // the last: a table is missing, as somebody put another database there
        ['0', '8', ..] or ['4', '0', ..] or ['5', '3', ..] or ['5', '5', ..] or ['5', '7', ..] or ['5', '8', ..] => StorageFault.Unavailable,
        _ => null,
    };

    private static string Sentence(StorageFault fault) => fault switch
    {
        StorageFault.NoSpace => "The database has no space left to write to.",
        StorageFault.ReadOnly => "The database cannot be written to.",
        StorageFault.Damaged => "What is there is no sound database.",
        _ => "The database does not answer.",
    };
}
