using System.Diagnostics;
using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>The index of the server: filling it from rows, its memory, its answers.</summary>
internal static class IndexRun
{
    private const int Queries = 500;
    private const int WarmUp = 60;

    public static object Measure(string kind, int entries)
    {
        var pictures = new Pictures(kind, entries);
        var (index, start, bytes) = Fill(pictures, entries);
        var sought = Sought(pictures, index, Queries);
        var find = Stopwatches.Run(Queries, WarmUp, i => index.Find(sought[i], 100));

        var known = index.All().Where(entry => entry.EntryId % Math.Max(1, entries / 1000) == 0).Select(entry => entry.Hash).ToList();
        var lookups = sought.Select(hash => PrivateLookup.Of(Pairs(pictures, hash, known), PrivateLookup.LargestRadius)).ToList();
        var answers = new PdqBuckets[Queries];
        var secret = Stopwatches.Run(Queries, WarmUp, i => answers[i] = index.Find(lookups[i]));
        var sizes = Times.Of(answers.Select(answer => (double)answer.Entries.Count));
        double cut = 100.0 * answers.Count(answer => answer.IsCut) / Queries;
        return new { kind, entries, startSeconds = start, bytesPerHash = bytes, find = find.ToJson(), secret = secret.ToJson(), answerEntries = sizes.P50, answerEntriesP99 = sizes.P99, cutPercent = cut };
    }

    /// <summary>An index, the seconds that filling it took, and its bytes for each entry.</summary>
    public static (PdqIndex Index, double Seconds, double BytesPerHash) Fill(Pictures pictures, int entries)
    {
        var index = new PdqIndex();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long ticks = 0;
        foreach (var rows in pictures.Rows(entries))
        {
            long start = Stopwatch.GetTimestamp();
            var changes = new PdqChange[rows.Length];
            for (int i = 0; i < rows.Length; i++)
                changes[i] = PdqHash.TryRead(rows[i].Value, out var hash) ? new(rows[i].EntryId, hash) : throw new InvalidOperationException("a row is no hash");
            index.Apply(changes, rows[^1].EntryId);
            ticks += Stopwatch.GetTimestamp() - start;
        }
        double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / entries;
        return (index, (double)ticks / Stopwatch.Frequency, bytes);
    }

    /// <summary>Near copies of what is there, and as many strangers.</summary>
    public static List<PdqHash> Sought(Pictures pictures, PdqIndex index, int count)
    {
        var chosen = Enumerable.Range(0, count / 2).Select(_ => 1L + pictures.Next(index.Count)).ToHashSet();
        var copies = index.All().Where(entry => chosen.Contains(entry.EntryId)).Select(entry => pictures.Copy(entry.Hash, pictures.Next(32))).ToList();
        var strangers = Enumerable.Range(0, count - copies.Count).Select(_ => pictures.Next());
        return [.. copies.Concat(strangers)];
    }

    /// <summary>Two slots of the hash, and the same two of three others: what docs/private-look-up.md tells a client to send.</summary>
    private static SlotValue[] Pairs(Pictures pictures, PdqHash hash, List<PdqHash> known)
    {
        int first = pictures.Next(PdqHash.Slots);
        int second = (first + 1 + pictures.Next(PdqHash.Slots - 1)) % PdqHash.Slots;
        var hashes = Enumerable.Range(0, 3).Select(_ => known[pictures.Next(known.Count)]).Append(hash);
        return [.. hashes.SelectMany(one => new SlotValue[] { new(first, one.Slot(first)), new(second, one.Slot(second)) }).Distinct()];
    }
}
