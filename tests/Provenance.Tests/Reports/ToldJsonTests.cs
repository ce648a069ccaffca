using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.Presentation.Html;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Reports;

public sealed class ToldJsonTests
{
    [Fact]
    public async Task It_tells_the_label_its_sentence_and_the_lines_in_a_language()
    {
        var report = await ReportAsync();

        Assert.Equal(
            """{"label":"intact-unknown-issuer","sentence":"Unchanged since it was signed. Issuer not looked up.","lines":[{"axis":"ai","text":"Issuer declares: AI-generated (Provenance TestKit 1.0)."}]}""",
            JObject.Parse(Told(report, Words.English)).ToString(Newtonsoft.Json.Formatting.None));
        var korean = JObject.Parse(Told(report, Words.Korean));
        Assert.Equal(report.SentenceIn(Words.Korean), (string?)korean["sentence"]);
        Assert.Equal(report.Labelling.Lines.Select(line => report.LineIn(line, Words.Korean)), korean["lines"]!.Select(line => (string?)line["text"]));
    }

    [Fact]
    public async Task In_English_it_is_what_the_report_says()
    {
        var report = await ReportAsync();
        var text = new StringWriter();
        ReportJson.Write(text, report);
        JObject whole = JObject.Parse(text.ToString()), told = JObject.Parse(Told(report, Words.English));

        Assert.Equal(whole["label"], told["label"]);
        Assert.Equal(whole["sentence"], told["sentence"]);
        Assert.Equal(whole["lines"]!.Select(line => ((string?)line["axis"], (string?)line["text"])), told["lines"]!.Select(line => ((string?)line["axis"], (string?)line["text"])));
    }

    [Fact]
    public async Task Of_a_file_without_a_credential_there_are_no_lines() =>
        Assert.EndsWith("\"lines\":[]}", Told(await HtmlText.ReportAsync(TestJpeg.Small().Bytes), Words.Korean), StringComparison.Ordinal);

    [Fact]
    public async Task Only_ASCII_is_written() => Assert.Matches("^[\x20-\x7e]*$", Told(await ReportAsync(), Words.Korean));

    [Fact]
    public void Every_axis_has_a_code_of_its_own() =>
        Assert.Equal(["sources", "ai", "coverage", "identity"], Enum.GetValues<LabelAxis>().Select(LabelTable.Code));

    private static Task<VerificationReport> ReportAsync() =>
        HtmlText.ReportAsync(new ManifestBuilder("told").SignedBy(HtmlText.Signer).Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small()).Bytes);

    private static string Told(VerificationReport report, Words words)
    {
        var text = new StringWriter();
        ToldJson.Write(text, report, words);
        return text.ToString();
    }
}
