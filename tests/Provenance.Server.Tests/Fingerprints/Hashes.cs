using Provenance.Server.Fingerprints;

namespace Provenance.Server.Tests.Fingerprints;

/// <summary>Hashes to test with, the same ones for the same seed.</summary>
internal static class Hashes
{
    /// <summary>Less than usual, so that a test needs few entries for several segments.</summary>
    public const int SegmentCapacity = 1024;

    public static PdqHash Any(Random random)
    {
        var bytes = new byte[PdqHash.Bytes];
        random.NextBytes(bytes);
        return PdqHash.TryRead(bytes, out var hash) ? hash : default;
    }

    /// <summary>The hash with so many bits turned, chosen anywhere or among the given ones.</summary>
    public static PdqHash Turned(this PdqHash hash, Random random, int bits, IEnumerable<int>? among = null)
    {
        int[] order = [.. among ?? Enumerable.Range(0, PdqHash.Bits)];
        random.Shuffle(order);
        var words = new[] { hash.W0, hash.W1, hash.W2, hash.W3 };
        foreach (int bit in order.Take(bits))
            words[bit / 64] ^= 1UL << bit % 64;
        return new(words[0], words[1], words[2], words[3]);
    }

    public static PdqHash WithSlot(this PdqHash hash, int slot, ushort value)
    {
        var words = new[] { hash.W0, hash.W1, hash.W2, hash.W3 };
        int shift = PdqHash.SlotBits * (slot % 4);
        words[slot / 4] = words[slot / 4] & ~((ulong)ushort.MaxValue << shift) | (ulong)value << shift;
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>An index of these hashes, numbered from 1.</summary>
    public static PdqIndex Index(IReadOnlyList<PdqHash> hashes)
    {
        var index = new PdqIndex(SegmentCapacity);
        index.Apply(hashes.Select((hash, i) => new PdqChange(i + 1, hash)).ToArray(), hashes.Count);
        return index;
    }

    /// <summary>What an index must find: every hash compared, bit by bit, all sorted.</summary>
    public static List<PdqMatch> BruteForce(IEnumerable<PdqEntry> entries, PdqHash sought)
        => [.. entries.Select(entry => new PdqMatch(entry.EntryId, BitsBetween(entry.Hash, sought))).Where(match => match.Distance <= 31).OrderBy(match => match.Distance).ThenBy(match => match.EntryId)];

    private static int BitsBetween(PdqHash a, PdqHash b)
    {
        int differing = 0;
        foreach (var (x, y) in a.ToBytes().Zip(b.ToBytes()))
            for (int bit = 0; bit < 8; bit++)
                differing += (x >> bit & 1) != (y >> bit & 1) ? 1 : 0;
        return differing;
    }
}
