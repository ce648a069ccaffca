using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Font;

/// <summary>
/// What a font's C2PA table holds (C2PA 2.5 §A.3.12.2); all offsets are from its start, 0 for what is absent:
/// <code>
/// majorVersion 2 | minorVersion 2 | uriOffset 4 | uriLength 2 | reserved 2 | storeOffset 4 | storeLength 4 | uri | store
/// </code>
/// No hash covers the table, so nothing but zeros may stand beside the two.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Store">The manifest store; null where there is none.</param>
/// <param name="Uri">Where a store is said to be; null where nothing is said.</param>
internal sealed record ManifestTable(ByteRange Table, ByteRange? Store, string? Uri)
{
    private const int HeaderLength = 20;

    /// <summary>Versions 0 and 1 have the same fields; the one public font says 0.1.</summary>
    private const int NewestMajor = 1;

    private const string Structure = "font C2PA";

    /// <exception cref="MalformedDataException">The table holds something else.</exception>
    public static async ValueTask<ManifestTable> ReadAsync(ReadWindow window, ByteRange table)
    {
        var head = await window.AtAsync(table.Offset, (int)Math.Min(HeaderLength, table.Length)).ConfigureAwait(false);
        var (uri, store) = ReadHeader(head.Span, table);
        var parts = new List<ByteRange> { new(table.Offset, HeaderLength) };
        parts.AddRange(new[] { uri, store }.OfType<ByteRange>());
        parts.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        for (int i = 1; i < parts.Count; i++)
        {
            if (parts[i].Offset < parts[i - 1].End)
                throw new MalformedDataException(Structure, parts[i].Offset, "the parts of the table overlap");
        }
        long at = table.Offset;
        foreach (var part in parts.Append(new ByteRange(table.End, 0)))
        {
            await RequireZerosAsync(window, ByteRange.FromTo(at, part.Offset)).ConfigureAwait(false);
            at = part.End;
        }
        return new ManifestTable(table, store, uri is null ? null : ReadUri((await window.AtAsync(uri.Offset, (int)uri.Length).ConfigureAwait(false)).Span, uri.Offset));
    }

    private static (ByteRange? Uri, ByteRange? Store) ReadHeader(ReadOnlySpan<byte> head, ByteRange table)
    {
        var cursor = new ByteCursor(head, Structure, table.Offset);
        int major = cursor.ReadUInt16BigEndian();
        cursor.Skip(2);
        long uriOffset = cursor.ReadUInt32BigEndian(), uriLength = cursor.ReadUInt16BigEndian();
        cursor.Skip(2);
        long storeOffset = cursor.ReadUInt32BigEndian(), storeLength = cursor.ReadUInt32BigEndian();
        if (major > NewestMajor)
            throw new MalformedDataException(Structure, table.Offset, $"version {major} of the table is not known");
        return (Part(uriOffset, uriLength), Part(storeOffset, storeLength));

        ByteRange? Part(long offset, long length)
        {
            if (offset == 0 && length == 0)
                return null;
            return offset >= HeaderLength && length > 0 && length <= table.Length - offset
                ? new ByteRange(table.Offset + offset, length)
                : throw new MalformedDataException(Structure, table.Offset, $"{length} bytes at {offset} do not lie in the table's {table.Length} bytes");
        }
    }

    private static string ReadUri(ReadOnlySpan<byte> bytes, long offset) =>
        bytes.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) ? throw new MalformedDataException(Structure, offset, "a URI has printable ASCII characters only (RFC 3986 §2)") : Encoding.ASCII.GetString(bytes);

    private static async ValueTask RequireZerosAsync(ReadWindow window, ByteRange range)
    {
        for (long at = range.Offset; at < range.End;)
        {
            var bytes = await window.FromAsync(at, 1).ConfigureAwait(false);
            int count = (int)Math.Min(bytes.Length, range.End - at);
            if (bytes.Span[..count].ContainsAnyExcept((byte)0))
                throw new MalformedDataException(Structure, at, "bytes that belong to nothing");
            at += count;
        }
    }
}
