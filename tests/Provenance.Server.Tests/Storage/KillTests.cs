using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using Provenance.Server.Storage;
using Provenance.TestKit;
using Provenance.Tests;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>A server of SQLite is killed while it writes, again and again.</summary>
public sealed class SqliteKillTests
{
    private const int Small = 5;

    [Fact]
    [Long(KillRounds.Campaign, KillRounds.Does)]
    public async Task A_server_that_is_killed_has_lost_nothing_that_it_acknowledged()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var rounds = await KillRounds.MakeAsync(database);
        foreach (int round in Long.Rounds(KillRounds.Campaign, Small))
        {
            await rounds.RunAsync(round, server => KillRounds.KillAsync(server.Id));
            Assert.Equal(["ok"], await database.AskAsync("PRAGMA integrity_check"));
            Assert.Empty(await database.AskAsync("PRAGMA foreign_key_check"));
        }
        await rounds.AssertAllAsync();
    }
}

/// <summary>The same over PostgreSQL, whose own processes are killed in every other round.</summary>
public sealed class PostgresKillTests
{
    private const int Small = 5;

    [Fact]
    [Long(KillRounds.Campaign, KillRounds.Does)]
    public async Task Neither_a_killed_server_nor_a_killed_PostgreSQL_loses_what_was_acknowledged()
    {
        Assert.SkipUnless(PostgresServer.IsHere, PostgresServer.Absent);
        await using var postgres = await PostgresServer.StartAsync();
        await using var database = await TestDatabase.MakeAsync(postgres);
        var rounds = await KillRounds.MakeAsync(database);
        foreach (int round in Long.Rounds(KillRounds.Campaign, Small))
        {
            if (round % 2 == 0)
            {
                await rounds.RunAsync(round, server => KillRounds.KillAsync(server.Id));
                continue;
            }
            await rounds.RunAsync(round, async server =>
            {
                await postgres.CrashAsync();
                await postgres.ResumeAsync();
                await KillRounds.KillAsync(server.Id);
            });
            if (round % 10 == 1)
                await AssertSoundAsync(database);
        }
        await AssertSoundAsync(database);
        await rounds.AssertAllAsync();
    }

    /// <summary>Every page, and every row in its indexes.</summary>
    private static async Task AssertSoundAsync(TestDatabase database)
    {
        string program = Path.Combine(PostgresServer.Programs!, "pg_amcheck");
        Assert.SkipUnless(File.Exists(program), "pg_amcheck is not installed (Debian: apt-get install postgresql)");
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(database.Connection.Text);
        var start = new ProcessStartInfo(program, ["-h", connection.Host!, "-U", connection.Username!, "-d", connection.Database!, "--install-missing", "--heapallindexed", "--parent-check"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(), error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + error);
    }
}

/// <summary>Rounds of publishing until a kill; what was acknowledged must be there afterwards, whole, and nothing be there in half.</summary>
internal sealed class KillRounds
{
    public const string Campaign = "storage", Does = "the server, and PostgreSQL itself, are killed so many times while stores are published: nothing acknowledged is lost";

    private const int Writers = 4, Bindings = 2;

    private readonly TestDatabase _database;
    private readonly string _key;
    private readonly Dictionary<string, string> _acknowledged = [];

    private KillRounds(TestDatabase database, string key) => (_database, _key) = (database, key);

    public static async Task<KillRounds> MakeAsync(TestDatabase database)
    {
        var (_, key) = await new ApiKeys(database.Node(), TimeProvider.System).AddAsync("A publisher", ["publish"], TestContext.Current.CancellationToken);
        return new(database, key);
    }

    public async Task RunAsync(int round, Func<ServerProcess, Task> kill)
    {
        string folder = Directory.CreateTempSubdirectory("provenance-kill-").FullName;
        using var page = new StandInPage();
        try
        {
            string settings = Path.Combine(folder, "settings.json");
            await File.WriteAllTextAsync(settings, new JObject
            {
                ["clock"] = StoringServer.Now.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
                ["storage"] = new JObject { ["connection"] = _database.Setting, ["acceptUnknownIssuers"] = true },
                ["resolution"] = new JObject { ["furtherFingerprints"] = new JArray("alg") },
                ["verification"] = new JObject { ["spoolFolder"] = folder },
                ["guards"] = new JObject { ["key"] = new JObject { ["perSecond"] = 100_000, ["burst"] = 100_000 } },
            }.ToString());
            await using var server = await ServerProcess.StartAsync("--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", settings);
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);

            var acknowledged = new ConcurrentDictionary<string, string>();
            var isOver = new TaskCompletionSource();
            var hasBegun = new TaskCompletionSource();
            var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(client, $"{round}/{writer}", acknowledged, hasBegun, isOver.Task))));
            await hasBegun.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await Task.Delay(new Random(round).Next(1, 400));
            await kill(server);
            isOver.SetResult();
            await writing;
            foreach (var (id, digest) in acknowledged)
                _acknowledged.Add(id, digest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        await AssertKeptAsync();
    }

    /// <summary>The bytes of everything that was acknowledged in all rounds.</summary>
    public async Task AssertAllAsync()
    {
        Assert.NotEmpty(_acknowledged);
        // Connections of before a crash lead nowhere; the server would answer once with 503, and then ask anew.
        Npgsql.NpgsqlConnection.ClearAllPools();
        var store = new RegisteredManifests(_database.Node(), TimeProvider.System);
        foreach (var (id, digest) in _acknowledged)
            Assert.Equal(digest, Convert.ToHexString(SHA256.HashData((await store.GetStoreAsync(id, false, TestContext.Current.CancellationToken))!.Bytes.Span)));
        Console.WriteLine($"{_database.Connection.Kind}: {_acknowledged.Count} stores acknowledged, all there");
    }

    public static async Task KillAsync(int process)
    {
        using var kill = Process.Start("kill", ["-KILL", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task WriteAsync(HttpClient client, string name, ConcurrentDictionary<string, string> acknowledged, TaskCompletionSource hasBegun, Task isOver)
    {
        for (int i = 0; !isOver.IsCompleted; i++)
        {
            var asset = StoringServer.Signed($"kill {name}/{i}", change: builder => builder.With(StoringServer.SoftBinding("alg", Seeded.Bytes($"first {name}/{i}", 32), Seeded.Bytes($"second {name}/{i}", 32))));
            try
            {
                using var answer = await client.PostAsync("/v1/manifests", new ByteArrayContent(asset.Store));
                // While PostgreSQL is down the server says so; nothing else is ever said.
                Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    acknowledged[asset.ActiveLabel] = Convert.ToHexString(SHA256.HashData(asset.Store));
                    hasBegun.TrySetResult();
                }
            }
            catch (HttpRequestException) when (hasBegun.Task.IsCompleted)
            {
                return; // it is dead
            }
            catch (Exception e)
            {
                hasBegun.TrySetException(e);
                throw;
            }
        }
    }

    /// <summary>What the database says of itself.</summary>
    private async Task AssertKeptAsync()
    {
        var kept = (await _database.AskAsync("SELECT manifest_id, sha256 FROM manifests")).Select(row => row.Split(" | ")).ToDictionary(row => row[0], row => row[1]);
        foreach (var (id, digest) in _acknowledged)
            Assert.Equal(digest, kept.GetValueOrDefault(id));
        // What was not acknowledged may be there, but not in half.
        Assert.Empty(await _database.AskAsync($"SELECT m.id FROM manifests m WHERE (SELECT count(*) FROM soft_bindings b WHERE b.manifest = m.id) <> {Bindings}"));
        // No number was lost or given twice. Asked at one moment: PostgreSQL may still commit what a server that is dead had asked for.
        Assert.Equal(["0"], await _database.AskAsync($"SELECT value - {Bindings + 1} * (SELECT count(*) FROM manifests) FROM change_counter"));
    }
}
