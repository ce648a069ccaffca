using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.Presentation.Html;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Presentation;

public sealed class PageStripTests
{
    [Fact]
    public async Task A_strip_has_no_gaps_and_shows_credential_and_open_stretches_where_they_lie()
    {
        var asset = new ManifestBuilder("strip").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent])).SignedBy(HtmlText.Signer).Embed(TestJpeg.Small());
        var strip = StripOf(await HtmlText.ReportAsync(asset.Bytes))!;

        int next = 0;
        foreach (var part in strip.Parts)
        {
            Assert.Equal(next, part.Start);
            Assert.True(part.Columns > 0);
            next += part.Columns;
        }
        Assert.Equal(PageStrip.Width, next);
        var credential = Assert.Single(strip.Parts, part => part.Kind == PageStripKind.Credential);
        Assert.Equal(asset.StoreExtent.Start * PageStrip.Width / asset.Bytes.Length, credential.Start);
        Assert.DoesNotContain(strip.Parts, part => part.Kind == PageStripKind.Open);
    }

    [Fact]
    public async Task One_open_byte_of_a_large_file_is_seen()
    {
        var asset = new ManifestBuilder("strip/open").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, new(c.Asset.Bytes.Length - 1, 1)])).SignedBy(HtmlText.Signer).Embed(TestJpeg.OfAbout(300_000).WithTrailing([7]));
        var report = await HtmlText.ReportAsync(asset.Bytes);

        Assert.Equal(Label.IntactUnknownIssuer, report.Label);
        Assert.Equal(1, Assert.Single(StripOf(report)!.Parts, part => part.Kind == PageStripKind.Open).Columns);
    }

    [Fact]
    public async Task Of_what_does_not_match_there_is_no_strip()
    {
        var asset = new ManifestBuilder("strip/changed").Created().SignedBy(HtmlText.Signer).Embed(TestJpeg.Small());

        Assert.All(ReportPage.Of(await HtmlText.ReportAsync(asset.MediaChanged()), Words.English, null).Sections, section => Assert.Null(section.Strip));
    }

    private static PageStrip? StripOf(Provenance.Verifier.VerificationReport report) =>
        ReportPage.Of(report, Words.English, null).Sections.Single(section => section.Topic == PageTopic.Coverage).Strip;
}
