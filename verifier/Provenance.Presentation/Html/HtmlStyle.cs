using System.Security.Cryptography;
using System.Text;

namespace Provenance.Presentation.Html;

/// <summary>The style sheet of every page, and the policy that lets a browser use it and nothing else.</summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet, report.css.</summary>
    public static string Sheet { get; } = Read();

    /// <summary>
    /// No script, no request, no frame, no form: only this style sheet, known by its hash, and pictures that the page itself holds
    /// (Content Security Policy Level 3).
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Read()
    {
        using var stream = typeof(HtmlStyle).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
