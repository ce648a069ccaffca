using System.Text;
using System.Threading.Channels;
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

    private VerifyRun(VerifyOptions options)
    {
        _options = options;
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

    /// <summary>
    /// A reader of names starts the work, at most so many files at a time; the answers are written in order, and sent off whenever the
    /// next one is not ready, so that a caller who waits for each has it at once.
    /// </summary>
    private async Task AnswerAllAsync()
    {
        var started = Channel.CreateBounded<Task<Answer>>(2 * _options.Jobs);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => StartAsync(started.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var answer in started.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                Write(await answer.ConfigureAwait(false));
                if (!started.Reader.TryPeek(out var next) || !next.IsCompleted)
                    Flush();
            }
        }
        catch (OutputClosedException)
        {
            // The reader may wait for a line that never comes: it ends with the process.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        await reading.ConfigureAwait(false);
    }

    private async Task StartAsync(ChannelWriter<Task<Answer>> started, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(_options.Jobs);
        Exception? fault = null;
        try
        {
            foreach (string file in InputFiles.Of(_options))
            {
                await places.WaitAsync(cancellation).ConfigureAwait(false);
                var answer = Task.Run(() => AnswerAsync(file), cancellation);
                _ = answer.ContinueWith(_ => places.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                await started.WriteAsync(answer, cancellation).ConfigureAwait(false);
            }
            for (int i = 0; i < _options.Jobs; i++)
                await places.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UsageException or OperationCanceledException or IOException)
        {
            fault = e;
        }
        started.Complete(fault);
    }

    private async Task<Answer> AnswerAsync(string file)
    {
        // A kept-open command may live for days: "now" is the moment of each question. Whole seconds are as exact as anybody needs.
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        using var progress = _progress?.Start(file);
        var (report, isOurFault) = await AnswerSource.AskAsync(file, _options.Policy(now, progress)).ConfigureAwait(false);
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
            default:
                throw new UsageException(VerifyCommand.Name, "This format is not there yet.");
        }
        return new Answer(text.ToString(), ExitCodeOf(report, isOurFault), report.Label);
    }

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
