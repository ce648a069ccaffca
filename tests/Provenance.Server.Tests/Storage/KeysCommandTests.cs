using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>The operator's way to keys.</summary>
public sealed class KeysCommandTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private string _settings = "";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync(Engine.Sqlite);
        _settings = Path.ChangeExtension(_database.Connection.File!, "json");
        await File.WriteAllTextAsync(_settings, $$"""{ "storage": { "connection": "{{_database.Setting}}" } }""", TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_key_is_shown_once_listed_without_itself_and_revoked()
    {
        var (exitCode, key, hint) = await RunAsync("add", "A newsroom", "--scope", "publish");
        Assert.Equal(0, exitCode);
        Assert.Matches("^provenance_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n$", key);
        string id = key[11..23];
        Assert.Equal($"This is the only time it is shown. \"keys revoke {id}\" ends it.\n", hint);
        Assert.Equal(0, (await RunAsync("add", "A reader")).ExitCode);

        var (_, list, _) = await RunAsync("list");
        var rows = list.TrimEnd('\n').Split('\n').Select(row => row.Split('\t')).ToArray();
        Assert.Equal([["in force", "publish", "A newsroom"], ["in force", "-", "A reader"]], rows.Select(row => row[2..]));
        Assert.Equal(id, rows[0][0]);
        Assert.DoesNotContain(key[24..^1], list, StringComparison.Ordinal);

        var found = new ApiKeys(_database.Node(), TimeProvider.System);
        Assert.NotNull(await found.FindAsync(key.TrimEnd(), TestContext.Current.CancellationToken));
        Assert.Equal((0, "", ""), await RunAsync("revoke", id));
        Assert.Matches($"(?m)^{id}\t[0-9-]{{10}}\trevoked [0-9-]{{10}}\tpublish\tA newsroom$", (await RunAsync("list")).Output);
        Assert.Null(await new ApiKeys(_database.Node(), TimeProvider.System).FindAsync(key.TrimEnd(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_a_sentence()
    {
        Assert.Equal((2, "", "There is no such key. \"keys list\" shows all.\n"), await RunAsync("revoke", "000000000000"));
        Assert.Equal(2, (await RunAsync("add", "Somebody", "--scope", "everything")).ExitCode);
        Assert.Equal(2, (await RunAsync("add", "")).ExitCode);
        Assert.Equal(2, (await RunAsync("add", new string('n', 101))).ExitCode);
        await _database.RunAsync("INSERT INTO schema_version (version, applied_at) VALUES (99, 1)");
        var (exitCode, _, error) = await RunAsync("list");
        Assert.Equal((1, true), (exitCode, error.StartsWith("The database has version 99, and this server knows versions up to", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_does_not_start_on_a_database_of_a_later_one()
    {
        await _database.UpgradeAsync();
        await _database.RunAsync("INSERT INTO schema_version (version, applied_at) VALUES (99, 1)");
        using var page = new StandInPage();
        var (exitCode, output, error) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", _settings);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.EndsWith("Start that one, or choose another database with storage.connection.\n", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string verb, params string[] arguments) => ServerProcess.RunAsync(["keys", verb, .. arguments, "--settings", _settings]);
}
