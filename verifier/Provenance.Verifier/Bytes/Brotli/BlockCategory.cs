namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// Which block type holds for the next element of one category: literals, insert-and-copy lengths or distances
/// (RFC 7932 §6).
/// </summary>
internal sealed class BlockCategory
{
    private const int CountAlphabet = 26;

    private readonly PrefixCode _types = new();
    private readonly PrefixCode _counts = new();
    private int _previous;
    private long _left;

    /// <summary>NBLTYPES.</summary>
    public int Types { get; private set; }

    /// <summary>The current block type.</summary>
    public int Current { get; private set; }

    /// <summary>§6: the smallest count of each block count code, and how many extra bits it takes.</summary>
    private static ReadOnlySpan<ushort> FirstCount =>
        [1, 5, 9, 13, 17, 25, 33, 41, 49, 65, 81, 97, 113, 145, 177, 209, 241, 305, 369, 497, 753, 1265, 2289, 4337, 8433, 16625];

    private static ReadOnlySpan<byte> CountBits =>
        [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24];

    /// <summary>Reads what a meta-block header says about the category (§9.2).</summary>
    public void ReadHeader(ref BrotliBits bits)
    {
        Types = ReadOneTo256(ref bits);
        Current = 0;
        _previous = 1;
        _left = long.MaxValue; // a single type needs no count
        if (Types == 1)
            return;
        _types.Read(ref bits, Types + 2);
        _counts.Read(ref bits, CountAlphabet);
        _left = ReadCount(ref bits);
    }

    /// <summary>Called before each element of the category is read.</summary>
    public void Next(ref BrotliBits bits)
    {
        if (_left == 0)
        {
            int symbol = _types.ReadSymbol(ref bits);
            int type = symbol switch
            {
                0 => _previous,
                1 => Current + 1 == Types ? 0 : Current + 1,
                _ => symbol - 2,
            };
            _previous = Current;
            Current = type;
            _left = ReadCount(ref bits);
        }
        _left--;
    }

    /// <summary>A number 1…256 in the code of NBLTYPES and NTREES (§9.2).</summary>
    public static int ReadOneTo256(ref BrotliBits bits)
    {
        if (!bits.ReadFlag())
            return 1;
        int width = (int)bits.Read(3);
        return (1 << width) + 1 + (int)bits.Read(width);
    }

    private long ReadCount(ref BrotliBits bits)
    {
        int code = _counts.ReadSymbol(ref bits);
        return FirstCount[code] + (long)bits.Read(CountBits[code]);
    }
}
