using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Provenance.Server.Storage;

/// <summary>What SQLite has to be told.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // FULL: a commit is on the disk before it is acknowledged (https://sqlite.org/pragma.html#pragma_synchronous).
    private const string EachConnection = "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON";

    /// <summary>What stays in the file: readers do not wait for the writer (https://sqlite.org/wal.html).</summary>
    public static async Task SetForGoodAsync(DbConnection database, CancellationToken cancellation)
    {
        await RunAsync(database, "PRAGMA journal_mode = WAL", cancellation);
        await RunAsync(database, EachConnection, cancellation);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = EachConnection;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        RunAsync(connection, EachConnection, cancellationToken);

    private static async Task RunAsync(DbConnection database, string statement, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
