using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Font;

/// <summary>One record of a font's table directory: tag (4), checksum (4), offset (4), length (4), all big-endian (ISO/IEC 14496-22 §4.5).</summary>
/// <param name="Tag">Four characters, padded with spaces.</param>
/// <param name="Range">The table without what pads it to a multiple of four bytes.</param>
internal sealed record FontTable(string Tag, ByteRange Range)
{
    public const string Manifest = "C2PA", Head = "head";

    /// <summary>Bytes of the offset table before the records.</summary>
    public const int HeaderLength = 12;

    public const int RecordLength = 16;

    /// <summary>The records in the order of the directory.</summary>
    /// <exception cref="MalformedDataException">The directory is cut short, or a table reaches behind the end of the file or into the directory.</exception>
    public static async ValueTask<IReadOnlyList<FontTable>> ListAsync(ReadWindow window)
    {
        var head = await window.AtAsync(0, HeaderLength).ConfigureAwait(false);
        int count = Count(head.Span);
        var records = await window.AtAsync(HeaderLength, count * RecordLength).ConfigureAwait(false);
        var tables = new List<FontTable>(count);
        for (int i = 0; i < count; i++)
            tables.Add(Read(records.Span, i, count, window.Length));
        return tables;

        static int Count(ReadOnlySpan<byte> head)
        {
            var cursor = new ByteCursor(head, "font");
            cursor.Skip(4);
            int count = cursor.ReadUInt16BigEndian();
            cursor.Skip(2 + 2 + 2);
            return count;
        }
    }

    private static FontTable Read(ReadOnlySpan<byte> records, int index, int count, long fileLength)
    {
        long at = HeaderLength + index * RecordLength;
        var cursor = new ByteCursor(records[Math.Min(records.Length, index * RecordLength)..], "font table directory", at);
        var tag = cursor.Take(4);
        if (tag.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            throw new MalformedDataException("font table directory", at, "a tag is four printable characters (§4.5)");
        cursor.Skip(4);
        long offset = cursor.ReadUInt32BigEndian(), length = cursor.ReadUInt32BigEndian();
        string name = Encoding.ASCII.GetString(tag);
        if (offset < HeaderLength + count * RecordLength || length > fileLength - offset)
            throw new MalformedDataException($"font {name}", at, $"the table at 0x{offset:X} of {length} bytes does not lie behind the directory and in the file");
        return new FontTable(name, new ByteRange(offset, length));
    }
}
