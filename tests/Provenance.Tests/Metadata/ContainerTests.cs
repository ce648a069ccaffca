using System.IO.Compression;
using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

/// <summary>Each container gives the blocks it holds.</summary>
public sealed class ContainerTests
{
    private static readonly byte[] Exif = new TestExif().With(0x010F, "Maker & Co").Taken(0xA431, "SN-7").ToBytes();
    private static readonly string Xmp = TestMetadata.XmpOf("xmp:CreatorTool=\"Tool 1\"");

    private static readonly Dictionary<string, Func<byte[]>> WithBoth = new()
    {
        ["JPEG"] = () => TestJpeg.Small().WithExif(Exif).WithXmp(Xmp).Bytes,
        ["PNG"] = () => TestPng.Small().WithExif(Exif).WithXmp(Xmp).Bytes,
        ["WebP"] = () => TestWebP.Small().WithExif(Exif).WithXmp(Xmp).Bytes,
        ["WebP with the name that JPEG needs"] = () => TestWebP.Small().WithExif([.. "Exif\0\0"u8, .. Exif]).WithXmp(Xmp).Bytes,
        ["JPEG XL"] = () => TestJxl.Small().WithBox(TestJxl.Box("Exif", [0, 0, 0, 0, .. Exif])).WithXmp(Xmp).Bytes,
        ["JPEG XL, packed"] = () => TestJxl.Small().WithBox(TestJxl.Packed("Exif", [0, 0, 0, 0, .. Exif])).WithXmp(Xmp, isPacked: true).Bytes,
        ["HEIC"] = () => TestHeif.Heic().WithExifItem(Exif).WithXmpItem(Xmp).Bytes,
        ["AVIF"] = () => TestHeif.Avif().WithExifItem(Exif).WithXmpItem(Xmp).Bytes,
    };

    public static TheoryData<string> Names => [.. WithBoth.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Exif_and_XMP_are_found_in_it(string container)
    {
        var metadata = await Reading.OfAsync(WithBoth[container]());

        Assert.Equal(["camera.make = Maker & Co", "device.serial = SN-7", "software = Tool 1"], Reading.Told(metadata));
        Assert.Equal([MetadataBlockKind.Exif, MetadataBlockKind.Exif, MetadataBlockKind.Xmp], metadata.Fields.Select(field => field.Block));
        Assert.Empty(metadata.Unreadable);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_tags_of_a_TIFF_are_its_EXIF(bool isBigEndian, bool isBigTiff)
    {
        var tiff = TestTiff.Of(TestPicture.Gradient()) with
        {
            BigEndian = isBigEndian,
            IsBig = isBigTiff,
            Entries =
            [
                (0x010F, 2, "Maker & Co\0"u8.ToArray()), (700, 1, Encoding.UTF8.GetBytes(Xmp)),
                (33723, 7, TestMetadata.Iptc((2, 80, "A. Writer"))), (34675, 7, TestMetadata.Profile("Grey")),
            ],
        };

        Assert.Equal(["camera.make = Maker & Co", "software = Tool 1", "creator = A. Writer", "colour.profile = Grey"], Reading.Told(await Reading.OfAsync(tiff.Bytes)));
    }

    [Fact]
    public async Task A_DNG_tells_of_its_camera()
    {
        var dng = TestTiff.Of(TestPicture.Gradient()) with { IsDng = true, Entries = [(0xC62F, 2, "0042\0"u8.ToArray())] };

        Assert.Equal(["device.serial = 0042"], Reading.Told(await Reading.OfAsync(dng.Bytes)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_GIF_has_XMP_and_comments(bool inSubBlocks)
    {
        string words = string.Concat(Enumerable.Repeat("long words. ", 50));
        var gif = TestGif.Small().WithComment(words).WithXmp(Xmp, inSubBlocks);

        Assert.Equal(["software = Tool 1", $"caption.comment = {words.Trim()}"], Reading.Told(await Reading.OfAsync(gif.Bytes)));
    }

    [Fact]
    public async Task A_JPEG_has_comments_IPTC_among_Photoshops_resources_and_a_profile_in_pieces()
    {
        byte[] profile = TestMetadata.Profile("Piecemeal", 1000);
        byte[] resources = TestMetadata.PhotoshopResources((0x03ED, new byte[15]), (0x0404, TestMetadata.Iptc((2, 105, "A headline"))));
        var jpeg = TestJpeg.Small().WithComment("a comment")
            .WithSegment(0xE2, [.. "ICC_PROFILE\0"u8, 2, 2, .. profile[500..]]).WithSegment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 2, .. profile[..500]])
            // One text, cut where the first segment was full.
            .WithSegment(0xED, [.. "Photoshop 3.0\0"u8, .. resources[..20]]).WithSegment(0xED, [.. "Photoshop 3.0\0"u8, .. resources[20..]]);

        Assert.Equal(["caption.headline = A headline", "caption.comment = a comment", "colour.profile = Piecemeal"], Reading.Told(await Reading.OfAsync(jpeg.Bytes)));
    }

    [Fact]
    public async Task Extended_XMP_is_put_together()
    {
        byte[] packet = Encoding.UTF8.GetBytes(TestMetadata.XmpOf("photoshop:Headline=\"far behind\""));
        byte[] Piece(int from, int to, string digest = "0123456789ABCDEF0123456789ABCDEF") =>
            [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. Encoding.ASCII.GetBytes(digest), .. BmffWriter.U32(packet.Length), .. BmffWriter.U32(from), .. packet[from..to]];
        var jpeg = TestJpeg.Small().WithXmp(Xmp).WithSegment(0xE1, Piece(100, packet.Length));

        Assert.Equal(["software = Tool 1", "caption.headline = far behind"], Reading.Told(await Reading.OfAsync(jpeg.WithSegment(0xE1, Piece(0, 100)).Bytes)));
        foreach (var broken in new[] { jpeg, jpeg.WithSegment(0xE1, Piece(0, 99)), jpeg.WithSegment(0xE1, Piece(0, 100, new string('F', 32))), jpeg.WithSegment(0xE1, Piece(0, 100)[..60]) })
        {
            var metadata = await Reading.OfAsync(broken.Bytes);
            Assert.Equal(["software = Tool 1"], Reading.Told(metadata));
            Assert.Equal((MetadataBlockKind.Xmp, UnreadableReason.Malformed), (Assert.Single(metadata.Unreadable).Block, metadata.Unreadable[0].Reason));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(0, 1)]
    public async Task A_profile_of_which_a_piece_is_missing_is_not_read(int number, int count)
    {
        var metadata = await Reading.OfAsync(TestJpeg.Small().WithSegment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. TestMetadata.Profile("Whole")]).Bytes);

        bool isWhole = (number, count) == (1, 1);
        Assert.Equal(isWhole ? ["colour.profile = Whole"] : [], Reading.Told(metadata));
        Assert.Equal(isWhole ? 0 : 1, metadata.Unreadable.Count);
    }

    [Fact]
    public async Task A_PNG_has_text_in_three_forms_and_a_packed_profile()
    {
        var png = TestPng.Small().WithText("Author", "A. Latin")
            .WithChunk("zTXt", [.. "Title\0\0"u8, .. Zlib("packed"u8)])
            .WithChunk("iTXt", [.. "Description\0\0\0de\0Beschreibung\0"u8, .. "Größe"u8])
            .WithChunk("iTXt", [.. "Copyright\0\u0001\0\0\0"u8, .. Zlib("© packed"u8)])
            .WithChunk("iCCP", [.. "name\0\0"u8, .. Zlib(TestMetadata.Profile("Packed profile"))]);

        Assert.Equal(["caption.title = packed", "caption.description = Größe", "creator = A. Latin", "rights = © packed", "colour.profile = Packed profile"],
            Reading.Told(await Reading.OfAsync(png.Bytes)));
    }

    [Fact]
    public async Task XMP_that_is_packed_in_a_PNG_is_read_too()
    {
        var png = TestPng.Small().WithChunk("iTXt", [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. Zlib(Encoding.UTF8.GetBytes(Xmp))]);

        Assert.Equal(["software = Tool 1"], Reading.Told(await Reading.OfAsync(png.Bytes)));
    }

    [Theory]
    [InlineData("tEXt", "no zero")]
    [InlineData("tEXt", "\0text without a keyword")]
    [InlineData("zTXt", "Title\0")]
    [InlineData("zTXt", "Title\0\u0001x")]
    [InlineData("zTXt", "Title\0\0no zlib")]
    [InlineData("iTXt", "Title\0\u0002\0\0\0x")]
    [InlineData("iTXt", "Title\0\0\0no end")]
    [InlineData("iCCP", "name")]
    [InlineData("iCCP", "name\0\u0001x")]
    public async Task A_chunk_that_breaks_its_rules_is_told(string type, string data)
    {
        var metadata = await Reading.OfAsync(TestPng.Small().WithChunk(type, Encoding.Latin1.GetBytes(data)).WithText("Title", "still here").Bytes);

        Assert.Equal(["caption.title = still here"], Reading.Told(metadata));
        Assert.Equal(UnreadableReason.Malformed, Assert.Single(metadata.Unreadable).Reason);
    }

    [Fact]
    public async Task A_keyword_has_at_most_79_bytes()
    {
        string longest = new('k', 79);
        Assert.Empty((await Reading.OfAsync(TestPng.Small().WithText(longest, "x").Bytes)).Unreadable);
        Assert.Single((await Reading.OfAsync(TestPng.Small().WithText(longest + "k", "x").Bytes)).Unreadable);
    }

    [Fact]
    public async Task A_PDF_and_an_SVG_have_XMP()
    {
        Assert.Equal(["software = Tool 1"], Reading.Told(await Reading.OfAsync((TestPdf.Small() with { Xmp = Xmp }).Bytes)));
        Assert.Equal(["software = Tool 1"], Reading.Told(await Reading.OfAsync((TestXml.Svg() with { Metadata = Xmp }).Bytes)));
    }

    [Fact]
    public async Task A_film_has_XMP_and_tags()
    {
        byte[] Data(string text) => BmffWriter.Box("data", BmffWriter.U32(1), BmffWriter.U32(0), Encoding.UTF8.GetBytes(text));
        byte[] quickTime = BmffWriter.Box("udta",
            BmffWriter.Box("©xyz", BmffWriter.U16(24), BmffWriter.U16(0), "+37.5665-126.9780+025.5/"u8.ToArray()),
            BmffWriter.FullBox("meta", 0, 0, BmffWriter.FullBox("hdlr", 0, 0, new byte[20]), BmffWriter.Box("ilst", BmffWriter.Box("©too", Data("Encoder 1")))));
        byte[] keyed = BmffWriter.Box("meta", BmffWriter.FullBox("hdlr", 0, 0, new byte[20]),
            BmffWriter.FullBox("keys", 0, 0, BmffWriter.U32(2), BmffWriter.Box("mdta", "com.apple.quicktime.make"u8.ToArray()), BmffWriter.Box("mdta", "com.apple.quicktime.creationdate"u8.ToArray())),
            BmffWriter.Box("ilst", BmffWriter.Box("\0\0\0\u0001", Data("Phone & Co")), BmffWriter.Box("\0\0\0\u0002", Data("2026-03-01T10:00:00+0900"))));
        var film = TestMovie.Mov() with { MovieChange = (movie, _) => BmffWriter.Box("moov", movie[8..], quickTime, keyed), MediaFirst = true };

        var metadata = await Reading.OfAsync(film.WithXmp(Xmp).Bytes);

        Assert.Equal(["camera.make = Phone & Co", "time.original = 2026-03-01T10:00:00+0900", "location.latitude = 37.5665", "location.longitude = -126.978", "location.altitude = 25.5", "software = Tool 1", "software = Encoder 1"],
            Reading.Told(metadata));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(9)), metadata.Fields[1].Time!.Exact);
    }

    [Fact]
    public async Task A_file_without_any_block_has_an_empty_report()
    {
        var report = await Reading.ReportAsync(TestPng.Small().Bytes);

        Assert.False(report.MayHaveMetadata);
        Assert.Same(MetadataReport.Empty, report.Metadata);
        Assert.True((await Reading.ReportAsync(TestPng.Small().WithText("a", "b").Bytes)).MayHaveMetadata);
    }

    internal static byte[] Zlib(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }
}
