using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Provenance.Server.Storage;
using Provenance.Server.Storage.Schema;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Provenance.Server.Tests.Storage;

/// <summary>Which database a test runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test on both.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnBothAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Engine>(Engine.Sqlite), new TheoryDataRow<Engine>(Engine.Postgres) { Skip = PostgresServer.IsHere ? null : PostgresServer.Absent }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>An empty database for one test, and nodes that share it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly List<StorageDatabase> _nodes = [];

    private TestDatabase(string text, string? folder) => (Setting, Connection, _folder) = (text, StorageConnection.Parse(text), folder);

    /// <summary>As the setting has it.</summary>
    public string Setting { get; }

    public StorageConnection Connection { get; }

    public static async Task<TestDatabase> MakeAsync(Engine engine)
    {
        if (engine == Engine.Postgres)
            return new(await (await PostgresServer.SharedAsync()).MakeDatabaseAsync(), null);
        string folder = Directory.CreateTempSubdirectory("provenance-storage-").FullName;
        return new($"Data Source={Path.Combine(folder, "test.db")}", folder);
    }

    /// <summary>A file in a folder of the caller's.</summary>
    public static TestDatabase In(string folder) => new($"Data Source={Path.Combine(folder, "test.db")}", null);

    /// <summary>A database of a PostgreSQL of the caller's.</summary>
    public static async Task<TestDatabase> MakeAsync(PostgresServer server) => new(await server.MakeDatabaseAsync(), null);

    /// <summary>A server's way to it.</summary>
    public StorageDatabase Node(StorageState? state = null, TimeSpan? longestPause = null)
    {
        state ??= new StorageState(NullLogger<StorageState>.Instance);
        var node = longestPause is { } pause ? new StorageDatabase(Connection, TimeProvider.System, state) { LongestPause = pause } : new StorageDatabase(Connection, TimeProvider.System, state);
        _nodes.Add(node);
        return node;
    }

    public Task UpgradeAsync(int? upTo = null) => StorageSchema.UpgradeAsync(Connection, TimeProvider.System, TestContext.Current.CancellationToken, upTo);

    /// <summary>Past everything of ours, as somebody else with a console.</summary>
    public async Task RunAsync(params string[] statements)
    {
        await using var connection = await OpenAsync();
        foreach (string statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 600; // seconds: ten million rows take minutes
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Rows of an answer, with their columns as text.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string question)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader[i] is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader[i]}")));
        return rows;
    }

    /// <summary>Everything that its schema consists of.</summary>
    public async Task<IReadOnlyList<string>> SchemaAsync() => Connection.Kind == DatabaseKind.Sqlite
        ? await AskAsync("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
        :
        [
            .. await AskAsync("SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"),
            .. await AskAsync("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"),
            .. await AskAsync("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
            .. await AskAsync("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"),
            .. await AskAsync("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"),
        ];

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Connection.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder(Connection.Text) { Pooling = false }.ToString())
            : new NpgsqlConnection(Connection.Text + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            node.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
