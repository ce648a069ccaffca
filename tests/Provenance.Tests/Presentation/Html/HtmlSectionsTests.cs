using System.Xml.Linq;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.TestKit;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Presentation.Html;

public sealed class HtmlSectionsTests
{
    [Fact]
    public void A_name_that_repeats_is_not_heard_again()
    {
        var list = Draw(Section(rows: [new("Why", "a"), new("Why", "b"), new("Where", "c"), new("Why", "d")])).Descendants("dl").Single();

        Assert.Equal(["dt:Why", "dd:a", "dd:b", "dt:Where", "dd:c", "dt:Why", "dd:d"], list.Elements().Select(element => $"{element.Name}:{element.Value}"));
    }

    [Theory]
    [InlineData(HtmlSections.MostRows, 0)]
    [InlineData(HtmlSections.MostRows + 1, 1)]
    [InlineData(HtmlSections.MostRows + 5000, 1)]
    public void More_rows_than_a_page_holds_are_cut_and_said_to_be(int rows, int cuts)
    {
        var drawn = Draw(Section(rows: [.. Enumerable.Range(0, rows).Select(i => new PageRow("n", "x"))])).Descendants("dd").ToList();

        Assert.Equal(Math.Min(rows, HtmlSections.MostRows), drawn.Count(row => row.Value == "x"));
        Assert.Equal(cuts, drawn.Count(row => row.Value == Words.English.Say("page.cut")));
    }

    [Theory]
    [InlineData(HtmlSections.MostNodes, 0)]
    [InlineData(HtmlSections.MostNodes + 1, 1)]
    public void More_lines_of_a_tree_than_a_page_holds_are_cut_and_said_to_be(int nodes, int cuts)
    {
        var drawn = Draw(Section(nodes: [.. Enumerable.Range(0, nodes).Select(i => new PageNode("x"))])).Descendants("li").ToList();

        Assert.Equal(HtmlSections.MostNodes, drawn.Count(line => line.Value == "x"));
        Assert.Equal(cuts, drawn.Count(line => line.Value == Words.English.Say("page.cut")));
    }

    [Theory]
    [InlineData(HtmlSections.MostLevels, 0)]
    [InlineData(HtmlSections.MostLevels + 1, 1)]
    [InlineData(200_000, 1)]
    public void A_tree_deeper_than_a_page_holds_is_cut_and_said_to_be(int levels, int cuts)
    {
        var node = new PageNode("x");
        for (int i = 1; i < levels; i++)
            node = new PageNode("x") { Children = [node] };

        var drawn = Draw(Section(nodes: [node])).Descendants("bdi").ToList();

        Assert.Equal(Math.Min(levels, HtmlSections.MostLevels), drawn.Count(line => line.Value == "x"));
        Assert.Equal(cuts, drawn.Count(line => line.Value == Words.English.Say("page.cut")));
    }

    [Theory]
    [InlineData(HtmlSections.MostPictures, HtmlSections.MostPictures)]
    [InlineData(HtmlSections.MostPictures + 1, HtmlSections.MostPictures)]
    public void More_pictures_than_a_page_holds_are_left_out(int pictures, int shown)
    {
        var picture = PagePictures.Of(TestJpeg.Small().Bytes, 1 << 20);

        Assert.Equal(shown, Draw(Section(nodes: [.. Enumerable.Range(0, pictures).Select(i => new PageNode("x") { Picture = picture })])).Descendants("img").Count());
    }

    [Fact]
    public void More_bytes_of_pictures_than_a_page_holds_are_left_out()
    {
        var picture = PagePictures.Of(TestJpeg.OfAbout(900_000).Bytes, 1 << 20)!;
        int fits = HtmlSections.MostPictureBytes / picture.Bytes.Length;

        Assert.Equal(fits, Draw(Section(nodes: [.. Enumerable.Range(0, fits + 2).Select(i => new PageNode("x") { Picture = picture })])).Descendants("img").Count());
    }

    [Fact]
    public void A_recorded_picture_is_told_as_recorded()
    {
        var figure = Draw(Section(nodes: [new PageNode("x") { Picture = PagePictures.Of(TestPng.Small().Bytes, 1 << 20) }])).Descendants("figure").Single();

        Assert.Equal("thumbnail", figure.Attribute("class")!.Value);
        Assert.Equal("Picture as recorded", figure.Element("figcaption")!.Value);
        Assert.StartsWith("data:image/png;base64,", figure.Element("img")!.Attribute("src")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_apart_from_a_line_is_drawn_apart()
    {
        var section = Draw(Section(nodes: [new PageNode("photo.jpg") { Note = "its credential holds", Label = Label.IntactKnown, Children = [new PageNode("cropped") { When = "14 Mar 2026" }] }]));

        Assert.Equal("timeline", section.Element("ol")!.Attribute("class")!.Value);
        var lines = section.Descendants("div").ToList();
        Assert.Equal(["line headed", "line timed"], lines.Select(line => line.Attribute("class")!.Value));
        Assert.Equal(["what:photo.jpg", "note:its credential holds"], Parts(lines[0]));
        Assert.Single(lines[0].Elements("svg"));
        Assert.Equal(["when:14 Mar 2026", "what:cropped"], Parts(lines[1]));

        static IEnumerable<string> Parts(XElement line) => line.Elements("span").Select(part => $"{part.Attribute("class")!.Value}:{part.Value}");
    }

    [Fact]
    public void What_happened_is_a_list_in_order_and_what_it_was_made_from_is_none()
    {
        Assert.Equal("events", Draw(Section(nodes: [new PageNode("x")])).Element("ol")!.Attribute("class")!.Value);
        Assert.Equal("tree", Draw(Section(nodes: [new PageNode("x")]) with { Topic = PageTopic.Sources }).Element("ul")!.Attribute("class")!.Value);
    }

    [Fact]
    public void A_strip_says_in_words_what_occurs_in_it()
    {
        var strip = new PageStrip([new(PageStripKind.Covered, 0, 100), new(PageStripKind.Open, 100, 40), new(PageStripKind.Covered, 140, 100)]);

        var figure = Draw(Section() with { Strip = strip }).Descendants("figure").Single();

        Assert.Equal(["covered by the signature", "not covered"], figure.Descendants("li").Select(item => item.Value));
        Assert.Equal(["covered", "open", "covered"], figure.Element("svg")!.Elements("rect").Select(rect => rect.Attribute("class")!.Value));
        Assert.All(figure.Descendants("svg"), svg => Assert.Equal("true", svg.Attribute("aria-hidden")!.Value));
    }

    private static PageSection Section(IReadOnlyList<PageRow>? rows = null, IReadOnlyList<PageNode>? nodes = null) => new(PageTopic.History, "Title", rows ?? [], nodes ?? []);

    private static XElement Draw(PageSection section)
    {
        var text = new StringWriter();
        new HtmlSections(new HtmlWriter(text), Words.English).Write(section);
        return XElement.Parse(text.ToString());
    }
}
