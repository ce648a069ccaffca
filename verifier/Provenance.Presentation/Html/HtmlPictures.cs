using Provenance.Verifier.Labels;

namespace Provenance.Presentation.Html;

/// <summary>Pictures, as parts of the page itself.</summary>
internal static class HtmlPictures
{
    /// <summary>The file that the report is about.</summary>
    public static void WriteFile(HtmlWriter html, PagePicture picture, Words words) => Write(html, picture, "picture", words.Say("html.picture"));

    /// <summary>A picture that somebody recorded: told as such, for it may show something else.</summary>
    public static void WriteRecorded(HtmlWriter html, PagePicture picture, Words words) => Write(html, picture, "thumbnail", words.Say("html.thumbnail"));

    private static void Write(HtmlWriter html, PagePicture picture, string kind, string caption)
    {
        html.Open("figure", "class", kind);
        // The words for it stand below it; what it shows nobody here knows.
        html.Void("img", "alt", caption, "src", $"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Bytes.Span)}");
        html.Element("figcaption", caption);
        html.CloseLine();
    }
}
