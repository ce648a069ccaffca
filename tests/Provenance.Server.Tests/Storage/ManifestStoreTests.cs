using System.Collections.Concurrent;
using System.Security.Cryptography;
using Provenance.Server.Resolution;
using Provenance.Server.Storage;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>What is registered, found, told to other nodes and withdrawn; the same on both databases.</summary>
public sealed class ManifestStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBoth]
    public async Task What_was_published_is_found_by_its_identifier_its_entries_and_its_values(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        var result = await store.PublishAsync(Manifest("one", key, [1, 2, 3], ("alg.a", [7]), ("alg.b", [8, 9])), Cancellation);
        Assert.Equal((PublishOutcome.Published, 3), (result.Outcome, result.Sequence));

        var found = await store.GetStoreAsync("one", false, Cancellation);
        Assert.Equal([1, 2, 3], found!.Bytes.ToArray());
        Assert.Equal(SHA256.HashData([1, 2, 3]), found.Sha256.ToArray());
        Assert.InRange(DateTimeOffset.UtcNow - found.ReceivedAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Null(await store.GetStoreAsync("ONE", false, Cancellation));

        Assert.Equal([(2, "one"), (3, "one")], (await store.FindAsync([3, 2, 1, 77], Cancellation)).Select(entry => (entry.EntryId, entry.ManifestId)).Order());
        Assert.Equal([3], (await store.FindAsync("alg.b", new byte[] { 8, 9 }, 10, Cancellation)).Select(entry => entry.EntryId));
        Assert.Empty(await store.FindAsync("alg.a", new byte[] { 8, 9 }, 10, Cancellation));
        Assert.Empty(await store.FindAsync("alg.b", new byte[] { 8 }, 10, Cancellation));
    }

    [Theory, OnBoth]
    public async Task More_entries_than_fit_one_question_are_found(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", key, [1], [.. Enumerable.Range(0, 2500).Select(i => ("alg", BitConverter.GetBytes(i)))]), Cancellation);
        Assert.Equal(2500, (await store.FindAsync([.. Enumerable.Range(1, 3000).Select(i => (long)i)], Cancellation)).Count);
    }

    [Theory, OnBoth]
    public async Task The_latest_with_a_value_come_first_and_no_more_than_asked(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        foreach (string name in new[] { "one", "two", "three" })
            await store.PublishAsync(Manifest(name, key, [1], ("alg", [7])), Cancellation);
        Assert.Equal(["three", "two"], (await store.FindAsync("alg", new byte[] { 7 }, 2, Cancellation)).Select(entry => entry.ManifestId));
    }

    [Theory, OnBoth]
    public async Task Publishing_the_same_again_changes_nothing_and_other_bytes_are_a_conflict(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", key, [1], ("alg", [7])), Cancellation);
        var again = await store.PublishAsync(Manifest("one", key, [1], ("alg", [8])), Cancellation);
        Assert.Equal(PublishOutcome.AlreadyThere, again.Outcome);
        Assert.Equal([7], Assert.Single(again.Bindings).Value.ToArray()); // and not the 8, which was not kept
        var other = await store.PublishAsync(Manifest("one", key, [2], ("alg", [9])), Cancellation);
        Assert.Equal(PublishOutcome.Conflict, other.Outcome);
        Assert.Empty(other.Bindings);
        Assert.Equal([1], (await store.GetStoreAsync("one", false, Cancellation))!.Bytes.ToArray());
        Assert.Equal([7], (await store.ChangesSinceAsync(0, 10, Cancellation)).Changes.Single().Value);
        Assert.Equal(3, (await store.PublishAsync(Manifest("two", key, [2]), Cancellation)).Sequence); // no number was lost
    }

    [Theory, OnBoth]
    public async Task What_was_withdrawn_is_gone_stays_gone_and_other_nodes_hear_of_it(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", key, [1], ("alg", [7]), ("alg", [8])), Cancellation);
        await store.PublishAsync(Manifest("two", key, [2], ("alg", [7])), Cancellation);
        var seen = await store.ChangesSinceAsync(0, 10, Cancellation);

        Assert.Equal(WithdrawOutcome.NotYours, await store.WithdrawAsync("one", "ffffffffffff", Cancellation));
        Assert.Equal(WithdrawOutcome.Withdrawn, await store.WithdrawAsync("one", key, Cancellation));
        Assert.Equal(WithdrawOutcome.NotThere, await store.WithdrawAsync("one", key, Cancellation));
        Assert.Equal(WithdrawOutcome.NotThere, await store.WithdrawAsync("three", key, Cancellation));

        Assert.Null(await store.GetStoreAsync("one", false, Cancellation));
        Assert.Equal(["two"], (await store.FindAsync([2, 3, 5], Cancellation)).Select(entry => entry.ManifestId));
        Assert.Equal(["two"], (await store.FindAsync("alg", new byte[] { 7 }, 10, Cancellation)).Select(entry => entry.ManifestId));
        var since = await store.ChangesSinceAsync(seen.LastSequence, 10, Cancellation);
        Assert.Equal([(2, true), (3, true)], since.Changes.Select(change => (change.EntryId, change.IsWithdrawn)));
        Assert.Equal([5, 2, 3], (await store.ChangesSinceAsync(0, 10, Cancellation)).Changes.Select(change => change.EntryId));
        Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(Manifest("one", key, [1]), Cancellation)).Outcome);
    }

    [Theory, OnBoth]
    public async Task A_withdrawal_binds_the_key_that_withdrew_and_no_other(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, thief) = await StoreAsync(database);
        var (_, owner) = await StoreAsync(database);
        var (_, third) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", thief, [1], ("alg", [7])), Cancellation);
        Assert.Equal(WithdrawOutcome.Withdrawn, await store.WithdrawAsync("one", thief, Cancellation));
        Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(Manifest("one", thief, [1]), Cancellation)).Outcome);
        Assert.Equal(PublishOutcome.Published, (await store.PublishAsync(Manifest("one", owner, [1], ("alg", [7])), Cancellation)).Outcome);
        Assert.Single(await store.FindAsync("alg", new byte[] { 7 }, 10, Cancellation));
        Assert.Equal(WithdrawOutcome.NotYours, await store.WithdrawAsync("one", thief, Cancellation));

        Assert.Equal(WithdrawOutcome.Withdrawn, await store.WithdrawAsync("one", owner, Cancellation));
        Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(Manifest("one", owner, [1]), Cancellation)).Outcome);
        Assert.Equal(PublishOutcome.Published, (await store.PublishAsync(Manifest("one", third, [1]), Cancellation)).Outcome);
        Assert.Equal([(2, true), (5, true)], (await store.ChangesSinceAsync(0, 10, Cancellation)).Changes.Select(change => (change.EntryId, change.IsWithdrawn)));
    }

    [Theory, OnBoth]
    public async Task The_operator_withdraws_what_anybody_published_and_for_everybody(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        var (_, other) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", key, [1], ("alg", [7]), ("alg", [8])), Cancellation);
        await database.RunAsync($"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) SELECT 4, 'keyless', sha256, 1, store FROM manifests WHERE id = 1", "UPDATE change_counter SET value = 4");

        Assert.Equal(BanOutcome.Withdrawn, await store.BanAsync("one", Cancellation));
        Assert.Equal(BanOutcome.Withdrawn, await store.BanAsync("keyless", Cancellation));
        Assert.Equal(BanOutcome.NotThere, await store.BanAsync("never", Cancellation));
        foreach (string name in new[] { "one", "keyless", "never" })
        {
            Assert.Equal(BanOutcome.BannedBefore, await store.BanAsync(name, Cancellation));
            Assert.Null(await store.GetStoreAsync(name, false, Cancellation));
            Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(Manifest(name, key, [1]), Cancellation)).Outcome);
            Assert.Equal(PublishOutcome.Withdrawn, (await store.PublishAsync(Manifest(name, other, [1]), Cancellation)).Outcome);
        }
        Assert.Equal(PublishOutcome.Published, (await store.PublishAsync(Manifest("another", key, [1]), Cancellation)).Outcome);
        var changes = await store.ChangesSinceAsync(0, 10, Cancellation);
        Assert.Equal([(2, true), (3, true)], changes.Changes.Select(change => (change.EntryId, change.IsWithdrawn)));
        Assert.Equal(7, changes.LastSequence);
    }

    [Theory, OnBoth]
    public async Task Of_equal_values_those_of_credentials_come_first_each_latest_first(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        foreach (var (name, source) in new[] { ("one", BindingSource.Credential), ("two", BindingSource.Credential), ("three", BindingSource.Publisher), ("four", BindingSource.Publisher) })
            await store.PublishAsync(new NewManifest(name, new byte[] { 1 }, key, [new NewBinding("alg", new byte[] { 7 }, source)]), Cancellation);
        Assert.Equal(["two", "one", "four", "three"], (await store.FindAsync("alg", new byte[] { 7 }, 10, Cancellation)).Select(entry => entry.ManifestId));
        Assert.Equal(["two", "one", "four"], (await store.FindAsync("alg", new byte[] { 7 }, 3, Cancellation)).Select(entry => entry.ManifestId));
    }

    [Theory, OnBoth]
    public async Task A_part_of_the_changes_ends_with_the_withdrawal_that_fills_it(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        for (byte i = 0; i < 3; i++)
        {
            await store.PublishAsync(Manifest($"m{i}", key, [i], ("alg", [i]), ("alg", [i, i]), ("alg", [i, i, i])), Cancellation);
            await store.WithdrawAsync($"m{i}", key, Cancellation);
        }
        foreach (var (most, expected) in new (int, int[])[] { (3, [3, 3, 3, 0]), (4, [6, 3]), (6, [6, 3]), (7, [9, 0]), (10, [9]) })
        {
            var sizes = new List<int>();
            var entries = new List<long>();
            for (long last = 0; ;)
            {
                var batch = await store.ChangesSinceAsync(last, most, Cancellation);
                sizes.Add(batch.Changes.Count);
                entries.AddRange(batch.Changes.Select(change => change.EntryId));
                last = batch.LastSequence;
                if (batch.IsLast)
                    break;
            }
            Assert.Equal(expected, sizes);
            Assert.Equal([2, 3, 4, 7, 8, 9, 12, 13, 14], entries);
        }
    }

    [Fact]
    public async Task A_node_that_freezes_while_it_writes_keeps_nobody_from_writing_for_ever()
    {
        Assert.SkipUnless(PostgresServer.IsHere, PostgresServer.Absent);
        await using var database = await TestDatabase.MakeAsync(Engine.Postgres);
        var (store, key) = await StoreAsync(database);
        var frozen = database.Node(longestPause: TimeSpan.FromMilliseconds(300));
        var thawed = new TaskCompletionSource();
        var holds = new TaskCompletionSource();
        var freezing = frozen.WriteAsync(
            async (_, transaction) =>
            {
                await transaction.TakeNumbersAsync(1, Cancellation);
                holds.SetResult();
                await thawed.Task;
                await transaction.CommitAsync(Cancellation);
                return true;
            },
            Cancellation);
        await holds.Task;
        Assert.Equal(2, (await store.PublishAsync(Manifest("one", key, [1], ("alg", [1])), Cancellation)).Sequence); // waits for the lock, and gets it
        thawed.SetResult();
        Assert.Equal(StorageFault.Unavailable, (await Assert.ThrowsAsync<StorageException>(() => freezing)).Fault);

        // Whoever goes on in time is kept, and the connection's next transaction has its time again.
        await frozen.WriteAsync(
            async (_, transaction) =>
            {
                await transaction.TakeNumbersAsync(1, Cancellation);
                await Task.Delay(20, Cancellation);
                await transaction.CommitAsync(Cancellation);
                return true;
            },
            Cancellation);
        Assert.Equal(["3"], await database.AskAsync("SELECT value FROM change_counter"));
        Assert.Equal(TimeSpan.FromSeconds(10), database.Node().LongestPause);
    }

    [Theory, OnBoth]
    public async Task A_manifest_without_entries_can_be_withdrawn(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        await store.PublishAsync(Manifest("one", key, [1]), Cancellation);
        await store.PublishAsync(Manifest("two", key, [2], ("alg", [7])), Cancellation);
        Assert.Equal(WithdrawOutcome.Withdrawn, await store.WithdrawAsync("one", key, Cancellation));
        Assert.Equal([(3, false)], (await store.ChangesSinceAsync(0, 10, Cancellation)).Changes.Select(change => (change.EntryId, change.IsWithdrawn)));
    }

    [Theory, OnBoth]
    public async Task Changes_come_in_parts_without_gap_or_repetition(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        for (byte i = 0; i < 5; i++)
            await store.PublishAsync(Manifest($"m{i}", key, [i], ("alg", [i]), ("alg", [i, i])), Cancellation);
        var all = new List<long>();
        long last = 0;
        var sizes = new List<int>();
        ChangeBatch batch;
        do
        {
            batch = await store.ChangesSinceAsync(last, 3, Cancellation);
            all.AddRange(batch.Changes.Select(change => change.EntryId));
            sizes.Add(batch.Changes.Count);
            last = batch.LastSequence;
        }
        while (!batch.IsLast);
        Assert.Equal([2, 3, 5, 6, 8, 9, 11, 12, 14, 15], all);
        Assert.Equal([3, 3, 3, 1], sizes);
        Assert.Equal(15, last);
    }

    [Theory, OnBoth]
    public async Task While_a_writer_holds_numbers_nobody_gets_higher_ones(Engine engine)
    {
        await using var database = await TestDatabase.MakeAsync(engine);
        var (store, key) = await StoreAsync(database);
        var other = new RegisteredManifests(database.Node(), TimeProvider.System);
        await other.ChangesSinceAsync(0, 1, Cancellation);

        await using var console = await database.OpenAsync();
        await using (var slow = await console.BeginTransactionAsync(Cancellation))
        {
            await using var take = console.CreateCommand();
            (take.Transaction, take.CommandText) = (slow, "UPDATE change_counter SET value = value + 1");
            await take.ExecuteNonQueryAsync(Cancellation);
            var publish = Task.Run(() => other.PublishAsync(Manifest("fast", key, [1], ("alg", [1])), Cancellation), Cancellation);
            await Task.Delay(400, Cancellation);
            Assert.False(publish.IsCompleted); // else a reader would see its number before that of the slow one
            Assert.Empty((await store.ChangesSinceAsync(0, 10, Cancellation)).Changes);
            await slow.RollbackAsync(Cancellation);
            Assert.Equal(2, (await publish).Sequence); // what was taken in vain is given out again
        }
    }

    [Theory, OnBoth]
    public async Task A_reader_beside_many_writers_misses_nothing(Engine engine)
    {
        const int Writers = 4, Each = 25;
        await using var database = await TestDatabase.MakeAsync(engine);
        var (first, key) = await StoreAsync(database);
        RegisteredManifests[] nodes = [first, new(database.Node(), TimeProvider.System)];
        var published = new ConcurrentBag<long>();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
                published.Add((await nodes[writer % 2].PublishAsync(Manifest($"{writer}/{i}", key, [1], ("alg", [(byte)writer, (byte)i])), Cancellation)).Sequence);
        })));

        var seen = new List<long>();
        for (long last = 0; ;)
        {
            bool ended = writing.IsCompleted;
            var batch = await first.ChangesSinceAsync(last, 7, Cancellation);
            seen.AddRange(batch.Changes.Select(change => change.EntryId));
            last = batch.LastSequence;
            if (ended && batch.IsLast)
                break;
        }
        await writing;
        Assert.Equal(published.Order(), seen); // in their order, each once
        Assert.Equal(Writers * Each, seen.Count);
    }

    internal static NewManifest Manifest(string name, string key, byte[] store, params (string Algorithm, byte[] Value)[] bindings) =>
        new(name, store, key, [.. bindings.Select(binding => new NewBinding(binding.Algorithm, binding.Value, BindingSource.Credential))]);

    private static async Task<(RegisteredManifests Store, string Key)> StoreAsync(TestDatabase database)
    {
        var node = database.Node();
        var (kept, _) = await new ApiKeys(node, TimeProvider.System).AddAsync("Somebody", ["publish"], Cancellation);
        return (new RegisteredManifests(node, TimeProvider.System), kept.Id);
    }
}
