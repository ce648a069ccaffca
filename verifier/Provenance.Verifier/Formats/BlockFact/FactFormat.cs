using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.BlockFact;

/// <summary>
/// A BlockFact file. The manifest store is the data of its C2PA block (C2PA 2.5 §A.3.13):
/// <code>
/// FA "I"|"A"|"V" "A" 00 | length 4 | JSON metadata | media | number of blocks 2 | type 4, length 4, data | …
/// </code>
/// All numbers are big-endian. The media's length stands in the metadata; files of version 1 have no blocks.
/// </summary>
internal sealed class FactFormat(string name, char kind, string mediaType, string extension) : IAssetFormat
{
    private const int HeaderLength = 8, BlockHeaderLength = 8;

    private readonly byte[] _magic = [0xFA, (byte)kind, (byte)'A', 0];

    public static FactFormat Image { get; } = new("BlockFact image", 'I', "image/vnd.blockfact.facti", ".facti");

    public static FactFormat Audio { get; } = new("BlockFact audio", 'A', "audio/vnd.blockfact.facta", ".facta");

    public static FactFormat Video { get; } = new("BlockFact video", 'V', "video/vnd.blockfact.factv", ".factv");

    public string Name => name;

    public IReadOnlyList<string> MediaTypes { get; } = [mediaType];

    public IReadOnlyList<string> Extensions { get; } = [extension];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.13", "a C2PA block", "c2pa.hash.data");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(_magic);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            await WalkAsync(walk, source, limits, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // A C2PA block that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == "BlockFact C2PA block")
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    private async ValueTask WalkAsync(AssetWalk walk, AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var header = await ReadAsync(walk, 0, HeaderLength, name).ConfigureAwait(false);
        long length = Number(header.Span[4..]);
        if (length > source.Length - HeaderLength)
            throw new MalformedDataException(name, 4, $"{length} bytes of metadata declared, {source.Length - HeaderLength} left");
        if (length > limits.HeaderBytes)
            throw new LimitExceededException(name, 4, nameof(Limits.HeaderBytes), limits.HeaderBytes);
        var metadata = FactMetadata.Read((await source.ReadAsync(new ByteRange(HeaderLength, length), cancellation).ConfigureAwait(false)).Span, HeaderLength, limits);
        long media = HeaderLength + length;
        walk.Region(new ByteRange(0, media), RegionKind.Structure, "metadata");
        if (metadata.Version < 2 || metadata.MediaLength is not { } mediaLength)
        {
            walk.Region(ByteRange.FromTo(media, source.Length), RegionKind.Media, "media");
            if (metadata.Version >= 2)
                throw new MalformedDataException(name, HeaderLength, "media_length is missing");
            return;
        }
        if (mediaLength > source.Length - media)
            throw new MalformedDataException(name, HeaderLength, $"{mediaLength} bytes of media declared, {source.Length - media} left");
        walk.Region(new ByteRange(media, mediaLength), RegionKind.Media, "media");
        await WalkBlocksAsync(walk, media + mediaLength, source.Length).ConfigureAwait(false);
    }

    private static async ValueTask WalkBlocksAsync(AssetWalk walk, long at, long end)
    {
        var counted = await ReadAsync(walk, at, 2, "BlockFact blocks").ConfigureAwait(false);
        // 16 bits: fewer than Limits.ContainerParts.
        long count = Number(counted.Span);
        walk.Region(new ByteRange(at, 2), RegionKind.Structure, "number of blocks");
        at += 2;
        for (; count > 0; count--)
        {
            var header = await ReadAsync(walk, at, BlockHeaderLength, "BlockFact block").ConfigureAwait(false);
            bool isStore = header.Span.StartsWith("C2PA"u8);
            var data = new ByteRange(at + BlockHeaderLength, Number(header.Span[4..]));
            walk.Region(new ByteRange(at, BlockHeaderLength), RegionKind.Structure, "block header");
            if (data.End > end)
                throw new MalformedDataException(isStore ? "BlockFact C2PA block" : "BlockFact block", at, $"{data.Length} bytes declared, {end - data.Offset} left");
            walk.Region(data, RegionKind.Unknown, isStore ? "C2PA" : "block");
            if (isStore)
                walk.Store(new([data], [data]));
            at = data.End;
        }
        walk.EndsAt(at, "bytes behind the last block");
    }

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (byte b in bytes)
            value = value << 8 | b;
        return value;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(AssetWalk walk, long offset, int count, string structure)
    {
        var bytes = await walk.Window.AtAsync(offset, count).ConfigureAwait(false);
        return bytes.Length == count ? bytes : throw new MalformedDataException(structure, offset, $"{count} bytes expected, {bytes.Length} left");
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
