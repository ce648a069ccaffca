using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Reads segments for the entries of a private look-up's buckets: only the slots that were named, 32 entries at a time. A bucket that is
/// full is looked for no longer, so that the work is bounded by one pass and <see cref="PrivateLookup.MostOfBucket"/> entries a pair, whoever
/// filled the buckets.
/// </summary>
internal sealed class SlotScan
{
    private readonly int _radius;
    private readonly Bucket[] _buckets;
    private readonly List<PdqEntry> _entries = [];

    public SlotScan(PrivateLookup lookup)
    {
        _radius = lookup.Radius;
        _buckets = [.. lookup.Pairs.Select(pair => new Bucket(pair))];
    }

    public PdqBuckets Buckets() => new(_entries, [.. _buckets.Where(bucket => bucket.IsCut).Select(bucket => bucket.Pair)]);

    public void Take(PdqSegment segment)
    {
        // An entry may lie in several buckets, and is taken once: one bit for each entry.
        var wanted = new ulong[(segment.Count + 63) / 64];
        foreach (var bucket in _buckets)
        {
            if (!bucket.IsCut)
                Mark(segment, bucket, wanted);
        }
        for (int i = 0; i < wanted.Length; i++)
        {
            for (ulong bits = wanted[i]; bits != 0; bits &= bits - 1)
            {
                int entry = 64 * i + BitOperations.TrailingZeroCount(bits);
                _entries.Add(new(segment.Ids[entry], segment.Hash(entry)));
            }
        }
    }

    // Else the first requests after a start would be answered by code that nobody has optimised yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mark(PdqSegment segment, Bucket bucket, ulong[] wanted)
    {
        var slots = MemoryMarshal.Cast<ushort, Vector512<ushort>>(segment.Slots);
        var value = Vector512.Create(bucket.Pair.Value);
        // Without its lowest bit a number of one bit is zero; of a radius of 0 nothing is taken away.
        var lowest = Vector512.Create((ushort)_radius);
        for (int block = 0; block < segment.Blocks; block++)
        {
            var differing = slots[PdqHash.Slots * block + bucket.Pair.Slot] ^ value;
            var found = Vector512.Equals(differing & (differing - lowest), Vector512<ushort>.Zero);
            for (ulong lanes = found.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int entry = PdqSegment.BlockEntries * block + BitOperations.TrailingZeroCount(lanes);
                if (entry >= segment.Count)
                    break;
                if (!bucket.Takes())
                    return;
                wanted[entry / 64] |= 1UL << entry % 64;
            }
        }
    }

    private sealed class Bucket(SlotValue pair)
    {
        private int _taken;

        public SlotValue Pair { get; } = pair;

        public bool IsCut { get; private set; }

        /// <summary>Whether there is room for one more.</summary>
        public bool Takes()
        {
            IsCut = _taken == PrivateLookup.MostOfBucket;
            _taken++;
            return !IsCut;
        }
    }
}
