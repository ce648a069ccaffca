using System.Buffers.Binary;

namespace Provenance.Verifier.Bytes;

/// <summary>Reads untrusted bytes forwards. The one bounds test of every parser is <see cref="Take"/>.</summary>
internal ref struct ByteCursor
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _structure;
    private readonly long _origin;

    /// <param name="bytes">What is read.</param>
    /// <param name="structure">The structure named in errors.</param>
    /// <param name="origin">Offset of the first byte in the file or enclosing value, for errors.</param>
    public ByteCursor(ReadOnlySpan<byte> bytes, string structure, long origin = 0)
    {
        _bytes = bytes;
        _structure = structure;
        _origin = origin;
        Position = 0;
    }

    /// <summary>Bytes consumed so far.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public readonly bool AtEnd => Position == _bytes.Length;

    /// <summary>Offset of the next byte in the file or enclosing value.</summary>
    public readonly long Offset => _origin + Position;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
            throw Malformed($"{count} bytes expected, {Remaining} left");
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public void Skip(long count) => Take(count);

    public byte ReadByte() => Take(1)[0];

    public readonly byte Peek() => Remaining > 0 ? _bytes[Position] : throw Malformed("1 byte expected, 0 left");

    public ushort ReadUInt16BigEndian() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong ReadUInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public ushort ReadUInt16LittleEndian() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint ReadUInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Bytes up to the next zero byte, which is consumed and not returned.</summary>
    public ReadOnlySpan<byte> ReadToNul()
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        if (length < 0)
            throw Malformed("a terminating zero byte is missing");
        var taken = Take(length);
        Skip(1);
        return taken;
    }

    public ReadOnlySpan<byte> TakeRest() => Take(Remaining);

    /// <summary>Trailing bytes are malformed unless a clause allows them.</summary>
    public readonly void ExpectEnd()
    {
        if (!AtEnd)
            throw Malformed($"{Remaining} bytes follow the end");
    }

    public readonly MalformedDataException Malformed(string rule) => new(_structure, Offset, rule);
}
