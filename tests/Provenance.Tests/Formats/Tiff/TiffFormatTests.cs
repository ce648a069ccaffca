using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Tiff;

public sealed class TiffFormatTests
{
    /// <summary>A little-endian file of directories: each an offset and its entries of tag, type, count, value; the last leads to <paramref name="last"/>.</summary>
    private static byte[] Tiff(int length, uint last, params (int Offset, (ushort Tag, ushort Type, uint Count, uint Value)[] Entries)[] directories)
    {
        byte[] file = new byte[length];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), directories[0].Offset);
        for (int i = 0; i < directories.Length; i++)
        {
            var (offset, entries) = directories[i];
            var at = file.AsSpan(offset);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)entries.Length);
            at = at[2..];
            foreach (var (tag, type, count, value) in entries)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(at, tag);
                BinaryPrimitives.WriteUInt16LittleEndian(at[2..], type);
                BinaryPrimitives.WriteUInt32LittleEndian(at[4..], count);
                BinaryPrimitives.WriteUInt32LittleEndian(at[8..], value);
                at = at[12..];
            }
            BinaryPrimitives.WriteUInt32LittleEndian(at, i + 1 < directories.Length ? (uint)directories[i + 1].Offset : last);
        }
        return file;
    }

    /// <summary>One directory at 8 with one entry for the store; 26 is where it ends.</summary>
    private static byte[] OneEntry(uint count, uint value, ushort type = 7, int length = 200) => Tiff(length, 0, (8, [(0xCD41, type, count, value)]));

    [Theory]
    [InlineData("tiff")]
    [InlineData("tiff-big-endian")]
    [InlineData("tiff-pages")]
    [InlineData("tiff-own-directory")]
    [InlineData("bigtiff")]
    [InlineData("dng")]
    public async Task The_extent_is_the_value_and_the_count_follows_from_it(string name)
    {
        var carrier = (TestTiff)TestAssets.All[name]();
        byte[] store = Store(100);
        var embedding = carrier.Embed(store);
        var map = await MapAsync(embedding.Bytes);
        var found = Assert.Single(map.Stores);
        Assert.Equal([new ByteRange(embedding.Extent.Start, store.Length)], found.Extent);
        Assert.Equal(store, Cut(embedding.Bytes, found.Payload));
        var count = carrier.CountField(store.Length);
        Assert.Equal([new ByteRange(count.Start, count.Length)], found.LengthFields);
        Assert.Empty(map.Notes);
        Assert.Equal(carrier.MediaType, map.MediaType);
    }

    [Theory]
    [InlineData(26, 100, true)]
    [InlineData(26, 174, true)]
    [InlineData(26, 175, false)]
    [InlineData(25, 100, false)]
    [InlineData(7, 100, false)]
    [InlineData(0, 100, false)]
    [InlineData(0xFFFFFFFF, 100, false)]
    [InlineData(26, 0xFFFFFFFF, false)]
    [InlineData(26, 9, true)]
    [InlineData(26, 8, false)]
    [InlineData(26, 4, false)]
    [InlineData(26, 0, false)]
    public async Task A_store_lies_in_the_file_and_over_nothing_that_leads_to_it(uint offset, uint count, bool isSound)
    {
        var map = await MapAsync(OneEntry(count, offset));
        Assert.Equal(isSound ? 1 : 0, map.Stores.Count);
        Assert.Equal(isSound, map.StoreFault is null);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    public async Task A_store_is_of_type_7(ushort type, bool isSound) => Assert.Equal(isSound, (await MapAsync(OneEntry(40, 26, type))).StoreFault is null);

    [Theory]
    [InlineData(ulong.MaxValue, 272UL)]
    [InlineData(1UL << 63, 272UL)]
    [InlineData(100UL, ulong.MaxValue)]
    [InlineData(100UL, 1UL << 63)]
    public async Task Counts_and_offsets_of_64_bits_do_not_overflow(ulong count, ulong offset)
    {
        byte[] file = (TestTiff.Small() with { IsBig = true }).Embed(Store(100)).Bytes;
        var map = await MapAsync(file);
        int field = (int)map.Stores[0].LengthFields[0].Offset;
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(field), count);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(field + 8), offset);
        Assert.NotNull((await MapAsync(file)).StoreFault);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(8), offset);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
    }

    [Fact]
    public async Task Two_stores_in_the_chain_are_two()
    {
        byte[] file = Tiff(400, 0, (8, [(0xCD41, 7, 40, 100)]), (50, [(0xCD41, 7, 40, 200)]));
        Assert.Equal(2, (await MapAsync(file)).Stores.Count);
        byte[] twice = Tiff(400, 0, (8, [(0xCD41, 7, 40, 100), (0xCD41, 7, 40, 200)]));
        Assert.Equal(2, (await MapAsync(twice)).Stores.Count);
    }

    [Fact]
    public async Task A_store_in_a_directory_outside_the_chain_is_none()
    {
        // 330: SubIFDs. The directory at 50 is reached by nothing else.
        byte[] file = Tiff(400, 0, (8, [(330, 4, 1, 50)]));
        Tiff(400, 0, (50, [(0xCD41, 7, 40, 100)])).AsSpan(50, 18).CopyTo(file.AsSpan(50));
        Assert.Empty((await MapAsync(file)).Stores);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 1)]
    [InlineData(60, 1)]
    [InlineData(100, 0)]
    public async Task A_chain_that_comes_back_is_damage(uint last, int notes)
    {
        byte[] file = Tiff(400, last, (8, [(0xCD41, 7, 40, 200)]), (60, [(256, 3, 1, 1)]));
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(notes, map.Notes.Count);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task A_directory_is_in_the_file(ushort entries, bool isSound)
    {
        byte[] file = Tiff(8 + 2 + 4 * 12 + 4, 0, (8, [(256, 3, 1, 1)]));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), entries);
        Assert.Equal(isSound ? 0 : 1, (await MapAsync(file)).Notes.Count);
    }

    [Fact]
    public async Task Directories_and_entries_are_limited()
    {
        byte[] file = Tiff(400, 0, (8, [(256, 3, 1, 1), (257, 3, 1, 1)]), (60, [(256, 3, 1, 1)]));
        await MapAsync(file, Limits.Default with { ContainerParts = 5 });
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, Limits.Default with { ContainerParts = 4 }));
    }

    [Fact]
    public async Task Damage_before_a_store_is_no_file_without_credentials()
    {
        byte[] file = TestTiff.Small().Embed(Store()).Bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 0);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
        Assert.NotEmpty((await MapAsync([.. "II*\0"u8, 0, 0, 0, 0])).Notes);
    }

    [Fact]
    public async Task Metadata_is_told_where_nothing_else_lies_over_it()
    {
        byte[] apart = Tiff(400, 0, (8, [(700, 1, 50, 100), (33723, 7, 50, 150)]));
        Assert.Equal([RegionKind.Xmp, RegionKind.Iptc], (await MapAsync(apart)).Regions.Select(region => region.Kind).Where(kind => kind is not (RegionKind.Media or RegionKind.Structure)));
        byte[] over = Tiff(400, 0, (8, [(700, 1, 51, 100), (33723, 7, 50, 150)]));
        Assert.DoesNotContain((await MapAsync(over)).Regions, region => region.Kind is RegionKind.Xmp or RegionKind.Iptc);
        byte[] overDirectory = Tiff(400, 0, (8, [(700, 1, 50, 0)]));
        var regions = (await MapAsync(overDirectory)).Regions;
        Assert.DoesNotContain(regions, region => region.Kind == RegionKind.Xmp);
        Assert.All(regions.Zip(regions.Skip(1)), pair => Assert.Equal(pair.First.Range.End, pair.Second.Range.Offset));
        Assert.Equal(400, regions[^1].Range.End);
    }

    [Fact]
    public async Task An_XMP_packet_is_read()
    {
        var map = await MapAsync(TestTiff.Small().WithXmp(TestMetadata.Xmp("https://example.org/m.c2pa")).Bytes);
        Assert.Equal("https://example.org/m.c2pa", XmpProvenance.Find(map.Xmp!.Value.Span).Reference);
    }

    [Fact]
    public async Task A_widened_count_is_no_match_though_no_hash_covers_it()
    {
        var carrier = TestTiff.Small() with { ExcludesCount = true, Trailing = new byte[64] };
        var asset = World.Sound("tiff-count").BoundBy(carrier.Binding()).Embed(carrier);
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        foreach (int change in new[] { 1, 64, -1 })
        {
            byte[] widened = [.. asset.Bytes];
            var field = widened.AsSpan((int)carrier.CountField((int)asset.StoreExtent.Length).Start);
            BinaryPrimitives.WriteInt32LittleEndian(field, BinaryPrimitives.ReadInt32LittleEndian(field) + change);
            Assert.Equal(ValidationState.Invalid, (await new CaseFile(widened).VerifyAsync()).State);
        }
    }

    [Fact]
    public async Task The_count_left_out_is_no_additional_exclusion()
    {
        var carrier = TestTiff.Small() with { ExcludesCount = true, BigEndian = true };
        var report = await new CaseFile(World.Sound("tiff-benign").BoundBy(carrier.Binding()).Embed(carrier).Bytes).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Empty(report.Uncovered!);
    }

    [Fact]
    public async Task A_wider_exclusion_is_no_match()
    {
        var asset = World.Sound("tiff-wide").BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start - 4, c.Asset.Extent.Length + 4)])).Embed(TestTiff.Small());
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Fact]
    public async Task Padding_turned_into_bytes_of_another_kind_is_no_match()
    {
        var carrier = TestTiff.Small() with { ExcludesCount = true };
        var asset = World.Sound("tiff-pad").BoundBy(carrier.Binding()).Cose(cose => cose.Padding = 200).Embed(carrier);
        var smaller = asset.StoreChanged(store => store); // the same bytes: the writer is its own inverse
        Assert.Equal(asset.Bytes, smaller);
        byte[] forged = (carrier with { Trailing = new byte[20] }).Embed(asset.Store[..^20]).Bytes;
        Assert.Equal(asset.Bytes.Length, forged.Length);
        Assert.NotEqual(ValidationState.Trusted, (await new CaseFile(forged).VerifyAsync()).State);
    }

    [Theory]
    [InlineData("made-signed/TUSCANY-signed.tiff")]
    [InlineData("made-signed/DNG-signed.dng")]
    [InlineData("c2pa-c/C.dng")]
    [InlineData("c2pa-rs-bench/100kb-signed.tiff")]
    public async Task Real_files_hold_one(string file)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", file), TestContext.Current.CancellationToken);
        var store = Assert.Single((await MapAsync(bytes)).Stores);
        // The store's own length says as much as the entry's count.
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)store.Payload[0].Offset)), store.PayloadLength);
    }
}
