using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Provenance.Server.Fingerprints;

/// <summary>
/// Compares a hash with every one of a segment. The first halves are enough to rule nearly all out, whatever their distribution the answer is
/// exact. An index over the slots was measured beside it and lost (docs/decisions/0022).
/// </summary>
internal static class PdqScan
{
    public static void Find(PdqSegment segment, PdqHash hash, NearestMatches matches)
    {
        if (Avx2.IsSupported)
            FindByVectors(segment, hash, matches);
        else
            FindOneByOne(segment, hash, matches, 0);
    }

    /// <summary>Four hashes at a time. Bits are counted by a table of those of four bits, and added up.</summary>
    public static void FindByVectors(PdqSegment segment, PdqHash hash, NearestMatches matches)
    {
        var front = MemoryMarshal.AsBytes(segment.Front);
        var sought = Vector256.Create(hash.W0, hash.W1, hash.W0, hash.W1).AsByte();
        var bitsOf = Vector256.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        var lowFour = Vector256.Create((byte)15);
        var most = Vector256.Create((long)PdqHash.MatchDistance);

        int at = 0;
        for (; at + 4 <= segment.Count; at += 4)
        {
            var first = Vector256.Create(front.Slice(16 * at, 32)) ^ sought;
            var second = Vector256.Create(front.Slice(16 * at + 32, 32)) ^ sought;
            var firstBits = (Avx2.Shuffle(bitsOf, first & lowFour) + Avx2.Shuffle(bitsOf, (first.AsUInt16() >> 4).AsByte() & lowFour)).AsUInt64();
            var secondBits = (Avx2.Shuffle(bitsOf, second & lowFour) + Avx2.Shuffle(bitsOf, (second.AsUInt16() >> 4).AsByte() & lowFour)).AsUInt64();
            // Hashes 0, 2, 1, 3: word 0 of each, and word 1 of each.
            var bits = Avx2.UnpackLow(firstBits, secondBits).AsByte() + Avx2.UnpackHigh(firstBits, secondBits).AsByte();
            var distances = Avx2.SumAbsoluteDifferences(bits, Vector256<byte>.Zero).AsInt64();
            uint near = Vector256.LessThanOrEqual(distances, most).ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
            {
                int lane = BitOperations.TrailingZeroCount(near);
                Compare(segment, hash, matches, at + ((lane & 1) << 1 | lane >> 1));
            }
        }
        FindOneByOne(segment, hash, matches, at);
    }

    public static void FindOneByOne(PdqSegment segment, PdqHash hash, NearestMatches matches, int from)
    {
        var front = segment.Front;
        for (int at = from; at < segment.Count; at++)
            if (BitOperations.PopCount(front[2 * at] ^ hash.W0) + BitOperations.PopCount(front[2 * at + 1] ^ hash.W1) <= PdqHash.MatchDistance)
                Compare(segment, hash, matches, at);
    }

    private static void Compare(PdqSegment segment, PdqHash hash, NearestMatches matches, int at)
    {
        int distance = segment.Hash(at).Distance(hash);
        if (distance <= PdqHash.MatchDistance)
            matches.Add(segment.Ids[at], distance);
    }
}
