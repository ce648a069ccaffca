using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Gif;

/// <summary>
/// GIF87a and GIF89a. The manifest store is the data of an application extension before the first image (C2PA 2.5 §A.3.10), cut into
/// sub-blocks; its extent is the whole extension:
/// <code>
/// "GIF89a" | screen descriptor [colour table] | 21 FF 0B "C2PA_GIF" 01 00 00 (length 1 | data)… 00 | … | 2C image… | 3B
/// </code>
/// </summary>
internal sealed class GifFormat : IAssetFormat
{
    public const string StoreIdentifier = "C2PA_GIF";

    private const string StoreVersion = "\u0001\0\0", StoreStructure = "GIF " + StoreIdentifier;

    /// <summary>XMP specification part 3 §1.1.2.</summary>
    public const string XmpIdentification = "XMP DataXMP";

    /// <summary>01, FF … 00, and the terminator: whoever takes the packet's bytes for lengths of sub-blocks comes to the end through these.</summary>
    private const int XmpTrailerLength = 258;

    public string Name => "GIF";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/gif"];

    public IReadOnlyList<string> Extensions { get; } = [".gif"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.10", "an application extension C2PA_GIF", "c2pa.hash.data", "c2pa.hash.boxes");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            await WalkAsync(walk, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // An extension of the store's name that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == StoreStructure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>Walks to the first image; farther only if no store stands where it should.</summary>
    private static async ValueTask WalkAsync(AssetWalk walk, Limits limits)
    {
        var blocks = new GifBlocks(walk.Window, limits);
        bool sawImage = false;
        GifBlock block;
        do
        {
            block = await blocks.NextAsync().ConfigureAwait(false);
            if (block.Name == GifBlock.ImageDescriptor)
            {
                if (walk.HasStore && !sawImage)
                    return;
                sawImage = true;
            }
            walk.Region(block.Range, Kind(block), block.Name);
            if (IsStore(block))
                AddStore(walk, block, sawImage);
            else if (block.Identification == XmpIdentification)
                await ReadXmpAsync(walk, block).ConfigureAwait(false);
            else if (block.Name == "21FE")
                walk.Metadata(MetadataBlockKind.Comment, ByteRange.FromTo(block.Range.Offset + 2, block.Range.End), MetadataForm.GifSubBlocks);
        }
        while (block.Name != GifBlock.Trailer);
        walk.EndsAt(block.Range.End, "behind the trailer");
    }

    private static bool IsStore(GifBlock block) => block.Identification.StartsWith(StoreIdentifier, StringComparison.Ordinal);

    private static void AddStore(AssetWalk walk, GifBlock block, bool sawImage)
    {
        // None of these bytes are hashed, so none of them may make a store vanish.
        if (block.IdentificationLength != 11)
        {
            walk.StoreFault(new MalformedDataException(StoreStructure, block.Range.Offset + 2, $"an identification of 11 bytes expected (GIF89a §26), {block.IdentificationLength} found"));
            return;
        }
        if (!block.Identification.EndsWith(StoreVersion, StringComparison.Ordinal))
        {
            walk.StoreFault(new MalformedDataException(StoreStructure, block.Range.Offset + 11, "version 1.0 expected (C2PA 2.5 §A.3.10)"));
            return;
        }
        walk.Store(new StoreLocation([block.Range], block.Pieces));
        if (sawImage)
            walk.Note(block.Range.Offset, "the manifest store lies behind an image (C2PA 2.5 §A.3.10 wants it before the first)");
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var blocks = new GifBlocks(new ReadWindow(source, cancellation), limits);
        var boxes = new List<NamedBox>();
        GifBlock block;
        do
        {
            block = await blocks.NextAsync().ConfigureAwait(false);
            boxes.Add(new NamedBox(IsStore(block) ? "C2PA" : block.Name, block.Range));
        }
        while (block.Name != GifBlock.Trailer);
        return boxes;
    }

    private static RegionKind Kind(GifBlock block) => block switch
    {
        { Identification: XmpIdentification } => RegionKind.Xmp,
        { Identification: "ICCRGBG1012" } => RegionKind.ColourProfile,
        { Identification: "NETSCAPE2.0" or "ANIMEXTS1.0" } => RegionKind.Structure,
        { Name: GifBlock.ImageDescriptor or GifBlock.ImageData } => RegionKind.Media,
        { Name: "2101" } => RegionKind.Media, // plain text is rendered
        { Name: "21FE" } => RegionKind.OtherMetadata,
        { Name: GifBlock.Application } => RegionKind.Unknown,
        _ => RegionKind.Structure,
    };

    private static async ValueTask ReadXmpAsync(AssetWalk walk, GifBlock block)
    {
        if (block.Pieces.Count > 0)
            await walk.XmpAsync(block.Pieces, cutOff: XmpTrailerLength - 1).ConfigureAwait(false);
        else if (block.Data.Length > XmpTrailerLength)
            await walk.XmpAsync(block.Data with { Length = block.Data.Length - XmpTrailerLength }).ConfigureAwait(false);
    }
}
