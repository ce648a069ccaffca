using Provenance.Presentation.Html;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Json;

/// <summary>
/// A page as JSON, described by docs/schema/page.v1.schema.json: on one line, in ASCII, at most 4 MiB long. What is nothing or empty there
/// has no member. A page that says more than fits is cut as the HTML document is, and says so; pictures that do not fit are left out.
/// </summary>
public static class PageJson
{
    /// <summary>Rows, lines, levels and pictures of one page: those of the document.</summary>
    internal const int MostRows = HtmlSections.MostRows, MostNodes = HtmlSections.MostNodes, MostLevels = HtmlSections.MostLevels, MostPictures = HtmlSections.MostPictures;

    /// <summary>Bytes of all recorded pictures together; in base64 a third more characters.</summary>
    internal const int MostPictureBytes = HtmlSections.MostPictureBytes;

    /// <summary>Characters written, pictures left out, after which rows and lines end. A row or line behind the last look at it is less than the rest up to 4 MiB.</summary>
    internal const int MostCharacters = 1 << 20;

    /// <summary>Characters of one text as written: a long paragraph in a script that is all escapes.</summary>
    private const int TextLength = 24 << 10;

    /// <summary>Writes one JSON object, without a line break behind it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="page">The page.</param>
    /// <param name="inFull">Whether what only a document has room for is written too.</param>
    public static void Write(TextWriter writer, ReportPage page, bool inFull)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(page);
        var json = new ReportWriter();
        json.Open();
        json.Text("language", page.Words.Code);
        json.Text("label", LabelTable.Code(page.Label));
        json.Text("name", page.Name, TextLength);
        json.Text("sentence", page.Sentence, TextLength);
        json.OpenList("lines");
        foreach (string line in page.Lines)
            json.Entry(line, TextLength);
        json.CloseList();
        var sections = new Sections(json, page.Words);
        sections.Write("sections", page.Sections);
        sections.Write("further", inFull ? page.Further : []);
        json.Close();
        json.CopyTo(writer);
    }

    internal static string NameOf(PageTopic topic) => topic switch
    {
        PageTopic.Credential => "credential",
        PageTopic.Identity => "identity",
        PageTopic.History => "history",
        PageTopic.Sources => "sources",
        PageTopic.Conflicts => "conflicts",
        PageTopic.Problems => "problems",
        PageTopic.Coverage => "coverage",
        PageTopic.Revocation => "revocation",
        PageTopic.Checked => "checked",
        PageTopic.NotChecked => "not-checked",
        PageTopic.Elsewhere => "elsewhere",
        PageTopic.Metadata => "metadata",
        PageTopic.Record => "record",
        _ => "technical",
    };

    private static string NameOf(PageStripKind kind) => kind switch
    {
        PageStripKind.Covered => "covered",
        PageStripKind.Credential => "credential",
        _ => "open",
    };

    /// <summary>The sections of one page, with what they may still take.</summary>
    internal sealed class Sections(ReportWriter json, Words words)
    {
        private int _rows, _nodes, _pictures, _pictureBytes, _pictureCharacters;

        private bool IsFull => json.Length - _pictureCharacters >= MostCharacters;

        public void Write(string name, IReadOnlyList<PageSection> sections)
        {
            json.OpenList(name);
            foreach (var section in sections)
            {
                json.Open();
                json.Text("topic", NameOf(section.Topic));
                json.Text("title", section.Title, TextLength);
                WriteRows(section.Rows);
                WriteNodes("nodes", section.Nodes, 1);
                if (section.Strip is { } strip)
                    WriteStrip(strip);
                json.Close();
            }
            json.CloseList();
        }

        private void WriteRows(IReadOnlyList<PageRow> rows)
        {
            json.OpenList("rows");
            foreach (var row in rows)
            {
                bool isCut = _rows >= MostRows || IsFull;
                Write(isCut ? new("", words.Say("page.cut")) : row);
                if (isCut)
                    break;
                _rows++;
            }
            json.CloseList();
        }

        private void Write(PageRow row)
        {
            json.Open();
            json.Text("name", row.Name, TextLength);
            json.Text("text", row.Text, TextLength);
            if (row.IsCode)
                json.Flag("isCode", true);
            json.Close();
        }

        private void WriteNodes(string name, IReadOnlyList<PageNode> nodes, int level)
        {
            json.OpenList(name);
            foreach (var node in nodes)
            {
                bool isCut = _nodes >= MostNodes || level > MostLevels || IsFull;
                Write(isCut ? new(words.Say("page.cut")) : node, level);
                if (isCut)
                    break;
            }
            json.CloseList();
        }

        private void Write(PageNode node, int level)
        {
            _nodes++;
            json.Open();
            json.Text("text", node.Text, TextLength);
            json.OptionalText("note", node.Note, TextLength);
            json.OptionalText("when", node.When, TextLength);
            if (node.Label is { } label)
                json.Text("label", LabelTable.Code(label));
            if (node.Children.Count > 0)
                WriteNodes("children", node.Children, level + 1);
            if (node.Picture is { } picture && _pictures < MostPictures && picture.Bytes.Length <= MostPictureBytes - _pictureBytes)
                Write(picture);
            json.Close();
        }

        private void Write(PagePicture picture)
        {
            int before = json.Length;
            json.Open("picture");
            json.Text("mediaType", picture.MediaType);
            json.Number("width", picture.Width);
            json.Number("height", picture.Height);
            json.Base64("data", picture.Bytes.Span);
            json.Close();
            _pictures++;
            _pictureBytes += picture.Bytes.Length;
            _pictureCharacters += json.Length - before;
        }

        private void WriteStrip(PageStrip strip)
        {
            json.Open("strip");
            json.Number("width", PageStrip.Width);
            json.OpenList("parts");
            foreach (var part in strip.Parts)
            {
                json.Open();
                json.Text("kind", NameOf(part.Kind));
                json.Number("start", part.Start);
                json.Number("columns", part.Columns);
                json.Close();
            }
            json.CloseList();
            json.Close();
        }
    }
}
