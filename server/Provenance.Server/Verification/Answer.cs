using Microsoft.AspNetCore.Mvc;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.Verifier;
using Provenance.Verifier.Reports;

namespace Provenance.Server.Verification;

/// <summary>A report, as it is sent.</summary>
internal sealed class Answer : IActionResult
{
    private readonly AnswerText _text;
    private readonly AnswerFormat _format;

    private Answer(AnswerText text, AnswerFormat format) => (_text, _format) = (text, format);

    /// <summary>Writes a report out, as the command line does; it need not outlive this.</summary>
    /// <param name="report">The report.</param>
    /// <param name="question">How to tell it.</param>
    /// <param name="name">How the sender names the file: not repeated in JSON.</param>
    /// <exception cref="RefusedException">It would be too long.</exception>
    public static Answer Of(VerificationReport report, VerifyQuestion question, string? name)
    {
        var text = new AnswerText();
        try
        {
            Write(text, report, question, name);
        }
        catch
        {
            text.Dispose();
            throw;
        }
        return new(text, question.Format);
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using (_text)
        {
            var response = context.HttpContext.Response;
            response.ContentType = _format == AnswerFormat.Html ? "text/html; charset=utf-8" : "application/json";
            response.ContentLength = _text.Bytes.Length;
            // What a list or a clock says of a file changes, and what somebody looks into is nobody else's.
            response.Headers.CacheControl = "no-store";
            // A document is to be kept, not to be a page of this server's.
            if (_format == AnswerFormat.Html)
                response.Headers.ContentDisposition = "attachment; filename=\"report.html\"";
            await response.BodyWriter.WriteAsync(_text.Bytes, context.HttpContext.RequestAborted);
        }
    }

    private static void Write(AnswerText text, VerificationReport report, VerifyQuestion question, string? name)
    {
        switch (question.Format)
        {
            case AnswerFormat.Json:
                // A body without a name is like one whose name nothing speaks against.
                ReportJson.WriteUnnamed(text, report, name ?? "", PersonalData.None);
                break;
            case AnswerFormat.C2paTool:
                C2paToolJson.Write(text, report);
                break;
            case AnswerFormat.CrJson:
                CrJson.Write(text, report);
                break;
            default:
                // Without the file's own picture, which whoever sent it has.
                HtmlReport.Write(text, ReportPage.Of(report, question.Words, name, PersonalData.None, inFull: true));
                return;
        }
        text.Write('\n');
    }
}
