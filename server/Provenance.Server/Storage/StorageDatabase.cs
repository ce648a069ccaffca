using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Provenance.Server.Storage.Schema;

namespace Provenance.Server.Storage;

/// <summary>The way to the database: upgrades it before anything else is done, turns faults into <see cref="StorageException"/>, and remembers how it stands.</summary>
internal sealed class StorageDatabase : IDisposable
{
    private readonly StorageConnection _connection;
    private readonly TimeProvider _clock;
    private readonly StorageState _state;
    private readonly DbContextOptions<StorageContext> _options;
    private readonly SemaphoreSlim _opening = new(1);

    /// <summary>SQLite has one writer. Ours wait for each other here, in their order, rather than ask the file again and again.</summary>
    private readonly SemaphoreSlim? _writing;

    private volatile bool _isUpgraded;

    public StorageDatabase(StorageConnection connection, TimeProvider clock, StorageState state)
    {
        (_connection, _clock, _state) = (connection, clock, state);
        var builder = new DbContextOptionsBuilder<StorageContext>().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // Faults reach us as exceptions, and are told once, without statements and values.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.CommandError, RelationalEventId.ConnectionError, CoreEventId.SaveChangesFailed, CoreEventId.QueryIterationFailed));
        _options = (connection.Kind == DatabaseKind.Sqlite ? builder.UseSqlite(connection.Text).AddInterceptors(new SqlitePragmas()) : builder.UseNpgsql(connection.Text)).Options;
        _writing = connection.Kind == DatabaseKind.Sqlite ? new(1) : null;
    }

    public DatabaseKind Kind => _connection.Kind;

    /// <inheritdoc cref="LongestPause"/>
    public static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a transaction that writes may do nothing before PostgreSQL ends it: a node that froze or vanished would keep the lock of the numbers,
    /// and everybody from writing. Less than others wait for that lock (<see cref="StorageConnection.CommandSeconds"/>).
    /// </summary>
    public TimeSpan LongestPause { get; init; } = UsualPause;

    /// <summary>What tells PostgreSQL how long a transaction may pause, for the one in which it is said.</summary>
    public static string PauseLimit(TimeSpan longest) => string.Create(CultureInfo.InvariantCulture, $"SET LOCAL idle_in_transaction_session_timeout = {longest.TotalMilliseconds:0}");

    /// <summary>Makes or upgrades the database if that was not done yet.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (_isUpgraded)
            return;
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_isUpgraded)
                return;
            await StorageSchema.UpgradeAsync(_connection, _clock, cancellation);
            _isUpgraded = true;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Reads.</summary>
    public Task<T> ReadAsync<T>(Func<StorageContext, Task<T>> work, CancellationToken cancellation) => RunAsync(work, cancellation);

    /// <summary>Reads past EF Core, on an open connection: for what is long.</summary>
    public Task<T> ReadRawAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation) => RunAsync(
        async context =>
        {
            await context.Database.OpenConnectionAsync(cancellation);
            return await work(context.Database.GetDbConnection());
        },
        cancellation);

    /// <summary>Writes in one transaction, which the work commits if it means to.</summary>
    public async Task<T> WriteAsync<T>(Func<StorageContext, WriteTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (_writing is not null)
            await _writing.WaitAsync(cancellation);
        try
        {
            return await RunAsync(
                async context =>
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
                    if (Kind == DatabaseKind.Postgres)
                        await context.Database.ExecuteSqlRawAsync(PauseLimit(LongestPause), cancellation);
                    var result = await work(context, new WriteTransaction(context, transaction));
                    _state.Wrote();
                    return result;
                },
                cancellation);
        }
        finally
        {
            _writing?.Release();
        }
    }

    /// <summary>Writes nothing new, but writes: whether it can be done again.</summary>
    public Task ProbeAsync(CancellationToken cancellation) => WriteAsync(
        async (context, transaction) =>
        {
            await context.Database.ExecuteSqlRawAsync("UPDATE change_counter SET value = value", cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Refuses to go on with a database that a later server upgraded meanwhile.</summary>
    public async Task RequireVersionAsync(CancellationToken cancellation)
    {
        int version = await ReadRawAsync(database => StorageSchema.VersionAsync(database, null, cancellation), cancellation);
        if (version > StorageSchema.Steps.Count)
        {
            var fault = StorageSchema.TooLate(version);
            _state.Tell(fault);
            throw fault;
        }
    }

    public void Dispose()
    {
        _opening.Dispose();
        _writing?.Dispose();
        if (_connection.Kind == DatabaseKind.Sqlite)
        {
            using var pool = new SqliteConnection(_connection.Text);
            SqliteConnection.ClearPool(pool); // closes the file, which writes the log into it
        }
    }

    private async Task<T> RunAsync<T>(Func<StorageContext, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await OpenAsync(cancellation);
            RequireFile();
            await using var context = new StorageContext(_options);
            return await work(context);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && StorageFaults.Of(e) is { } fault)
        {
            _state.Tell(fault);
            throw fault;
        }
    }

    /// <summary>Connections of the pool would write on into a file that was taken away, for nobody to read.</summary>
    private void RequireFile()
    {
        if (_connection.File is not { } file || File.Exists(file))
            return;
        using var pool = new SqliteConnection(_connection.Text);
        SqliteConnection.ClearPool(pool);
        throw new StorageException(StorageFault.Unavailable, "The file of the database is gone.");
    }
}
