using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.TestKit.BmffWriter;
using static Provenance.Tests.Formats.Sample;
using Writer = Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Formats.Bmff;

public sealed class BmffFormatTests
{
    private static readonly byte[] s_fileType = Brand("isom");
    private static readonly byte[] s_media = Writer.Box("mdat", new byte[20]);

    private static byte[] Brand(string major, params string[] compatible) => Writer.Box("ftyp", FourCc(major), U32(0), Writer.Join([.. compatible.Select(FourCc)]));

    private static byte[] StoreBox(string purpose = "manifest", byte[]? store = null, int padding = 0) => C2paBox(purpose, U64(0), store ?? Store(), new byte[padding]);

    private static byte[] File(params byte[][] behindFileType) => Writer.Join([s_fileType, .. behindFileType]);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3000)]
    public async Task The_extent_is_the_whole_box_and_the_payload_ends_where_the_store_does(int padding)
    {
        byte[] box = StoreBox(padding: padding), file = File(box, s_media);
        var map = await MapAsync(file);
        var found = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(s_fileType.Length, box.Length)], found.Extent);
        Assert.Equal(Store(), Cut(file, found.Payload));
        Assert.Empty(map.Notes);
        Assert.False(map.StoresAreOne);
    }

    [Fact]
    public async Task A_store_in_a_box_of_64_bits_is_found()
    {
        byte[] file = File(LargeBox("uuid", C2paId, U32(0), NulText("manifest"), U64(0), Store()));
        Assert.Equal(Store(), Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
    }

    [Fact]
    public async Task A_store_whose_own_length_is_a_lie_is_given_as_it_is()
    {
        byte[] store = Store();
        U32(store.Length + 1).CopyTo(store, 0);
        byte[] file = File(StoreBox(store: store));
        Assert.Equal(store, Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_original_and_its_update_count_as_one(bool hasOffset)
    {
        byte[] first = Store(40), second = Store(60);
        byte[] file = File(StoreBox("original", first), s_media, C2paBox("update", hasOffset ? U64(0) : [], second));
        var map = await MapAsync(file);
        Assert.True(map.StoresAreOne);
        Assert.Null(map.StoreFault);
        Assert.Equal([first, second], map.Stores.Select(store => Cut(file, store.Payload)));
    }

    [Theory]
    [InlineData("original")]
    [InlineData("update")]
    [InlineData("manifest", "update")]
    [InlineData("original", "manifest")]
    [InlineData("update", "original")]
    [InlineData("original", "update", "update")]
    public async Task Purposes_that_do_not_go_together_are_a_fault(params string[] purposes)
    {
        var map = await MapAsync(File([.. purposes.Select(purpose => StoreBox(purpose)), s_media]));
        Assert.Contains("original and update", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_manifests_are_two()
    {
        var map = await MapAsync(File(StoreBox(), s_media, StoreBox()));
        Assert.Equal(2, map.Stores.Count);
        Assert.False(map.StoresAreOne);
    }

    [Theory]
    [InlineData("xxxxxxxx")]
    [InlineData("Manifest")]
    [InlineData("")]
    public async Task A_purpose_that_is_none_is_a_fault_and_never_no_store(string purpose)
    {
        var map = await MapAsync(File(StoreBox(purpose), s_media));
        Assert.Empty(map.Stores);
        Assert.Contains("purpose", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purpose_without_an_end_is_a_fault_and_is_not_read_to_its_end()
    {
        byte[] file = File(UuidBox(C2paId, U32(0), Enumerable.Repeat((byte)'a', 20 << 20).ToArray()));
        var source = new CountingSource(file);
        var map = await AssetFormats.Find(file.AsSpan(0, 100))!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.NotNull(map.StoreFault);
        Assert.InRange(source.BytesRead, 1, 1 << 20);
    }

    [Fact]
    public async Task A_store_called_a_proof_is_a_fault_and_a_proof_is_not()
    {
        Assert.Contains("B06", (await MapAsync(File(C2paBox("merkle", Store()), s_media))).StoreFault!.Rule, StringComparison.Ordinal);
        Assert.Contains("B06", (await MapAsync(File(StoreBox("merkle"), s_media))).StoreFault!.Rule, StringComparison.Ordinal);
        var map = await MapAsync(File(StoreBox(), s_media, C2paBox("merkle", [0xA0], new byte[40])));
        Assert.Null(map.StoreFault);
        Assert.Single(map.Stores);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task A_box_of_another_version_or_with_flags_is_a_fault(byte version, byte flags)
    {
        byte[] file = File(UuidBox(C2paId, [version, 0, 0, flags], NulText("manifest"), U64(0), Store()));
        Assert.Equal(version + flags == 0, (await MapAsync(file)).StoreFault is null);
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(7, 8)]
    [InlineData(15, 16)]
    [InlineData(15, 24)]
    public async Task A_large_size_below_its_own_header_is_damage(ulong refused, ulong accepted)
    {
        byte[] Sized(ulong size) => [.. U32(1), .. FourCc("free"), .. U64((long)size), .. new byte[(int)Math.Max(size, 16) - 16]];
        Assert.Equal(refused >= 16 ? 0 : 1, (await MapAsync(File(Sized(refused)))).Notes.Count);
        Assert.Equal(accepted >= 16 ? 0 : 1, (await MapAsync(File(Sized(accepted)))).Notes.Count);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(12, false)]
    [InlineData(13, true)]
    [InlineData(uint.MaxValue, true)]
    public async Task A_size_is_at_least_that_of_its_header_and_ends_in_the_file(uint size, bool isDamage)
    {
        byte[] file = File(Writer.Join(U32(size), FourCc("free"), new byte[size == 8 ? 0 : 4]));
        Assert.Equal(isDamage, (await MapAsync(file)).Notes.Count > 0);
    }

    [Fact]
    public async Task A_size_of_2_to_the_63_is_damage() => Assert.Single((await MapAsync(File([.. U32(1), .. FourCc("mdat"), 0x80, .. new byte[7]]))).Notes);

    [Fact]
    public async Task A_box_without_a_size_runs_to_the_end_of_the_file()
    {
        byte[] file = File(StoreBox(), [.. U32(0), .. FourCc("mdat"), .. new byte[100]]);
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(new AssetRegion(ByteRange.FromTo(file.Length - 108, file.Length), RegionKind.Media, "mdat"), map.Regions[^1]);
    }

    [Fact]
    public async Task A_store_that_damage_before_it_hides_is_not_called_absent()
    {
        byte[] overlong = [.. U32(0x7FFFFFFF), .. FourCc("moov")];
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(File(overlong, StoreBox())));
        Assert.Empty((await MapAsync(File(overlong))).Stores);
        Assert.Single((await MapAsync(File(StoreBox(), overlong))).Stores);
    }

    [Fact]
    public async Task A_store_box_longer_than_the_file_is_a_fault()
    {
        byte[] file = File(StoreBox());
        Assert.Single((await MapAsync(file)).Stores);
        var map = await MapAsync(file[..^1]);
        Assert.Empty(map.Stores);
        Assert.Contains("the file or box ends", map.StoreFault!.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Bytes_too_few_for_a_box_lie_behind_the_last(int count)
    {
        var map = await MapAsync([.. File(StoreBox(), s_media), .. new byte[count]]);
        Assert.Equal((RegionKind.Trailing, count), (map.Regions[^1].Kind, (int)map.Regions[^1].Range.Length));
    }

    [Fact]
    public async Task The_limit_of_boxes_holds()
    {
        byte[] file = File([.. Enumerable.Range(0, 9).Select(_ => Writer.Box("free"))]);
        Assert.Equal(10, (await MapAsync(file, Limits.Default with { BmffBoxes = 10 })).Regions.Count);
        Assert.Equal(nameof(Limits.BmffBoxes), (await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, Limits.Default with { BmffBoxes = 9 }))).Limit);
    }

    [Theory]
    [InlineData("isom", "MP4")]
    [InlineData("mp42", "MP4")]
    [InlineData("qt  ", "MOV")]
    [InlineData("M4A ", "M4A")]
    [InlineData("3gp5", "3GP")]
    [InlineData("heic", "HEIC")]
    [InlineData("heix", "HEIC")]
    [InlineData("avif", "AVIF")]
    [InlineData("mif1", "HEIF")]
    [InlineData("zzzz", "ISO BMFF")]
    [InlineData("\0\0\0\0", "ISO BMFF")]
    public void The_major_brand_names_the_format(string brand, string name) => Assert.Equal(name, AssetFormats.Find(Brand(brand, "isom"))?.Name);

    [Theory]
    [InlineData("HEIC", "heic")]
    [InlineData("HEIC", "miaf", "heix")]
    [InlineData("AVIF", "heic", "avif")]
    [InlineData("HEIF", "jpeg")]
    public void Some_HEIF_is_what_a_compatible_brand_says(string name, params string[] compatible) => Assert.Equal(name, AssetFormats.Find(Brand("mif1", compatible))?.Name);

    [Theory]
    [InlineData("moov", true)]
    [InlineData("mdat", true)]
    [InlineData("wide", true)]
    [InlineData("free", true)]
    [InlineData("skip", true)]
    [InlineData("pnot", true)]
    [InlineData("meta", false)]
    [InlineData("ftyq", false)]
    public void QuickTime_without_a_file_type_starts_with_few_boxes(string type, bool expected)
    {
        byte[] file = Writer.Box(type, new byte[8]);
        Assert.Equal(expected ? "MOV" : null, AssetFormats.Find(file)?.Name);
        file[0] = 8;
        Assert.Null(AssetFormats.Find(file));
    }

    [Fact]
    public async Task QuickTime_without_a_file_type_has_its_store_read()
    {
        byte[] file = Writer.Join(Writer.Box("wide"), s_media, Writer.Box("moov"), StoreBox());
        Assert.Equal(Store(), Cut(file, Assert.Single((await MapAsync(file)).Stores).Payload));
    }

    [Fact]
    public async Task A_segment_on_its_own_is_not_called_a_file_without_credentials()
    {
        byte[] segment = Writer.Join(Writer.Box("styp", FourCc("msdh"), U32(0)), C2paBox("merkle", [0xA0]), Writer.Box("moof"), s_media);
        var fault = await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(segment));
        Assert.Contains("initialization segment", fault.Rule, StringComparison.Ordinal);
        byte[] unsigned = Writer.Join(Writer.Box("styp", FourCc("msdh"), U32(0)), Writer.Box("moof"), s_media);
        Assert.Empty((await MapAsync(unsigned)).Stores);
    }

    [Fact]
    public async Task XMP_is_read_from_its_own_box_and_from_an_item()
    {
        string packet = TestMetadata.Xmp();
        foreach (var asset in new TestAsset[] { TestMovie.Mp4().WithXmp(packet), TestHeif.Heic().WithXmpItem(packet) })
            Assert.Equal(packet, System.Text.Encoding.UTF8.GetString((await MapAsync(asset.Bytes)).Xmp!.Value.Span));
        Assert.Null((await MapAsync(TestHeif.Heic().Bytes)).Xmp);
    }

    [Fact]
    public async Task Regions_say_what_boxes_are()
    {
        var map = await MapAsync(File(Writer.Box("moov"), UuidBox(XmpId, "<x/>"u8.ToArray()), UuidBox(new byte[16]), Writer.Box("free"), Writer.Box("\x01" + "ab\x02"), s_media));
        Assert.Equal(
            [
                ("ftyp", RegionKind.Structure), ("moov", RegionKind.Media), ("uuid", RegionKind.Xmp), ("uuid", RegionKind.OtherMetadata), ("free", RegionKind.OtherMetadata),
                ("0x01616202", RegionKind.Unknown), ("mdat", RegionKind.Media),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
    }

    [Theory]
    [InlineData("isom", "a.mp4", true)]
    [InlineData("isom", "a.m4a", true)]
    [InlineData("3gp5", "a.mp4", true)]
    [InlineData("heic", "a.heif", true)]
    [InlineData("mif1", "a.heic", true)]
    [InlineData("avif", "a.heic", false)]
    [InlineData("heic", "a.avif", false)]
    [InlineData("isom", "a.mov", false)]
    [InlineData("isom", "a.jpg", false)]
    [InlineData("qt  ", "a.mov", true)]
    public void A_name_may_be_that_of_a_relative(string brand, string fileName, bool agrees) =>
        Assert.Equal(agrees, AssetFormats.Disagreement(AssetFormats.Find(Brand(brand))!, fileName) is null);
}
