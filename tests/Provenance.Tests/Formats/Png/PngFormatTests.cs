using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Png;

public sealed class PngFormatTests
{
    private static readonly byte[] Whole = Store();
    private static readonly byte[] CaBx = Chunk("caBX", Whole);

    [Fact]
    public async Task The_store_is_the_data_and_its_extent_the_whole_chunk()
    {
        byte[] file = PngOf(CaBx, Idat, Iend);
        var map = await MapAsync(file);
        var store = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(8 + Ihdr.Length, CaBx.Length)], store.Extent);
        Assert.Equal(Whole, Cut(file, store.Payload));
        Assert.Empty(map.Notes);
        Assert.Equal("image/png", map.MediaType);
    }

    [Fact]
    public async Task A_store_behind_IDAT_is_found_and_noted()
    {
        var map = await MapAsync(PngOf(Idat, CaBx, Iend));
        Assert.Single(map.Stores);
        Assert.Contains("behind IDAT", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_behind_IEND_is_no_part_of_the_picture()
    {
        var map = await MapAsync(PngOf(Idat, Iend, CaBx));
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
        Assert.Equal(new AssetRegion(new ByteRange(8 + Join(Ihdr, Idat, Iend).Length, CaBx.Length), RegionKind.Trailing, "behind IEND"), map.Regions[^1]);
        Assert.Single(map.Notes);
    }

    [Fact]
    public async Task A_wrong_CRC_of_the_store_is_noted_and_of_other_chunks_is_not_looked_at()
    {
        byte[] wrong = [.. CaBx[..^1], (byte)(CaBx[^1] ^ 1)];
        var map = await MapAsync(PngOf(wrong, Idat, Iend));
        Assert.Single(map.Stores);
        Assert.Contains("CRC", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        byte[] otherWrong = [.. Idat[..^1], (byte)(Idat[^1] ^ 1)];
        Assert.Empty((await MapAsync(PngOf(CaBx, otherWrong, Iend))).Notes);
    }

    [Fact]
    public async Task The_CRC_of_a_large_store_is_checked_over_all_of_its_bytes()
    {
        byte[] large = Chunk("caBX", Store(200_000));
        Assert.Empty((await MapAsync(PngOf(large, Idat, Iend))).Notes);
        large[150_000] ^= 1;
        Assert.Contains("CRC", Assert.Single((await MapAsync(PngOf(large, Idat, Iend))).Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_are_two()
    {
        var map = await MapAsync(PngOf(CaBx, CaBx, Idat, Iend));
        Assert.Equal(2, map.Stores.Count);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task A_store_chunk_longer_than_the_file_is_a_fault()
    {
        byte[] file = PngOf(CaBx);
        Assert.Single((await MapAsync(file)).Stores);
        var map = await MapAsync(file[..^1]);
        Assert.Empty(map.Stores);
        Assert.Contains("the file ends after", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7FFFFFFFu, "the file ends after")]
    [InlineData(0x80000000u, "limited to 2^31-1")]
    public async Task A_chunk_length_above_2_to_the_31_minus_1_is_malformed(uint length, string rule)
    {
        byte[] chunk = [.. Big(length), .. CaBx[4..]];
        Assert.Contains(rule, (await MapAsync(PngOf(chunk, Idat, Iend))).StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_damage_before_it_hides_is_not_called_absent()
    {
        byte[] overlong = [.. Big(0x00FFFFFF), .. Idat[4..]];
        byte[] unnamed = [.. Idat[..4], (byte)'1', .. Idat[5..]];
        byte[] swallowing = [.. Big((uint)(Idat.Length + 30)), .. Idat[4..]];
        foreach (byte[] damaged in new[] { overlong, unnamed, swallowing })
        {
            var fault = await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(PngOf(damaged, CaBx, Iend)));
            Assert.Contains("cannot be reached", fault.Rule, StringComparison.Ordinal);
            Assert.Single((await MapAsync(PngOf(damaged, Iend))).Notes);
            Assert.Single((await MapAsync(PngOf(CaBx, damaged, Iend))).Stores);
        }
    }

    [Fact]
    public async Task The_four_signature_bytes_behind_the_name_must_be_right()
    {
        byte[] file = PngOf(CaBx, Idat, Iend);
        file[6] = 0x1B;
        Assert.Contains("§5.2", (await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file))).Rule, StringComparison.Ordinal);
        Assert.Null(AssetFormats.Find([0x89, 0x50, 0x4E, 0x48, .. file[4..]]));
    }

    [Fact]
    public async Task The_end_without_IEND_is_noted() =>
        Assert.Contains("without IEND", Assert.Single((await MapAsync(PngOf(CaBx, Idat))).Notes).Text, StringComparison.Ordinal);

    [Fact]
    public async Task An_animated_picture_has_its_own_media_type() =>
        Assert.Equal("image/apng", (await MapAsync(PngOf(Chunk("acTL", new byte[8]), Idat, Iend))).MediaType);

    [Fact]
    public async Task Regions_say_what_chunks_are()
    {
        byte[] xmp = Chunk("iTXt", Ascii("XML:com.adobe.xmp\0\0\0en\0titre\0<x/>"));
        var map = await MapAsync(PngOf(xmp, Chunk("iTXt", Ascii("other\0\0\0\0\0x")), Chunk("tEXt", [1]), Chunk("zTXt", [1]), Chunk("eXIf", [1]), Chunk("iCCP", [1]), Chunk("prVt", [1]), Idat, Chunk("fdAT", [1]), Iend, [9]));
        Assert.Equal(
            [
                RegionKind.Structure, RegionKind.Structure, RegionKind.Xmp, RegionKind.OtherMetadata, RegionKind.OtherMetadata, RegionKind.OtherMetadata,
                RegionKind.Exif, RegionKind.ColourProfile, RegionKind.Unknown, RegionKind.Media, RegionKind.Media, RegionKind.Structure, RegionKind.Trailing,
            ],
            map.Regions.Select(region => region.Kind));
        Assert.Equal("<x/>"u8.ToArray(), map.Xmp!.Value.ToArray());
    }

    [Theory]
    [InlineData("XML:com.adobe.xmp\0\u0001\0\0\0<x/>")]
    [InlineData("XML:com.adobe.xmp\0\0\0\0<x/>")]
    [InlineData("XML:com.adobe.xmp\0\0\0<x/>")]
    [InlineData("XML:com.adobe.xmp\0\0")]
    [InlineData("XML:com.adobe.xmp\0")]
    public async Task XMP_that_is_compressed_or_has_no_text_is_noted_and_not_read(string data)
    {
        var map = await MapAsync(PngOf(Chunk("iTXt", Ascii(data)), Idat, Iend));
        Assert.Null(map.Xmp);
        Assert.Contains("XMP", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task XMP_over_the_limit_is_noted_and_not_read()
    {
        byte[] file = PngOf(Chunk("iTXt", Ascii("XML:com.adobe.xmp\0\0\0\0\0<x/>")), Idat, Iend);
        Assert.NotNull((await MapAsync(file, new Limits { XmpBytes = 4 })).Xmp);
        var map = await MapAsync(file, new Limits { XmpBytes = 3 });
        Assert.Null(map.Xmp);
        Assert.Single(map.Notes);
    }

    [Fact]
    public async Task The_limit_of_parts_holds()
    {
        byte[] file = PngOf(CaBx, Idat, Iend);
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 4 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 3 }));
    }

    [Fact]
    public async Task Only_the_headers_of_large_chunks_are_read()
    {
        byte[] file = PngOf([CaBx, .. Enumerable.Repeat(Chunk("IDAT", new byte[1_000_000]), 5), Iend]);
        var source = new CountingSource(file);
        await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.InRange(source.Reads, 1, 7);
        Assert.InRange(source.BytesRead, 1, 7 * 65536);
    }

    [Fact]
    public async Task Boxes_are_the_signature_and_every_chunk()
    {
        byte[] file = PngOf(CaBx, Idat, Idat, Iend, [1, 2, 3]);
        var boxes = await BoxesAsync(file);
        Assert.Equal(["PNGh", "IHDR", "C2PA", "IDAT", "IDAT", "IEND"], boxes.Select(box => box.Name));
        Assert.Equal(file[..^3], Cut(file, boxes.Select(box => box.Range)));
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(PngOf(CaBx, Idat)));
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(PngOf(CaBx, Idat[..^1])));
    }
}
