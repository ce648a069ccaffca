using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jxl;

/// <summary>
/// JPEG XL in its container (ISO/IEC 18181-2); a bare codestream, FF 0A, has no place for a store. The store is a jumb box of the top level
/// (C2PA 2.5 §A.3.11), which is at once its outermost JUMBF box; its extent is the whole box:
/// <code>
/// 0000000C "JXL " 0D0A870A | ftyp | jumb (the store) | … | jxlc or jxlp… | brob: type 4, Brotli stream | …
/// </code>
/// </summary>
internal sealed class JxlFormat : IAssetFormat
{
    /// <summary>Bytes from a jumb box's content to the end of the label "c2pa", the description box's longer header included.</summary>
    private const int DescriptionLength = 16 + 16 + 1 + 5;

    private const string StoreStructure = "JPEG XL jumb";

    private static ReadOnlySpan<byte> Signature => [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    public string Name => "JPEG XL";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/jxl"];

    public IReadOnlyList<string> Extensions { get; } = [".jxl"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.11", "a jumb box of the container", "c2pa.hash.data", "c2pa.hash.boxes");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var packed = new JxlPackedBoxes(source, limits, cancellation);
        try
        {
            await WalkAsync(walk, packed, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // The store's box that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == StoreStructure && await StoreTrace.ExistsAsync(walk.Window).ConfigureAwait(false))
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        if (!walk.HasStore)
            await packed.ReadAsync(walk).ConfigureAwait(false);
        return walk.ToMap(this, MediaTypes[0]);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, JxlPackedBoxes packed, Limits limits)
    {
        var boxes = new JxlBoxes(walk.Window, limits);
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            string type = box.Type;
            if (type == "brob" && box.Content.Length >= 4)
            {
                type = JxlBoxes.Name((await walk.Window.AtAsync(box.Content.Offset, 4).ConfigureAwait(false)).Span);
                packed.Add(type, box);
                var stream = ByteRange.FromTo(box.Content.Offset + 4, box.Content.End);
                if (type == "xml ")
                    walk.Metadata(MetadataBlockKind.Xmp, stream, MetadataForm.Brotli);
                else if (type == "Exif")
                    walk.Metadata(MetadataBlockKind.Exif, stream, MetadataForm.BrotliOffsetExif);
            }
            else if (type == "jumb" && await IsStoreAsync(walk.Window, box).ConfigureAwait(false))
                walk.Store(new StoreLocation([box.Range], [box.Range]));
            else if (type == "xml ")
                await walk.XmpAsync(box.Content).ConfigureAwait(false);
            else if (type == "Exif")
                walk.Metadata(MetadataBlockKind.Exif, box.Content, MetadataForm.OffsetExif);
            walk.Region(box.Range, Kind(type), box.Type);
        }
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var boxes = new JxlBoxes(window, limits);
        var named = new List<NamedBox>();
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box)
        {
            bool isStore = box.Type == "jumb" && await IsStoreAsync(window, box).ConfigureAwait(false);
            // "JXL" in the example of §16.3.3.4, so without the space.
            named.Add(new NamedBox(isStore ? "C2PA" : box.Type.TrimEnd(' '), box.Range));
        }
        return named;
    }

    private static async ValueTask<bool> IsStoreAsync(ReadWindow window, JxlBox box) =>
        IsStore((await window.AtAsync(box.Content.Offset, (int)Math.Min(box.Content.Length, DescriptionLength)).ConfigureAwait(false)).Span);

    /// <summary>
    /// Whether a jumb box's content describes itself as a manifest store, by type or label: what is wrong with the other is for the reader of
    /// the store to say.
    /// <code>length 4 | "jumd" | length 8 where the first is 1 | type UUID 16 | toggles 1 | label, 0</code>
    /// </summary>
    public static bool IsStore(ReadOnlySpan<byte> content)
    {
        if (content.Length < 8 || !content[4..8].SequenceEqual("jumd"u8))
            return false;
        var description = content[(content.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 1]) && content.Length >= 16 ? 16 : 8)..];
        return description.StartsWith("c2pa\0\x11\0\x10"u8) || (description.Length >= 22 && description[17..].StartsWith("c2pa\0"u8));
    }

    /// <summary>What a box is, by its type or the type that is packed in it. A brob box may hold metadata only (ISO/IEC 18181-2 §9.7).</summary>
    private static RegionKind Kind(string type) => type switch
    {
        "jxlc" or "jxlp" or "jbrd" => RegionKind.Media,
        "JXL " or "ftyp" or "jxll" or "jxli" => RegionKind.Structure,
        "Exif" => RegionKind.Exif,
        "xml " => RegionKind.Xmp,
        "jumb" => RegionKind.OtherMetadata,
        _ => RegionKind.Unknown,
    };
}
