using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>The header of an ID3v2 tag: "ID3", version 1, revision 1, flags 1, size 4 of seven bits each (ID3v2.4 structure §3.1).</summary>
/// <param name="Offset">Where the tag starts.</param>
/// <param name="Version">2, 3 or 4 are known.</param>
/// <param name="Flags">Their meaning depends on the version.</param>
/// <param name="Size">Bytes between header and footer.</param>
internal sealed record Id3Header(long Offset, int Version, byte Flags, long Size)
{
    /// <summary>Bytes of the header, and of a footer.</summary>
    public const int Length = 10;

    /// <summary>Every FF 00 of the tag (before 2.4), or of every frame, stands for FF (§6.1).</summary>
    public bool IsUnsynchronised => (Flags & 0x80) != 0;

    public bool HasExtendedHeader => Version >= 3 && (Flags & 0x40) != 0;

    /// <summary>ID3v2.2 §3.1: a tag with this flag is to be passed over, since no scheme was ever decided upon.</summary>
    public bool IsCompressed => Version == 2 && (Flags & 0x40) != 0;

    public bool HasFooter => Version >= 4 && (Flags & 0x10) != 0;

    /// <summary>First byte behind the header.</summary>
    public long FramesStart => Offset + Length;

    /// <summary>First byte behind the frames and their padding.</summary>
    public long FramesEnd => FramesStart + Size;

    /// <summary>First byte behind the tag; may lie behind the end of the asset.</summary>
    public long End => FramesEnd + (HasFooter ? Length : 0);

    /// <summary>Reads a header; null where there is none.</summary>
    /// <exception cref="MalformedDataException">The size has more than seven bits in a byte.</exception>
    public static Id3Header? Read(ReadOnlySpan<byte> bytes, long offset)
    {
        if (bytes.Length < Length || !bytes.StartsWith("ID3"u8))
            return null;
        var cursor = new ByteCursor(bytes, "ID3 tag", offset);
        cursor.Skip(3);
        int version = cursor.ReadByte();
        cursor.Skip(1); // revision
        byte flags = cursor.ReadByte();
        long size = ReadSyncsafe(ref cursor);
        return new Id3Header(offset, version, flags, size);
    }

    /// <summary>A number whose bytes have seven bits each, so that none of them is FF (§6.2).</summary>
    public static long ReadSyncsafe(ref ByteCursor cursor)
    {
        uint value = cursor.ReadUInt32BigEndian();
        if ((value & 0x80808080) != 0)
            throw cursor.Malformed("a size has seven bits in each byte (ID3v2.4 structure §6.2)");
        return (value & 0x7F) | ((value >> 1) & 0x3F80) | ((value >> 2) & 0x1FC000) | ((value >> 3) & 0xFE00000);
    }
}
