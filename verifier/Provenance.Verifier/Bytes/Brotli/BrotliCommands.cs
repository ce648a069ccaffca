namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// The compressed meta-blocks of a stream: a header with prefix codes (RFC 7932 §9.2), then commands, each of which inserts
/// literals and copies earlier bytes or a word of the static dictionary (§9.3, §10).
/// </summary>
internal sealed class BrotliCommands(int window, BrotliOutput output, Limits limits)
{
    private const int LiteralAlphabet = 256, CommandAlphabet = 704;
    private const int LiteralContexts = 64, DistanceContexts = 4;

    private readonly BlockCategory _literalBlocks = new(), _commandBlocks = new(), _distanceBlocks = new();
    private readonly CodeGroup _literals = new(), _commands = new(), _distances = new();
    private readonly byte[] _contextModes = new byte[256];
    private int _postfixBits, _directDistances;
    private int _codesLeft = limits.BrotliPrefixCodes;

    // §4: the last four distances of the stream, not of the meta-block; _latest is the index of the last one.
    private readonly int[] _recent = [16, 15, 11, 4];
    private int _latest = 3;

    /// <summary>§5: the smallest length of each insert and copy length code, and how many extra bits it takes.</summary>
    private static ReadOnlySpan<ushort> FirstInsert =>
        [0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210, 22594];

    private static ReadOnlySpan<byte> InsertBits => [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24];

    private static ReadOnlySpan<ushort> FirstCopy =>
        [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118];

    private static ReadOnlySpan<byte> CopyBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24];

    /// <summary>§5: for each 64 insert-and-copy codes, the first insert length code and the first copy length code.</summary>
    private static ReadOnlySpan<byte> FirstInsertCode => [0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16];

    private static ReadOnlySpan<byte> FirstCopyCode => [0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16];

    /// <summary>§4: what distance codes 4…15 add to the last (4…9) or second-to-last distance.</summary>
    private static ReadOnlySpan<sbyte> NearDistance => [-1, 1, -2, 2, -3, 3];

    /// <summary>§9.2, from NBLTYPESL on.</summary>
    public void ReadHeader(ref BrotliBits bits)
    {
        _literalBlocks.ReadHeader(ref bits);
        _commandBlocks.ReadHeader(ref bits);
        _distanceBlocks.ReadHeader(ref bits);
        Spend(_literalBlocks.Types + _commandBlocks.Types + _distanceBlocks.Types, bits.Offset);
        _postfixBits = (int)bits.Read(2);
        _directDistances = (int)bits.Read(4) << _postfixBits;
        for (int type = 0; type < _literalBlocks.Types; type++)
            _contextModes[type] = (byte)bits.Read(2);
        _literals.ReadMap(ref bits, LiteralContexts * _literalBlocks.Types);
        _distances.ReadMap(ref bits, DistanceContexts * _distanceBlocks.Types);
        Spend(_literals.Trees + _distances.Trees, bits.Offset);
        _literals.ReadCodes(ref bits, LiteralAlphabet);
        _commands.ReadCodes(ref bits, CommandAlphabet, _commandBlocks.Types);
        _distances.ReadCodes(ref bits, 16 + _directDistances + (48 << _postfixBits));
    }

    // Header upon header for a byte of output each: 256 codes fit into a kilobyte, a context map of 16,384 entries into less.
    private void Spend(int codes, long offset)
    {
        if (codes > _codesLeft)
            throw new LimitExceededException(BrotliDecoder.Structure, offset, nameof(Limits.BrotliPrefixCodes), limits.BrotliPrefixCodes);
        _codesLeft -= codes;
    }

    /// <summary>
    /// Runs commands until the meta-block is complete. It ends: a command that yields nothing is a dictionary word of which
    /// the transform left nothing, and its distance takes extra bits of the input.
    /// </summary>
    public void Run(ref BrotliBits bits)
    {
        while (output.Missing > 0)
        {
            _commandBlocks.Next(ref bits);
            int symbol = _commands[_commandBlocks.Current].ReadSymbol(ref bits);
            int insertCode = FirstInsertCode[symbol >> 6] + (symbol >> 3 & 7);
            int copyCode = FirstCopyCode[symbol >> 6] + (symbol & 7);
            int insert = FirstInsert[insertCode] + (int)bits.Read(InsertBits[insertCode]);
            int copy = FirstCopy[copyCode] + (int)bits.Read(CopyBits[copyCode]);
            if (insert > output.Missing)
                throw bits.Malformed($"{insert} literals, but the meta-block lacks {output.Missing} bytes (RFC 7932 §9.3)");
            InsertLiterals(ref bits, insert);
            if (output.Missing == 0)
                return; // §9.3: the copy length of the last command may be anything
            if (symbol < 128)
                Copy(ref bits, _recent[_latest], copy, isNew: false);
            else
                ReadDistanceAndCopy(ref bits, copy);
        }
    }

    private void InsertLiterals(ref BrotliBits bits, int count)
    {
        byte last = output.FromEnd(1), secondToLast = output.FromEnd(2);
        for (; count > 0; count--)
        {
            _literalBlocks.Next(ref bits);
            int type = _literalBlocks.Current;
            int context = LiteralContext.Of(_contextModes[type], last, secondToLast);
            byte literal = (byte)_literals.Mapped(LiteralContexts * type + context).ReadSymbol(ref bits);
            output.Append(literal);
            secondToLast = last;
            last = literal;
        }
    }

    private void ReadDistanceAndCopy(ref BrotliBits bits, int copy)
    {
        _distanceBlocks.Next(ref bits);
        int context = Math.Min(copy, 5) - 2; // §7.2
        int code = _distances.Mapped(DistanceContexts * _distanceBlocks.Current + Math.Min(context, 3)).ReadSymbol(ref bits);
        Copy(ref bits, DistanceOf(ref bits, code), copy, isNew: code != 0);
    }

    /// <summary>§4.</summary>
    private int DistanceOf(ref BrotliBits bits, int code)
    {
        if (code < 4)
            return _recent[(_latest - code) & 3];
        if (code < 16)
        {
            int near = code < 10
                ? _recent[_latest] + NearDistance[code - 4]
                : _recent[(_latest - 1) & 3] + NearDistance[code - 10];
            return near > 0 ? near : throw bits.Malformed($"distance code {code} comes to {near} (RFC 7932 §4)");
        }
        if (code < 16 + _directDistances)
            return code - 15;
        int index = code - 16 - _directDistances;
        int width = 1 + (index >> (_postfixBits + 1));
        int high = index >> _postfixBits, low = index & ((1 << _postfixBits) - 1);
        int offset = ((2 + (high & 1)) << width) - 4;
        return ((offset + (int)bits.Read(width)) << _postfixBits) + low + _directDistances + 1;
    }

    private void Copy(ref BrotliBits bits, int distance, int count, bool isNew)
    {
        int farthest = Math.Min(window, output.Length);
        if (distance > farthest)
        {
            AppendWord(ref bits, distance - farthest - 1, count); // §8; not remembered as a distance (§4)
            return;
        }
        if (count > output.Missing)
            throw bits.Malformed($"{count} bytes copied, but the meta-block lacks {output.Missing} (RFC 7932 §9.3)");
        output.Copy(distance, count);
        if (isNew)
        {
            _latest = (_latest + 1) & 3;
            _recent[_latest] = distance;
        }
    }

    private void AppendWord(ref BrotliBits bits, int id, int length)
    {
        Span<byte> buffer = stackalloc byte[StaticDictionary.LongestResult];
        if (!StaticDictionary.TryGetWord(id, length, buffer, out int written))
            throw bits.Malformed($"distance beyond the window, and no dictionary word of {length} bytes has the number {id} (RFC 7932 §8)");
        if (written > output.Missing)
            throw bits.Malformed($"a dictionary word of {written} bytes, but the meta-block lacks {output.Missing} (RFC 7932 §9.3)");
        buffer[..written].CopyTo(output.Take(written));
    }
}
