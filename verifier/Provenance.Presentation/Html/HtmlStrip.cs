using System.Globalization;
using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>Draws what the signature covers as a strip, with the words for what occurs in it. Hatching tells open stretches without colour.</summary>
internal static class HtmlStrip
{
    private const int Height = 16, Gap = 4;

    public static void Write(HtmlWriter html, PageStrip strip, Words words)
    {
        html.Open("figure", "class", "strip");
        // The key below tells the same in words.
        html.Open("svg", "viewBox", Box(PageStrip.Width), "preserveAspectRatio", "none", "aria-hidden", "true", "focusable", "false");
        foreach (var part in strip.Parts)
            Draw(html, part.Kind, part.Start, part.Columns);
        html.CloseLine();
        html.Open("ul", "class", "key");
        foreach (var kind in strip.Parts.Select(part => part.Kind).Distinct().Order())
        {
            html.Open("li");
            html.Open("svg", "viewBox", Box(24), "aria-hidden", "true", "focusable", "false");
            Draw(html, kind, 0, 24);
            html.Close();
            html.Element("span", words.Say(kind switch
            {
                PageStripKind.Covered => "html.strip.covered",
                PageStripKind.Credential => "html.strip.credential",
                _ => "html.strip.open",
            }));
            html.Close();
        }
        html.CloseLine();
        html.Element("figcaption", words.Say("html.strip.caption"));
        html.CloseLine();
    }

    private static void Draw(HtmlWriter html, PageStripKind kind, int start, int columns)
    {
        html.Void("rect", "class", kind switch
        {
            PageStripKind.Covered => "covered",
            PageStripKind.Credential => "credential",
            _ => "open",
        }, "x", Number(start), "y", "0", "width", Number(columns), "height", Number(Height));
        if (kind != PageStripKind.Open)
            return;
        for (int x = 0; x < columns; x += Gap)
        {
            int width = Math.Min(Gap, columns - x);
            html.Void("path", "class", "hatch", "d", $"M{Number(start + x)} {Number(Height)}l{Number(width)} {Number(-Height)}");
        }
    }

    private static string Box(int width) => $"0 0 {Number(width)} {Number(Height)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
