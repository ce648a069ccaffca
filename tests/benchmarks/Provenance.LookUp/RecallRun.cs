using System.Numerics;
using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>How many near copies a private look-up finds: computed, and asked of a real index.</summary>
internal static class RecallRun
{
    private const int Entries = 2000;
    private static readonly int[] _distances = [4, 8, 12, 16, 20, 24, 28, 31];

    public static object Measure(int trials)
    {
        var pictures = new Pictures("random", 3);
        var (index, _, _) = IndexRun.Fill(pictures, Entries);
        var entries = index.All().ToList();
        var rows = new List<object>();
        foreach (int radius in (int[])[0, 1])
            foreach (int slots in (int[])[1, 2, 4, 7])
                foreach (int distance in _distances)
                {
                    int anySlots = 0;
                    int strongSlots = 0;
                    for (int trial = 0; trial < trials; trial++)
                    {
                        var entry = entries[pictures.Next(Entries)];
                        anySlots += Finds(index, entry, pictures.Copy(entry.Hash, distance), AnySlots(pictures, slots), radius) ? 1 : 0;
                        var strength = Strengths(pictures);
                        strongSlots += Finds(index, entry, WeakBitsTurned(pictures, entry.Hash, strength, distance), StrongestSlots(strength, slots), radius) ? 1 : 0;
                    }
                    rows.Add(new { radius, slots, distance, computed = Computed(slots, distance, radius), anySlots = (double)anySlots / trials, strongSlots = (double)strongSlots / trials });
                }
        return new { trials, rows };
    }

    private static bool Finds(PdqIndex index, PdqEntry entry, PdqHash copy, IEnumerable<int> slots, int radius)
        => index.Find(PrivateLookup.Of([.. slots.Select(slot => new SlotValue(slot, copy.Slot(slot)))], radius)).Entries.Contains(entry);

    private static List<int> AnySlots(Pictures pictures, int count) => Enumerable.Range(0, PdqHash.Slots).OrderBy(_ => pictures.Next(int.MaxValue)).Take(count).ToList();

    /// <summary>A model: how far each coefficient lies from the threshold, normally distributed.</summary>
    private static double[] Strengths(Pictures pictures) => [.. Enumerable.Range(0, PdqHash.Bits).Select(_ => Math.Abs(Normal(pictures)))];

    /// <summary>The copy's coefficients are the picture's and noise. The noise grows until so many signs have turned: those of weak coefficients first.</summary>
    private static PdqHash WeakBitsTurned(Pictures pictures, PdqHash hash, double[] strength, int bits)
    {
        Span<ulong> words = [hash.W0, hash.W1, hash.W2, hash.W3];
        var noise = strength.Select(_ => Normal(pictures)).ToList();
        // A sign turns as soon as the noise, of the other sign, outweighs the strength.
        foreach (int bit in Enumerable.Range(0, PdqHash.Bits).Where(bit => noise[bit] < 0).OrderBy(bit => strength[bit] / -noise[bit]).Take(bits))
            words[bit / 64] ^= 1UL << bit % 64;
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Slots whose weakest bits are strongest; of a radius of one bit the weakest does not matter, of which this takes no notice.</summary>
    private static IEnumerable<int> StrongestSlots(double[] strength, int count)
        => Enumerable.Range(0, PdqHash.Slots).OrderByDescending(slot => strength.Skip(PdqHash.SlotBits * slot).Take(PdqHash.SlotBits).Min()).Take(count);

    private static double Normal(Pictures pictures)
    {
        // Box and Muller.
        double u = (pictures.Next(int.MaxValue) + 1.0) / int.MaxValue;
        double v = (double)pictures.Next(int.MaxValue) / int.MaxValue;
        return Math.Sqrt(-2 * Math.Log(Math.Min(1, u))) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>
    /// One minus the share of all ways to turn the bits that spoil every one of the slots: each of them more often than the radius. Counted exactly: the ways
    /// to spoil one slot with j bits are C(16, j); those of several are their convolution; the remaining bits lie in the other slots.
    /// </summary>
    private static double Computed(int slots, int distance, int radius)
    {
        var ways = new BigInteger[distance + 1];
        ways[0] = 1;
        for (int slot = 0; slot < slots; slot++)
        {
            var next = new BigInteger[distance + 1];
            for (int used = 0; used <= distance; used++)
                for (int more = radius + 1; more <= PdqHash.SlotBits && used + more <= distance; more++)
                    next[used + more] += ways[used] * Choose(PdqHash.SlotBits, more);
            ways = next;
        }
        var spoiled = BigInteger.Zero;
        for (int used = 0; used <= distance; used++)
            spoiled += ways[used] * Choose(PdqHash.Bits - PdqHash.SlotBits * slots, distance - used);
        return 1 - Math.Exp(BigInteger.Log(spoiled) - BigInteger.Log(Choose(PdqHash.Bits, distance)));
    }

    private static BigInteger Choose(int from, int take)
    {
        var result = BigInteger.One;
        for (int i = 0; i < take; i++)
            result = result * (from - i) / (i + 1);
        return take < 0 || take > from ? BigInteger.Zero : result;
    }
}
