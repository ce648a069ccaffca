using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Provenance.Server.Storage.Schema;

/// <summary>Brings a database to the version that this server reads, step by step.</summary>
internal static class StorageSchema
{
    /// <summary>Every step; a database of version N was made by the first N.</summary>
    public static readonly IReadOnlyList<ISchemaStep> Steps = [new Step1Manifests(), new Step2ApiKeys(), new Step3Withdrawals(), new Step4WithdrawalsByKey()];

    /// <summary>Any number that nothing else in the database uses: who holds its lock is the only one to change the schema.</summary>
    private const long UpgradeLock = 0x70726F76_73746570;

    /// <summary>
    /// Makes what is missing. Any number of nodes may do so at once: one does, the others wait. A process that dies meanwhile leaves the
    /// database as it was.
    /// </summary>
    /// <param name="connection">Where.</param>
    /// <param name="clock">Says when it was done.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="upTo">The version to stop at: for tests that want yesterday's.</param>
    /// <exception cref="StorageException">A later version made it, or it does not answer.</exception>
    public static async Task UpgradeAsync(StorageConnection connection, TimeProvider clock, CancellationToken cancellation, int? upTo = null)
    {
        try
        {
            if (connection.File is { } file)
                MakeFile(file);
            await using var database = await OpenAsync(connection, cancellation);
            // Nothing to do, and so nothing to write: a database that can only be read is read.
            if (upTo is null && await IsUpToDateAsync(database, cancellation))
                return;
            await using var transaction = await database.BeginTransactionAsync(cancellation); // of SQLite: the one writer
            if (connection.Kind == DatabaseKind.Postgres)
            {
                await RunAsync(transaction, StorageDatabase.PauseLimit(StorageDatabase.UsualPause), cancellation);
                await RunAsync(transaction, $"SELECT pg_advisory_xact_lock({UpgradeLock})", cancellation);
            }
            await TakeStepsAsync(transaction, new Dialect(connection.Kind), clock, upTo ?? Steps.Count, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFault.Unavailable, $"The database cannot be made: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (StorageFaults.Of(e) is { } fault)
        {
            throw fault;
        }
        catch (DbException e)
        {
            throw new StorageException(StorageFault.Damaged, "The database cannot be upgraded: what is there is not what an earlier version of this server made.", e);
        }
    }

    /// <summary>The version of a database that has one; 0 of an empty one.</summary>
    public static async Task<int> VersionAsync(DbConnection database, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    private static async Task<bool> IsUpToDateAsync(DbConnection database, CancellationToken cancellation)
    {
        try
        {
            return await VersionAsync(database, null, cancellation) == Steps.Count;
        }
        // No such table, which each database says in its own way: an empty database. What else is wrong shows in what follows.
        catch (DbException)
        {
            return false;
        }
    }

    private static async Task TakeStepsAsync(DbTransaction transaction, Dialect dialect, TimeProvider clock, int target, CancellationToken cancellation)
    {
        await RunAsync(transaction, $"CREATE TABLE IF NOT EXISTS schema_version (version {dialect.Number} NOT NULL PRIMARY KEY CHECK (version > 0), applied_at {dialect.Number} NOT NULL){dialect.Strict}", cancellation);
        int version = await VersionAsync(transaction.Connection!, transaction, cancellation);
        if (version > Steps.Count)
            throw TooLate(version);
        for (; version < target; version++)
        {
            foreach (string statement in Steps[version].Statements(dialect))
                await RunAsync(transaction, statement, cancellation);
            await RunAsync(transaction, $"INSERT INTO schema_version (version, applied_at) VALUES ({version + 1}, {clock.GetUtcNow().ToUnixTimeMilliseconds()})", cancellation);
        }
    }

    public static StorageException TooLate(int version) =>
        new(StorageFault.LaterVersion, $"The database has version {version}, and this server knows versions up to {Steps.Count}: a later server made it. Start that one, or choose another database with storage.connection.");

    private static async Task RunAsync(DbTransaction transaction, string statement, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<DbConnection> OpenAsync(StorageConnection connection, CancellationToken cancellation)
    {
        // Not from the pool: what is open there is for the running server.
        DbConnection database = connection.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder(connection.Text) { Pooling = false }.ToString())
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection.Text) { Pooling = false }.ToString());
        try
        {
            await database.OpenAsync(cancellation);
            if (connection.Kind == DatabaseKind.Sqlite)
                await SqlitePragmas.SetForGoodAsync(database, cancellation);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty file is an empty database. Made by us, as SQLite would let everybody read it, and keys' digests are in it.</summary>
    private static void MakeFile(string file)
    {
        if (File.Exists(file))
            return;
        PrivateFolder.Make(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }
}
