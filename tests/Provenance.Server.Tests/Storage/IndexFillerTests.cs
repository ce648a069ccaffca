using Microsoft.Extensions.Logging.Abstractions;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>The indexes of every node become what the database holds.</summary>
public sealed class IndexFillerTests
{
    private static readonly StorageSettings s_everySecond = new() { PollSeconds = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBoth]
    public async Task A_node_loads_all_at_the_start_and_hears_what_others_do(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (writer, key) = await WriterAsync(database);
        for (byte i = 0; i < 5; i++)
            await writer.PublishAsync(ManifestStoreTests.Manifest($"m{i}", key, [i], ("alg", [i])), Cancellation);

        var (index, second) = (new Index(), new Index());
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var node = database.Node(state);
        using var filler = new IndexFiller(new RegisteredManifests(node, TimeProvider.System), node, state, [index, second], s_everySecond);
        Assert.False(state.IsReady);
        await filler.StartAsync(Cancellation);
        await StoringServer.UntilAsync(() => Task.FromResult(state.IsReady), "ready");
        Assert.Equal([2, 4, 6, 8, 10], index.Entries.Keys.Order());
        Assert.Equal(10, index.LastSequence);

        await writer.PublishAsync(ManifestStoreTests.Manifest("m5", key, [5], ("alg", [5])), Cancellation);
        await writer.WithdrawAsync("m1", key, Cancellation);
        await StoringServer.UntilAsync(() => Task.FromResult(index.LastSequence == 13), "the changes of the other node");
        Assert.Equal([2, 6, 8, 10, 12], index.Entries.Keys.Order());
        Assert.Equal(index.Entries.Keys.Order(), second.Entries.Keys.Order());
        await filler.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_node_wrote_itself_is_in_its_indexes_at_once()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var (writer, key) = await WriterAsync(database);
        var index = new Index();
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var node = database.Node(state);
        using var filler = new IndexFiller(new RegisteredManifests(node, TimeProvider.System), node, state, [index], s_everySecond); // which was never started
        await writer.PublishAsync(ManifestStoreTests.Manifest("one", key, [1], ("alg", [1])), Cancellation);
        await filler.CatchUpAsync(Cancellation);
        Assert.Equal([2], index.Entries.Keys);
    }

    [Fact]
    public async Task A_node_stops_being_ready_when_a_later_server_upgrades_the_database()
    {
        await using var database = await TestDatabase.MakeAsync(Engine.Sqlite);
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var node = database.Node(state);
        using var filler = new IndexFiller(new RegisteredManifests(node, TimeProvider.System), node, state, [], s_everySecond);
        await filler.StartAsync(Cancellation);
        await StoringServer.UntilAsync(() => Task.FromResult(state.IsReady), "ready");
        await database.RunAsync("INSERT INTO schema_version (version, applied_at) VALUES (99, 1)");
        await StoringServer.UntilAsync(() => Task.FromResult(state.Fault == StorageFault.LaterVersion), "not ready");
        Assert.False(state.IsReady);
        await filler.StopAsync(Cancellation);
    }

    [Theory, OnBoth]
    public async Task A_node_over_another_database_than_it_made_is_not_ready_and_goes_on(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var node = database.Node(state);
        using var filler = new IndexFiller(new RegisteredManifests(node, TimeProvider.System), node, state, [], s_everySecond);
        await filler.StartAsync(Cancellation);
        await StoringServer.UntilAsync(() => Task.FromResult(state.IsReady), "ready");
        await database.RunAsync("ALTER TABLE soft_bindings RENAME TO elsewhere");
        await StoringServer.UntilAsync(() => Task.FromResult(state.Fault == StorageFault.Damaged), "not ready");
        await database.RunAsync("ALTER TABLE elsewhere RENAME TO soft_bindings");
        await StoringServer.UntilAsync(() => Task.FromResult(state.IsReady), "ready again");
        await filler.StopAsync(Cancellation);
    }

    private static async Task<(RegisteredManifests Writer, string Key)> WriterAsync(TestDatabase database)
    {
        var node = database.Node();
        var (kept, _) = await new ApiKeys(node, TimeProvider.System).AddAsync("Somebody", ["publish"], Cancellation);
        return (new RegisteredManifests(node, TimeProvider.System), kept.Id);
    }

    private sealed class Index : IBindingIndex
    {
        public Dictionary<long, byte[]> Entries { get; } = [];

        public long LastSequence { get; private set; }

        public void Apply(IReadOnlyList<BindingChange> changes, long lastSequence)
        {
            Assert.True(lastSequence > LastSequence);
            foreach (var change in changes)
            {
                if (change.IsWithdrawn)
                    Entries.Remove(change.EntryId);
                else
                    Entries.Add(change.EntryId, change.Value!);
            }
            LastSequence = lastSequence;
        }
    }
}
