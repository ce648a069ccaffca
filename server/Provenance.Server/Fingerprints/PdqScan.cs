using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Compares one hash with every one of a segment, 32 at a time, by vectors that .NET makes of what the processor has. Eight of the sixteen slots
/// are enough to rule nearly all out; the answer is exact whatever the hashes. What was measured beside it: docs/decisions/0026.
/// </summary>
internal sealed class PdqScan
{
    private const int HalfSlots = PdqHash.Slots / 2;

    private readonly Vector512<ushort>[] _sought = new Vector512<ushort>[PdqHash.Slots];

    public PdqScan(PdqHash sought)
    {
        for (int slot = 0; slot < PdqHash.Slots; slot++)
            _sought[slot] = Vector512.Create(sought.Slot(slot));
    }

    // Else the first requests after a start would be answered by code that nobody has optimised yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(PdqSegment segment, NearestMatches matches)
    {
        var slots = MemoryMarshal.Cast<ushort, Vector512<ushort>>(segment.Slots);
        var firstHalf = _sought.AsSpan(0, HalfSlots);
        var secondHalf = _sought.AsSpan(HalfSlots);
        var most = Vector512.Create((ushort)PdqHash.MatchDistance);
        for (int block = 0; block < segment.Blocks; block++)
        {
            var distances = Differing(slots.Slice(PdqHash.Slots * block, HalfSlots), firstHalf);
            if (!Vector512.LessThanOrEqualAny(distances, most))
                continue;
            distances += Differing(slots.Slice(PdqHash.Slots * block + HalfSlots, HalfSlots), secondHalf);
            for (ulong near = Vector512.LessThanOrEqual(distances, most).ExtractMostSignificantBits(); near != 0; near &= near - 1)
            {
                int lane = BitOperations.TrailingZeroCount(near);
                int entry = PdqSegment.BlockEntries * block + lane;
                if (entry < segment.Count)
                    matches.Add(segment.Ids[entry], distances[lane]);
            }
        }
    }

    /// <summary>In how many bits of eight slots each of 32 hashes differs. Three numbers up to 4 fit into four bits, and three up to 12 into eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Differing(ReadOnlySpan<Vector512<ushort>> slots, ReadOnlySpan<Vector512<ushort>> sought)
    {
        var bytes = ByEight(ByFour(slots[0] ^ sought[0]) + ByFour(slots[1] ^ sought[1]) + ByFour(slots[2] ^ sought[2]))
            + ByEight(ByFour(slots[3] ^ sought[3]) + ByFour(slots[4] ^ sought[4]) + ByFour(slots[5] ^ sought[5]))
            + ByEight(ByFour(slots[6] ^ sought[6]) + ByFour(slots[7] ^ sought[7]));
        return (bytes + (bytes >> 8)) & Vector512.Create((ushort)0x00ff);
    }

    /// <summary>How many of each four bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> ByFour(Vector512<ushort> bits)
    {
        bits -= (bits >> 1) & Vector512.Create((ushort)0x5555);
        return (bits & Vector512.Create((ushort)0x3333)) + ((bits >> 2) & Vector512.Create((ushort)0x3333));
    }

    /// <summary>Adds up pairs of numbers of four bits into numbers of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> ByEight(Vector512<ushort> numbers)
        => (numbers & Vector512.Create((ushort)0x0f0f)) + ((numbers >> 4) & Vector512.Create((ushort)0x0f0f));
}
