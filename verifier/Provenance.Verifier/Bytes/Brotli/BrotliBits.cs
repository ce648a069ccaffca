namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>The bits of a Brotli stream: of each byte the least significant first (RFC 7932 §1.5.1).</summary>
internal ref struct BrotliBits(ReadOnlySpan<byte> bytes)
{
    private ByteCursor _cursor = new(bytes, BrotliDecoder.Structure);
    private ulong _ahead;
    private int _aheadCount;

    /// <summary>Bytes not begun yet.</summary>
    public readonly int BytesLeft => _cursor.Remaining + _aheadCount / 8;

    /// <summary>Offset of the byte with the next bit.</summary>
    public readonly long Offset => _cursor.Offset - (_aheadCount + 7) / 8;

    public uint Read(int count)
    {
        uint value = Peek(count);
        Drop(count);
        return value;
    }

    public bool ReadFlag() => Read(1) != 0;

    /// <summary>The next bits, up to 24 of them, unread; zeros stand in for what lies behind the end.</summary>
    public uint Peek(int count)
    {
        while (_aheadCount < count && !_cursor.AtEnd)
        {
            if (_cursor.Remaining >= sizeof(uint))
            {
                _ahead |= (ulong)_cursor.ReadUInt32LittleEndian() << _aheadCount;
                _aheadCount += 32;
            }
            else
            {
                _ahead |= (ulong)_cursor.ReadByte() << _aheadCount;
                _aheadCount += 8;
            }
        }
        return (uint)(_ahead & ((1UL << count) - 1));
    }

    /// <summary>Passes bits that were peeked at.</summary>
    public void Drop(int count)
    {
        if (count > _aheadCount)
            throw Malformed("the stream ends before its last meta-block does");
        _ahead >>= count;
        _aheadCount -= count;
    }

    /// <summary>Passes the fill bits up to the next byte, which must be zero (RFC 7932 §9.2).</summary>
    public void AlignToByte()
    {
        if (Read(_aheadCount % 8) != 0)
            throw Malformed("fill bits must be zero (RFC 7932 §9.2)");
    }

    /// <summary>Whole bytes, from a byte boundary.</summary>
    public void ReadBytes(Span<byte> destination)
    {
        int i = 0;
        while (i < destination.Length && _aheadCount > 0)
            destination[i++] = (byte)Read(8);
        _cursor.Take(destination.Length - i).CopyTo(destination[i..]);
    }

    /// <summary>Passes whole bytes, from a byte boundary.</summary>
    public void SkipBytes(int count)
    {
        for (; count > 0 && _aheadCount > 0; count--)
            Drop(8);
        _cursor.Skip(count);
    }

    public readonly MalformedDataException Malformed(string rule) => new(BrotliDecoder.Structure, Offset, rule);
}
