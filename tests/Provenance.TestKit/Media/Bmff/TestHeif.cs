using System.Text;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>
/// A still picture in items (ISO 23008-12): the picture, a smaller one of it, and XMP, found through <c>meta</c>. A HEIF holds
/// JPEGs, which programs show; HEIC and AVIF hold bytes that no decoder reads, in boxes that all of them do.
/// </summary>
public sealed record TestHeif : TestBmff
{
    private readonly string _format, _mediaType, _extension, _codec;
    private readonly IReadOnlyList<string> _brands;
    private readonly byte[] _configuration;

    private TestHeif(string format, string mediaType, string extension, string codec, byte[] configuration, byte[] picture, byte[] thumbnail, params string[] brands) =>
        (_format, _mediaType, _extension, _codec, _configuration, _brands, Items) = (format, mediaType, extension, codec, configuration, brands, [picture, thumbnail]);

    /// <summary>What the items hold: the picture first, its thumbnail second.</summary>
    public IReadOnlyList<byte[]> Items { get; init; }

    /// <summary>Number of the item that is shown.</summary>
    public int Primary { get; init; } = 1;

    /// <summary>An item with an XMP packet.</summary>
    public byte[]? XmpItem { get; init; }

    /// <summary>An item with EXIF, behind the offset of its header.</summary>
    public byte[]? ExifItem { get; init; }

    /// <summary>Changes <c>meta</c>, given where the items begin.</summary>
    public Func<byte[], long, byte[]>? MetaChange { get; init; }

    public override string Format => _format;

    public override string MediaType => _mediaType;

    public override string Extension => _extension;

    protected override IReadOnlyList<string> Brands => _brands;

    public static TestHeif Heif() => new("HEIF", "image/heif", "heif", "jpeg", [],
        TestJpeg.Of(TestPicture.Gradient()).Bytes, TestJpeg.Of(TestPicture.Gradient(16, 16)).Bytes, "mif1", "jpeg");

    public static TestHeif Heic() => Heic(Seeded.Bytes("heic", 700));

    public static TestHeif Heic(byte[] picture) => new("HEIC", "image/heic", "heic", "hvc1",
        // ISO 14496-15 §8.3.3: Main Still Picture, 4:2:0, 8 bits, lengths of four bytes, no parameter sets.
        Box("hvcC", [1, 3, 0x70, 0, 0, 0, 0xB0, 0, 0, 0, 0, 0, 30, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F, 0]),
        Join(U32(picture.Length), picture), Join(U32(100), Seeded.Bytes("heic thumbnail", 100)), "heic", "mif1");

    public static TestHeif Avif() => Avif(Seeded.Bytes("avif", 700));

    public static TestHeif Avif(byte[] picture) => new("AVIF", "image/avif", "avif", "av01",
        Box("av1C", [0x81, 0, 0x0C, 0]), picture, Seeded.Bytes("avif thumbnail", 100), "avif", "mif1", "miaf");

    public TestHeif WithXmpItem(string? packet = null) => this with { XmpItem = Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()) };

    public TestHeif WithExifItem(byte[]? tiff = null) => this with { ExifItem = [0, 0, 0, 0, .. tiff ?? TestMetadata.Exif()] };

    protected override IReadOnlyList<byte[]> Roots(long start)
    {
        byte[] media = MediaBox(Join([.. Items, XmpItem ?? [], ExifItem ?? []]));
        byte[] Meta(long at) => WriteMeta(at) is var meta && MetaChange is { } change ? change(meta, at) : meta;
        return MediaFirst ? [media, Meta(start + MediaHeader)] : [Meta(start + Meta(0).Length + MediaHeader), media];
    }

    // ISO 14496-12 §8.11: handler, primary item, locations, kinds, references, properties.
    private byte[] WriteMeta(long media)
    {
        List<byte[]> all = [.. Items];
        if (XmpItem is not null) all.Add(XmpItem);
        if (ExifItem is not null) all.Add(ExifItem);
        List<byte[]> locations = [];
        foreach ((int i, byte[] item) in all.Index())
        {
            // Item, how (in the file), which file (this), one extent: offset and length.
            locations.Add(Join(U16(i + 1), U16(0), U16(0), U16(1), U32(media), U32(item.Length)));
            media += item.Length;
        }
        byte[] Kind(int item, string type, params byte[][] more) => FullBox("infe", 2, 0, [U16(item), U16(0), FourCc(type), [0], .. more]);
        List<byte[]> kinds = [.. Items.Select((_, i) => Kind(i + 1, _codec))], references = [];
        for (int i = 1; i < Items.Count; i++) references.Add(Box("thmb", U16(i + 1), U16(1), U16(1)));
        if (XmpItem is not null)
        {
            kinds.Add(Kind(Items.Count + 1, "mime", NulText("application/rdf+xml"), NulText("")));
            references.Add(Box("cdsc", U16(Items.Count + 1), U16(1), U16(1)));
        }
        if (ExifItem is not null)
        {
            kinds.Add(Kind(all.Count, "Exif"));
            references.Add(Box("cdsc", U16(all.Count), U16(1), U16(1)));
        }
        byte[][] properties = [FullBox("ispe", 0, 0, U32(64), U32(64)), FullBox("ispe", 0, 0, U32(16), U32(16)), FullBox("pixi", 0, 0, [3, 8, 8, 8])];
        byte[] Uses(int item, int size) => _configuration.Length > 0 ? [.. U16(item), 3, (byte)size, 3, 0x84] : [.. U16(item), 2, (byte)size, 3];
        byte[][] uses = [.. Items.Select((_, i) => Uses(i + 1, i == 0 ? 1 : 2))];
        return FullBox("meta", 0, 0,
            FullBox("hdlr", 0, 0, U32(0), FourCc("pict"), new byte[12], [0]),
            FullBox("pitm", 0, 0, U16(Primary)),
            FullBox("iloc", 1, 0, [0x44, 0], U16(all.Count), Join([.. locations])),
            FullBox("iinf", 0, 0, U16(all.Count), Join([.. kinds])),
            FullBox("iref", 0, 0, Join([.. references])),
            Box("iprp", Box("ipco", [.. properties, _configuration]), FullBox("ipma", 0, 0, U32(uses.Length), Join(uses))));
    }
}
