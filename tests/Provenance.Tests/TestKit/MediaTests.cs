using System.Buffers.Binary;
using System.IO.Compression;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>Pictures carry stores where the map says, and nothing else changes.</summary>
public sealed class MediaTests
{
    private static readonly byte[] s_store = TestBox.Super("c2pa", "c2pa", TestBox.Content("free", Seeded.Bytes("store", 2001))).ToBytes();

    public static TheoryData<string> Formats => ["jpg", "jpg in pieces", "jpg last", "png", "png last", "webp", "webp first"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_byte_of_the_store_is_where_the_map_says(string format)
    {
        Embedding embedding = Image(format).Embed(s_store);

        for (int i = 0; i < s_store.Length; i++)
            Assert.Equal(s_store[i], embedding.Bytes[embedding.FileOffset(i)]);
        Assert.All(embedding.Pieces, p => Assert.InRange(p.FileOffset, embedding.Extent.Start, embedding.Extent.End - p.Length));
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("jpg in pieces")]
    [InlineData("png")]
    public void Without_the_stores_range_the_file_is_as_before(string format)
    {
        Embedding embedding = Image(format).Embed(s_store);

        Assert.Equal(Image(format).Bytes, embedding.Without(embedding.Extent));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Boxes_cover_the_file_without_gaps_and_one_of_them_is_the_store(string format)
    {
        Embedding embedding = Image(format).Embed(s_store);
        IReadOnlyList<NamedBox> boxes = embedding.Carrier.Boxes(embedding.Bytes);

        Assert.Equal(0, boxes[0].Extent.Start);
        Assert.Equal(embedding.Bytes.Length, boxes[^1].Extent.End);
        Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.Equal(pair.First.Extent.End, pair.Second.Extent.Start));
        Extent store = Assert.Single(boxes, b => b.Name == "C2PA").Extent;
        Assert.Equal(embedding.Extent.Start, store.Start);
        Assert.InRange(store.End - embedding.Extent.End, 0, format.StartsWith("webp", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public void A_JPEG_splits_the_store_and_numbers_the_pieces()
    {
        IReadOnlyList<byte[]> segments = (TestJpeg.Small() with { FirstPacket = 7, Instance = 9 }).InPiecesOf(1000).Split(s_store);

        Assert.Equal(3, segments.Count);
        Assert.Equal([7u, 8u, 9u], segments.Select(s => BinaryPrimitives.ReadUInt32BigEndian(s.AsSpan(8))));
        Assert.All(segments, s => Assert.Equal("FFEB", Convert.ToHexString(s.AsSpan(0, 2))));
        Assert.All(segments, s => Assert.Equal(s.Length - 2, BinaryPrimitives.ReadUInt16BigEndian(s.AsSpan(2))));
        Assert.All(segments, s => Assert.Equal(9, BinaryPrimitives.ReadUInt16BigEndian(s.AsSpan(6))));
        Assert.Equal(s_store, (byte[])[.. s_store[..8], .. segments.SelectMany(s => s[20..])]);
    }

    [Fact]
    public void A_PNG_inflates_to_the_pixels()
    {
        TestPicture picture = TestPicture.Gradient(5, 3);
        TestPng png = TestPng.Of(picture) with { ImageDataSize = 7 };
        byte[] file = png.Bytes;
        byte[] data = [.. png.Boxes(file).Where(b => b.Name == "IDAT").SelectMany(b => file[((int)b.Extent.Start + 8)..((int)b.Extent.End - 4)])];
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress)) zlib.CopyTo(pixels);

        Assert.Equal(picture.Rgb, pixels.ToArray().Chunk(16).SelectMany(row => row[1..]));
    }

    [Fact]
    public void A_PNG_chunk_has_the_known_checksum() =>
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(TestPng.Chunk("IEND", [])));

    [Fact]
    public void A_WebP_says_its_own_length_with_an_odd_store()
    {
        Assert.Equal(1, s_store.Length % 2);
        byte[] file = TestWebP.Small().Embed(s_store).Bytes;

        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(0, file.Length % 2);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("webp")]
    public void A_big_picture_is_about_as_big_as_asked(string format)
    {
        int length = (format switch
        {
            "jpg" => (TestAsset)TestJpeg.OfAbout(600_000),
            "png" => TestPng.OfAbout(600_000),
            _ => TestWebP.OfAbout(600_000),
        }).Bytes.Length;

        Assert.InRange(length, 500_000, 700_000);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_filler_is_exactly_as_long_as_asked(string format) => Assert.Equal(64, Image(format).Filler(64, "x"u8).Length);

    private static TestAsset Image(string format) => format switch
    {
        "jpg" => TestJpeg.Small().WithExif().WithXmp(),
        "jpg in pieces" => TestJpeg.Small().InPiecesOf(300),
        "jpg last" => TestJpeg.Small() with { Place = JpegPlace.BeforeEndOfImage },
        "png" => TestPng.Small().WithExif().WithText("Comment", "x"),
        "png last" => TestPng.Small().StoreAt(PngPlace.BehindImageData),
        "webp" => TestWebP.Small().WithExif().WithXmp(),
        _ => TestWebP.Small() with { StoreFirst = true },
    };
}
