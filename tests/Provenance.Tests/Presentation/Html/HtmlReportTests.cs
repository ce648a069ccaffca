using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Tests.House;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Xunit;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Presentation.Html;

public sealed class HtmlReportTests
{
    public static TheoryData<string, string> Samples { get; } = new()
    {
        { "good.jpg", "en" }, { "good.jpg", "ko" }, { "ai.jpg", "en" }, { "ai.jpg", "ko" },
        { "changed.jpg", "en" }, { "changed.jpg", "ko" }, { "none.jpg", "en" }, { "none.jpg", "ko" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_document_is_well_formed_and_holds_nothing_but_our_elements(string sample, string language)
    {
        var words = language == "ko" ? Words.Korean : Words.English;
        var root = HtmlText.AssertOurs(HtmlText.Of(await SampleAsync(sample), words, sample));

        Assert.Equal(language, root.Attribute("lang")!.Value);
        Assert.Equal(sample, root.Descendants("h1").Single().Value);
        Assert.Equal(words.Say("html.title", "name", sample), root.Descendants("title").Single().Value);
    }

    [Fact]
    public void The_policy_allows_this_style_sheet_and_pictures_of_the_page_alone()
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(HtmlStyle.Sheet)));

        Assert.Equal($"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'", HtmlStyle.Policy);
        // What a style sheet could ask for, and what would end it early in either reading.
        foreach (string never in (string[])["url(", "@import", "@font-face", "expression", "<", "&", "]]>", "\r"])
            Assert.DoesNotContain(never, HtmlStyle.Sheet, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_begins_with_the_label_and_ends_with_what_no_report_can_say()
    {
        var root = HtmlText.Parse(HtmlText.Of(await SampleAsync("good.jpg")));
        var label = root.Descendants("div").Single(div => div.Attribute("data-label") is not null);

        Assert.Equal("intact-known", label.Attribute("data-label")!.Value);
        Assert.Equal("Unchanged since Example Newsroom Signing signed it on 14 Mar 2026.", label.Element("p")!.Value);
        Assert.Contains("does not say whether what the file shows is true", root.Descendants("footer").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headings_lead_down_one_step_at_a_time()
    {
        var levels = HtmlText.Parse(HtmlText.Of(await SampleAsync("good.jpg"))).Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3").Select(element => element.Name.LocalName[1] - '0').ToList();

        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public async Task Who_signed_when_and_over_which_bytes_is_told()
    {
        byte[] file = File.ReadAllBytes(Sample("good.jpg"));
        var root = HtmlText.Parse(HtmlText.Of(await SampleAsync("good.jpg")));

        Assert.Contains("14 Mar 2026 09:26 UTC, by the time stamp of Example Time Stamping", HtmlText.Section(root, PageTopic.Credential), StringComparison.Ordinal);
        string record = HtmlText.Section(root, PageTopic.Record);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(file)), record, StringComparison.Ordinal);
        Assert.Contains("as of 21 Nov 2026 12:00 UTC", record, StringComparison.Ordinal);
        Assert.Contains("anchors.pem, for signers: 1 entry", record, StringComparison.Ordinal);
        Assert.Contains("Provenance 0.", record, StringComparison.Ordinal);
        string checks = HtmlText.Section(root, PageTopic.Checked);
        Assert.Contains("checked: both match", checks, StringComparison.Ordinal);
        Assert.Contains("not checked, and no credential can tell", checks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_folded_at_the_end_with_their_meanings_and_the_certificates_with_their_serial_numbers()
    {
        var root = HtmlText.Parse(HtmlText.Of(await SampleAsync("good.jpg")));
        var details = root.Descendants("details").Single();

        Assert.Same(root.Descendants("main").Single().Elements().Last(), details);
        Assert.Null(details.Attribute("open"));
        Assert.Equal("summary", details.Elements().First().Name);
        Assert.Contains("claimSignature.validated", details.Value, StringComparison.Ordinal);
        Assert.Contains("holds · The signature fits", details.Value, StringComparison.Ordinal);
        Assert.Contains("CN=Example Issuing CA", details.Value, StringComparison.Ordinal);
        Assert.Contains("CN=Example Root CA", details.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_is_told_from_the_origin_with_its_times_and_the_source_with_its_recorded_picture()
    {
        var root = HtmlText.Parse(HtmlText.Of(await SampleAsync("good.jpg")));
        var history = root.Descendants("section").Single(section => section.Attribute("data-topic")!.Value == "history");
        var sources = root.Descendants("section").Single(section => section.Attribute("data-topic")!.Value == "sources");

        Assert.Equal(["EX1_0042.jpg", "this file"], history.Element("ol")!.Elements("li").Select(item => item.Element("div")!.Elements("span").First().Value));
        Assert.Equal(["14 Mar 2026 07:58 UTC", "14 Mar 2026 09:20 UTC", "14 Mar 2026 09:21 UTC", "14 Mar 2026 09:22 UTC"],
            history.Descendants("span").Where(span => span.Attribute("class")!.Value == "when").Select(span => span.Value));
        Assert.StartsWith("data:image/jpeg;base64,", sources.Descendants("img").Single().Attribute("src")!.Value, StringComparison.Ordinal);
        Assert.Equal("Picture as recorded", sources.Descendants("figcaption").Single().Value);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Of_a_credential_that_does_not_match_nothing_is_repeated(string language)
    {
        string text = HtmlText.TextOf(HtmlText.Parse(HtmlText.Of(await SampleAsync("changed.jpg"), language == "ko" ? Words.Korean : Words.English, "x.jpg")));

        foreach (string claimed in (string[])["Example Newsroom", "Example Issuing", "TestKit", "EX1_0042", "14 Mar", "3월 14일"])
            Assert.DoesNotContain(claimed, text, StringComparison.Ordinal);
        Assert.Contains("assertion.dataHash.mismatch", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_the_report_itself_is_the_heading()
    {
        var root = HtmlText.AssertOurs(HtmlText.Of(await SampleAsync("good.jpg"), file: null));

        Assert.Equal("Content Credentials report", root.Descendants("h1").Single().Value);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Nothing_that_judges_truth_is_said(string language)
    {
        foreach (string sample in (string[])["good.jpg", "ai.jpg", "changed.jpg", "none.jpg"])
            Assert.DoesNotMatch(Labels.ForbiddenWords.Pattern, HtmlText.TextOf(HtmlText.Parse(HtmlText.Of(await SampleAsync(sample), language == "ko" ? Words.Korean : Words.English))));
    }

    [Fact]
    public async Task The_picture_is_shown_where_it_is_given_and_left_out_where_it_is_not()
    {
        var report = await SampleAsync("good.jpg");
        var picture = PagePictures.Of(File.ReadAllBytes(Sample("good.jpg")), PagePictures.MostFileBytes);

        var shown = HtmlText.AssertOurs(HtmlText.Of(report, picture: picture)).Descendants("figure").Single(figure => figure.Attribute("class")!.Value == "picture");
        Assert.StartsWith("data:image/jpeg;base64,", shown.Element("img")!.Attribute("src")!.Value, StringComparison.Ordinal);
        Assert.NotEmpty(shown.Element("img")!.Attribute("alt")!.Value);
        Assert.DoesNotContain(HtmlText.Parse(HtmlText.Of(report)).Descendants("figure"), figure => figure.Attribute("class")!.Value == "picture");
    }

    [Fact]
    public async Task The_same_report_gives_the_same_bytes() =>
        Assert.Equal(HtmlText.Of(await SampleAsync("good.jpg")), HtmlText.Of(await SampleAsync("good.jpg")));

    [Fact]
    public async Task Each_label_has_a_shape_of_its_own_and_only_one_a_colour()
    {
        var shapes = new List<string>();
        foreach (var label in Enum.GetValues<Label>())
        {
            var text = new StringWriter();
            LabelShape.Draw(new HtmlWriter(text), label);
            var svg = XElement.Parse(text.ToString());
            Assert.Equal(label == Label.Broken ? "shape broken" : "shape", svg.Attribute("class")!.Value);
            Assert.Equal("true", svg.Attribute("aria-hidden")!.Value);
            shapes.Add(string.Concat(svg.Elements().Select(path => path.Attribute("d")!.Value + path.Attribute("class")?.Value)));
        }
        Assert.Equal(8, shapes.Distinct().Count());
        await Task.CompletedTask;
    }

    private static string Sample(string name) => Repository.PathOf("tests", "samples", name);

    private static Task<VerificationReport> SampleAsync(string name) => HtmlText.ReportAsync(File.ReadAllBytes(Sample(name)), true,
        TrustList.FromPem("anchors.pem", TrustPurpose.Signer, File.ReadAllText(Sample("anchors.pem"))),
        TrustList.FromPem("tsa-anchors.pem", TrustPurpose.TimeStamp, File.ReadAllText(Sample("tsa-anchors.pem"))));
}
