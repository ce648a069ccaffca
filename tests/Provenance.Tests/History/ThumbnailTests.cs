using Provenance.TestKit;
using Provenance.Verifier.History;
using Xunit;

namespace Provenance.Tests.History;

public sealed class ThumbnailTests
{
    private static readonly byte[] s_jpeg = TestJpeg.Small().Bytes;

    [Fact]
    public async Task A_thumbnail_is_passed_on_with_the_media_type_of_its_bytes()
    {
        var thumbnail = await OfAsync("image/png", s_jpeg);

        Assert.Equal("image/jpeg", thumbnail!.MediaType);
        Assert.Equal(s_jpeg, thumbnail.Bytes.ToArray());
        Assert.EndsWith("/c2pa.thumbnail.claim", thumbnail.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")]
    [InlineData("<?xml version='1.0'?><svg/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("")]
    public async Task What_is_no_picture_of_points_is_not_passed_on(string content) => Assert.Null(await OfAsync("image/jpeg", System.Text.Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData(RecordedThumbnail.MostBytes, true)]
    [InlineData(RecordedThumbnail.MostBytes + 1, false)]
    public async Task A_thumbnail_has_a_mebibyte_at_most(int length, bool isGiven)
    {
        byte[] bytes = new byte[length];
        s_jpeg.CopyTo(bytes, 0);

        Assert.Equal(isGiven, await OfAsync("image/jpeg", bytes) is not null);
    }

    [Fact]
    public async Task A_source_shows_what_its_outer_signer_kept_before_what_its_own_did()
    {
        var source = Made.Builder("source").Created().With(StandardAssertions.Thumbnail(TestJpeg.Small())).Embed();
        var kept = (await Made.Builder("keeps").From(Ingredient.Parent(source) with { Thumbnail = TestPng.Small() }).Opened().ReportAsync()).History.Sources[1].Thumbnail;
        var own = (await Made.Builder("keeps none").Opened(source).ReportAsync()).History.Sources[1].Thumbnail;

        Assert.Equal(("image/png", "image/jpeg"), (kept!.MediaType, own!.MediaType));
    }

    [Fact]
    public async Task A_thumbnail_that_does_not_match_its_hash_is_not_passed_on()
    {
        var asset = Made.Builder("torn").Created().With(StandardAssertions.Thumbnail(TestJpeg.Small()).Entry(entry => entry["hash"] = new byte[32])).Embed();

        Assert.Null((await asset.ReportAsync()).History.Sources[0].Thumbnail);
    }

    private static async Task<RecordedThumbnail?> OfAsync(string mediaType, byte[] bytes) =>
        (await Made.Builder("thumbnail").Created().With(Assertion.File("c2pa.thumbnail.claim", mediaType, bytes)).ReportAsync()).History.Sources[0].Thumbnail;
}
