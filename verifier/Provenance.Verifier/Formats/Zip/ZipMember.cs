using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>Where the parts of a member lie: local header (30 bytes, path, extra field), data as stored, descriptor (APPNOTE 6.3.10 §4.3.7 to §4.3.9).</summary>
/// <param name="Header">The local header.</param>
/// <param name="Data">The data as stored.</param>
/// <param name="End">Behind the descriptor, or behind the data where there is none.</param>
internal readonly record struct ZipMember(ByteRange Header, ByteRange Data, long End)
{
    private const int HeaderLength = 30;

    private const uint HeaderMark = 0x04034B50, DescriptorMark = 0x08074B50;

    public ByteRange Range => ByteRange.FromTo(Header.Offset, End);

    /// <exception cref="MalformedDataException">The member is not where the directory says, or is another.</exception>
    public static async ValueTask<ZipMember> ReadAsync(ReadWindow window, ZipEntry entry, long limit)
    {
        long start = entry.LocalHeader;
        var head = await window.AtAsync(start, HeaderLength).ConfigureAwait(false);
        if (limit - start < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(head.Span) != HeaderMark)
            throw Malformed(start, "a local header expected (§4.3.7)");
        int method = BinaryPrimitives.ReadUInt16LittleEndian(head.Span[8..]);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head.Span[26..]), extraLength = BinaryPrimitives.ReadUInt16LittleEndian(head.Span[28..]);
        var name = await window.AtAsync(start + HeaderLength, nameLength).ConfigureAwait(false);
        // Some readers go by the local header, some by the directory: they must mean the same.
        if (!name.Span.SequenceEqual(entry.NameBytes.Span) || method != entry.Method)
            throw Malformed(start, "the local header names another file than the directory");
        long data = start + HeaderLength + nameLength + extraLength;
        if (entry.PackedSize > limit - data)
            throw Malformed(start, $"{entry.PackedSize} bytes of data expected, {Math.Max(0, limit - data)} are there");
        long end = data + entry.PackedSize;
        if (entry.HasDescriptor)
            end += await DescriptorLengthAsync(window, entry, end, limit).ConfigureAwait(false);
        return new ZipMember(ByteRange.FromTo(start, data), new ByteRange(data, entry.PackedSize), end);
    }

    /// <summary>
    /// The local header of a member that no hash covers says what the directory says: whoever reads an archive from its start goes by these
    /// sizes, and would pass over files that follow, or find one inside the data.
    /// </summary>
    /// <exception cref="MalformedDataException">Flags or sizes differ.</exception>
    public async ValueTask RequireAgreementAsync(ReadWindow window, ZipEntry entry)
    {
        var head = (await window.AtAsync(Header.Offset, HeaderLength).ConfigureAwait(false)).ToArray();
        int extraLength = (int)Header.Length - HeaderLength - entry.NameBytes.Length;
        var extra = await window.AtAsync(Header.End - extraLength, extraLength).ConfigureAwait(false);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(18)), size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(22)), local = 0;
        ZipExtra.Widen(extra.Span, Header.Offset, ref size, ref packed, ref local);
        bool isBehind = entry.HasDescriptor && packed == 0 && size == 0;
        if (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)) != entry.Flags || !(isBehind || (packed == entry.PackedSize && size == entry.Size)))
            throw Malformed(Header.Offset, "the local header has other flags or sizes than the directory");
    }

    /// <summary>[mark] CRC and two sizes of 4 or 8 bytes: the form whose values are those of the directory.</summary>
    private static async ValueTask<int> DescriptorLengthAsync(ReadWindow window, ZipEntry entry, long offset, long limit)
    {
        var bytes = await window.AtAsync(offset, (int)Math.Min(24, limit - offset)).ConfigureAwait(false);
        foreach (int width in (int[])[4, 8])
        {
            foreach (int mark in (int[])[4, 0])
            {
                if (Fits(bytes.Span, entry, mark, width))
                    return mark + 4 + 2 * width;
            }
        }
        throw Malformed(offset, "a descriptor with the CRC and the sizes of the directory expected (§4.3.9)");
    }

    private static bool Fits(ReadOnlySpan<byte> bytes, ZipEntry entry, int mark, int width)
    {
        if (bytes.Length < mark + 4 + 2 * width || (mark > 0 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) != DescriptorMark))
            return false;
        var values = bytes[mark..];
        return BinaryPrimitives.ReadUInt32LittleEndian(values) == entry.Crc && Size(values[4..], width) == entry.PackedSize && Size(values[(4 + width)..], width) == entry.Size;
    }

    private static long Size(ReadOnlySpan<byte> bytes, int width) =>
        width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private static MalformedDataException Malformed(long offset, string rule) => new("ZIP member", offset, rule);
}
