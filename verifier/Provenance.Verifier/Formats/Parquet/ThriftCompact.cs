using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Parquet;

/// <summary>Types of the Thrift compact protocol, as a field's header names them.</summary>
internal enum ThriftType
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
    Uuid = 13,
}

/// <summary>
/// Reads the Thrift compact protocol (thrift-compact-protocol.md) as far as the footer of a Parquet file needs it. Every element of a list takes
/// a byte at least, so a count can make no more work than the footer has bytes.
/// </summary>
internal ref struct ThriftCompact(ReadOnlySpan<byte> bytes, long origin)
{
    /// <summary>Nesting of lists, maps and structs. Parquet's own needs 7.</summary>
    public const int Depth = 64;

    private ByteCursor _cursor = new(bytes, "Parquet footer", origin);

    public readonly bool AtEnd => _cursor.AtEnd;

    public readonly long Offset => _cursor.Offset;

    public readonly MalformedDataException Malformed(string rule) => _cursor.Malformed(rule);

    /// <summary>The next field of a struct: its number, which counts on from <paramref name="last"/>, and its type.</summary>
    public ThriftType ReadField(ref int last)
    {
        byte header = _cursor.ReadByte();
        var type = TypeOf(header & 0x0F);
        if (type == ThriftType.Stop)
            return header == 0 ? type : throw Malformed("a stop field is a byte of zeros");
        int delta = header >> 4;
        long number = delta != 0 ? last + delta : ReadZigZag();
        if (number is < short.MinValue or > short.MaxValue)
            throw Malformed("a field's number has 16 bits");
        last = (int)number;
        return type;
    }

    /// <summary>Count and element type of a list or set.</summary>
    public (long Count, ThriftType Type) ReadList()
    {
        byte header = _cursor.ReadByte();
        long count = header >> 4;
        if (count == 15)
            count = ReadCount();
        return (count, TypeOf(header & 0x0F));
    }

    /// <summary>Bytes of a string or binary, and where they lie.</summary>
    public ReadOnlySpan<byte> ReadBinary(out ByteRange range)
    {
        long length = ReadCount();
        range = new ByteRange(_cursor.Offset, length);
        return _cursor.Take(length);
    }

    /// <summary>Goes behind a field's value.</summary>
    public void Skip(ThriftType type)
    {
        // What is open, innermost last: a struct with the number of its last field, or a list or map with the values that are left.
        Span<(ThriftType Key, ThriftType Value, long Left)> open = stackalloc (ThriftType, ThriftType, long)[Depth];
        int depth = 0;
        bool isField = true;
        while (true)
        {
            if (type is ThriftType.Struct or ThriftType.List or ThriftType.Set or ThriftType.Map)
            {
                if (depth == Depth)
                    throw Malformed($"nested deeper than {Depth}");
                open[depth++] = Enter(type);
            }
            else if (!isField || type is not (ThriftType.True or ThriftType.False))
            {
                SkipValue(type);
            }
            while (depth > 0 && !NextIn(ref open[depth - 1], out type, out isField))
                depth--;
            if (depth == 0)
                return;
        }
    }

    private (ThriftType Key, ThriftType Value, long Left) Enter(ThriftType type)
    {
        if (type == ThriftType.Struct)
            return (ThriftType.Stop, ThriftType.Struct, 0);
        if (type != ThriftType.Map)
        {
            var (count, element) = ReadList();
            return (element, element, count);
        }
        long pairs = ReadCount();
        if (pairs == 0)
            return default;
        byte types = _cursor.ReadByte();
        return (TypeOf(types >> 4), TypeOf(types & 0x0F), pairs > long.MaxValue / 2 ? throw Malformed("too many pairs") : 2 * pairs);
    }

    /// <summary>The type of the next value in what is open; false where it is at its end.</summary>
    private bool NextIn(ref (ThriftType Key, ThriftType Value, long Left) open, out ThriftType type, out bool isField)
    {
        isField = open is { Key: ThriftType.Stop, Value: ThriftType.Struct };
        if (isField)
        {
            int number = (int)open.Left;
            type = ReadField(ref number);
            open.Left = number;
            return type != ThriftType.Stop;
        }
        // Of a map's values, the first of each pair is its key.
        type = open.Left % 2 == 0 ? open.Key : open.Value;
        return open.Left-- > 0;
    }

    private void SkipValue(ThriftType type)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False or ThriftType.Byte:
                _cursor.Skip(1);
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                ReadVarint();
                break;
            case ThriftType.Double:
                _cursor.Skip(8);
                break;
            case ThriftType.Binary:
                _cursor.Skip(ReadCount());
                break;
            case ThriftType.Uuid:
                _cursor.Skip(16);
                break;
            default:
                throw Malformed("no such type");
        }
    }

    private readonly ThriftType TypeOf(int number) => number <= (int)ThriftType.Uuid ? (ThriftType)number : throw Malformed($"no type has the number {number}");

    private long ReadCount() => ReadVarint() is <= int.MaxValue and var count ? (long)count : throw Malformed("a count has 31 bits");

    private long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = _cursor.ReadByte();
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Malformed("a number has 64 bits");
    }
}
