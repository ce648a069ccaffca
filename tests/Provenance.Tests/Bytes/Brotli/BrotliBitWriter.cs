using Xunit;

namespace Provenance.Tests.Bytes.Brotli;

/// <summary>Writes Brotli streams by hand, field by field, in the notation of RFC 7932 §9.</summary>
internal sealed class BrotliBitWriter
{
    private readonly List<byte> _bytes = [];
    private int _bitCount;

    public BrotliBitWriter Bits(int value, int count)
    {
        for (int i = 0; i < count; i++, _bitCount++)
        {
            if (_bitCount % 8 == 0)
                _bytes.Add(0);
            _bytes[^1] |= (byte)((value >> i & 1) << (_bitCount % 8));
        }
        return this;
    }

    /// <summary>Bits as the RFC prints them: the rightmost is written first; blanks are ignored.</summary>
    public BrotliBitWriter Bits(string rightToLeft)
    {
        foreach (char bit in rightToLeft.Replace(" ", "", StringComparison.Ordinal).Reverse())
            Bits(bit - '0', 1);
        return this;
    }

    public BrotliBitWriter Align()
    {
        _bitCount = _bytes.Count * 8;
        return this;
    }

    public BrotliBitWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(0, _bitCount % 8);
        _bytes.AddRange(bytes);
        _bitCount += 8 * bytes.Length;
        return this;
    }

    /// <summary>WBITS 16.</summary>
    public static BrotliBitWriter Stream() => new BrotliBitWriter().Bits("0");

    /// <summary>ISLAST 0, MNIBBLES 4…6, MLEN, ISUNCOMPRESSED 0.</summary>
    public BrotliBitWriter MetaBlock(int length, bool last = false)
    {
        int nibbles = length <= 1 << 16 ? 4 : length <= 1 << 20 ? 5 : 6;
        return Bits(last ? "01" : "0").Bits(nibbles - 4, 2).Bits(length - 1, nibbles * 4).Bits(last ? "" : "0");
    }

    /// <summary>One block type of each category, NPOSTFIX 0, NDIRECT 0, context mode 0, one tree each.</summary>
    public BrotliBitWriter PlainHeader() => Bits("000").Bits(0, 2).Bits(0, 4).Bits(0, 2).Bits("00");

    /// <summary>A simple prefix code (§3.4) without its tree-select bit.</summary>
    public BrotliBitWriter Simple(int width, params ReadOnlySpan<int> symbols)
    {
        Bits(1, 2).Bits(symbols.Length - 1, 2);
        foreach (int symbol in symbols)
            Bits(symbol, width);
        return this;
    }

    /// <summary>ISLAST 1, ISLASTEMPTY 1.</summary>
    public byte[] End() => Bits("11").ToArray();

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Insert-and-copy code without literals for a copy length 2…69 whose distance is written; and its extra bits.</summary>
    public static (int Symbol, int Extra, int Width) CopyCode(int length)
    {
        int[] first = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54];
        int[] width = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
        int code = Array.FindLastIndex(first, f => f <= length);
        return (code < 8 ? 128 + code : 192 + code - 8, length - first[code], width[code]);
    }

    /// <summary>Distance code with NPOSTFIX 0 and NDIRECT 0 (§4).</summary>
    public static (int Symbol, int Extra, int Width) DistanceCode(int distance)
    {
        for (int code = 16; ; code++)
        {
            int width = 1 + ((code - 16) >> 1);
            int first = ((2 + (code & 1)) << width) - 4 + 1;
            if (distance < first + (1 << width))
                return (code, distance - first, width);
        }
    }

    /// <summary>A meta-block of one command: a copy of <paramref name="count"/> from <paramref name="distance"/>.</summary>
    public BrotliBitWriter CopyMetaBlock(int produced, int count, int distance)
    {
        var (command, copyExtra, copyWidth) = CopyCode(count);
        var (code, extra, width) = DistanceCode(distance);
        return MetaBlock(produced).PlainHeader().Simple(8, 0).Simple(10, command).Simple(6, code)
            .Bits(copyExtra, copyWidth).Bits(extra, width);
    }
}
