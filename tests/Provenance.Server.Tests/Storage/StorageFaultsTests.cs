using System.Net;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>What is told while the database cannot be written, read or reached; and that it works again when it can, without a restart.</summary>
public sealed class StorageFaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_room_is_used_when_there_is_some()
    {
        using var disk = SmallDisk.TryMake(2);
        Assert.SkipWhen(disk is null, SmallDisk.Impossible);
        await using var database = TestDatabase.In(disk.Folder);
        await using var server = await StoringServer.StartAsync(database);
        await FillAsync(server, () => Assert.True(disk.Grow(64)));
        Assert.Equal(["ok"], await database.AskAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_folder_that_can_only_be_read_is_told_as_such_until_it_can_be_written()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var asset = StoringServer.Signed("before");
        await using (var before = await StoringServer.StartAsync(database))
            Assert.Equal(HttpStatusCode.Created, await StatusAsync(before.PublishAsync(asset.Store)));
        using var view = SmallDisk.TryViewReadOnly(Path.GetDirectoryName(database.Connection.File)!);
        Assert.SkipWhen(view is null, SmallDisk.Impossible);

        await using var server = await StoringServer.StartAsync(TestDatabase.In(view.Folder), makesKey: false);
        await UnavailableAsync(server.PublishAsync([], "provenance_000000000000_0000000000000000000000000000000000000000000"));
        await UnavailableAsync(server.GetAsync(asset.ActiveLabel));
        Assert.False(await server.IsReadyAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.Client.GetAsync("/", Cancellation)));

        Assert.True(view.MakeWritable());
        await StoringServer.UntilAsync(server.IsReadyAsync, "ready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(asset.ActiveLabel)));
        string key = await server.MakeKeyAsync("publish");
        await Task.Delay(Server.Storage.ApiKeys.Fresh, Cancellation);
        using var answer = await server.PublishAsync(StoringServer.Signed("after").Store, key);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_that_went_away_is_missed_and_not_replaced()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        await using var server = await StoringServer.StartAsync(database);
        var asset = StoringServer.Signed("before");
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(server.PublishAsync(asset.Store)));

        string folder = Path.GetDirectoryName(database.Connection.File)!;
        Directory.Move(folder, folder + "-away");
        await UnavailableAsync(server.GetAsync(asset.ActiveLabel));
        await UnavailableAsync(server.PublishAsync(StoringServer.Signed("meanwhile").Store));
        Assert.False(await server.IsReadyAsync());
        Assert.False(Directory.Exists(folder));

        Directory.Move(folder + "-away", folder);
        await StoringServer.UntilAsync(server.IsReadyAsync, "ready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(asset.ActiveLabel)));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(server.PublishAsync(StoringServer.Signed("after").Store)));
        Assert.Equal(["2"], await database.AskAsync("SELECT count(*) FROM manifests"));
    }

    [Fact]
    public async Task PostgreSQL_that_is_full_read_only_stopped_or_not_yet_there_is_told_and_overcome()
    {
        Assert.SkipUnless(PostgresServer.IsHere, PostgresServer.Absent);
        await using var postgres = await PostgresServer.StartAsync();
        await using var database = await TestDatabase.MakeAsync(postgres);
        var asset = StoringServer.Signed("before");
        await using (var server = await StoringServer.StartAsync(database))
        {
            Assert.Equal(HttpStatusCode.Created, await StatusAsync(server.PublishAsync(asset.Store)));

            await postgres.StopAsync();
            await UnavailableAsync(server.GetAsync(asset.ActiveLabel));
            await UnavailableAsync(server.PublishAsync(StoringServer.Signed("meanwhile").Store));
            Assert.False(await server.IsReadyAsync());
            await postgres.ResumeAsync();
            await RecoveredAsync(server, asset);

            await database.RunAsync("ALTER ROLE provenance SET default_transaction_read_only = on");
            Npgsql.NpgsqlConnection.ClearAllPools();
            await UnavailableAsync(server.PublishAsync(StoringServer.Signed("read only").Store));
            Assert.False(await server.IsReadyAsync());
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(asset.ActiveLabel)));
            await database.RunAsync("SET default_transaction_read_only = off", "ALTER ROLE provenance RESET default_transaction_read_only");
            Npgsql.NpgsqlConnection.ClearAllPools();
            await RecoveredAsync(server, asset);

            using var disk = SmallDisk.TryMake(2);
            if (disk is not null)
            {
                Assert.True(disk.GiveTo("postgres"));
                await database.RunAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'", "ALTER TABLE manifests SET TABLESPACE small");
                await FillAsync(server, () => Assert.True(disk.Grow(64)));
                await database.RunAsync("ALTER TABLE manifests SET TABLESPACE pg_default", "DROP TABLESPACE small");
            }
        }

        await postgres.StopAsync();
        await using (var server = await StoringServer.StartAsync(database, makesKey: false))
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.Client.GetAsync("/", Cancellation)));
            await UnavailableAsync(server.GetAsync(asset.ActiveLabel));
            Assert.False(await server.IsReadyAsync());
            await postgres.ResumeAsync();
            await StoringServer.UntilAsync(server.IsReadyAsync, "ready");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(asset.ActiveLabel)));
        }
    }

    /// <summary>Publishes until there is no room, makes room, and publishes again.</summary>
    private static async Task FillAsync(StoringServer server, Action makeRoom)
    {
        SignedAsset? first = null;
        for (int i = 0; ; i++)
        {
            Assert.True(i < 100, "There was always room.");
            var asset = StoringServer.Signed($"filling {i}", change: builder => builder.With(Assertion.Uuid("org.example.filling", "11111111-1111-4111-8111-111111111111", Seeded.Bytes($"filling {i}", 100_000))));
            using var answer = await server.PublishAsync(asset.Store);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                first ??= asset;
                continue;
            }
            await ToldAsync(answer, HttpStatusCode.InsufficientStorage, "/api#storage-full");
            break;
        }
        Assert.NotNull(first);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(first.ActiveLabel))); // what is there can be read
        makeRoom();
        await RecoveredAsync(server, first);
    }

    private static async Task RecoveredAsync(StoringServer server, SignedAsset before)
    {
        await StoringServer.UntilAsync(server.IsReadyAsync, "ready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.GetAsync(before.ActiveLabel)));
        using var answer = await server.PublishAsync(StoringServer.Signed($"recovered {Guid.NewGuid()}").Store);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task UnavailableAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        await ToldAsync(answer, HttpStatusCode.ServiceUnavailable, "/api#storage-unavailable");
    }

    private static async Task ToldAsync(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == status, text);
        Assert.Equal(type, (string?)JObject.Parse(text)["type"]);
        Assert.Equal(["5"], answer.Headers.GetValues("Retry-After"));
        Assert.Null(JObject.Parse(text)["detail"]); // nothing of this machine
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        return answer.StatusCode;
    }
}
