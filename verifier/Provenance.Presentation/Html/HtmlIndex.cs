using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>Draws a page of an index, in the manner of <see cref="HtmlReport"/>: no script, no request, a function of the page alone.</summary>
public static class HtmlIndex
{
    /// <summary>Pages named before and behind the one that is read; the first and the last are named always.</summary>
    private const int Neighbours = 3;

    /// <summary>Writes the document, in well-formed XML that browsers read as HTML; encode it as UTF-8.</summary>
    public static void Write(TextWriter writer, IndexPage page)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(page);
        var html = new HtmlWriter(writer);
        var words = page.Words;
        HtmlShell.Open(html, words, words.Say("index.title", "name", page.Name));
        html.Open("header");
        html.Element("p", words.Say("index.kind"), "class", "kind");
        html.Open("h1");
        html.Quote(page.Name);
        html.CloseLine();
        html.CloseLine();
        html.Open("main");
        WriteCounts(html, page);
        WriteNotes(html, page);
        html.Element("h2", page.Only is { } only ? words.Say("label-short." + LabelTable.Code(only)) : words.Say("index.all"), "class", "list");
        WritePages(html, page);
        WriteRows(html, page);
        WritePages(html, page);
        html.CloseLine();
        html.Open("footer");
        html.Element("p", words.Say("index.disclaimer"));
        html.CloseLine();
        HtmlShell.Close(html);
    }

    private static void WriteCounts(HtmlWriter html, IndexPage page)
    {
        html.Open("ul", "class", "counts");
        foreach (var count in page.Counts)
        {
            html.Open("li", "data-label", LabelTable.Code(count.Label));
            LabelShape.Draw(html, count.Label);
            html.Open("a", "href", count.Link, "aria-current", page.Only == count.Label ? "true" : null);
            html.Element("b", Words.Number(count.Files));
            html.Text(" " + page.Words.Say("label-short." + LabelTable.Code(count.Label)));
            html.Close();
            html.CloseLine();
        }
        html.CloseLine();
    }

    private static void WriteNotes(HtmlWriter html, IndexPage page)
    {
        foreach (string note in page.Notes)
        {
            html.Open("p", "class", "note");
            html.Quote(note);
            html.CloseLine();
        }
        html.Open("ul", "class", "others");
        if (page.Only is not null)
            Link(page.Start, page.Words.Say("index.all"));
        foreach (var (link, name) in page.Others)
            Link(link, name);
        html.CloseLine();

        void Link(string link, string name)
        {
            html.Open("li");
            html.Element("a", name, "href", link);
            html.CloseLine();
        }
    }

    private static void WriteRows(HtmlWriter html, IndexPage page)
    {
        var words = page.Words;
        html.Open("table");
        html.Open("thead");
        html.Open("tr");
        foreach (string head in (string[])["index.column.label", "index.column.file", "index.column.said"])
            html.Element("th", words.Say(head), "scope", "col");
        html.Close();
        html.CloseLine();
        html.Open("tbody");
        foreach (var row in page.Rows)
        {
            html.Open("tr", "data-label", LabelTable.Code(row.Label));
            html.Open("td");
            LabelShape.Draw(html, row.Label);
            html.Element("span", words.Say("label-short." + LabelTable.Code(row.Label)), "class", "short");
            html.Close();
            html.Open("th", "scope", "row");
            if (row.Link is not null)
                html.Open("a", "href", row.Link);
            html.Quote(row.File);
            if (row.Link is not null)
                html.Close();
            html.Close();
            html.Open("td");
            html.Quote(row.Sentence);
            if (row.Notes.Length > 0)
            {
                html.Open("p");
                html.Quote(row.Notes);
                html.Close();
            }
            html.Close();
            html.CloseLine();
        }
        html.Close();
        html.CloseLine();
    }

    /// <summary>The way to the other pages of the list; nothing where there are none.</summary>
    private static void WritePages(HtmlWriter html, IndexPage page)
    {
        if (page.Pages < 2)
            return;
        html.Open("nav", "aria-label", page.Words.Say("index.pages"));
        html.Open("ul", "class", "pages");
        int last = 0;
        for (int number = 1; number <= page.Pages; number++)
        {
            if (number > 1 && number < page.Pages && Math.Abs(number - page.Number) > Neighbours)
                continue;
            html.Open("li");
            if (number > last + 1)
                html.Text("… ");
            html.Element("a", Words.Number(number), "href", page.LinkOf(number), "aria-current", number == page.Number ? "page" : null);
            html.Close();
            last = number;
        }
        html.Close();
        html.CloseLine();
    }
}
