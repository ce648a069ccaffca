using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Riff;

public sealed class WavFormatTests
{
    private static byte[] Fmt { get; } = RiffChunk("fmt ", new byte[16]);

    private static byte[] Data { get; } = RiffChunk("data", new byte[20]);

    private static byte[] Wav(params byte[][] chunks) => RiffOf("WAVE", chunks);

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Ds64(long riff, long data, params (string Id, long Size)[] others) =>
        RiffChunk("ds64", [.. Long(riff), .. Long(data), .. Long(0), .. Little((uint)others.Length), .. others.SelectMany(other => Ascii(other.Id).Concat(Long(other.Size)))]);

    /// <summary>A chunk whose 32-bit size stands for one in ds64.</summary>
    private static byte[] Wide(byte[] chunk) => [.. chunk[..4], .. Little(uint.MaxValue), .. chunk[8..]];

    /// <summary>RF64 whose ds64 has the right RIFF size unless told otherwise.</summary>
    private static byte[] Rf64(byte[][] chunks, long data = 20, long more = 0, string form = "RF64", uint size = uint.MaxValue, params (string Id, long Size)[] others)
    {
        byte[] rest = Join(chunks);
        long riff = 4 + Ds64(0, 0, others).Length + rest.Length + more;
        return [.. Ascii(form), .. Little(size), .. "WAVE"u8, .. Ds64(riff, data, others), .. rest];
    }

    private static Task<AssetMap> StoreInWideFileAsync(long data) => MapAsync(Rf64([Fmt, Wide(Data), RiffChunk("C2PA", Store())], data));

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public async Task Sizes_of_64_bits_are_read_from_ds64(string form)
    {
        byte[] file = Rf64([Fmt, Wide(Data), RiffChunk("C2PA", Store())], form: form);
        var map = await MapAsync(file);
        var store = Assert.Single(map.Stores);
        Assert.Equal([ByteRange.FromTo(file.Length - Store().Length - 8, file.Length)], store.Extent);
        Assert.Equal([new ByteRange(20, 8)], store.LengthFields);
        Assert.Empty(map.Notes);
        Assert.Equal(["WAVE", "ds64", "fmt ", "data", "C2PA"], map.Regions.Select(region => region.Name));
        Assert.Equal(["WAVE", "ds64", "fmt ", "data", "C2PA"], (await BoxesAsync(file)).Select(box => box.Name));
    }

    [Fact]
    public async Task A_32_bit_size_that_is_no_placeholder_counts()
    {
        byte[] chunks = Join(Fmt, Data, RiffChunk("C2PA", Store()));
        byte[] file = Rf64([chunks], data: 1L << 40, more: 1L << 40, size: (uint)(4 + 36 + chunks.Length));
        var map = await MapAsync(file);
        Assert.Equal([new ByteRange(4, 4)], Assert.Single(map.Stores).LengthFields);
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task Other_chunks_take_their_sizes_from_the_table_in_its_order()
    {
        byte[] first = Wide(RiffChunk("junk", new byte[6])), second = Wide(RiffChunk("junk", new byte[2]));
        byte[] file = Rf64([Fmt, first, second, Data, RiffChunk("C2PA", Store())], others: [("junk", 6), ("junk", 2)]);
        Assert.Single((await MapAsync(file)).Stores);
        byte[] swapped = Rf64([Fmt, first, second, Data, RiffChunk("C2PA", Store())], others: [("junk", 2), ("junk", 6)]);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(swapped));
    }

    [Fact]
    public async Task A_placeholder_without_an_entry_is_a_size()
    {
        byte[] file = Rf64([Fmt, Data, Wide(RiffChunk("junk", new byte[6]))]);
        Assert.Contains("4294967303 bytes expected", Assert.Single((await MapAsync(file)).Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_in_a_file_of_32_bits_is_a_size()
    {
        byte[] file = Wav(Fmt, Wide(Data));
        Assert.Contains("4294967303 bytes expected", Assert.Single((await MapAsync(file)).Notes).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(20 + 8, false)]
    [InlineData(1L << 40, false)]
    [InlineData((1L << 62) - 1, false)]
    public async Task A_data_size_is_what_ds64_says(long size, bool isFound)
    {
        if (isFound)
            Assert.Single((await StoreInWideFileAsync(size)).Stores);
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => StoreInWideFileAsync(size));
    }

    [Theory]
    [InlineData((1L << 62) - 1, "the file has")]
    [InlineData(1L << 62, "above 2^62")]
    [InlineData(-1, "above 2^62")]
    public async Task A_RIFF_size_above_2_to_the_62_is_damage(long riff, string told)
    {
        byte[] file = Rf64([Fmt, Wide(Data)]);
        Long(riff).CopyTo(file, 20);
        var map = await MapAsync(file);
        Assert.Contains(told, Assert.Single(map.Notes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RF64_without_ds64_is_damaged()
    {
        byte[] file = Wav(Fmt, Data);
        Ascii("RF64").CopyTo(file, 0);
        Assert.Contains("ds64", Assert.Single((await MapAsync(file)).Notes).Text, StringComparison.Ordinal);
        byte[] signed = Wav(Fmt, Data, RiffChunk("C2PA", Store()));
        Ascii("RF64").CopyTo(signed, 0);
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(signed));
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesOfDamagedAsync(signed));
    }

    private static async Task BoxesOfDamagedAsync(byte[] file)
    {
        var format = AssetFormats.Find(file)!;
        await format.ListBoxesAsync(AssetSource.FromMemory(file), null!, Limits.Default, CancellationToken.None);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_table_is_no_longer_than_ds64(uint entries, bool isSound)
    {
        byte[] file = Rf64([Fmt, Wide(Data), RiffChunk("C2PA", Store())], others: ("junk", 1));
        Little(entries).CopyTo(file, 12 + 8 + 24);
        if (isSound)
            Assert.Single((await MapAsync(file)).Stores);
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(file));
    }

    [Fact]
    public async Task The_limit_of_parts_holds_for_the_table()
    {
        byte[] file = Rf64([Fmt, Wide(Data), RiffChunk("C2PA", Store())], others: [.. Enumerable.Repeat(("junk", 1L), 5)]);
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 5 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 4 }));
    }

    [Fact]
    public async Task Sound_is_not_read()
    {
        byte[] file = Wav(Fmt, RiffChunk("data", new byte[10 << 20]), RiffChunk("C2PA", Store(50_000)));
        var source = new CountingSource(file);
        var map = await AssetFormats.Find(file)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.Single(map.Stores);
        Assert.InRange(source.BytesRead, 1, 64 << 10);
    }

    [Fact]
    public async Task Chunks_beyond_4_GiB_are_found_where_they_are()
    {
        var kit = TestWav.Wide(WavForm.Rf64);
        var (head, tail, extent) = kit.Around(5L << 30, Store());
        await using var source = new SparseSource(head, 5L << 30, tail);
        var map = await AssetFormats.Find(head)!.MapAsync(source, Limits.Default, CancellationToken.None);
        Assert.Equal([new ByteRange(extent.Start, extent.Length)], Assert.Single(map.Stores).Extent);
        Assert.Equal(head.Length + (5L << 30), extent.Start);
        Assert.Empty(map.Notes);
    }

    [Fact]
    public async Task Metadata_are_told_from_what_is_played()
    {
        var map = await MapAsync(Wav(
            RiffChunk("bext", new byte[602]), Fmt, RiffChunk("fact", new byte[4]), RiffChunk("chna", new byte[4]), Data, RiffChunk("LIST", "INFOISFT\0\0\0\0"u8.ToArray()),
            RiffChunk("iXML", Ascii("<a/>")), RiffChunk("id3 ", Ascii("ID3")), RiffChunk("_PMX", Ascii("<x/>")), RiffChunk("smpl", new byte[36]), RiffChunk("LIST", [])));
        Assert.Equal(
            [
                ("WAVE", RegionKind.Structure), ("bext", RegionKind.OtherMetadata), ("fmt ", RegionKind.Structure), ("fact", RegionKind.Structure), ("chna", RegionKind.Structure),
                ("data", RegionKind.Media), ("INFO", RegionKind.OtherMetadata), ("iXML", RegionKind.OtherMetadata), ("id3 ", RegionKind.OtherMetadata), ("_PMX", RegionKind.Xmp),
                ("smpl", RegionKind.Unknown), ("LIST", RegionKind.Unknown),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
        Assert.Equal("<x/>"u8.ToArray(), map.Xmp!.Value.ToArray());
    }

    [Fact]
    public async Task A_list_called_C2PA_is_no_store() =>
        Assert.Empty((await MapAsync(Wav(Fmt, Data, RiffChunk("LIST", [.. "C2PA"u8, .. Store()])))).Stores);

    [Fact]
    public async Task Two_stores_are_two() =>
        Assert.Equal(2, (await MapAsync(Wav(RiffChunk("C2PA", Store()), Fmt, Data, RiffChunk("C2PA", Store())))).Stores.Count);

    [Fact]
    public async Task A_second_RIFF_chunk_is_no_part_of_a_WAV()
    {
        byte[] file = Wav(Fmt, Data);
        var map = await MapAsync([.. file, .. RiffOf("AVIX", RiffChunk("C2PA", Store()))]);
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
        Assert.Equal(RegionKind.Trailing, map.Regions[^1].Kind);
    }
}
