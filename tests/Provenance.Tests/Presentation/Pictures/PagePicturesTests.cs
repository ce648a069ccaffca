using System.Buffers.Binary;
using System.Text;
using Provenance.Presentation;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Presentation.Pictures;

/// <summary>What of a picture reaches a page: what draws it, and nothing that it says beside.</summary>
public sealed class PagePicturesTests
{
    private const int Most = 1 << 20;
    private const string Secret = "SECRET-37.5665N";

    public static TheoryData<string> Formats { get; } = new("jpeg", "png", "gif", "webp");

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_a_picture_says_beside_its_pixels_stays_out(string format)
    {
        var (plain, talking) = Pair(format);
        Assert.Contains(Secret, Latin(talking), StringComparison.Ordinal);

        var picture = PagePictures.Of(talking, Most)!;

        Assert.Equal("image/" + format, picture.MediaType);
        Assert.Equal((64, 64), (picture.Width, picture.Height));
        Assert.DoesNotContain(Secret, Latin(picture.Bytes.ToArray()), StringComparison.Ordinal);
        Assert.Equal(PagePictures.Of(plain, Most)!.Bytes.ToArray(), picture.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_credential_stays_out_too(string format)
    {
        TestAsset asset = format switch { "jpeg" => TestJpeg.Small(), "png" => TestPng.Small(), "gif" => TestGif.Small(), _ => TestWebP.Small() };
        byte[] signed = new ManifestBuilder("picture/" + format).Created().SignedBy(Html.HtmlText.Signer).Embed(asset).Bytes;

        Assert.DoesNotContain("c2pa", Latin(PagePictures.Of(signed, Most)!.Bytes.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_that_says_nothing_is_taken_as_it_is(string format)
    {
        byte[] plain = Pair(format).Plain;

        Assert.Equal(plain, PagePictures.Of(plain, Most)!.Bytes.ToArray());
    }

    [Fact]
    public void The_largest_picture_is_taken_and_a_larger_one_is_not()
    {
        byte[] bytes = TestPng.Small().Bytes;

        Assert.NotNull(PagePictures.Of(bytes, bytes.Length));
        Assert.Null(PagePictures.Of(bytes, bytes.Length - 1));
    }

    [Theory]
    [InlineData(12_000, 10_000, true)]
    [InlineData(12_000, 10_001, false)]
    [InlineData(0, 64, false)]
    [InlineData(-1, -1, false)]
    public void A_picture_made_to_fill_memory_is_not_taken(int width, int height, bool isTaken)
    {
        byte[] bytes = TestPng.Small().Bytes;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);

        Assert.Equal(isTaken, PagePictures.Of(bytes, Most) is not null);
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("%PDF-1.7")]
    [InlineData("GIF89a<script>")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ")]
    [InlineData("\0\0\0\u0018ftypheic")]
    [InlineData("BM")]
    [InlineData("")]
    public void What_is_none_of_five_raster_formats_is_not_taken(string text) => Assert.Null(PagePictures.Of(Encoding.Latin1.GetBytes(text), Most));

    [Theory]
    [InlineData(false, 6, 6)]
    [InlineData(true, 6, 6)]
    [InlineData(false, 8, 8)]
    [InlineData(true, 1, 1)]
    [InlineData(false, 0, 1)]
    [InlineData(false, 9, 1)]
    public void A_photograph_stays_as_its_camera_was_held(bool isLittle, byte turn, int kept)
    {
        byte[] tiff = isLittle
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Secret)]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Secret)];

        byte[] picture = PagePictures.Of(TestJpeg.Small().WithExif(tiff).Bytes, Most)!.Bytes.ToArray();

        int exif = Latin(picture).IndexOf("Exif\0\0", StringComparison.Ordinal);
        Assert.Equal(kept > 1, exif >= 0);
        if (kept > 1)
            Assert.Equal(kept, picture[exif + 6 + 8 + 2 + 9]);
        Assert.DoesNotContain(Secret, Latin(picture), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_cut_anywhere_is_none_or_a_shorter_one(string format)
    {
        byte[] bytes = Pair(format).Talking;
        for (int length = 0; length < bytes.Length; length++)
            Assert.True(PagePictures.Of(bytes.AsSpan(0, length), Most) is not { } picture || picture.Bytes.Length <= length + 2);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_with_any_byte_changed_is_none_or_a_picture(string format)
    {
        byte[] bytes = Pair(format).Talking;
        foreach (byte value in (byte[])[0x00, 0x7F, 0x80, 0xFF])
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                byte before = bytes[at];
                bytes[at] = value;
                Assert.True(PagePictures.Of(bytes, Most) is not { } picture || picture.Bytes.Length <= bytes.Length + 40);
                bytes[at] = before;
            }
        }
    }

    [Fact]
    public void An_AVIF_is_taken_only_where_nothing_in_it_could_be_metadata()
    {
        byte[] plain = [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 20, .. "ispe"u8, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48];

        Assert.Equal((64, 48, "image/avif"), PagePictures.Of(plain, Most) is { } picture ? (picture.Width, picture.Height, picture.MediaType) : default);
        foreach (string kind in (string[])["Exif", "mime", "uuid", "udta"])
            Assert.Null(PagePictures.Of([.. plain, 0, 0, 0, 16, .. Encoding.ASCII.GetBytes(kind), .. Encoding.ASCII.GetBytes(Secret)], Most));
    }

    private static (byte[] Plain, byte[] Talking) Pair(string format)
    {
        byte[] secret = Encoding.ASCII.GetBytes(Secret);
        return format switch
        {
            "jpeg" => (TestJpeg.Small().Bytes, TestJpeg.Small().WithExif(TestMetadata.Exif(Secret)).WithXmp(Secret).WithComment(Secret).WithSegment(0xED, secret).WithSegment(0xE2, [.. "MPF\0"u8, .. secret]).WithTrailing(secret).Bytes),
            "png" => (TestPng.Small().Bytes, (TestPng.Small() with { Chunks = [("tEXt", secret), ("eXIf", secret), ("iTXt", secret), ("prVt", secret)], Trailing = secret }).Bytes),
            "gif" => (TestGif.Small().Bytes, (TestGif.Small().WithComment(Secret).WithXmp(Secret) with { Trailing = secret }).Bytes),
            _ => (TestWebP.Small().Bytes, TestWebP.Small().WithExif(secret).WithXmp(Secret).WithChunk("zzzz", secret).WithTrailing([0, .. secret]).Bytes),
        };
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
