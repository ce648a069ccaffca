using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.Tests;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>How long a node takes until it holds all fingerprints.</summary>
public sealed class StartTests
{
    private const string Campaign = "storage-start";
    private const int Small = 20_000, Million = 1_000_000;

    [Theory, OnBoth]
    [Long(Campaign, "how long a server takes to hold so many fingerprints, from either database: a million in 5 s")]
    public async Task A_node_holds_all_fingerprints_soon(Engine engine)
    {
        int count = Long.Count(Campaign, Small);
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync();
        // One manifest has them all, which is all the same to an index.
        string digest = new('0', 64);
        await database.RunAsync(engine == Engine.Sqlite
            ?
            [
                $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES (1, 'urn:c2pa:many', X'{digest}', 1, X'00')",
                $"WITH RECURSIVE number (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM number WHERE i <= {count}) INSERT INTO soft_bindings (id, manifest, algorithm, value, source) SELECT i, 1, '{SoftBindingAlgorithm.Pdq}', randomblob(32), 1 FROM number",
            ]
            :
            [
                $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES (1, 'urn:c2pa:many', '\\x{digest}'::bytea, 1, '\\x00'::bytea)",
                $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) SELECT i, 1, '{SoftBindingAlgorithm.Pdq}', decode(md5(i::text) || md5((-i)::text), 'hex'), 1 FROM generate_series(2, {count + 1}) AS i",
            ]);

        var index = new PdqEntries();
        var state = new StorageState(NullLogger<StorageState>.Instance);
        var node = database.Node(state);
        using var filler = new IndexFiller(new RegisteredManifests(node, TimeProvider.System), node, state, [index], new StorageSettings());
        var watch = Stopwatch.StartNew();
        await filler.StartAsync(TestContext.Current.CancellationToken);
        while (!state.IsReady && watch.Elapsed < TimeSpan.FromMinutes(5))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        watch.Stop();
        await filler.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(count, index.Index.Count);
        if (!Long.IsAsked(Campaign))
            return;
        Console.WriteLine($"{engine}: {count} fingerprints after {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.True(count > Million || watch.Elapsed <= TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
