using System.Diagnostics;
using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>Multi-index hashing on the same hashes, and whether both find the same.</summary>
internal static class SlotIndexRun
{
    public static object Measure(string kind, int entries)
    {
        const int Queries = 300;
        var pictures = new Pictures(kind, entries);
        var (index, _, _) = IndexRun.Fill(pictures, entries);
        var hashes = index.All().Select(entry => entry.Hash).ToArray();
        var sought = IndexRun.Sought(pictures, index, Queries);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        var slots = new SlotIndex(hashes);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        // Beside its tables it needs the hashes and the numbers of the entries.
        double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / entries + PdqHash.Bytes + sizeof(long);

        foreach (var hash in sought)
            if (!slots.Find(hash, 100).Nearest.SequenceEqual(index.Find(hash, 100).Nearest))
                throw new InvalidOperationException($"The two do not find the same for {hash}.");
        return new { kind, entries, startSeconds = seconds, bytesPerHash = bytes, find = Stopwatches.Run(Queries, 60, i => slots.Find(sought[i], 100)).ToJson() };
    }
}
