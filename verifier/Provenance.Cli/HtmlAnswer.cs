using System.Security.Cryptography;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Verifier;

namespace Provenance.Cli;

/// <summary>A report as one HTML document, with the picture it is about.</summary>
internal static class HtmlAnswer
{
    public static string Of(VerificationReport report, string file, VerifyOptions options)
    {
        var text = new StringWriter();
        // A folder's name says more about its owner than about the file, and a report is passed on.
        var page = ReportPage.Of(report, options.Words, Path.GetFileName(file), options.Shown, inFull: true);
        HtmlReport.Write(text, page, options.ShowsPicture ? PictureOf(report, file) : null);
        return text.ToString();
    }

    /// <summary>The file, read once more: shown only where it is bit for bit what the report is about.</summary>
    private static PagePicture? PictureOf(VerificationReport report, string file)
    {
        if (report.Length is 0 or > PagePictures.MostFileBytes || report.Digest is not { } digest || AnswerSource.IsUrl(file) || !File.Exists(file))
            return null;
        byte[] bytes = new byte[report.Length];
        try
        {
            using var stream = File.OpenRead(file);
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(digest.Span) ? PagePictures.Of(bytes, PagePictures.MostFileBytes) : null;
    }
}
