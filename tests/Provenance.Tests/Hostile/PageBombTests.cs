using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Presentation.Tables;
using Provenance.TestKit;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Histories, identities and pictures by the thousand: the page and the row stay readable, and cheap to make.</summary>
public sealed class PageBombTests
{
    private const int MostPage = 8 << 20, MostRow = 32 << 10;

    [Theory]
    [InlineData("actions")]
    [InlineData("ingredients")]
    [InlineData("thumbnails")]
    [InlineData("identities")]
    [InlineData("descriptions")]
    public async Task A_page_about_it_is_bounded(string kind)
    {
        string text = string.Concat(Enumerable.Repeat("\u05D0&\"<\u202E", 40_000));
        Assertion[] assertions = kind switch
        {
            "actions" => [Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", Enumerable.Range(0, 4000).Select(i => new CborFields { { "action", "c2pa.edited" }, { "description", $"step {i}" }, { "when", "2026-03-14T09:26:53Z" } }).ToArray() } })],
            "ingredients" => [.. Enumerable.Range(1, 1500).Select(i => Assertion.Cbor($"c2pa.ingredient.v3__{i}", new CborFields { { "relationship", "componentOf" }, { "dc:title", $"part {i}" } }))],
            "thumbnails" => [.. Enumerable.Range(1, 8).Select(i => Assertion.File($"c2pa.thumbnail.ingredient__{i}", "image/png", [.. TestPng.Small().WithText("Title", new string('x', 900_000)).Bytes]))],
            "identities" => [.. Enumerable.Range(1, 1000).Select(i => Assertion.Cbor($"cawg.identity__{i}", new CborFields { { "signer_payload", new CborFields { { "sig_type", "cawg.identity_claims_aggregation" }, { "referenced_assertions", Array.Empty<object>() } } }, { "signature", new byte[64] }, { "pad1", new byte[8] } }))],
            _ => [Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", Enumerable.Range(0, 20).Select(i => new CborFields { { "action", text }, { "description", text }, { "softwareAgent", new CborFields { { "name", text } } } }).ToArray() } })],
        };
        var report = await Bomb.SetOffAsync(Bomb.Signed(assertions));

        Assert.Equal(ValidationState.Trusted, report.State);
        foreach (var words in (Words[])[Words.English, Words.Korean])
        {
            var (length, cost) = await Cost.OfAsync(() => ValueTask.FromResult(PageOf(report, words)));
            Assert.InRange(length, 1, MostPage);
            cost.AssertBounded(MostPage, kind);
            Assert.InRange(CsvText.Line(ResultRow.Of(report, words, text).Cells).Length, 1, MostRow);
        }
    }

    private static int PageOf(Verifier.VerificationReport report, Words words)
    {
        var page = new StringWriter();
        HtmlReport.Write(page, ReportPage.Of(report, words, "picture.png", PersonalData.None, inFull: true));
        return page.ToString().Length;
    }
}
