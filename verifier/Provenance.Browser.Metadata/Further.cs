using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Provenance.Metadata;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Presentation.Json;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

[assembly: SupportedOSPlatform("browser")]

namespace Provenance.Browser.Metadata;

/// <summary>What the worker asks for after the verdict, of a question that is not forgotten (package/src/engine.ts).</summary>
internal static partial class Further
{
    /// <summary>The report as JSON, with what unsigned metadata says.</summary>
    [JSExport]
    internal static async Task<string> Full(int number)
    {
        var question = Engine.Asked(number);
        await ReadMetadataAsync(question).ConfigureAwait(false);
        return question.Json();
    }

    /// <summary>The report as a page of words, as JSON.</summary>
    [JSExport]
    internal static async Task<string> Page(int number, string language, bool inFull)
    {
        var text = new StringWriter();
        PageJson.Write(text, await PageOfAsync(Engine.Asked(number), language, inFull).ConfigureAwait(false), inFull);
        return text.ToString();
    }

    /// <summary>The report as one HTML document, with the picture it is about.</summary>
    [JSExport]
    internal static async Task<string> Html(int number, string language)
    {
        var question = Engine.Asked(number);
        var page = await PageOfAsync(question, language, inFull: true).ConfigureAwait(false);
        var text = new StringWriter();
        HtmlReport.Write(text, page, await PictureOfAsync(question).ConfigureAwait(false));
        return text.ToString();
    }

    /// <summary>What stands in the file and its manifest store, as JSON.</summary>
    [JSExport]
    internal static async Task<string> Boxes(int number)
    {
        var question = Engine.Asked(number);
        var text = new StringWriter();
        BoxJson.Write(text, await Inspection.ReadAsync(question.Source, Limits.Default, question.Cancellation.Token).ConfigureAwait(false));
        return text.ToString();
    }

    private static async Task<ReportPage> PageOfAsync(Question question, string language, bool inFull)
    {
        await ReadMetadataAsync(question).ConfigureAwait(false);
        return ReportPage.Of(question.Answer, Engine.WordsOf(language), question.Name, question.Shown, inFull);
    }

    /// <summary>Reads metadata where the file may have some and it was not read yet.</summary>
    private static async Task ReadMetadataAsync(Question question)
    {
        var report = question.Answer;
        report.Metadata ??= report.MayHaveMetadata
            ? await UnsignedMetadata.ReadAsync(question.Source, report, question.Cancellation.Token).ConfigureAwait(false) : MetadataReport.Empty;
    }

    /// <summary>The file as a picture for the document; null where it is none that a browser draws, or too large.</summary>
    private static async Task<PagePicture?> PictureOfAsync(Question question)
    {
        if (question.Source.Length is 0 or > PagePictures.MostFileBytes)
            return null;
        var bytes = await question.Source.ReadAsync(new ByteRange(0, question.Source.Length), question.Cancellation.Token).ConfigureAwait(false);
        return PagePictures.Of(bytes.Span, PagePictures.MostFileBytes);
    }
}
