using System.Xml.Linq;
using Provenance.Presentation.Html;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Presentation.Html;

public sealed class HtmlIndexTests
{
    private static readonly Dictionary<string, string[]> s_ours = new()
    {
        ["html"] = ["lang"],
        ["head"] = [],
        ["meta"] = ["charset", "http-equiv", "content", "name"],
        ["title"] = [],
        ["style"] = [],
        ["body"] = [],
        ["header"] = [],
        ["main"] = [],
        ["footer"] = [],
        ["nav"] = ["aria-label"],
        ["h1"] = [],
        ["h2"] = ["class"],
        ["p"] = ["class"],
        ["ul"] = ["class"],
        ["li"] = ["data-label"],
        ["a"] = ["href", "aria-current"],
        ["b"] = [],
        ["bdi"] = [],
        ["span"] = ["class"],
        ["table"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = ["data-label"],
        ["th"] = ["scope"],
        ["td"] = [],
        ["svg"] = ["class", "viewBox", "aria-hidden", "focusable"],
        ["path"] = ["class", "d"],
    };

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Each_file_has_a_row_with_shape_words_and_the_way_to_its_page(string language)
    {
        var words = language == "ko" ? Words.Korean : Words.English;
        var labels = Enum.GetValues<Label>();

        var root = AssertOurs(Draw(Page(words, [.. labels.Select(label => new IndexRow(label, $"{label}.jpg", words.Say("label.none"), "", $"reports/{label}.html"))])));

        var rows = root.Descendants("tbody").Single().Elements("tr").ToList();
        Assert.Equal(labels.Select(LabelTable.Code), rows.Select(row => row.Attribute("data-label")!.Value));
        Assert.All(rows, row => Assert.Single(row.Descendants("svg")));
        Assert.Equal(labels.Select(label => words.Say("label-short." + LabelTable.Code(label))), rows.Select(row => row.Descendants("span").Single().Value));
        Assert.Equal(labels.Select(label => $"reports/{label}.html"), rows.Select(row => row.Descendants("a").Single().Attribute("href")!.Value));
        Assert.Equal(labels.Length, rows.Select(row => row.Descendants("svg").Single().ToString()).Distinct().Count());
        Assert.Equal(language, root.Attribute("lang")!.Value);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' autofocus onfocus='x")]
    [InlineData("a\u202Eb\0\u2028")]
    [InlineData("]]></style><script>")]
    public void Names_are_text_and_nothing_else(string hostile)
    {
        var page = Page(Words.English, [new(Label.None, hostile, hostile, hostile, null)]) with { Name = hostile, Notes = [hostile] };

        var root = AssertOurs(Draw(page));

        Assert.Equal(5, root.Descendants("bdi").Count());
        Assert.DoesNotContain(root.Descendants("tbody").Single().Descendants("a"), _ => true);
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 2, "1 2")]
    [InlineData(5, 5, "1 2 3 4 5")]
    [InlineData(1, 40, "1 2 3 4 … 40")]
    [InlineData(20, 40, "1 … 17 18 19 20 21 22 23 … 40")]
    [InlineData(40, 40, "1 … 37 38 39 40")]
    public void A_long_list_is_divided_and_every_part_leads_to_its_neighbours_and_ends(int number, int pages, string shown)
    {
        var root = AssertOurs(Draw(Page(Words.English, []) with { Number = number, Pages = pages, LinkOf = page => $"index-{page}.html" }));

        var lists = root.Descendants("nav").ToList();
        Assert.Equal(shown.Length == 0 ? 0 : 2, lists.Count);
        Assert.All(lists, list => Assert.Equal(shown, string.Join(' ', list.Descendants("li").Select(item => item.Value))));
        Assert.All(lists, list => Assert.Equal($"index-{number}.html", list.Descendants("a").Single(link => link.Attribute("aria-current") is not null).Attribute("href")!.Value));
    }

    [Fact]
    public void A_list_of_one_label_says_so_and_leads_back()
    {
        var root = AssertOurs(Draw(Page(Words.English, []) with { Only = Label.Broken, Counts = [new(Label.Broken, 1234, "broken.html"), new(Label.None, 1, "none.html")] }));

        Assert.Equal("does not match its credential", root.Descendants("h2").Single().Value);
        Assert.Equal("1,234 does not match its credential", root.Descendants("a").Single(link => link.Attribute("aria-current") is not null).Value);
        Assert.Contains(root.Descendants("a"), link => link.Attribute("href")!.Value == "index.html");
    }

    private static IndexPage Page(Words words, IReadOnlyList<IndexRow> rows) => new()
    {
        Words = words,
        Name = "incoming",
        Counts = [],
        Start = "index.html",
        Notes = [],
        Others = [],
        Rows = rows,
        Number = 1,
        Pages = 1,
        LinkOf = _ => "index.html",
    };

    private static string Draw(IndexPage page)
    {
        var text = new StringWriter();
        HtmlIndex.Write(text, page);
        return text.ToString();
    }

    private static XElement AssertOurs(string html)
    {
        var root = HtmlText.Parse(html);
        foreach (var element in root.DescendantsAndSelf())
        {
            Assert.True(s_ours.TryGetValue(element.Name.ToString(), out string[]? attributes), element.Name.ToString());
            Assert.All(element.Attributes(), attribute => Assert.Contains(attribute.Name.ToString(), attributes!));
        }
        // To other pages of the same folder, and nowhere else.
        Assert.All(root.Descendants("a"), link => Assert.Matches("^[A-Za-z0-9_%-]+([./][A-Za-z0-9_%-]+)*$", link.Attribute("href")!.Value));
        Assert.Equal(HtmlStyle.Policy, root.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value);
        return root;
    }
}
