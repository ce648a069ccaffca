using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Gif;

public sealed class GifFormatTests
{
    /// <summary>A screen of one pixel without colours.</summary>
    private static readonly byte[] s_screen = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0];

    private static readonly byte[] s_image = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];

    private static byte[] Gif(params byte[][] blocks) => [.. s_screen, .. Join(blocks), 0x3B];

    private static byte[] Extension(byte[] data, int subBlock = 255) => [0x21, 0xFF, 0x0B, .. "C2PA_GIF"u8, 1, 0, 0, .. TestGif.SubBlocks(data, subBlock)];

    [Theory]
    [InlineData(0, 255)]
    [InlineData(600, 255)]
    [InlineData(600, 1)]
    [InlineData(70_000, 254)]
    public async Task The_extent_is_the_whole_extension_and_the_store_its_data(int filler, int subBlock)
    {
        byte[] store = Store(filler), extension = Extension(store, subBlock);
        byte[] file = Gif(extension, s_image);
        var found = Assert.Single((await MapAsync(file)).Stores);
        Assert.Equal([new ByteRange(13, extension.Length)], found.Extent);
        foreach (AssetSource source in new AssetSource[] { AssetSource.FromMemory(file), new CountingSource(file) })
            Assert.Equal(store, (await StoreBytes.ReadAsync(source, found, Limits.Default, default)).ToArray());
    }

    [Fact]
    public async Task A_store_in_hundreds_of_pieces_costs_one_read()
    {
        byte[] file = Gif(Extension(Store(60_000)), s_image);
        var source = new CountingSource(file);
        await StoreBytes.ReadAsync(source, (await MapAsync(file)).Stores[0], Limits.Default, default);
        Assert.Equal(1, source.Reads);
    }

    [Fact]
    public async Task The_walk_ends_before_the_first_image_if_there_is_a_store()
    {
        var map = await MapAsync(Gif(Extension(Store()), s_image, Extension(Store())));
        Assert.Single(map.Stores);
        Assert.Equal(map.Stores[0].Extent[0].End, map.Regions[^1].Range.End);
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task A_store_behind_an_image_is_found_with_a_note()
    {
        var map = await MapAsync(Gif(s_image, Extension(Store())));
        Assert.Single(map.Stores);
        Assert.Contains("behind an image", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_before_the_image_are_two() => Assert.Equal(2, (await MapAsync(Gif(Extension(Store()), Extension(Store()), s_image))).Stores.Count);

    [Theory]
    [InlineData(11, 1, false)]
    [InlineData(11, 2, true)]
    [InlineData(12, 1, true)]
    [InlineData(13, 1, true)]
    [InlineData(2, 0x0C, true)]
    [InlineData(2, 0x00, true)]
    public async Task No_byte_of_the_identification_hides_a_store(int at, byte value, bool isFault)
    {
        byte[] extension = Extension(Store());
        extension[at] = value;
        var map = await MapAsync(Gif(extension, s_image));
        Assert.Equal(isFault, map.StoreFault is not null);
        Assert.Equal(isFault ? 0 : 1, map.Stores.Count);
    }

    [Fact]
    public async Task A_store_that_the_file_ends_in_is_a_fault()
    {
        byte[] file = Gif(Extension(Store()), s_image);
        int end = 13 + Extension(Store()).Length;
        Assert.Null((await MapAsync(file[..end])).StoreFault);
        Assert.NotNull((await MapAsync(file[..(end - 1)])).StoreFault);
    }

    [Fact]
    public async Task Blocks_are_named_as_the_box_hash_names_them()
    {
        byte[] file = [.. (TestGif.Small().WithComment("c") with { Frames = 2, LocalColours = true, Version = "87a" }).WithXmp().Embed(Store()).Bytes, 1, 2];
        var boxes = await BoxesAsync(file);
        Assert.Equal("GIF89a LSD 21FE 21FF 21FF C2PA 21F9 2C TBID 21F9 2C TBID 3B", string.Join(' ', boxes.Select(box => box.Name)));
        Assert.Equal(file.Length - 2, boxes[^1].Range.End);
        Assert.All(boxes.Zip(boxes.Skip(1)), pair => Assert.Equal(pair.First.Range.End, pair.Second.Range.Offset));
        Assert.Equal(10 + 768, boxes.First(box => box.Name == "2C").Range.Length);
    }

    [Theory]
    [InlineData(0x80, 6)]
    [InlineData(0x82, 24)]
    [InlineData(0x87, 768)]
    [InlineData(0x07, 0)]
    public async Task A_colour_table_belongs_to_the_descriptor_that_announces_it(byte packed, int length)
    {
        byte[] file = [.. s_screen, .. new byte[length], 0x3B];
        file[10] = packed;
        Assert.Equal(new ByteRange(6, 7 + length), (await BoxesAsync(file))[1].Range);
        if (length > 0)
            await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(file[..^2]));
    }

    [Theory]
    [InlineData(0x3B, true)]
    [InlineData(0x3A, false)]
    [InlineData(0x00, false)]
    public async Task What_is_no_block_is_damage(byte introducer, bool isSound)
    {
        byte[] file = [.. s_screen, .. Extension(Store()), introducer];
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(isSound ? 0 : 1, map.Notes.Count);
        if (!isSound)
            await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(file));
    }

    [Fact]
    public async Task Damage_before_a_store_is_no_file_without_credentials()
    {
        byte[] file = [.. s_screen, 0x22, .. Extension(Store()), 0x3B];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
        Assert.Empty((await MapAsync([.. s_screen, 0x22, 0x3B])).Stores);
    }

    [Fact]
    public async Task Blocks_and_sub_blocks_are_limited()
    {
        // Header, screen, extension, image, its data, trailer.
        byte[] file = Gif(Extension(Store()), s_image);
        Assert.Equal(6, (await BoxesAsync(file, Limits.Default with { ContainerParts = 6 })).Count);
        await Assert.ThrowsAsync<LimitExceededException>(() => BoxesAsync(file, Limits.Default with { ContainerParts = 5 }));

        byte[] pieces = Gif(Extension(new byte[20], 1), s_image);
        await MapAsync(pieces, Limits.Default with { ContainerParts = 21 });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(pieces, Limits.Default with { ContainerParts = 20 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_XMP_packet_is_read_as_it_is_and_from_sub_blocks(bool inSubBlocks)
    {
        string packet = TestMetadata.Xmp("https://example.org/m.c2pa");
        byte[] file = TestGif.Small().WithXmp(packet, inSubBlocks).Bytes;
        var map = await MapAsync(file);
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(packet), map.Xmp!.Value.ToArray());
        Assert.Equal("https://example.org/m.c2pa", XmpProvenance.Find(map.Xmp.Value.Span).Reference);
        Assert.Single(map.Regions, region => region.Kind == RegionKind.Xmp);
    }

    [Fact]
    public async Task A_box_hash_binds_a_film()
    {
        var asset = World.Silent("gif-boxes").Created().BoundBy(HardBinding.Boxes()).Embed(TestGif.Small().WithComment("a") with { Frames = 2 });
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.MediaChanged()).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.FillerInserted(asset.StoreExtent.End)).VerifyAsync()).State);
    }

    [Fact]
    public async Task What_an_attacker_puts_where_the_padding_was_is_outside_the_store()
    {
        var asset = World.Sound("gif-pad").Cose(cose => cose.Padding = 600).Embed(TestGif.Small());
        byte[] forged = asset.PadShrunkAndInjected(10, "inserted"u8);
        Assert.Equal(asset.Bytes.Length, forged.Length);
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(forged).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_wider_exclusion_is_no_match()
    {
        var asset = World.Silent("gif-wide").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start, c.Asset.Extent.Length + 10)])).Embed(TestGif.Small());
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Fact]
    public async Task Two_signed_stores_are_none_that_counts()
    {
        var asset = World.Sound("gif-twice").Embed(TestGif.Small());
        Assert.Null((await new CaseFile(asset.StoreTwice()).VerifyAsync()).Signer);
    }

    [Theory]
    [InlineData("made-signed/GIF-signed.gif", 781, 11206)]
    [InlineData("made-variants/compressed.gif", 781, 1730)]
    public async Task Real_files_hold_one(string file, long start, long length)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var map = await MapAsync(await File.ReadAllBytesAsync(Shared.Path("corpus", file), TestContext.Current.CancellationToken));
        var extent = Assert.Single(Assert.Single(map.Stores).Extent);
        Assert.Equal(new ByteRange(start, length), extent);
    }
}
