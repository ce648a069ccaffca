using System.Text;
using Provenance.Cli.Text;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>Answers for every file, several at a time, in the order in which they were named.</summary>
internal sealed class VerifyRun : IDisposable
{
    private readonly VerifyOptions _options;
    private readonly StreamWriter _output;
    private readonly TextFormat? _text;
    private readonly ProgressLine? _progress;
    private readonly HashSet<int> _exitCodes = [];
    private readonly VerificationPolicy _policy;

    private VerifyRun(VerifyOptions options)
    {
        _options = options;
        _policy = options.Policy(Now);
        _output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 14) { NewLine = "\n" };
        _text = options.Format == ReportFormat.Text ? new TextFormat() : null;
        _progress = ProgressLine.StartIfSeen(options);
    }

    /// <summary>One file's answer.</summary>
    private sealed record Answer(string Text, int ExitCode, Label Label);

    public static async Task<int> RunAsync(VerifyOptions options)
    {
        using var run = new VerifyRun(options);
        try
        {
            if (options is { Recursive: false, FilesFrom: null, Files: [var only] })
                run.Write(await run.AnswerAsync(only).ConfigureAwait(false));
            else
                await run.AnswerAllAsync().ConfigureAwait(false);
            run.Finish();
        }
        catch (OutputClosedException)
        {
            // Whoever read our answers has seen enough ("| head"): nobody is left to tell.
        }
        return LabelTable.ExitCodeFor(run._exitCodes);
    }

    public void Dispose() => _progress?.Dispose();

    private async Task AnswerAllAsync()
    {
        using var names = InputFiles.Of(_options).GetEnumerator();
        var workers = new Workers<string, Answer>(names, AnswerAsync, (answer, isLast) =>
        {
            Write(answer);
            // A caller who waits for each answer has it at once.
            if (isLast)
                Flush();
        });
        await workers.RunAsync(_options.Jobs, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<Answer> AnswerAsync(string file)
    {
        using var progress = _progress?.Start(file);
        var policy = _policy with { Time = _options.Time ?? Now, Progress = progress };
        var (report, isOurFault) = await AnswerSource.AskAsync(file, policy).ConfigureAwait(false);
        var text = new StringWriter();
        switch (_options.Format)
        {
            case ReportFormat.Json:
                ReportJson.Write(text, report, file);
                text.Write('\n');
                break;
            case ReportFormat.Text:
                _text!.Write(text, report, file);
                break;
            case ReportFormat.C2paTool:
                C2paToolJson.Write(text, report);
                text.Write('\n');
                break;
            default:
                CrJson.Write(text, report);
                text.Write('\n');
                break;
        }
        return new Answer(text.ToString(), ExitCodeOf(report, isOurFault), report.Label);
    }

    /// <summary>A kept-open command may live for days: "now" is the moment of each question. Whole seconds are as exact as anybody needs.</summary>
    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    private int ExitCodeOf(VerificationReport report, bool isOurFault) =>
        isOurFault ? LabelTable.ExitInternalError
        : _options.RequiresKnown && report.Label != Label.IntactKnown && report.Labelling.ExitCode == 0 ? 1
        : report.Labelling.ExitCode;

    private void Write(Answer answer)
    {
        _exitCodes.Add(answer.ExitCode);
        _text?.Count(answer.Label);
        _progress?.Hide();
        try
        {
            _output.Write(answer.Text);
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    private void Flush()
    {
        try
        {
            _output.Flush();
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    private void Finish()
    {
        _progress?.Hide();
        if (_text?.Summary() is { } summary)
            _output.Write(summary);
        Flush();
    }

    /// <summary>Standard output takes no more.</summary>
    private sealed class OutputClosedException(Exception inner) : Exception("Standard output is closed.", inner);
}
