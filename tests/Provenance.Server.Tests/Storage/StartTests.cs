using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;
using Provenance.Server.Fingerprints;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.Server.Tests.Fingerprints;
using Provenance.Server.Tests.Resolution;
using Provenance.Tests;
using Xunit;

namespace Provenance.Server.Tests.Storage;

/// <summary>How long a node takes until it holds all fingerprints, and to find one of them.</summary>
public sealed class StartTests
{
    private const string Campaign = "storage-start", AskCampaign = "storage-ask";
    private const int Small = 20_000, Million = 1_000_000, Questions = 1000, FewQuestions = 20, Manifest = 100;

    [Theory, OnBoth]
    [Long(Campaign, "how long a server takes to hold so many fingerprints, from either database: a million in 5 s")]
    public async Task A_node_holds_all_fingerprints_soon(Engine engine)
    {
        int count = Long.Count(Campaign, Small);
        await using var database = await TestDatabase.MakeAsync(engine);
        await database.UpgradeAsync();
        await FillAsync(database, engine, count);
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

    [Theory, OnBoth]
    [Long(AskCampaign, "how long whoever asks over HTTP waits for near hashes, and for buckets of a private look-up, among so many fingerprints of either database")]
    public async Task A_node_that_holds_many_finds_what_is_near_and_nothing_else(Engine engine)
    {
        int count = Long.Count(AskCampaign, Small);
        await using var database = await TestDatabase.MakeAsync(engine);
        var random = new Random(1);
        var known = Hashes.Any(random);
        string id;
        await using (var first = await StoringServer.StartAsync(database))
            id = await Fingerprinted.RegisterAsync(first, "near", (SoftBindingAlgorithm.Pdq, known.ToBytes()));
        await FillAsync(database, engine, count);
        await using var server = await StoringServer.StartAsync(database);
        await StoringServer.UntilAsync(server.IsReadyAsync, "ready");

        var (times, privately) = (new List<double>(), new List<double>());
        for (int i = 0; i < (Long.IsAsked(AskCampaign) ? Questions : FewQuestions); i++)
        {
            bool isNear = i % 2 == 0;
            var asked = isNear ? known.Turned(random, i == 0 ? 0 : random.Next(PdqHash.MatchDistance + 1)) : Hashes.Any(random);
            long start = Stopwatch.GetTimestamp();
            string? found = await FindAsync(server, asked);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(isNear ? id : null, found);

            start = Stopwatch.GetTimestamp();
            string buckets = await LookUpAsync(server, asked, random);
            privately.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (i == 0)
                Assert.Contains(known.ToBase64(), buckets, StringComparison.Ordinal);
        }
        if (!Long.IsAsked(AskCampaign))
            return;
        Console.WriteLine($"{engine}: {count} fingerprints over HTTP: near hashes {Told(times)}, private look-up {Told(privately)}");

        static string Told(List<double> times) => $"p50 {times.Order().ElementAt(times.Count / 2):0.0} ms, p99 {times.Order().ElementAt(times.Count * 99 / 100):0.0} ms";
    }

    private static async Task<string?> FindAsync(StoringServer server, PdqHash hash)
    {
        string text = await server.Client.GetStringAsync($"/v1/matches/byBinding?alg={SoftBindingAlgorithm.Pdq}&value={Uri.EscapeDataString(hash.ToBase64())}", TestContext.Current.CancellationToken);
        return (string?)JObject.Parse(text)["matches"]!.SingleOrDefault()?["manifestId"];
    }

    /// <summary>As a device asks: two slots of the hash among three decoys each, and their neighbours of one bit.</summary>
    private static async Task<string> LookUpAsync(StoringServer server, PdqHash hash, Random random)
    {
        var pairs = new[] { 3, 12 }.SelectMany(slot => Enumerable.Range(0, 4).Select(i => new SlotValue(slot, i == 0 ? hash.Slot(slot) : (ushort)random.Next(1 << 16)))).Distinct();
        using var content = new StringContent(LookupsTests.Request(1, [.. pairs]), Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync("/api/v1/lookups/pdq", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>So many fingerprints, all of one manifest, which is all the same to an index; behind what is registered already.</summary>
    private static Task FillAsync(TestDatabase database, Engine engine, int count)
    {
        string digest = new('0', 64);
        return database.RunAsync(engine == Engine.Sqlite
            ?
            [
                $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES ({Manifest}, 'urn:c2pa:many', X'{digest}', 1, X'00')",
                $"WITH RECURSIVE number (i) AS (VALUES ({Manifest + 1}) UNION ALL SELECT i + 1 FROM number WHERE i < {Manifest + count}) INSERT INTO soft_bindings (id, manifest, algorithm, value, source) SELECT i, {Manifest}, '{SoftBindingAlgorithm.Pdq}', randomblob(32), 1 FROM number",
            ]
            :
            [
                $"INSERT INTO manifests (id, manifest_id, sha256, received_at, store) VALUES ({Manifest}, 'urn:c2pa:many', '\\x{digest}'::bytea, 1, '\\x00'::bytea)",
                $"INSERT INTO soft_bindings (id, manifest, algorithm, value, source) SELECT i, {Manifest}, '{SoftBindingAlgorithm.Pdq}', decode(md5(i::text) || md5((-i)::text), 'hex'), 1 FROM generate_series({Manifest + 1}, {Manifest + count}) AS i",
            ]);
    }
}
