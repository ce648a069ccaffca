using System.Runtime.Versioning;
using Provenance.Metadata;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Presentation.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;

[assembly: SupportedOSPlatform("browser")]

namespace Provenance.Browser.Metadata;

/// <summary>What follows the verdict.</summary>
internal sealed class Further : FurtherAnswers
{
    /// <inheritdoc/>
    public override async Task<string> FullAsync(Question question)
    {
        await ReadMetadataAsync(question).ConfigureAwait(false);
        return question.Json();
    }

    /// <inheritdoc/>
    public override async Task<string> PageAsync(Question question, string language, bool inFull)
    {
        var text = new StringWriter();
        PageJson.Write(text, await PageOfAsync(question, language, inFull).ConfigureAwait(false), inFull);
        return text.ToString();
    }

    /// <inheritdoc/>
    public override async Task<string> HtmlAsync(Question question, string language)
    {
        var page = await PageOfAsync(question, language, inFull: true).ConfigureAwait(false);
        var text = new StringWriter();
        HtmlReport.Write(text, page, await PictureOfAsync(question).ConfigureAwait(false));
        return text.ToString();
    }

    /// <inheritdoc/>
    public override async Task<string> BoxesAsync(Question question)
    {
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
