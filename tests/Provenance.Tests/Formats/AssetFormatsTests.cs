using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>What every format of the list must do.</summary>
public sealed class AssetFormatsTests
{
    /// <summary>The formats that carry a store.</summary>
    public static TheoryData<string> Names => [.. AssetFormats.All.Where(format => format.Placement.Kind == PlacementKind.Embedded).Select(format => format.Name)];

    public static TheoryData<string> AllNames => [.. AssetFormats.All.Select(format => format.Name)];

    private static IAssetFormat Format(string name) => AssetFormats.All.Single(format => format.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Knows_its_own_files_and_no_others(string name)
    {
        byte[] sample = Sample.Signed(Format(name));
        Assert.Equal(name, AssetFormats.Find(sample.AsSpan(0, Math.Min(AssetFormats.HeadLength, sample.Length)))?.Name);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Has_a_media_type_and_an_extension_nobody_else_has(string name)
    {
        var format = Format(name);
        Assert.NotEmpty(format.MediaTypes);
        Assert.All(format.Extensions, extension => Assert.Matches("^\\.[a-z0-9]+$", extension));
        var others = AssetFormats.All.Where(other => other != format).ToList();
        Assert.Empty(format.MediaTypes.Intersect(others.SelectMany(other => other.MediaTypes)));
        Assert.Empty(format.Extensions.Intersect(others.SelectMany(other => other.Extensions)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Finds_one_store_whose_bytes_are_a_superbox(string name)
    {
        byte[] sample = Sample.Signed(Format(name));
        var map = await Sample.MapAsync(sample);
        Assert.Equal(name, map.Format.Name);
        Assert.Null(map.StoreFault);
        var store = await StoreBytes.ReadAsync(AssetSource.FromMemory(sample), Assert.Single(map.Stores), Limits.Default, CancellationToken.None);
        Assert.Equal(Sample.Store(store.Length - Sample.Store(0).Length), store.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Covers_the_file_with_regions_in_order(string name)
    {
        byte[] sample = Sample.Signed(Format(name));
        var map = await Sample.MapAsync(sample);
        Assert.Equal(0, map.Regions[0].Range.Offset);
        Assert.All(map.Regions.Zip(map.Regions.Skip(1)), pair => Assert.Equal(pair.First.Range.End, pair.Second.Range.Offset));
        // Once the store is found, a JPEG is not walked behind the first scan, and a GIF not behind the first image.
        int end = name switch
        {
            "JPEG" => sample.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14,
            "GIF" => (int)map.Stores[0].Extent[0].End,
            _ => sample.Length,
        };
        Assert.Equal(end, map.Regions[^1].Range.End);
        var store = ByteRange.Merge(map.Regions.Where(region => region.Kind == RegionKind.ManifestStore).Select(region => region.Range));
        Assert.Equal(name == "C2PA manifest store" ? [new ByteRange(0, sample.Length)] : map.Stores[0].Extent, store);
        Assert.All(map.Stores[0].Payload, payload => Assert.Contains(store, range => range.Contains(payload)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Says_the_same_whichever_way_the_bytes_come(string name)
    {
        byte[] sample = Sample.Signed(Format(name));
        string expected = Sample.Describe(await Sample.MapAsync(sample));
        foreach (AssetSource source in new AssetSource[] { new OneByteSource(sample), new CountingSource(sample) })
            Assert.Equal(expected, Sample.Describe(await Format(name).MapAsync(source, Limits.Default, CancellationToken.None)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Lists_boxes_that_follow_each_other_and_hold_the_store(string name)
    {
        byte[] sample = Sample.Signed(Format(name));
        var map = await Sample.MapAsync(sample);
        var boxes = await Format(name).ListBoxesAsync(new OneByteSource(sample), map, Limits.Default, CancellationToken.None);
        if (boxes is null)
        {
            Assert.DoesNotContain("c2pa.hash.boxes", Format(name).Placement.Bindings);
            return;
        }
        // The tables of a font stand in the order of its directory, and the directory belongs to none of them (§16.3.3.3.6).
        if (name == "font")
            Assert.All(boxes.SelectMany(one => boxes.Where(other => !ReferenceEquals(one, other)), (one, other) => (one, other)), pair => Assert.False(pair.one.Range.Overlaps(pair.other.Range)));
        else
            Assert.Equal(sample, Sample.Cut(sample, boxes!.SelectMany(box => box.Pieces ?? [box.Range]).OrderBy(range => range.Offset)));
        var box = Assert.Single(boxes!, box => box.Name == "C2PA");
        Assert.True(box.Range.Contains(Assert.Single(map.Stores[0].Extent)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stops_when_cancelled(string name)
    {
        if (name == "C2PA manifest store")
            return;
        var cancelled = new CancellationToken(canceled: true);
        var source = AssetSource.FromMemory(Sample.Signed(Format(name)));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Format(name).MapAsync(source, Limits.Default, cancelled).AsTask());
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("FFD8")]
    [InlineData("00000000000000")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("49492A0100080000")]
    [InlineData("0000000C4A584C200D0A870B")]
    [InlineData("504B0304")]
    [InlineData("8A4D4E470D0A1A0A")]
    [InlineData("000000306A756D62000000286A756D646A736F6E00110010800000AA00389B71")]
    public void Nothing_else_is_taken_for_a_format(string head) => Assert.Null(AssetFormats.Find(Convert.FromHexString(head)));

    [Theory]
    [InlineData("FF0A", "JPEG XL codestream")]
    [InlineData("FF0B", null)]
    [InlineData("0000000C6A5020200D0A870A00000014667479706A7032", "JPEG 2000")]
    [InlineData("424D36000000000000003600", "BMP")]
    [InlineData("424D36000000000100003600", null)]
    [InlineData("424D5720697320612063617221", "Text")]
    [InlineData("000001000100", "ICO")]
    [InlineData("000001000101", null)]
    [InlineData("384250530001", "Photoshop")]
    [InlineData("3842505301", null)]
    [InlineData("1A45DFA3", "Matroska")]
    [InlineData("1F8B0800", "gzip")]
    [InlineData("7474636600010000", "font collection")]
    [InlineData("774F464600010000", "WOFF")]
    [InlineData("774F463200010000", "WOFF2")]
    [InlineData("774F463300010000", null)]
    public void Formats_without_a_place_are_told_by_their_first_bytes(string head, string? format) =>
        Assert.Equal(format, AssetFormats.Find(Convert.FromHexString(head))?.Name);

    [Fact]
    public async Task A_file_without_a_place_for_a_store_is_bound_by_one_beside_it()
    {
        foreach (var format in AssetFormats.All.Where(format => format.Placement.Kind != PlacementKind.Embedded))
        {
            var map = await format.MapAsync(AssetSource.FromMemory(new byte[20]), Limits.Default, CancellationToken.None);
            Assert.Empty(map.Stores);
            Assert.Equal([new ByteRange(0, 20)], map.Regions.Select(region => region.Range));
            Assert.Equal(["c2pa.hash.data"], format.Placement.Bindings);
        }
    }

    [Fact]
    public async Task A_bare_store_is_the_whole_file_and_binds_no_range()
    {
        byte[] bytes = [.. Sample.Store(), 1, 2, 3];
        var map = await Sample.MapAsync(bytes);
        var store = Assert.Single(map.Stores);
        Assert.Empty(store.Extent);
        Assert.Equal([new ByteRange(0, bytes.Length)], store.Payload);
        byte[] longForm = [0, 0, 0, 1, .. "jumb"u8, 0, 0, 0, 0, .. Sample.Big(200), .. Sample.Store()[8..]];
        Assert.Equal("C2PA manifest store", AssetFormats.Find(longForm)?.Name);
    }

    [Theory]
    [InlineData("JPEG", "a.jpg", false)]
    [InlineData("JPEG", "a.JPEG", false)]
    [InlineData("JPEG", "a", false)]
    [InlineData("JPEG", "", false)]
    [InlineData("JPEG", "a.jpg.download", false)]
    [InlineData("JPEG", "a.tmp", false)]
    [InlineData("JPEG", "a.png", true)]
    [InlineData("JPEG", "a.jpg.webp", true)]
    [InlineData("JPEG", "a.heic", true)]
    [InlineData("PNG", "a.jpg", true)]
    [InlineData("PNG", "folder.png/a", false)]
    [InlineData("C2PA manifest store", "a.jpg", true)]
    public void A_name_that_says_another_format_disagrees(string format, string fileName, bool disagrees) =>
        Assert.Equal(disagrees, AssetFormats.Disagreement(Format(format), fileName) is not null);
}
