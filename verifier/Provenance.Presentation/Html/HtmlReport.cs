using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>
/// Draws a page as one HTML document that needs nothing else: no script, no request, its style sheet and pictures inside. It is a function
/// of the page alone, and bounded whatever the page says. Reads the same on paper, in the dark, and to somebody who hears it.
/// </summary>
public static class HtmlReport
{
    /// <summary>How every document begins.</summary>
    public const string Mark = HtmlWriter.Doctype + "<html lang=\"";

    /// <summary>Writes the document, in well-formed XML that browsers read as HTML; encode it as UTF-8.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="page">The page.</param>
    /// <param name="picture">The file itself, to be seen beside what is said of it; null to leave it out.</param>
    public static void Write(TextWriter writer, ReportPage page, PagePicture? picture = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(page);
        var html = new HtmlWriter(writer);
        var words = page.Words;
        HtmlShell.Open(html, words, page.Name.Length > 0 ? words.Say("html.title", "name", page.Name) : words.Say("html.title.unnamed"));
        html.Open("header");
        if (page.Name.Length > 0)
        {
            html.Element("p", words.Say("html.report"), "class", "kind");
            html.Open("h1");
            html.Quote(page.Name);
            html.CloseLine();
        }
        else
        {
            html.Element("h1", words.Say("html.report"));
        }
        html.CloseLine();
        html.Open("main");
        WriteLabel(html, page);
        if (picture is not null)
            HtmlPictures.WriteFile(html, picture, words);
        var drawing = new HtmlSections(html, words);
        foreach (var section in page.Sections.Concat(page.Further).Where(section => section.Topic != PageTopic.Technical).OrderBy(section => section.Topic))
            drawing.Write(section);
        // The codes alone, as text tells them, stand in the table of codes with their meanings.
        drawing.WriteFolded([.. page.Further.Where(section => section.Topic == PageTopic.Technical)]);
        html.CloseLine();
        html.Open("footer");
        html.Element("p", words.Say("html.disclaimer"));
        html.CloseLine();
        HtmlShell.Close(html);
    }

    private static void WriteLabel(HtmlWriter html, ReportPage page)
    {
        html.Open("div", "class", page.Label == Label.Broken ? "label broken" : "label", "data-label", LabelTable.Code(page.Label));
        LabelShape.Draw(html, page.Label);
        html.Open("p", "class", "sentence");
        html.Quote(page.Sentence);
        html.CloseLine();
        if (page.Lines.Count > 0)
        {
            html.Open("ul", "class", "lines");
            foreach (string line in page.Lines)
            {
                html.Open("li");
                html.Quote(line);
                html.Close();
            }
            html.CloseLine();
        }
        html.CloseLine();
    }
}
