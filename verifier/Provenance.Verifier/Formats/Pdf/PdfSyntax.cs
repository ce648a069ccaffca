using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>
/// Reads PDF objects from bytes in hand (ISO 32000-2 §7.2, §7.3). Nesting is counted and not recursed into. Where the bytes end before the
/// object does, <see cref="RanOut"/> tells the caller to come back with more.
/// </summary>
internal ref struct PdfSyntax(ReadOnlySpan<byte> bytes, long origin, int position = 0)
{
    /// <summary>Arrays and dictionaries inside each other; real catalogues need five.</summary>
    private const int Depth = 64;

    /// <summary>Values of one object.</summary>
    private const int Values = 65_536;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; } = position;

    /// <summary>The bytes ended inside a token or before an object was closed.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Offset of the next byte, counted like the origin.</summary>
    public readonly long Offset => origin + Position;

    private readonly bool AtEnd => Position >= _bytes.Length;

    public readonly MalformedDataException Malformed(string rule) => new("PDF object", origin + Position, rule);

    /// <summary>Skips white space and comments (§7.2.3).</summary>
    public void SkipSpace()
    {
        while (!AtEnd)
        {
            byte next = _bytes[Position];
            if (next == '%')
            {
                int line = _bytes[Position..].IndexOfAny((byte)'\r', (byte)'\n');
                Position = line < 0 ? _bytes.Length : Position + line;
            }
            else if (IsSpace(next))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Takes a word such as "obj" or "trailer" if it stands next.</summary>
    public bool Takes(ReadOnlySpan<byte> keyword)
    {
        SkipSpace();
        if (!_bytes[Position..].StartsWith(keyword))
        {
            RanOut |= _bytes.Length - Position < keyword.Length;
            return false;
        }
        int end = Position + keyword.Length;
        if (end < _bytes.Length && IsRegular(_bytes[end]))
            return false;
        Position = end;
        return true;
    }

    /// <summary>The line end behind "stream": LF, CR LF or, against the standard, CR alone (§7.3.8.1). False where the bytes ran out.</summary>
    public bool TakesLineEnd()
    {
        if (_bytes.Length - Position < 2)
            return false;
        Position += LineEnd(_bytes[Position..]);
        return true;
    }

    /// <summary>Bytes of the line end that stands first: 0, 1 or 2.</summary>
    public static int LineEnd(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\r\n"u8) ? 2 : bytes.Length > 0 && bytes[0] is (byte)'\r' or (byte)'\n' ? 1 : 0;

    /// <summary>A whole number without a sign; null where none stands next.</summary>
    public long? TakeNumber()
    {
        SkipSpace();
        if (!Utf8Parser.TryParse(_bytes[Position..], out ulong number, out int length) || number > long.MaxValue)
        {
            RanOut |= AtEnd;
            return null;
        }
        Position += length;
        RanOut |= AtEnd;
        return (long)number;
    }

    /// <summary>One object with all that is in it; null where the bytes ran out.</summary>
    /// <exception cref="MalformedDataException">What stands next is no object.</exception>
    public PdfValue? ReadValue()
    {
        var open = new Stack<Frame>();
        int count = 0;
        while (true)
        {
            SkipSpace();
            if (AtEnd)
                return OutOfBytes();
            if (++count > Values)
                throw new LimitExceededException("PDF object", origin + Position, "values of one object", Values);
            PdfValue? value;
            if (TakesTwo('<', '<') || TakesOne('['))
            {
                if (open.Count == Depth)
                    throw new LimitExceededException("PDF object", origin + Position, "nesting", Depth);
                open.Push(new Frame(_bytes[Position - 1] == '<'));
                continue;
            }
            if (open.TryPeek(out var frame) && (frame.IsDictionary ? TakesTwo('>', '>') : TakesOne(']')))
            {
                open.Pop();
                value = frame.Close(this);
            }
            else if (frame is not null && TakesReference(frame))
            {
                continue;
            }
            else if ((value = ReadScalar()) is null)
            {
                return OutOfBytes();
            }
            if (open.Count == 0)
                return value;
            open.Peek().Values.Add(value);
        }
    }

    /// <summary>"12 0 R": the two numbers before have been read as numbers.</summary>
    private bool TakesReference(Frame frame)
    {
        if (_bytes[Position] != 'R' || (Position + 1 < _bytes.Length && IsRegular(_bytes[Position + 1])))
            return false;
        if (frame.Values is not [.., { Kind: PdfKind.Number } number, { Kind: PdfKind.Number }])
            throw Malformed("two numbers stand before R (§7.3.10)");
        Position++;
        frame.Values.RemoveRange(frame.Values.Count - 2, 2);
        frame.Values.Add(new PdfValue(PdfKind.Reference) { Number = number.Number });
        return true;
    }

    private PdfValue? ReadScalar()
    {
        int start = Position;
        switch (_bytes[Position])
        {
            case (byte)'/':
                return ReadName();
            case (byte)'(':
                return ReadLiteral() ? new PdfValue(PdfKind.String) { Range = ByteRange.FromTo(origin + start, origin + Position) } : null;
            case (byte)'<':
                int end = _bytes[Position..].IndexOf((byte)'>');
                if (end < 0)
                    return null;
                if (_bytes.Slice(Position + 1, end - 1).ContainsAnyExcept(HexOrSpace))
                    throw Malformed("a hexadecimal string holds something else (§7.3.4.3)");
                Position += end + 1;
                return new PdfValue(PdfKind.String) { Range = ByteRange.FromTo(origin + start, origin + Position) };
            default:
                while (!AtEnd && IsRegular(_bytes[Position]))
                    Position++;
                if (Position == start && start + 1 < _bytes.Length)
                    throw Malformed("an object expected");
                // A word that ends where the bytes end may go on behind them.
                return AtEnd || Position == start ? null : Word(_bytes[start..Position]);
        }
    }

    private readonly PdfValue Word(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("null"u8))
            return PdfValue.Null;
        if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8))
            return new PdfValue(PdfKind.Other);
        if (Utf8Parser.TryParse(word, out long number, out int length) && length == word.Length)
            return new PdfValue(PdfKind.Number) { Number = number };
        // Other numbers: digits, signs, a point; some writers put several of them.
        if (word.Length > 0 && !word.ContainsAnyExcept(Numeric))
            return new PdfValue(PdfKind.Other);
        throw Malformed("an object expected");
    }

    private PdfValue? ReadName()
    {
        int start = ++Position;
        while (!AtEnd && IsRegular(_bytes[Position]))
            Position++;
        if (AtEnd)
            return null;
        var raw = _bytes[start..Position];
        if (!raw.Contains((byte)'#'))
            return new PdfValue(PdfKind.Name) { Name = Encoding.Latin1.GetString(raw) };
        var name = new StringBuilder();
        for (int at = 0; at < raw.Length; at++)
        {
            bool isEscape = raw[at] == '#' && at + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[at + 1]) && char.IsAsciiHexDigit((char)raw[at + 2]);
            name.Append(isEscape ? (char)Convert.FromHexString(Encoding.ASCII.GetString(raw.Slice(at + 1, 2)))[0] : (char)raw[at]);
            at += isEscape ? 2 : 0;
        }
        return new PdfValue(PdfKind.Name) { Name = name.ToString() };
    }

    /// <summary>Parentheses that match, "\" before any that do not count (§7.3.4.2).</summary>
    private bool ReadLiteral()
    {
        int depth = 0;
        while (!AtEnd)
        {
            int next = _bytes[Position..].IndexOfAny((byte)'\\', (byte)'(', (byte)')');
            if (next < 0)
                break;
            Position += next;
            byte found = _bytes[Position];
            Position += found == '\\' ? 2 : 1;
            if (found != '\\' && (depth += found == '(' ? 1 : -1) == 0)
                return true;
        }
        return false;
    }

    private bool TakesOne(char first)
    {
        if (_bytes[Position] != first)
            return false;
        Position++;
        return true;
    }

    private bool TakesTwo(char first, char second)
    {
        if (_bytes[Position] != first || Position + 1 >= _bytes.Length || _bytes[Position + 1] != second)
            return false;
        Position += 2;
        return true;
    }

    private PdfValue? OutOfBytes()
    {
        RanOut = true;
        return null;
    }

    public static bool IsSpace(byte value) => value is 0 or (byte)'\t' or (byte)'\n' or 12 or (byte)'\r' or (byte)' ';

    private static bool IsRegular(byte value) => !IsSpace(value) && !"()<>[]{}/%"u8.Contains(value);

    private static SearchValues<byte> Numeric { get; } = SearchValues.Create("0123456789+-."u8);

    private static SearchValues<byte> HexOrSpace { get; } = SearchValues.Create("0123456789ABCDEFabcdef\0\t\n\f\r "u8);

    /// <summary>An array or dictionary that is being read.</summary>
    private sealed class Frame(bool isDictionary)
    {
        public bool IsDictionary => isDictionary;

        public List<PdfValue> Values { get; } = [];

        public PdfValue Close(in PdfSyntax syntax)
        {
            if (!isDictionary)
                return new PdfValue(PdfKind.Array) { Items = Values };
            if (Values.Count % 2 != 0)
                throw syntax.Malformed("a dictionary has as many values as keys (§7.3.7)");
            var entries = new Dictionary<string, PdfValue>(Values.Count / 2, StringComparer.Ordinal);
            for (int i = 0; i < Values.Count; i += 2)
            {
                if (Values[i] is not { Kind: PdfKind.Name, Name: { } key })
                    throw syntax.Malformed("a key is a name (§7.3.7)");
                entries[key] = Values[i + 1];
            }
            return new PdfValue(PdfKind.Dictionary) { Entries = entries };
        }
    }
}
