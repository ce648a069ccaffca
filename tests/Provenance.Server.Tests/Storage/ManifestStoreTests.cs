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
        Assert.Equal(new PublishResult(PublishOutcome.Published, 3), result);

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
        Assert.Equal(PublishOutcome.AlreadyThere, (await store.PublishAsync(Manifest("one", key, [1], ("alg", [8])), Cancellation)).Outcome);
        Assert.Equal(PublishOutcome.Conflict, (await store.PublishAsync(Manifest("one", key, [2], ("alg", [9])), Cancellation)).Outcome);
        Assert.Equal([1], (await store.GetStoreAsync("one", false, Cancellation))!.Bytes.ToArray());
        Assert.Equal([7], (await store.ChangesSinceAsync(0, 10, Cancellation)).Changes.Single().Value);
        Assert.Equal(new PublishResult(PublishOutcome.Published, 3), await store.PublishAsync(Manifest("two", key, [2]), Cancellation)); // no number was lost
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
