using System.Numerics;

namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// One canonical prefix code (RFC 7932 §3): read from the stream, then used to read symbols. Objects are used again from
/// meta-block to meta-block, because a stream may define 768 codes for a single byte of output.
/// </summary>
internal sealed class PrefixCode
{
    private const int MaximumLength = 15;
    private const int ShortLength = 8;

    /// <summary>§3.5: the order in which the lengths of the code length code are stored.</summary>
    private static ReadOnlySpan<byte> LengthOrder => [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    // By the next 8 bits: symbol << 4 | length; 0 for a longer code.
    private readonly ushort[] _short = new ushort[1 << ShortLength];

    // How many codes have each length, and the symbols in the order of their codes: shorter first, then by symbol.
    private readonly int[] _count = new int[MaximumLength + 1];
    private ushort[] _symbols = [];

    // The code of a single symbol takes no bits.
    private bool _single;

    public int ReadSymbol(ref BrotliBits bits)
    {
        if (_single)
            return _symbols[0];
        uint next = bits.Peek(MaximumLength);
        int entry = _short[next & ((1 << ShortLength) - 1)];
        if (entry != 0)
        {
            bits.Drop(entry & 0xF);
            return entry >> 4;
        }
        // Walk the lengths: codes are numbered upwards, first bit most significant (§3.2).
        int code = 0, first = 0, index = 0;
        for (int length = 1; length <= MaximumLength; length++)
        {
            code |= (int)(next >> (length - 1)) & 1;
            if (code - first < _count[length])
            {
                bits.Drop(length);
                return _symbols[index + code - first];
            }
            index += _count[length];
            first = (first + _count[length]) << 1;
            code <<= 1;
        }
        throw bits.Malformed("no code has these bits (RFC 7932 §3)"); // not reached: every code accepted is complete
    }

    /// <summary>Reads a code over the symbols 0…<paramref name="alphabet"/>-1.</summary>
    public void Read(ref BrotliBits bits, int alphabet)
    {
        Span<byte> lengths = stackalloc byte[alphabet];
        lengths.Clear();
        int skip = (int)bits.Read(2); // HSKIP; 1 marks a simple code
        if (skip == 1)
            ReadSimple(ref bits, lengths);
        else
            ReadComplex(ref bits, lengths, skip);
    }

    /// <summary>§3.4: up to four symbols, written out.</summary>
    private void ReadSimple(ref BrotliBits bits, scoped Span<byte> lengths)
    {
        int count = (int)bits.Read(2) + 1;
        int width = BitOperations.Log2((uint)lengths.Length - 1) + 1;
        Span<int> symbols = stackalloc int[count];
        for (int i = 0; i < count; i++)
        {
            int symbol = (int)bits.Read(width);
            if (symbol >= lengths.Length)
                throw bits.Malformed($"symbol {symbol} is outside its alphabet of {lengths.Length} (RFC 7932 §3.4)");
            if (symbols[..i].Contains(symbol))
                throw bits.Malformed($"symbol {symbol} is there twice (RFC 7932 §3.4)");
            symbols[i] = symbol;
        }
        ReadOnlySpan<byte> shape = count switch
        {
            1 => [0],
            2 => [1, 1],
            3 => [1, 2, 2],
            _ => bits.ReadFlag() ? [1, 2, 3, 3] : [2, 2, 2, 2],
        };
        for (int i = 0; i < count; i++)
            lengths[symbols[i]] = shape[i];
        if (count == 1)
            BuildSingle(symbols[0]);
        else
            Build(lengths);
    }

    /// <summary>§3.5: the lengths of all codes, themselves in a prefix code.</summary>
    private void ReadComplex(ref BrotliBits bits, scoped Span<byte> lengths, int skip)
    {
        ReadLengthCode(ref bits, skip);
        int symbol = 0, space = 1 << MaximumLength;
        int repeat = 0, repeatedLength = -1;
        byte previous = 8; // "a code length of 8 is repeated" where none came before
        while (symbol < lengths.Length && space > 0)
        {
            int code = ReadSymbol(ref bits);
            if (code < 16)
            {
                lengths[symbol++] = (byte)code;
                repeat = 0;
                if (code != 0)
                {
                    previous = (byte)code;
                    space -= 1 << MaximumLength >> code;
                }
                continue;
            }
            // 16 repeats the previous length, 17 a zero; the same again multiplies its repeat count.
            int extraBits = code == 16 ? 2 : 3;
            byte length = code == 16 ? previous : (byte)0;
            if (repeatedLength != length)
                repeat = 0;
            repeatedLength = length;
            int before = repeat;
            if (repeat > 0)
                repeat = (repeat - 2) << extraBits;
            repeat += (int)bits.Read(extraBits) + 3;
            int more = repeat - before;
            if (more > lengths.Length - symbol)
                throw bits.Malformed($"more code lengths than the {lengths.Length} symbols of the alphabet (RFC 7932 §3.5)");
            lengths.Slice(symbol, more).Fill(length);
            symbol += more;
            if (length != 0)
                space -= more * (1 << MaximumLength >> length);
        }
        if (space != 0)
            throw bits.Malformed("the code lengths of a prefix code must sum to 32768 (RFC 7932 §3.5)");
        Build(lengths);
    }

    /// <summary>Makes this the code of the code lengths, for as long as they are read.</summary>
    private void ReadLengthCode(ref BrotliBits bits, int skip)
    {
        Span<byte> lengths = stackalloc byte[LengthOrder.Length];
        lengths.Clear();
        int space = 32, used = 0;
        for (int i = skip; i < LengthOrder.Length && space > 0; i++)
        {
            byte length = ReadLengthOfLength(ref bits);
            lengths[LengthOrder[i]] = length;
            if (length != 0)
            {
                space -= 32 >> length;
                used++;
            }
        }
        if (used == 1)
            BuildSingle(lengths.IndexOfAnyExcept((byte)0));
        else if (space == 0)
            Build(lengths);
        else
            throw bits.Malformed("the code lengths of the code length code must sum to 32 (RFC 7932 §3.5)");
    }

    /// <summary>§3.5: 0 is 00, 4 is 01, 3 is 10, 2 is 011, 1 is 0111, 5 is 1111; the right bit comes first.</summary>
    private static byte ReadLengthOfLength(ref BrotliBits bits)
    {
        switch (bits.Read(2))
        {
            case 0:
                return 0;
            case 1:
                return 4;
            case 2:
                return 3;
            default:
                return !bits.ReadFlag() ? (byte)2 : !bits.ReadFlag() ? (byte)1 : (byte)5;
        }
    }

    private void BuildSingle(int symbol)
    {
        _single = true;
        if (_symbols.Length == 0)
            _symbols = new ushort[1];
        _symbols[0] = (ushort)symbol;
    }

    /// <summary>§3.2. The lengths make a complete code: the callers have summed them.</summary>
    private void Build(ReadOnlySpan<byte> lengths)
    {
        _single = false;
        if (_symbols.Length < lengths.Length)
            _symbols = new ushort[lengths.Length];
        Array.Clear(_count);
        foreach (byte length in lengths)
            _count[length]++;
        _count[0] = 0;
        Span<int> next = stackalloc int[MaximumLength + 1];
        next[0] = 0;
        for (int length = 1; length <= MaximumLength; length++)
            next[length] = next[length - 1] + _count[length - 1];
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0)
                _symbols[next[lengths[symbol]]++] = (ushort)symbol;
        }

        Array.Clear(_short);
        int reversed = 0; // the code with its first bit least significant, as it will be peeked at
        for (int length = 1, index = 0; length <= ShortLength; length++)
        {
            for (int last = index + _count[length]; index < last; index++)
            {
                ushort entry = (ushort)(_symbols[index] << 4 | length);
                for (int slot = reversed; slot < _short.Length; slot += 1 << length)
                    _short[slot] = entry;
                // Adding one to the code: the carry runs down from its last bit, which is the highest here.
                int bit = 1 << (length - 1);
                while ((reversed & bit) != 0)
                {
                    reversed ^= bit;
                    bit >>= 1;
                }
                reversed |= bit;
            }
        }
    }
}
