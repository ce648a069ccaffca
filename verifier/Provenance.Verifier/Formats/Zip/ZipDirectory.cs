using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>
/// The central directory and the records behind it (APPNOTE 6.3.10 §4.3.6):
/// <code>
/// local header | data | descriptor | … | central header … | [zip64 end record | zip64 locator] | end record 22 | comment
/// </code>
/// The file ends where the comment does, and the records follow each other without gaps: whoever reads an archive from its end and whoever
/// reads on from the directory see the same one.
/// </summary>
/// <param name="Entries">The headers in order.</param>
/// <param name="Range">All of them.</param>
/// <param name="End">The end record with its comment, to the end of the file.</param>
internal sealed record ZipDirectory(IReadOnlyList<ZipEntry> Entries, ByteRange Range, ByteRange End)
{
    private const int EndLength = 22, LongestComment = 0xFFFF, LocatorLength = 20, End64Length = 56, HeaderLength = 46;

    private const uint EndMark = 0x06054B50, LocatorMark = 0x07064B50, End64Mark = 0x06064B50, HeaderMark = 0x02014B50;

    /// <summary>From the zip64 end record to the end of the file; the same as <see cref="End"/> where there is none.</summary>
    public ByteRange AllBehind => ByteRange.FromTo(Range.End, End.End);

    /// <summary>What the end of the file says of the directory.</summary>
    private readonly record struct Bounds(long Count, long Size, long Offset);

    /// <exception cref="MalformedDataException">The file ends in no end record, or the directory is not where it says.</exception>
    public static async ValueTask<ZipDirectory> ReadAsync(ReadWindow window, Limits limits)
    {
        long end = await FindEndAsync(window).ConfigureAwait(false);
        var record = await window.AtAsync(end, EndLength).ConfigureAwait(false);
        var bounds = ReadEnd(record.Span, end);
        long recordsStart = end;
        if (end >= LocatorLength && (bounds.Count == 0xFFFF || bounds.Size == 0xFFFFFFFF || bounds.Offset == 0xFFFFFFFF))
        {
            var locator = await window.AtAsync(end - LocatorLength, LocatorLength).ConfigureAwait(false);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator.Span) == LocatorMark)
            {
                var old = bounds;
                (bounds, recordsStart) = await ReadEnd64Async(window, ReadLocator(locator.Span, end - LocatorLength), end - LocatorLength).ConfigureAwait(false);
                // §4.4.1.4: only what is all ones is told by the other record.
                if ((old.Count != 0xFFFF && old.Count != bounds.Count) || (old.Size != 0xFFFFFFFF && old.Size != bounds.Size) || (old.Offset != 0xFFFFFFFF && old.Offset != bounds.Offset))
                    throw Malformed(end, "the two end records tell of different directories");
            }
        }
        if (bounds.Offset > recordsStart || bounds.Size != recordsStart - bounds.Offset)
            throw Malformed(end, "the central directory does not end where the records behind it start");
        if (bounds.Count > limits.ContainerParts)
            throw new LimitExceededException("ZIP", end, nameof(Limits.ContainerParts), limits.ContainerParts);
        var entries = new List<ZipEntry>((int)bounds.Count);
        long position = bounds.Offset;
        for (long i = 0; i < bounds.Count; i++)
        {
            var entry = await ReadHeaderAsync(window, position, recordsStart).ConfigureAwait(false);
            entries.Add(entry);
            position = entry.Header.End;
        }
        if (position != recordsStart)
            throw Malformed(position, "bytes follow the last header of the central directory");
        return new ZipDirectory(entries, ByteRange.FromTo(bounds.Offset, recordsStart), ByteRange.FromTo(end, window.Length));
    }

    /// <summary>Length of the run of central headers, and one end record without a comment, that the range starts with: what a rewritten archive leaves behind.</summary>
    public static async ValueTask<long> LengthOfOldAsync(ReadWindow window, ByteRange range)
    {
        long position = range.Offset;
        while (range.End - position >= HeaderLength)
        {
            var head = await window.AtAsync(position, 4).ConfigureAwait(false);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head.Span) != HeaderMark)
                break;
            position = (await ReadHeaderAsync(window, position, range.End).ConfigureAwait(false)).Header.End;
        }
        var record = await window.AtAsync(position, EndLength).ConfigureAwait(false);
        if (position > range.Offset && range.End - position >= EndLength && BinaryPrimitives.ReadUInt32LittleEndian(record.Span) == EndMark && record.Span[20..].SequenceEqual("\0\0"u8))
            position += EndLength;
        return position - range.Offset;
    }

    /// <summary>The last end record whose comment ends with the file.</summary>
    private static async ValueTask<long> FindEndAsync(ReadWindow window)
    {
        foreach (int comment in (int[])[0, LongestComment])
        {
            int count = (int)Math.Min(EndLength + comment, window.Length);
            long start = window.Length - count;
            var tail = await window.AtAsync(start, count).ConfigureAwait(false);
            if (Find(tail.Span) is { } at)
                return start + at;
        }
        throw Malformed(window.Length, "the file does not end in an end record (§4.3.16)");

        static int? Find(ReadOnlySpan<byte> tail)
        {
            for (int at = tail.Length - EndLength; at >= 0; at--)
            {
                at = tail[..(at + 4)].LastIndexOf("PK\x05\x06"u8);
                if (at < 0 || BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length - at - EndLength)
                    return at < 0 ? null : at;
            }
            return null;
        }
    }

    private static Bounds ReadEnd(ReadOnlySpan<byte> bytes, long offset)
    {
        var cursor = new ByteCursor(bytes, "ZIP end record", offset);
        cursor.Skip(4);
        int disk = cursor.ReadUInt16LittleEndian(), firstDisk = cursor.ReadUInt16LittleEndian();
        int here = cursor.ReadUInt16LittleEndian(), count = cursor.ReadUInt16LittleEndian();
        long size = cursor.ReadUInt32LittleEndian(), start = cursor.ReadUInt32LittleEndian();
        cursor.Skip(2);
        if (disk != firstDisk || here != count || (disk != 0 && disk != 0xFFFF))
            throw Malformed(offset, "an archive of several disks");
        return new Bounds(count, size, start);
    }

    private static long ReadLocator(ReadOnlySpan<byte> bytes, long offset)
    {
        var cursor = new ByteCursor(bytes, "ZIP64 locator", offset);
        cursor.Skip(4 + 4);
        return Long(ref cursor, offset);
    }

    private static async ValueTask<(Bounds Bounds, long Start)> ReadEnd64Async(ReadWindow window, long start, long end)
    {
        // Some readers go by the locator, some look right before it; data of its own at the record's end would hold another record for those.
        if (start != end - End64Length)
            throw Malformed(end, "the zip64 end record is not where its locator says, right before it (§4.3.15)");
        var bytes = await window.AtAsync(start, End64Length).ConfigureAwait(false);
        return (Read(bytes.Span, start, end), start);

        static Bounds Read(ReadOnlySpan<byte> bytes, long start, long end)
        {
            var cursor = new ByteCursor(bytes, "ZIP64 end record", start);
            if (cursor.ReadUInt32LittleEndian() != End64Mark || Long(ref cursor, start) != end - start - 12)
                throw Malformed(start, "the zip64 end record ends where its locator starts (§4.3.14)");
            cursor.Skip(2 + 2 + 4 + 4);
            long here = Long(ref cursor, start), count = Long(ref cursor, start), size = Long(ref cursor, start), offset = Long(ref cursor, start);
            return here == count ? new Bounds(count, size, offset) : throw Malformed(start, "an archive of several disks");
        }
    }

    private static async ValueTask<ZipEntry> ReadHeaderAsync(ReadWindow window, long position, long end)
    {
        var fixedPart = await window.AtAsync(position, HeaderLength).ConfigureAwait(false);
        if (end - position < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(fixedPart.Span) != HeaderMark)
            throw Malformed(position, "a central header expected (§4.3.12)");
        var lengths = fixedPart.Span[28..];
        int length = HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(lengths) + BinaryPrimitives.ReadUInt16LittleEndian(lengths[2..]) + BinaryPrimitives.ReadUInt16LittleEndian(lengths[4..]);
        if (length > end - position)
            throw Malformed(position, "a central header reaches behind the directory");
        // Three fields of up to 64 KB each: more than a window promises, so the comment is passed over.
        var whole = await window.AtAsync(position, Math.Min(length, ReadWindow.Size)).ConfigureAwait(false);
        return ReadHeader(whole.Span, new ByteRange(position, length));
    }

    private static ZipEntry ReadHeader(ReadOnlySpan<byte> bytes, ByteRange header)
    {
        var cursor = new ByteCursor(bytes, "ZIP central header", header.Offset);
        cursor.Skip(4 + 2 + 2);
        int flags = cursor.ReadUInt16LittleEndian(), method = cursor.ReadUInt16LittleEndian();
        cursor.Skip(4);
        uint crc = cursor.ReadUInt32LittleEndian();
        long packed = cursor.ReadUInt32LittleEndian(), size = cursor.ReadUInt32LittleEndian();
        int nameLength = cursor.ReadUInt16LittleEndian(), extraLength = cursor.ReadUInt16LittleEndian();
        cursor.Skip(2 + 2 + 2 + 4);
        long local = cursor.ReadUInt32LittleEndian();
        byte[] name = cursor.Take(nameLength).ToArray(), extra = cursor.Take(extraLength).ToArray();
        ZipExtra.Widen(extra, header.Offset, ref size, ref packed, ref local);
        return new ZipEntry(header)
        {
            Names = ZipNames.Read(name, flags),
            NameBytes = name,
            Extra = extra,
            Flags = flags,
            Method = method,
            Crc = crc,
            PackedSize = packed,
            Size = size,
            LocalHeader = local,
        };
    }

    internal static long Long(ref ByteCursor cursor, long offset)
    {
        ulong low = cursor.ReadUInt32LittleEndian(), high = cursor.ReadUInt32LittleEndian();
        return high <= int.MaxValue ? (long)(high << 32 | low) : throw Malformed(offset, "a 64-bit field is negative");
    }

    private static MalformedDataException Malformed(long offset, string rule) => new("ZIP", offset, rule);
}
