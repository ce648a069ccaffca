using System.Globalization;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Gif;

/// <summary>Walks the blocks of a GIF (GIF89a §17 to §27); of data it reads the lengths of the sub-blocks only.</summary>
internal sealed class GifBlocks(ReadWindow window, Limits limits)
{
    private const int HeaderLength = 6, ScreenLength = 7, DescriptorLength = 10, IdentificationLength = 11;

    /// <summary>A sub-block: length (1), data (length).</summary>
    private const int LongestSubBlock = 256;

    private long _position;
    private int _count;
    private bool _dataFollows;

    /// <summary>The next block; there is none behind the trailer.</summary>
    /// <exception cref="MalformedDataException">What is there is no block, or it reaches behind the end of the asset.</exception>
    public async ValueTask<GifBlock> NextAsync()
    {
        if (_count++ >= limits.ContainerParts)
            throw new LimitExceededException("GIF", _position, nameof(Limits.ContainerParts), limits.ContainerParts);
        var block = await ReadAsync(_position).ConfigureAwait(false);
        _position = block.Range.End;
        return block;
    }

    private async ValueTask<GifBlock> ReadAsync(long start)
    {
        if (start == 0)
            return new GifBlock("GIF89a", new ByteRange(0, HeaderLength));
        if (start == HeaderLength)
        {
            // Logical screen descriptor: width 2, height 2, packed fields 1, background 1, aspect ratio 1 (§18).
            var screen = await ReadFixedAsync(start, ScreenLength, "logical screen descriptor").ConfigureAwait(false);
            return new GifBlock("LSD", WithColourTable(start, ScreenLength, screen.Span[4]));
        }
        if (_dataFollows)
        {
            // Table based image data: LZW minimum code size 1, sub-blocks (§22).
            _dataFollows = false;
            return new GifBlock(GifBlock.ImageData, ByteRange.FromTo(start, await SkipSubBlocksAsync(start + 1, "image data", null).ConfigureAwait(false)));
        }
        var head = await window.AtAsync(start, 2).ConfigureAwait(false);
        if (head.IsEmpty)
            throw new MalformedDataException("GIF", start, "the trailer 3B is missing (§27)");
        switch (head.Span[0])
        {
            case 0x3B:
                return new GifBlock(GifBlock.Trailer, new ByteRange(start, 1));
            case 0x2C:
                // Image descriptor: 2C, left 2, top 2, width 2, height 2, packed fields 1 (§20).
                var descriptor = await ReadFixedAsync(start, DescriptorLength, "image descriptor").ConfigureAwait(false);
                _dataFollows = true;
                return new GifBlock(GifBlock.ImageDescriptor, WithColourTable(start, DescriptorLength, descriptor.Span[9]));
            case 0x21 when head.Length == 2:
                return await ReadExtensionAsync(start, head.Span[1]).ConfigureAwait(false);
            default:
                throw new MalformedDataException("GIF block", start, $"an extension, an image or the trailer expected, 0x{head.Span[0]:X2} found");
        }
    }

    /// <summary>21, label, sub-blocks (§23 to §26); the first of an application extension has its identification.</summary>
    private async ValueTask<GifBlock> ReadExtensionAsync(long start, byte label)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"21{label:X2}");
        if (name != GifBlock.Application)
            return new GifBlock(name, ByteRange.FromTo(start, await SkipSubBlocksAsync(start + 2, name, null).ConfigureAwait(false)));

        var head = await window.AtAsync(start + 2, 1 + IdentificationLength + 1).ConfigureAwait(false);
        int length = head.IsEmpty ? 0 : head.Span[0];
        string identification = ReadIdentification(head.Span);
        bool isStore = identification.StartsWith(GifFormat.StoreIdentifier, StringComparison.Ordinal);
        // An XMP packet stands there as it is, but some writers cut it into sub-blocks.
        bool isCutXmp = identification == GifFormat.XmpIdentification && head.Span[^1] != '<';
        var pieces = isStore || isCutXmp ? new List<ByteRange>() : null;
        long end = await SkipSubBlocksAsync(start + 2, isStore ? GifFormat.StoreIdentifier : name, pieces).ConfigureAwait(false);
        return new GifBlock(name, ByteRange.FromTo(start, end))
        {
            Identification = identification,
            IdentificationLength = length,
            Pieces = pieces is { Count: > 0 } ? pieces[1..] : [],
        };
    }

    /// <summary>Whatever length the sub-block gives itself: of a store's extension no byte is hashed, and none may hide it.</summary>
    private static string ReadIdentification(ReadOnlySpan<byte> head) =>
        head.Length > IdentificationLength ? Encoding.Latin1.GetString(head.Slice(1, IdentificationLength)) : "";

    private async ValueTask<ReadOnlyMemory<byte>> ReadFixedAsync(long start, int length, string structure)
    {
        var bytes = await window.AtAsync(start, length).ConfigureAwait(false);
        return bytes.Length == length ? bytes : throw Short(structure, start);
    }

    /// <summary>Packed fields: bit 7 says whether a table of 2^(bits 0 to 2 + 1) colours of 3 bytes follows (§18, §20).</summary>
    private ByteRange WithColourTable(long start, int length, byte packed)
    {
        long end = start + length + ((packed & 0x80) != 0 ? 3 << ((packed & 7) + 1) : 0);
        return end <= window.Length ? ByteRange.FromTo(start, end) : throw Short("colour table", start + length);
    }

    /// <summary>The end of the sub-blocks that start at <paramref name="position"/>, their terminator included (§15, §16).</summary>
    private async ValueTask<long> SkipSubBlocksAsync(long position, string structure, List<ByteRange>? pieces)
    {
        while (true)
        {
            var bytes = await window.FromAsync(position, LongestSubBlock).ConfigureAwait(false);
            int skipped = SkipWhole(bytes.Span, position, pieces, out bool ended);
            position += skipped;
            if (ended)
                return position;
            if (skipped == 0)
                throw Short(structure, position);
        }
    }

    /// <summary>Steps over the sub-blocks that lie in the bytes at hand as a whole.</summary>
    private int SkipWhole(ReadOnlySpan<byte> bytes, long position, List<ByteRange>? pieces, out bool ended)
    {
        ended = false;
        int at = 0;
        while (at < bytes.Length)
        {
            int length = bytes[at];
            if (length == 0)
            {
                ended = true;
                return at + 1;
            }
            if (length >= bytes.Length - at)
                break;
            // A store in pieces of one byte each would cost forty times its length.
            if (pieces?.Count >= limits.ContainerParts)
                throw new LimitExceededException("GIF sub-blocks", position + at, nameof(Limits.ContainerParts), limits.ContainerParts);
            pieces?.Add(new ByteRange(position + at + 1, length));
            at += 1 + length;
        }
        return at;
    }

    private static MalformedDataException Short(string structure, long offset) => new($"GIF {structure}", offset, "the file ends inside it");
}
