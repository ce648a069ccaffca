using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>
/// Walks the pages from the file's first byte on; reads their headers only. Their number is not limited, since a film has as many as
/// it has seconds; what is kept of them is.
/// </summary>
internal sealed class OggPages(ReadWindow window)
{
    /// <summary>Of polynomial 04C11DB7, not reflected (RFC 3533 §6).</summary>
    private static readonly uint[] s_crc = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Offset of the next page.</summary>
    public long Position { get; private set; }

    /// <summary>The next page; null at the end of the asset.</summary>
    /// <exception cref="MalformedDataException">Something else stands there, or the page reaches behind the end of the asset.</exception>
    public async ValueTask<OggPage?> NextAsync()
    {
        if (Position == window.Length)
            return null;
        var page = OggPage.Read((await window.AtAsync(Position, OggPage.LongestHeader).ConfigureAwait(false)).Span, Position);
        if (page.Range.End > window.Length)
            throw new MalformedDataException("Ogg page", Position, $"{page.Range.Length} bytes expected, the file ends after {window.Length - Position}");
        Position = page.Range.End;
        return page;
    }

    /// <summary>Whether a page's checksum is right; it guards against accidents only. The longest page is no longer than a block of the window.</summary>
    public async ValueTask<bool> IsChecksumRightAsync(OggPage page) =>
        IsChecksumRight((await window.AtAsync(page.Range.Offset, (int)page.Range.Length).ConfigureAwait(false)).Span);

    private static bool IsChecksumRight(ReadOnlySpan<byte> page)
    {
        uint crc = 0;
        for (int at = 0; at < page.Length; at++)
            crc = (crc << 8) ^ s_crc[(crc >> 24) ^ (at is >= OggPage.ChecksumOffset and < OggPage.ChecksumOffset + 4 ? 0u : page[at])];
        return BinaryPrimitives.ReadUInt32LittleEndian(page[OggPage.ChecksumOffset..]) == crc;
    }

    private static uint Entry(int index)
    {
        uint value = (uint)index << 24;
        for (int bit = 0; bit < 8; bit++)
            value = (value & 0x80000000) != 0 ? (value << 1) ^ 0x04C11DB7 : value << 1;
        return value;
    }
}
