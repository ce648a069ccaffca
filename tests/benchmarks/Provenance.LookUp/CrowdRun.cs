using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>
/// What the server can make of a private look-up for an entry that it holds: how many entries the request fits as well as the one that is
/// meant. With decoys that are any numbers, and with decoys that are slots of other registered hashes.
/// </summary>
internal static class CrowdRun
{
    public static object Measure(string kind, int entries)
    {
        const int Trials = 300;
        var pictures = new Pictures(kind, entries);
        var (index, _, _) = IndexRun.Fill(pictures, entries);
        var numbers = new Pictures("random", 4);
        var all = index.All().ToArray();
        var rows = new List<object>();
        foreach (int slots in (int[])[1, 2, 4])
        {
            var (anyNumbers, otherHashes) = (new List<double>(), new List<double>());
            for (int trial = 0; trial < Trials; trial++)
            {
                var chosen = Enumerable.Range(0, PdqHash.Slots).OrderBy(_ => pictures.Next(int.MaxValue)).Take(slots).ToList();
                var meant = all[pictures.Next(entries)].Hash;
                int decoys = PrivateLookup.MostPairs / slots - 1;
                anyNumbers.Add(Crowd(index, chosen, [meant, .. Enumerable.Range(0, decoys).Select(_ => numbers.Next())]));
                otherHashes.Add(Crowd(index, chosen, [meant, .. Enumerable.Range(0, decoys).Select(_ => all[pictures.Next(entries)].Hash)]));
            }
            var (any, other) = (Times.Of(anyNumbers), Times.Of(otherHashes));
            rows.Add(new { slots, anyNumbersMedian = any.P50, otherHashesMedian = other.P50, anyNumbersLeast = anyNumbers.Min(), otherHashesLeast = otherHashes.Min() });
        }
        return new { kind, entries, trials = Trials, rows };
    }

    /// <summary>Entries that agree in all of the slots with one of the hashes; no more than a bucket's bound.</summary>
    private static double Crowd(PdqIndex index, List<int> slots, List<PdqHash> hashes)
    {
        SlotValue[] pairs = [.. hashes.SelectMany(hash => slots.Select(slot => new SlotValue(slot, hash.Slot(slot)))).Distinct()];
        return index.Find(PrivateLookup.Of(pairs)).Entries.Count(entry => hashes.Any(hash => slots.All(slot => hash.Slot(slot) == entry.Hash.Slot(slot))));
    }
}
