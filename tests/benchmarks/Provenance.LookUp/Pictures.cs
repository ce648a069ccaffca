using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Provenance.Server.Fingerprints;

namespace Provenance.LookUp;

/// <summary>
/// Hashes as if of pictures, the same ones for the same seed. "random": every bit by itself. "skewed": a thousand themes, the first of them a
/// thousand times as frequent as the last (Zipf); each theme has a probability of its own for every bit, anything from 0 to 1. Two pictures of
/// a theme are 85 bits apart, and thousands fall into one bucket of a slot. One entry in ten is a near copy of another.
/// </summary>
internal sealed class Pictures
{
    private const int Themes = 1000;

    private readonly Random _random;
    private readonly byte[][]? _themes;
    private readonly double[] _upTo = new double[Themes];
    private readonly byte[] _draw = new byte[PdqHash.Bits];

    public Pictures(string kind, int seed)
    {
        _random = new(seed);
        if (kind == "random")
            return;
        // The themes are the same for every seed: shards hold parts of one world.
        var world = new Random(20);
        _themes = [.. Enumerable.Range(0, Themes).Select(_ => Bytes(world, PdqHash.Bits))];
        double sum = 0;
        for (int i = 0; i < Themes; i++)
            _upTo[i] = sum += 1.0 / (i + 1);
    }

    public int Next(int below) => _random.Next(below);

    public PdqHash Next()
    {
        if (_themes is null)
            return Read(Bytes(_random, PdqHash.Bytes));
        int theme = Math.Abs(~Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]));
        _random.NextBytes(_draw);
        var bits = new uint[8];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = Vector256.LessThan(Vector256.Create(_draw, 32 * i), Vector256.Create(_themes[theme], 32 * i)).ExtractMostSignificantBits();
        return Read(MemoryMarshal.AsBytes<uint>(bits));
    }

    /// <summary>A copy with so many bits turned, anywhere.</summary>
    public PdqHash Copy(PdqHash hash, int bits)
    {
        Span<ulong> words = [hash.W0, hash.W1, hash.W2, hash.W3];
        Span<ulong> turned = stackalloc ulong[4];
        for (int left = bits; left > 0;)
        {
            int bit = _random.Next(PdqHash.Bits);
            if ((turned[bit / 64] >> bit % 64 & 1) != 0)
                continue;
            turned[bit / 64] |= 1UL << bit % 64;
            left--;
        }
        return new(words[0] ^ turned[0], words[1] ^ turned[1], words[2] ^ turned[2], words[3] ^ turned[3]);
    }

    /// <summary>As they would stand in the database: entries from 1, and their values.</summary>
    public IEnumerable<(long EntryId, byte[] Value)[]> Rows(int entries, int batch = 10_000)
    {
        var last = Next();
        for (int from = 0; from < entries; from += batch)
        {
            var rows = new (long, byte[])[Math.Min(batch, entries - from)];
            for (int i = 0; i < rows.Length; i++)
            {
                last = _random.Next(10) == 0 ? Copy(last, _random.Next(32)) : Next();
                rows[i] = (from + i + 1, last.ToBytes());
            }
            yield return rows;
        }
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static PdqHash Read(ReadOnlySpan<byte> bytes) => PdqHash.TryRead(bytes, out var hash) ? hash : throw new ArgumentException("a hash has 32 bytes", nameof(bytes));
}
