using System.Text;
using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.Presentation.Html;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Presentation;

public sealed class ProblemsPageTests
{
    [Fact]
    public async Task A_reason_that_holds_several_times_is_told_once_with_how_often()
    {
        var asset = new ManifestBuilder("problems/repeated").Created()
            .With([.. Enumerable.Range(1, 7).Select(i => Assertion.Json($"org.example.note{i}", "{\"text\":\"as it was signed\"}"))])
            .StoreBytes(store => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(store).Replace("as it was signed", "as it was edited", StringComparison.Ordinal)))
            .SignedBy(HtmlText.Signer).Embed(TestJpeg.Small());

        var page = ReportPage.Of(await HtmlText.ReportAsync(asset.Bytes), Words.English, null);

        Assert.Equal(Label.Broken, page.Label);
        var reason = Assert.Single(page.Sections.Single(section => section.Topic == PageTopic.Problems).Rows, row => row.Name == "Why");
        Assert.EndsWith("(7 times)", reason.Text, StringComparison.Ordinal);
    }
}
