using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>Draws the sections of one page. Sections are bounded where they are made; what would still be too much for a page is cut here, and said to be.</summary>
internal sealed class HtmlSections(HtmlWriter html, Words words)
{
    /// <summary>What one page holds: far more than a file that wants to be read, and no more than a browser opens at once.</summary>
    public const int MostRows = 1200, MostNodes = 1200, MostLevels = 24, MostPictures = 40;

    /// <summary>Bytes of all recorded pictures together.</summary>
    public const int MostPictureBytes = 2 << 20;

    private int _rows, _nodes, _pictures, _pictureBytes;

    /// <summary>A section with its heading.</summary>
    public void Write(PageSection section)
    {
        html.Open("section", "data-topic", TopicOf(section.Topic));
        html.Open("h2");
        html.Quote(section.Title);
        html.CloseLine();
        WriteBody(section);
        html.CloseLine();
    }

    /// <summary>Sections that are folded until somebody asks for them, and open on paper.</summary>
    public void WriteFolded(IReadOnlyList<PageSection> sections)
    {
        if (sections.Count == 0)
            return;
        html.Open("details");
        html.Open("summary");
        html.Element("h2", words.Say("html.technical"));
        html.CloseLine();
        foreach (var section in sections)
        {
            html.Open("h3");
            html.Quote(section.Title);
            html.CloseLine();
            WriteBody(section);
        }
        html.CloseLine();
    }

    private void WriteBody(PageSection section)
    {
        if (section.Strip is { } strip)
            HtmlStrip.Write(html, strip, words);
        WriteRows(section.Rows);
        WriteNodes(section.Nodes, 1, KindOf(section));
    }

    /// <summary>What happened, to several files one behind the other or to one; or a tree.</summary>
    private static string KindOf(PageSection section) =>
        section.Topic != PageTopic.History ? "tree" : section.Nodes.Any(node => node.Label is not null) ? "timeline" : "events";

    private void WriteRows(IReadOnlyList<PageRow> rows)
    {
        if (rows.Count == 0)
            return;
        html.Open("dl", "class", "rows");
        string? last = null;
        foreach (var row in rows)
        {
            if (_rows++ == MostRows)
                Quoted("dd", words.Say("page.cut"));
            if (_rows > MostRows)
                break;
            if (row.Name != last)
                Quoted("dt", row.Name);
            last = row.Name;
            Quoted("dd", row.Text, row.IsCode ? "code" : null);
        }
        html.CloseLine();
    }

    private void WriteNodes(IReadOnlyList<PageNode> nodes, int level, string? kind)
    {
        if (nodes.Count == 0)
            return;
        // What happened has an order; what something was made from has none.
        string list = kind == "tree" ? "ul" : "ol";
        html.Open(list, "class", level == 1 ? kind : null);
        foreach (var node in nodes)
        {
            if (_nodes++ == MostNodes || level > MostLevels)
                Quoted("li", words.Say("page.cut"));
            if (_nodes > MostNodes || level > MostLevels)
                break;
            html.Open("li");
            WriteNode(node);
            WriteNodes(node.Children, level + 1, kind);
            html.CloseLine();
        }
        html.CloseLine();
    }

    private void WriteNode(PageNode node)
    {
        html.Open("div", "class", node.Label is not null ? "line headed" : node.When is not null ? "line timed" : "line");
        if (node.Label is { } label)
            LabelShape.Draw(html, label);
        if (node.When is { } when)
            Quoted("span", when, "when");
        Quoted("span", node.Text, "what");
        if (node.Note is { } note)
            Quoted("span", note, "note");
        html.Close();
        WritePicture(node.Picture);
    }

    private void WritePicture(PagePicture? picture)
    {
        if (picture is null || _pictures == MostPictures || picture.Bytes.Length > MostPictureBytes - _pictureBytes)
            return;
        _pictures++;
        _pictureBytes += picture.Bytes.Length;
        HtmlPictures.WriteRecorded(html, picture, words);
    }

    private void Quoted(string element, string text, string? manner = null)
    {
        html.Open(element, "class", manner);
        html.Quote(text);
        html.CloseLine();
    }

    /// <summary>How a topic is named in the document, for those who style or read it by program.</summary>
    public static string TopicOf(PageTopic topic) => topic.ToString().ToLowerInvariant();
}
