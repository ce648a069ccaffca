using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

public sealed class IptcTests
{
    private static Task<MetadataReport> InTiffAsync(byte[] datasets) =>
        Reading.OfAsync((TestTiff.Of(TestPicture.Gradient()) with { Entries = [(33723, 7, datasets)] }).Bytes);

    private static Task<MetadataReport> InJpegAsync(byte[] resources) => Reading.OfAsync(TestJpeg.Small().WithSegment(0xED, [.. "Photoshop 3.0\0"u8, .. resources]).Bytes);

    [Fact]
    public async Task Datasets_are_told_under_the_common_keys()
    {
        byte[] datasets = TestMetadata.Iptc((2, 5, "Title"), (2, 25, "one"), (2, 25, "two"), (2, 55, "20260314"), (2, 60, "092653+0900"), (2, 80, "Zoë"), (2, 90, "서울"), (2, 110, "Credit"), (2, 120, "Caption"));

        Assert.Equal(
        [
            "time.original = 2026-03-14T09:26:53+09:00", "location.name = 서울", "caption.title = Title", "caption.description = Caption", "caption.keywords = one", "caption.keywords = two",
            "creator = Zoë", "credit = Credit",
        ], Reading.Told(await InTiffAsync(datasets)));
    }

    [Theory]
    [InlineData("20260314", "", "2026-03-14")]
    [InlineData("20260314", "092653", "2026-03-14T09:26:53")]
    [InlineData("2026", "", "2026")]
    public async Task A_date_may_lack_its_time(string date, string time, string told) =>
        Assert.Equal([$"time.original = {told}"], Reading.Told(await InTiffAsync(TestMetadata.Iptc((2, 55, date), (2, 60, time)))));

    [Fact]
    public async Task A_length_may_have_four_bytes()
    {
        byte[] Long(uint length) => [0x1C, 2, 5, 0x80, 4, .. BmffWriter.U32(length), .. "Title"u8];

        Assert.Equal(["caption.title = Title"], Reading.Told(await InTiffAsync(Long(5))));
        Assert.Single((await InTiffAsync(Long(6))).Unreadable);
        Assert.Single((await InTiffAsync(Long(uint.MaxValue))).Unreadable);
    }

    [Fact]
    public async Task Zeros_behind_the_last_dataset_are_padding_and_other_bytes_are_not()
    {
        byte[] datasets = TestMetadata.Iptc((2, 5, "Title"));

        Assert.Empty((await InTiffAsync([.. datasets, 0, 0, 0])).Unreadable);
        Assert.Single((await InTiffAsync([.. datasets, 0, 1, 0])).Unreadable);
        Assert.Single((await InTiffAsync(datasets[..^1])).Unreadable);
        Assert.Single((await InTiffAsync([.. datasets, 0x1C, 2, 5, 0])).Unreadable);
    }

    [Fact]
    public async Task Resources_that_reach_behind_their_end_are_told()
    {
        byte[] resources = TestMetadata.PhotoshopResources((0x0404, TestMetadata.Iptc((2, 5, "Title"))));

        Assert.Equal(["caption.title = Title"], Reading.Told(await InJpegAsync(resources)));
        Assert.Single((await InJpegAsync(resources[..^2])).Unreadable);
        Assert.Single((await InJpegAsync([.. "8BIX"u8, .. resources[4..]])).Unreadable);
        Assert.Empty((await InJpegAsync(TestMetadata.PhotoshopResources((0x03ED, [1, 2, 3])))).Unreadable);
    }

    [Fact]
    public async Task Latin_text_without_a_declaration_is_read_too()
    {
        byte[] dataset = TestMetadata.Dataset(2, 80, Encoding.Latin1.GetBytes("Zoë"));
        Assert.Equal(["creator = Zoë"], Reading.Told(await InTiffAsync(dataset)));
    }
}
