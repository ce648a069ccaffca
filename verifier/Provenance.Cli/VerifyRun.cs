using System.Diagnostics.CodeAnalysis;
using Provenance.Cli.Text;
using Provenance.Presentation.Tables;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>Answers for every file, several at a time, in the order in which they were named.</summary>
internal sealed class VerifyRun : IDisposable
{
    private readonly VerifyOptions _options;
    private readonly StandardOutput _output = new();
    private readonly TextFormat? _text;
    private readonly ProgressLine? _progress;
    private readonly HashSet<int> _exitCodes = [];
    private readonly VerificationPolicy _policy;
    private readonly Interruption _interruption;

    private VerifyRun(VerifyOptions options)
    {
        _interruption = new Interruption(Abandon);
        _options = options;
        _policy = options.Policy(Now);
        _text = options.Format == ReportFormat.Text ? new TextFormat(options.Words) : null;
        _progress = ProgressLine.StartIfSeen(options);
    }

    /// <summary>A kept-open command may live for days: "now" is the moment of each question. Whole seconds are as exact as anybody needs.</summary>
    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>One file's answer.</summary>
    private sealed record Answer(string Text, int ExitCode, Label Label);

    public static async Task<int> RunAsync(VerifyOptions options)
    {
        using var run = new VerifyRun(options);
        try
        {
            if (options.Format == ReportFormat.Csv)
                run._output.Write(CsvText.ByteOrderMark + CsvText.Line(ResultRow.Columns));
            if (options is { Recursive: false, FilesFrom: null, Files: [var only] })
                run.Write(await run.AnswerAsync(only).ConfigureAwait(false));
            else
                await run.AnswerAllAsync().ConfigureAwait(false);
            run.Finish();
        }
        catch (OutputClosedException)
        {
            // Nobody is left to tell.
        }
        catch (OperationCanceledException) when (run._interruption.Token.IsCancellationRequested)
        {
            run.Abandon();
            return Interruption.ExitCode;
        }
        return LabelTable.ExitCodeFor(run._exitCodes);
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _progress?.Dispose();
    }

    /// <summary>The answers that are ready are written, and none after them.</summary>
    private void Abandon()
    {
        _progress?.Dispose();
        _output.Close();
    }

    private async Task AnswerAllAsync()
    {
        using var names = InputFiles.Of(_options).GetEnumerator();
        var workers = new Workers<string, Answer>(names, AnswerAsync, (answer, isLast) =>
        {
            Write(answer);
            // A caller who waits for each answer has it at once.
            if (isLast)
                _output.Flush();
        });
        await workers.RunAsync(_options.Jobs, _interruption.Token).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A fault of ours over one file must not silence the answers on the others; it is told, and decides the exit code.")]
    private async Task<Answer> AnswerAsync(string file)
    {
        using var progress = _progress?.Start(file);
        var policy = _policy with { Time = _options.Time ?? Now, Progress = progress };
        try
        {
            var report = await AnswerSource.AskAsync(file, _options, policy, _interruption.Token).ConfigureAwait(false);
            return new(Format(report, file), ExitCodeOf(report), report.Label);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_interruption.Token.IsCancellationRequested)
        {
            InternalFault.Report(e, file);
            var report = VerificationReport.UnreadFor(policy, "unreadable.our-fault");
            return new(Format(report, file), LabelTable.ExitInternalError, report.Label);
        }
    }

    private string Format(VerificationReport report, string file)
    {
        var text = new StringWriter();
        switch (_options.Format)
        {
            case ReportFormat.Text:
                _text!.Write(text, report, file, _options.Shown);
                return text.ToString();
            case ReportFormat.Html:
                return HtmlAnswer.Of(report, file, _options);
            case ReportFormat.Json:
                ReportJson.Write(text, report, file, _options.Shown);
                break;
            case ReportFormat.Csv:
                return CsvText.Line(ResultRow.Of(report, _options.Words, file).Cells);
            case ReportFormat.C2paTool:
                C2paToolJson.Write(text, report);
                break;
            default:
                CrJson.Write(text, report);
                break;
        }
        text.Write('\n');
        return text.ToString();
    }

    private int ExitCodeOf(VerificationReport report) =>
        _options.RequiresKnown && report.Label != Label.IntactKnown && report.ExitCode == 0 ? 1 : report.ExitCode;

    private void Write(Answer answer)
    {
        _exitCodes.Add(answer.ExitCode);
        _text?.Count(answer.Label);
        _progress?.Hide();
        if (_options.Output is { } file)
            OutputFile.Write(file, answer.Text);
        else
            _output.Write(answer.Text);
    }

    private void Finish()
    {
        _progress?.Hide();
        if (_text?.Summary() is { } summary)
            _output.Write(summary);
        _output.Flush();
    }
}
