using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Riff;

public sealed class WebPFormatTests
{
    [Theory]
    [InlineData(40, 0)]
    [InlineData(41, 1)]
    public async Task The_extent_is_header_and_data_without_the_pad_byte(int filler, int pad)
    {
        byte[] store = Store(filler);
        byte[] file = WebP(Vp8, RiffChunk("C2PA", store));
        var map = await MapAsync(file);
        var found = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(12 + Vp8.Length, 8 + store.Length)], found.Extent);
        Assert.Equal(store, Cut(file, found.Payload));
        Assert.Equal(file.Length - pad, found.Extent[0].End);
        Assert.Equal(pad, map.Regions.Count(region => region.Name == "pad byte"));
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task A_forgotten_last_pad_byte_changes_nothing()
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store(41)))[..^1];
        var map = await MapAsync(file);
        Assert.Equal(file.Length, Assert.Single(map.Stores).Extent[0].End);
    }

    [Fact]
    public async Task Two_stores_are_two() =>
        Assert.Equal(2, (await MapAsync(WebP(RiffChunk("C2PA", Store()), Vp8, RiffChunk("C2PA", Store())))).Stores.Count);

    [Fact]
    public async Task Other_spellings_are_other_chunks() =>
        Assert.Empty((await MapAsync(WebP(Vp8, RiffChunk("c2pa", Store()), RiffChunk("caBX", Store())))).Stores);

    [Fact]
    public async Task A_store_chunk_longer_than_the_file_is_a_fault()
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store(40)));
        Assert.Single((await MapAsync(file)).Stores);
        var map = await MapAsync(file[..^1]);
        Assert.Empty(map.Stores);
        Assert.Contains("the file ends after", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    public async Task A_RIFF_size_above_the_file_is_noted(int more, int notes)
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store(40)));
        Little((uint)(file.Length - 8 + more)).CopyTo(file, 4);
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(notes, map.Notes.Count);
    }

    [Fact]
    public async Task A_RIFF_size_that_ends_inside_the_last_chunk_is_noted()
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store(40)));
        Little((uint)(file.Length - 9)).CopyTo(file, 4);
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Contains("the last chunk ends", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_behind_the_RIFF_chunk_are_no_part_of_it()
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store(40)));
        var map = await MapAsync([.. file, .. RiffChunk("C2PA", Store(40))]);
        Assert.Single(map.Stores);
        Assert.Equal(new AssetRegion(ByteRange.FromTo(file.Length, file.Length + 8 + Store(40).Length), RegionKind.Trailing, "behind RIFF"), map.Regions[^1]);
    }

    [Fact]
    public async Task A_store_that_damage_before_it_hides_is_not_called_absent()
    {
        byte[] overlong = [.. Ascii("VP8 "), .. Little(0xFFFFFFFF), .. new byte[10]];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(WebP(overlong, RiffChunk("C2PA", Store()))));
        var map = await MapAsync(WebP(overlong));
        Assert.Empty(map.Stores);
        Assert.Single(map.Notes);
        Assert.Single((await MapAsync(WebP(RiffChunk("C2PA", Store()), overlong))).Stores);
    }

    [Fact]
    public async Task Another_form_type_is_not_WebP()
    {
        byte[] file = WebP(Vp8);
        Ascii("ACON").CopyTo(file, 8);
        Assert.Null(AssetFormats.Find(file));
        Assert.Null(AssetFormats.Find(WebP(Vp8).AsSpan(0, 11)));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Regions_say_what_chunks_are()
    {
        var map = await MapAsync(WebP(RiffChunk("VP8X", new byte[10]), RiffChunk("ICCP", [1]), Vp8, RiffChunk("EXIF", [1]), RiffChunk("XMP ", "<x/>"u8.ToArray()), RiffChunk("\u0001ab\u0002", [])));
        Assert.Equal(
            [
                ("WEBP", RegionKind.Structure), ("VP8X", RegionKind.Structure), ("ICCP", RegionKind.ColourProfile), ("VP8 ", RegionKind.Media),
                ("EXIF", RegionKind.Exif), ("XMP ", RegionKind.Xmp), ("0x01616202", RegionKind.Unknown),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
        Assert.Equal("<x/>"u8.ToArray(), map.Xmp!.Value.ToArray());
    }

    [Fact]
    public async Task The_limit_of_parts_holds()
    {
        byte[] file = WebP(Vp8, RiffChunk("C2PA", Store()));
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 2 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 1 }));
    }

    [Fact]
    public async Task Boxes_are_the_form_and_every_chunk_with_its_pad_byte()
    {
        byte[] file = WebP(Vp8, RiffChunk("LIST", "INFOx"u8.ToArray()), RiffChunk("C2PA", Store(41)));
        var boxes = await BoxesAsync(file);
        Assert.Equal(["WEBP", "VP8 ", "INFO", "C2PA"], boxes.Select(box => box.Name));
        Assert.Equal(file, Cut(file, boxes.Select(box => box.Range)));
        Assert.Equal(4, (await BoxesAsync([.. file, 1, 2])).Count);
        Little((uint)file.Length - 8 + 1).CopyTo(file, 4);
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(file));
    }
}
