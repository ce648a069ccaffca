using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>
/// A large index in parts, one after another on this machine: each query goes to every part, the answers are joined. What one machine would
/// take for all is the sum, what one machine for each would take is the slowest part.
/// </summary>
internal static class ShardRun
{
    private const int Most = 100;

    public static object Measure(int shards, int entries)
    {
        const int Queries = 300;
        var world = new Pictures("skewed", 1);
        // Strangers to begin with; each shard puts a near copy of some of them among its own.
        var sought = Enumerable.Range(0, Queries).Select(_ => world.Next()).ToList();
        var sum = new double[Queries];
        var slowest = new double[Queries];
        var joined = new List<(PdqMatch Match, int Shard)>[Queries];
        var start = new List<double>();
        for (int shard = 0; shard < shards; shard++)
        {
            var (index, seconds, _) = IndexRun.Fill(new Pictures("skewed", 100 + shard), entries);
            start.Add(seconds);
            index.Apply([.. Enumerable.Range(0, Queries).Where(i => i % shards == shard).Select(i => new PdqChange(entries + 1 + i, world.Copy(sought[i], 10)))], index.LastSequence);
            var found = new PdqMatches[Queries];
            for (int i = 0; i < 60; i++)
                index.Find(sought[i], Most);
            var watches = new Stopwatches();
            for (int i = 0; i < Queries; i++)
            {
                double time = watches.Measure(() => found[i] = index.Find(sought[i], Most));
                sum[i] += time;
                slowest[i] = Math.Max(slowest[i], time);
                joined[i] = [.. (joined[i] ?? []).Concat(found[i].Nearest.Select(match => (Match: match, Shard: shard))).OrderBy(one => one.Match.Distance).ThenBy(one => one.Shard).ThenBy(one => one.Match.EntryId).Take(Most)];
            }
        }
        int planted = Enumerable.Range(0, Queries).Count(i => joined[i].Any(one => one.Shard == i % shards && one.Match.EntryId == entries + 1 + i));
        return new
        {
            shards,
            entries,
            planted,
            queries = Queries,
            startSeconds = start.Average(),
            sum = Times.Of(sum),
            slowest = Times.Of(slowest),
            processMiB = Environment.WorkingSet / (1024.0 * 1024.0),
        };
    }
}
