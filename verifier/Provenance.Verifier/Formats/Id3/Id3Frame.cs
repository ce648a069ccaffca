using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>
/// A frame's header: id 4, size 4, flags 2 (ID3v2.3 §3.3, ID3v2.4 structure §4); in ID3v2.2 id 3, size 3 (§3.2). Sizes have seven bits a
/// byte since 2.4.
/// </summary>
/// <param name="Id">The id, for instance "GEOB".</param>
/// <param name="Size">Bytes behind the header; before 2.4 without those that unsynchronisation adds.</param>
/// <param name="Prefix">Bytes of what the flags put before the content.</param>
internal sealed record Id3Frame(string Id, long Size, int Prefix)
{
    /// <summary>The content is deflated.</summary>
    public bool IsCompressed { get; private init; }

    public bool IsEncrypted { get; private init; }

    /// <summary>Every FF 00 of the frame stands for FF; 2.4 only.</summary>
    public bool IsUnsynchronised { get; private init; }

    /// <summary>The last four bytes of the prefix tell the length of the content; 2.4 only.</summary>
    public bool HasContentLength { get; private init; }

    public static int HeaderLength(int version) => version == 2 ? 6 : 10;

    /// <summary>Reads a header; null where padding begins.</summary>
    /// <exception cref="MalformedDataException">The id is none, or the size has more than seven bits in a byte of 2.4.</exception>
    public static Id3Frame? Read(ReadOnlySpan<byte> header, long offset, int version)
    {
        // Padding may be shorter than a header (ID3v2.4 structure §3.3).
        if (header.IsEmpty || header[0] == 0)
            return null;
        var cursor = new ByteCursor(header, "ID3 frame", offset);
        string id = ReadId(ref cursor, version == 2 ? 3 : 4);
        if (version == 2)
        {
            long high = cursor.ReadByte();
            return new Id3Frame(id, (high << 16) + cursor.ReadUInt16BigEndian(), 0);
        }
        if (version == 3)
        {
            long size = cursor.ReadUInt32BigEndian();
            int flags = cursor.ReadUInt16BigEndian();
            // Length before compression 4, encryption method 1, group 1 (§3.3.1).
            bool isCompressed = (flags & 0x80) != 0, isEncrypted = (flags & 0x40) != 0, isGrouped = (flags & 0x20) != 0;
            return new Id3Frame(id, size, (isCompressed ? 4 : 0) + (isEncrypted ? 1 : 0) + (isGrouped ? 1 : 0)) { IsCompressed = isCompressed, IsEncrypted = isEncrypted };
        }
        else
        {
            long size = Id3Header.ReadSyncsafe(ref cursor);
            int flags = cursor.ReadUInt16BigEndian();
            // Group 1, encryption method 1, content length 4 (§4.1.2).
            bool isGrouped = (flags & 0x40) != 0, isEncrypted = (flags & 0x04) != 0, hasLength = (flags & 0x01) != 0;
            return new Id3Frame(id, size, (isGrouped ? 1 : 0) + (isEncrypted ? 1 : 0) + (hasLength ? 4 : 0))
            {
                IsCompressed = (flags & 0x08) != 0,
                IsEncrypted = isEncrypted,
                IsUnsynchronised = (flags & 0x02) != 0,
                HasContentLength = hasLength,
            };
        }
    }

    private static string ReadId(ref ByteCursor cursor, int length)
    {
        var letters = cursor.Take(length);
        foreach (byte letter in letters)
        {
            if (!char.IsAsciiLetterUpper((char)letter) && !char.IsAsciiDigit((char)letter))
                throw cursor.Malformed("a frame id has capital letters and digits (ID3v2.4 structure §4)");
        }
        return Encoding.ASCII.GetString(letters);
    }

    /// <summary>What a frame is, if it holds no store.</summary>
    public static RegionKind Kind(string id) => id switch
    {
        // Players show it.
        "APIC" or "PIC" => RegionKind.Media,
        "COMM" or "COM" or "GEOB" or "GEO" or "PRIV" or "UFID" or "UFI" or "PCNT" or "CNT" or "POPM" or "POP" => RegionKind.OtherMetadata,
        _ => id[0] is 'T' or 'W' ? RegionKind.OtherMetadata : RegionKind.Unknown,
    };
}
