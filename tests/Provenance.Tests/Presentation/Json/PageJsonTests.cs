using Newtonsoft.Json.Linq;
using Provenance.Presentation;
using Provenance.Presentation.Json;
using Provenance.TestKit;
using Provenance.Tests.House;
using Provenance.Tests.Presentation.Html;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Presentation.Json;

public sealed class PageJsonTests
{
    private const int Most = 4 << 20;

    private static string Cut { get; } = Words.English.Say("page.cut");

    [Theory]
    [InlineData("good.jpg", "en")]
    [InlineData("good.jpg", "ko")]
    [InlineData("ai.jpg", "en")]
    [InlineData("changed.jpg", "ko")]
    [InlineData("none.jpg", "en")]
    public async Task Everything_a_page_says_is_written_and_in_its_order(string sample, string language)
    {
        var page = ReportPage.Of(await SampleAsync(sample), language == "ko" ? Words.Korean : Words.English, sample, inFull: true);

        var json = JObject.Parse(Write(page, inFull: true));

        Assert.Equal([language, LabelTable.Code(page.Label), sample, page.Sentence], ((string[])["language", "label", "name", "sentence"]).Select(name => (string?)json[name]));
        Assert.Equal(page.Lines, json["lines"]!.Select(line => (string?)line));
        AssertSame(page.Sections, json["sections"]!);
        AssertSame(page.Further, json["further"]!);
    }

    [Fact]
    public async Task What_only_a_document_has_room_for_is_left_out_of_a_short_page()
    {
        var page = ReportPage.Of(await SampleAsync("good.jpg"), Words.English, null);

        Assert.NotEmpty(page.Further);
        Assert.Empty(JObject.Parse(Write(page, inFull: false))["further"]!);
        Assert.NotEmpty(JObject.Parse(Write(page, inFull: true))["further"]!);
    }

    [Fact]
    public async Task A_file_without_a_name_has_an_empty_one() =>
        Assert.Equal("", (string?)JObject.Parse(Write(ReportPage.Of(await SampleAsync("none.jpg"), Words.English, null), inFull: false))["name"]);

    [Fact]
    public void Every_topic_has_a_name_of_its_own() =>
        Assert.Equal(Enum.GetValues<PageTopic>().Length, Enum.GetValues<PageTopic>().Select(PageJson.NameOf).Distinct().Count());

    [Fact]
    public void What_is_nothing_has_no_member()
    {
        var section = Draw(rows: [new("n", "x"), new("n", "y") { IsCode = true }], nodes: [new("bare"), Full()]);

        Assert.Equal("""{"topic":"history","title":"Title","rows":[{"name":"n","text":"x"},{"name":"n","text":"y","isCode":true}],"nodes":[{"text":"bare"},""" +
            $$$"""{"text":"full","note":"a note","when":"a day","label":"not-checked","children":[{"text":"child"}],"picture":{"mediaType":"image/png","width":{{{Picture.Width}}},"height":{{{Picture.Height}}},"data":"{{{Convert.ToBase64String(Picture.Bytes.Span)}}}"}}]}""", section);

        static PageNode Full() => new("full") { Note = "a note", When = "a day", Label = Label.NotChecked, Children = [new("child")], Picture = Picture };
    }

    [Fact]
    public void A_strip_names_its_columns_and_stretches()
    {
        var strip = new PageStrip([new(PageStripKind.Covered, 0, 100), new(PageStripKind.Credential, 100, 40), new(PageStripKind.Open, 140, 100)]);

        Assert.EndsWith("""
            "strip":{"width":240,"parts":[{"kind":"covered","start":0,"columns":100},{"kind":"credential","start":100,"columns":40},{"kind":"open","start":140,"columns":100}]}}
            """, Draw(new PageSection(PageTopic.Coverage, "Title", [], []) { Strip = strip }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PageJson.MostRows, 0)]
    [InlineData(PageJson.MostRows + 1, 1)]
    public void More_rows_than_a_page_holds_are_cut_and_said_to_be(int rows, int cuts)
    {
        var texts = JObject.Parse(Draw(rows: [.. Enumerable.Range(0, rows).Select(_ => new PageRow("n", "x"))]))["rows"]!.Select(row => (string?)row["text"]).ToList();

        Assert.Equal(PageJson.MostRows, texts.Count(text => text == "x"));
        Assert.Equal(cuts, texts.Count(text => text == Cut));
    }

    [Theory]
    [InlineData(PageJson.MostNodes - 1, 0)]
    [InlineData(PageJson.MostNodes, 1)]
    public void More_lines_of_a_tree_than_a_page_holds_are_cut_and_said_to_be(int children, int cuts)
    {
        var node = new PageNode("x") { Children = [.. Enumerable.Range(0, children).Select(_ => new PageNode("x"))] };
        var texts = TextsOf(Draw(nodes: [node]));

        Assert.Equal(PageJson.MostNodes, texts.Count(text => text == "x"));
        Assert.Equal(cuts, texts.Count(text => text == Cut));
    }

    [Fact]
    public void Behind_a_list_that_was_cut_no_further_line_follows()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => new PageNode("x") { Children = [.. Enumerable.Range(0, PageJson.MostNodes).Select(_ => new PageNode("x"))] });
        var texts = TextsOf(Draw(nodes: [.. nodes]));

        Assert.Equal(PageJson.MostNodes, texts.Count(text => text == "x"));
        // Of the children, and of the lines beside their parent.
        Assert.Equal(2, texts.Count(text => text == Cut));
    }

    [Theory]
    [InlineData(PageJson.MostLevels, 0)]
    [InlineData(PageJson.MostLevels + 1, 1)]
    [InlineData(200_000, 1)]
    public void A_tree_deeper_than_a_page_holds_is_cut_and_said_to_be(int levels, int cuts)
    {
        var node = new PageNode("x");
        for (int i = 1; i < levels; i++)
            node = new PageNode("x") { Children = [node] };
        var texts = TextsOf(Draw(nodes: [node]));

        Assert.Equal(Math.Min(levels, PageJson.MostLevels), texts.Count(text => text == "x"));
        Assert.Equal(cuts, texts.Count(text => text == Cut));
    }

    [Theory]
    [InlineData(PageJson.MostPictures)]
    [InlineData(PageJson.MostPictures + 1)]
    public void More_pictures_than_a_page_holds_are_left_out_and_the_first_ones_kept(int pictures)
    {
        var nodes = JObject.Parse(Draw(nodes: [.. Enumerable.Range(0, pictures).Select(_ => new PageNode("x") { Picture = Picture })]))["nodes"]!;

        Assert.All(nodes.Take(PageJson.MostPictures), node => Assert.NotNull(node["picture"]));
        Assert.All(nodes.Skip(PageJson.MostPictures), node => Assert.Null(node["picture"]));
    }

    [Fact]
    public void Pictures_of_more_bytes_than_a_page_holds_are_left_out_and_leave_room_for_words()
    {
        var large = PagePictures.Of(TestJpeg.OfAbout(900_000).Bytes, 1 << 20)!;
        int fits = PageJson.MostPictureBytes / large.Bytes.Length;

        string drawn = Draw(nodes: [.. Enumerable.Range(0, fits + 2).Select(_ => new PageNode("x") { Picture = large }), new("y") { Picture = Picture }]);
        var nodes = JObject.Parse(drawn)["nodes"]!;

        Assert.True(drawn.Length > PageJson.MostCharacters);
        Assert.Equal([.. Enumerable.Repeat(true, fits), false, false, true], nodes.Select(node => node["picture"] is not null));
        Assert.Equal("y", (string?)nodes.Last()["text"]);
    }

    [Fact]
    public void However_much_is_said_a_page_stays_below_four_mebibytes_and_says_that_it_was_cut()
    {
        string wide = string.Concat(Enumerable.Repeat("\U0001F600\u202e\"", 9000));
        var large = PagePictures.Of(TestJpeg.OfAbout(PageJson.MostPictureBytes / 2 - 2000).Bytes, 2 << 20)!;
        var section = new PageSection(PageTopic.History, "Title",
            [.. Enumerable.Range(0, 18).Select(_ => new PageRow(wide, wide))], [.. Enumerable.Range(0, 3000).Select(_ => new PageNode(wide) { Note = wide, When = wide, Picture = large })]);

        string text = Draw([.. Enumerable.Repeat(section, 18)]);

        Assert.InRange(text.Length, (PageJson.MostPictureBytes * 5L / 4) + PageJson.MostCharacters, Most - 1);
        Assert.Matches("^[\x20-\x7e]*$", text);
        Assert.Equal(Cut, (string?)JArray.Parse(text).Last!["rows"]!.Single()["text"]);
    }

    [Fact]
    public async Task A_hostile_file_fills_no_page()
    {
        string wide = string.Concat(Enumerable.Repeat("\U0001F600\u202e\"\u001b\ud800", 3000));
        var builder = new ManifestBuilder("page-json").SignedBy(HtmlText.Signer).Titled(wide).GeneratedBy(wide).Created();
        for (int i = 0; i < 400; i++)
            builder.Action("c2pa.edited", action => action.With("description", wide).With("reason", wide));

        string text = Write(ReportPage.Of(await HtmlText.ReportAsync(builder.Embed(TestJpeg.Small()).Bytes), Words.Korean, wide, PersonalData.Location, inFull: true), inFull: true);

        Assert.True(text.Length < Most, $"{text.Length}");
        Assert.Matches("^[\x20-\x7e]*$", text);
        Assert.DoesNotContain("\\ud800\"", text, StringComparison.Ordinal);
        Assert.NotEmpty(JObject.Parse(text)["sections"]!);
    }

    [Fact]
    public async Task The_same_report_gives_the_same_bytes() =>
        Assert.Equal(Write(ReportPage.Of(await SampleAsync("good.jpg"), Words.English, null), true), Write(ReportPage.Of(await SampleAsync("good.jpg"), Words.English, null), true));

    private static PagePicture Picture { get; } = PagePictures.Of(TestPng.Small().Bytes, 1 << 20)!;

    private static void AssertSame(IReadOnlyList<PageSection> sections, JToken json)
    {
        Assert.Equal(sections.Select(section => (PageJson.NameOf(section.Topic), section.Title, section.Strip?.Parts.Count)),
            json.Select(section => ((string)section["topic"]!, (string)section["title"]!, section["strip"]?["parts"]!.Count())));
        Assert.Equal(sections.SelectMany(section => section.Rows).Select(row => (row.Name, row.Text, row.IsCode)),
            json.SelectMany(section => section["rows"]!).Select(row => ((string)row["name"]!, (string)row["text"]!, row["isCode"] is not null)));
        Assert.Equal(sections.SelectMany(section => Lines(section.Nodes, 1)), json.SelectMany(section => Lines(section["nodes"]!, 1)));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<PageNode> nodes, int level) => nodes.SelectMany(node =>
        Lines(node.Children, level + 1).Prepend($"{level}|{node.Text}|{node.Note}|{node.When}|{(node.Label is { } label ? LabelTable.Code(label) : "")}|{node.Picture?.Bytes.Length}"));

    private static IEnumerable<string> Lines(JToken nodes, int level) => nodes.SelectMany(node =>
        Lines(node["children"] ?? new JArray(), level + 1)
            .Prepend($"{level}|{node["text"]}|{node["note"]}|{node["when"]}|{node["label"]}|{(node["picture"] is { } picture ? Convert.FromBase64String((string)picture["data"]!).Length : null)}"));

    private static List<string?> TextsOf(string section) => [.. JObject.Parse(section).Descendants().OfType<JProperty>().Where(member => member.Name == "text").Select(member => (string?)member.Value)];

    private static string Draw(IReadOnlyList<PageRow>? rows = null, IReadOnlyList<PageNode>? nodes = null) => Draw(new PageSection(PageTopic.History, "Title", rows ?? [], nodes ?? []));

    private static string Draw(PageSection section) => Draw([section])[1..^1];

    /// <summary>Sections alone, as the array that a page has.</summary>
    private static string Draw(IReadOnlyList<PageSection> sections)
    {
        var json = new ReportWriter();
        new PageJson.Sections(json, Words.English).Write("sections", sections);
        var text = new StringWriter();
        json.CopyTo(text);
        return text.ToString()["\"sections\":".Length..];
    }

    private static string Write(ReportPage page, bool inFull)
    {
        var text = new StringWriter();
        PageJson.Write(text, page, inFull);
        return text.ToString();
    }

    private static Task<VerificationReport> SampleAsync(string name) => HtmlText.ReportAsync(File.ReadAllBytes(Repository.PathOf("tests", "samples", name)));
}
