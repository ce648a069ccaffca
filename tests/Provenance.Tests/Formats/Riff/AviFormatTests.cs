using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Riff;

public sealed class AviFormatTests
{
    private static byte[] Header { get; } = RiffChunk("LIST", "hdrl1234"u8.ToArray());

    private static byte[] Movie { get; } = RiffChunk("LIST", "movi00dc\x02\0\0\0ab"u8.ToArray());

    private static byte[] More { get; } = RiffOf("AVIX", Movie);

    private static byte[] Avi(params byte[][] chunks) => RiffOf("AVI ", [Header, Movie, .. chunks]);

    [Fact]
    public async Task Lists_are_told_by_their_type()
    {
        byte[] file = Avi(RiffChunk("idx1", new byte[16]), RiffChunk("JUNK", new byte[3]), RiffChunk("LIST", "INFO"u8.ToArray()), RiffChunk("C2PA", Store(41)));
        var map = await MapAsync(file);
        Assert.Single(map.Stores);
        Assert.Equal(
            [
                ("AVI ", RegionKind.Structure), ("hdrl", RegionKind.Structure), ("movi", RegionKind.Media), ("idx1", RegionKind.Structure), ("JUNK", RegionKind.Unknown),
                ("INFO", RegionKind.OtherMetadata), ("C2PA", RegionKind.ManifestStore), ("pad byte", RegionKind.Structure),
            ],
            map.Regions.Select(region => (region.Name, region.Kind)));
    }

    [Fact]
    public async Task Further_RIFF_chunks_belong_to_the_file()
    {
        byte[] first = Avi(RiffChunk("C2PA", Store(41)));
        byte[] file = Join(first, More, More);
        var map = await MapAsync(file);
        Assert.Equal([new ByteRange(first.Length - 1 - 8 - Store(41).Length, 8 + Store(41).Length)], Assert.Single(map.Stores).Extent);
        Assert.Equal([new ByteRange(4, 4)], map.Stores[0].LengthFields);
        Assert.Equal(["AVI ", "hdrl", "movi", "C2PA", "pad byte", "AVIX", "movi", "AVIX", "movi"], map.Regions.Select(region => region.Name));
        Assert.Equal(file.Length, map.Regions[^1].Range.End);
        Assert.Empty(map.Notes);
        var boxes = await BoxesAsync(file);
        Assert.Equal(["AVI ", "hdrl", "movi", "C2PA", "AVIX", "movi", "AVIX", "movi"], boxes.Select(box => box.Name));
        Assert.Equal(file, Cut(file, boxes.Select(box => box.Range)));
    }

    [Fact]
    public async Task Another_RIFF_chunk_behind_is_trailing()
    {
        byte[] file = Avi(RiffChunk("C2PA", Store()));
        var map = await MapAsync([.. file, .. RiffOf("WAVE", Movie)]);
        Assert.Equal(RegionKind.Trailing, map.Regions[^1].Kind);
        Assert.Equal(4, (await BoxesAsync([.. file, .. RiffOf("WAVE", Movie)])).Count);
    }

    [Fact]
    public async Task A_store_in_a_later_RIFF_chunk_is_out_of_place()
    {
        var map = await MapAsync([.. Avi(), .. RiffOf("AVIX", Movie, RiffChunk("C2PA", Store()))]);
        Assert.Empty(map.Stores);
        Assert.Contains("first RIFF chunk", map.StoreFault!.Rule, StringComparison.Ordinal);
        // Beside a store in its place it is content like any other, which the hash covers.
        map = await MapAsync([.. Avi(RiffChunk("C2PA", Store())), .. RiffOf("AVIX", Movie, RiffChunk("C2PA", Store()))]);
        Assert.Single(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task A_later_RIFF_chunk_that_is_cut_short_is_noted()
    {
        byte[] file = [.. Avi(RiffChunk("C2PA", Store())), .. More];
        var map = await MapAsync(file[..^1]);
        Assert.Single(map.Stores);
        Assert.Contains("the file ends after", Assert.Single(map.Notes).Text, StringComparison.Ordinal);
        byte[] unsigned = [.. Avi(), .. More];
        Assert.Empty((await MapAsync(unsigned[..^1])).Stores);
    }

    [Fact]
    public async Task A_later_RIFF_size_above_the_file_leaves_no_list_of_boxes()
    {
        byte[] file = [.. Avi(RiffChunk("C2PA", Store())), .. More];
        Assert.Equal(6, (await BoxesAsync(file)).Count);
        Little((uint)More.Length - 8 + 1).CopyTo(file, file.Length - More.Length + 4);
        await Assert.ThrowsAsync<MalformedDataException>(() => BoxesAsync(file));
    }

    [Fact]
    public async Task The_limit_of_parts_counts_empty_RIFF_chunks()
    {
        byte[] file = [.. Avi(RiffChunk("C2PA", Store())), .. RiffOf("AVIX"), .. RiffOf("AVIX")];
        Assert.Single((await MapAsync(file, new Limits { ContainerParts = 5 })).Stores);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, new Limits { ContainerParts = 4 }));
    }
}
