using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>
/// A page: "OggS", version 1, flags 1, granule position 8, serial number 4, sequence number 4, checksum 4, segments 1, a length of each
/// segment 1, the segments (RFC 3533 §6); numbers are little-endian.
/// </summary>
/// <param name="Range">From "OggS" to the last segment.</param>
/// <param name="Body">The segments.</param>
/// <param name="Serial">The logical bitstream the page belongs to.</param>
/// <param name="Sequence">Counts the pages of the bitstream.</param>
internal readonly record struct OggPage(ByteRange Range, ByteRange Body, uint Serial, uint Sequence)
{
    /// <summary>The longest header: 255 segments.</summary>
    public const int LongestHeader = FixedLength + 255;

    /// <summary>Offset of the checksum.</summary>
    public const int ChecksumOffset = 22;

    private const int FixedLength = 27;

    /// <summary>The first segment continues a packet of the page before.</summary>
    public bool IsContinued { get; private init; }

    /// <summary>First page of its bitstream.</summary>
    public bool IsFirst { get; private init; }

    /// <summary>Last page of its bitstream.</summary>
    public bool IsLast { get; private init; }

    /// <summary>Bytes of the page's first packet, or of its part here.</summary>
    public long FirstPacketLength { get; private init; }

    /// <summary>Whether that packet ends here: the last of its segments has fewer than 255 bytes.</summary>
    public bool EndsPacket { get; private init; }

    /// <summary>Whether another packet follows it in the page.</summary>
    public bool HasMorePackets { get; private init; }

    /// <summary>Reads a page's header.</summary>
    /// <param name="bytes">From the page's start; up to <see cref="LongestHeader"/> of them.</param>
    /// <param name="offset">Of the page.</param>
    /// <exception cref="MalformedDataException">There is none, or the asset ends in it.</exception>
    public static OggPage Read(ReadOnlySpan<byte> bytes, long offset)
    {
        var cursor = new ByteCursor(bytes, "Ogg page", offset);
        if (!cursor.Take(4).SequenceEqual("OggS"u8))
            throw new MalformedDataException("Ogg page", offset, "'OggS' expected (RFC 3533 §6)");
        int version = cursor.ReadByte();
        if (version != 0)
            throw new MalformedDataException("Ogg page", offset, $"version 0 expected, {version} found");
        byte flags = cursor.ReadByte();
        cursor.Skip(8); // granule position
        uint serial = cursor.ReadUInt32LittleEndian(), sequence = cursor.ReadUInt32LittleEndian();
        cursor.Skip(4); // checksum
        var lacing = cursor.Take(cursor.ReadByte());

        int last = lacing.IndexOfAnyExcept((byte)255);
        long first = last < 0 ? lacing.Length * 255L : (last * 255L) + lacing[last], length = 0;
        foreach (byte segment in lacing)
            length += segment;
        var body = new ByteRange(offset + cursor.Position, length);
        return new OggPage(ByteRange.FromTo(offset, body.End), body, serial, sequence)
        {
            IsContinued = (flags & 1) != 0,
            IsFirst = (flags & 2) != 0,
            IsLast = (flags & 4) != 0,
            FirstPacketLength = first,
            EndsPacket = last >= 0,
            HasMorePackets = last >= 0 && last + 1 < lacing.Length,
        };
    }
}
