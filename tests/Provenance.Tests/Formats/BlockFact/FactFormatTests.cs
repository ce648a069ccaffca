using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.BlockFact;

public sealed class FactFormatTests
{
    [Fact]
    public async Task The_store_is_the_data_of_its_block()
    {
        byte[] file = TestFact.Image().Write(("C2PA", Store()));
        Assert.Equal(Store(), Cut(file, Assert.Single((await MapAsync(file)).Stores).Extent));
        Assert.Equal(2, (await MapAsync(TestFact.Video().Write(("C2PA", Store()), ("C2PA", Store())))).Stores.Count);
        Assert.Empty((await MapAsync(TestFact.Audio().Write(("c2pa", Store())))).Stores);
    }

    [Theory]
    [InlineData("\"format_version\":2", 1, 0)]
    [InlineData("\"format_version\":3", 1, 0)]
    [InlineData("\"format_version\":1", 0, 0)]
    [InlineData("\"a\":{\"format_version\":2}", 0, 0)]
    [InlineData("\"format_version\":2,\"format_version\":2", 1, 0)]
    public async Task Files_of_version_1_have_no_blocks(string metadata, int stores, int notes)
    {
        var map = await MapAsync((TestFact.Image() with { Metadata = metadata }).Write(("C2PA", Store())));
        Assert.Equal(stores, map.Stores.Count);
        Assert.Equal(notes, map.Notes.Count);
    }

    [Theory]
    [InlineData("\"format_version\":\"2\"")]
    [InlineData("\"format_version\":2,\"format_version\":1")]
    [InlineData("\"format_version\":2,\"media_length\":1")]
    [InlineData("\"format_version\":2,\"image_length\":-1")]
    [InlineData("\"format_version\":2,\"image_length\":1.5")]
    [InlineData("\"format_version\":2,\"format_versio\\ud800\":1")]
    [InlineData("\"format_version\":2,,")]
    public async Task Metadata_that_can_be_read_in_two_ways_hides_no_store(string metadata) =>
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync((TestFact.Image() with { Metadata = metadata }).Write(("C2PA", Store()))));

    [Fact]
    public async Task A_picture_with_a_store_of_its_own_is_no_trace_of_one()
    {
        byte[] picture = Picture([.. Pieces(Store(), 50)]);
        var map = await MapAsync((TestFact.Image() with { Media = picture, Metadata = "\"format_version\":1" }).Write());
        Assert.Empty(map.Stores);
        Assert.Empty((await MapAsync((TestFact.Image() with { Media = picture }).Write())).Stores);
    }

    [Fact]
    public async Task A_block_ends_with_the_file()
    {
        byte[] file = TestFact.Image().Write(("C2PA", Store()));
        Assert.Null((await MapAsync(file)).StoreFault);
        Assert.NotNull((await MapAsync(file[..^1])).StoreFault);
        Assert.Equal(RegionKind.Trailing, (await MapAsync([.. file, 0])).Regions[^1].Kind);
    }

    [Fact]
    public async Task Lengths_end_with_the_file()
    {
        byte[] file = TestFact.Image().Write();
        Assert.Empty((await MapAsync(file)).Notes);
        Assert.Single((await MapAsync(file[..^1])).Notes);
        Assert.Single((await MapAsync(file[..^3])).Notes);
        Assert.Single((await MapAsync(file[..20])).Notes);
        Assert.Single((await MapAsync(file[..6])).Notes);
    }

    [Fact]
    public async Task Metadata_is_as_long_as_the_limit_and_no_longer()
    {
        byte[] file = TestFact.Image().Write();
        int length = file[6] << 8 | file[7];
        Assert.Empty((await MapAsync(file, Limits.Default with { HeaderBytes = length })).Notes);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(file, Limits.Default with { HeaderBytes = length - 1 }));
    }
}
