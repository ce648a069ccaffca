using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>What every page of ours begins and ends with: language, policy, style sheet.</summary>
internal static class HtmlShell
{
    /// <summary>Opens the document up to the first element of its body.</summary>
    public static void Open(HtmlWriter html, Words words, string title)
    {
        html.Begin();
        html.Open("html", "lang", words.Code);
        html.Open("head");
        html.Void("meta", "charset", "utf-8");
        // Before anything it is to hold for.
        html.Void("meta", "http-equiv", "Content-Security-Policy", "content", HtmlStyle.Policy);
        html.Void("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.Void("meta", "name", "referrer", "content", "no-referrer");
        html.Void("meta", "name", "robots", "content", "noindex");
        html.Void("meta", "name", "color-scheme", "content", "light dark");
        html.Element("title", title);
        html.Open("style");
        html.Raw(HtmlStyle.Sheet);
        html.CloseLine();
        html.CloseLine();
        html.Open("body");
    }

    /// <summary>Closes the document.</summary>
    public static void Close(HtmlWriter html)
    {
        html.CloseLine();
        html.CloseLine();
    }
}
