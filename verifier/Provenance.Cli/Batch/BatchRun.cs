using System.Diagnostics.CodeAnalysis;
using Provenance.Presentation.Tables;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli.Batch;

/// <summary>Answers for every file that is not done yet, several at a time, and makes the results of all of them.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly VerifyOptions _options;
    private readonly BatchFolder _folder;
    private readonly BatchJournal _journal;
    private readonly VerificationPolicy _policy;
    private readonly Interruption _interruption;
    private readonly Lock _writing = new();
    private readonly List<BatchFile> _files = [];
    private readonly LeftOut _left;
    private ProgressLine? _progress;
    private int _done;
    private bool _isOver;

    private BatchRun(VerifyOptions options, BatchTerms terms, BatchFolder folder)
    {
        _interruption = new Interruption(Abandon);
        _journal = BatchJournal.Open(folder, ref terms);
        (_options, _folder, _left) = (options, folder, new LeftOut(folder.Path));
        _policy = options.Policy(terms.Time) with { Time = terms.Time };
    }

    public static async Task<int> RunAsync(VerifyOptions options, BatchTerms terms, BatchFolder folder)
    {
        using var run = new BatchRun(options, terms, folder);
        try
        {
            await run.AnswerAllAsync().ConfigureAwait(false);
            return run.Finish();
        }
        catch (OperationCanceledException) when (run._interruption.Token.IsCancellationRequested)
        {
            run.Abandon();
            return Interruption.ExitCode;
        }
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _progress?.Dispose();
    }

    private async Task AnswerAllAsync()
    {
        // Listed before anything is answered, so that it is known how much there is. Whatever is named twice is one file.
        foreach (string path in InputFiles.Of(_options, _left).Distinct(StringComparer.Ordinal))
        {
            _interruption.Token.ThrowIfCancellationRequested();
            _files.Add(FileStamp.Of(path, _options.LooksBeside));
        }
        var open = _files.Where(file => _journal.Done(file, _folder) is null).ToList();
        _done = _files.Count - open.Count;
        if (_done > 0)
            Console.Error.WriteLine(_options.Words.Say("batch.goes-on", "done", Words.Number(_done), "files", Words.Number(_files.Count)));
        _progress = ProgressLine.StartIfSeen(_options, open.Count, open.Sum(file => file.Length));
        using var questions = open.Select(file => new BatchEntry(file, NumberOf(file)) { Cells = [], Report = "" }).GetEnumerator();
        await new Workers<BatchEntry, BatchEntry>(questions, AnswerAsync, (entry, _) => Add(entry)).RunAsync(_options.Jobs, _interruption.Token).ConfigureAwait(false);
    }

    // Numbers are given while earlier answers are being written.
    private int NumberOf(BatchFile file)
    {
        lock (_writing)
            return _journal.NumberOf(file);
    }

    private void Add(BatchEntry entry)
    {
        lock (_writing)
        {
            if (_isOver)
                return;
            _journal.Add(entry);
            _done++;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A fault of ours over one file must not silence the answers on the others; it is told, and decides the exit code.")]
    private async Task<BatchEntry> AnswerAsync(BatchEntry question)
    {
        string file = question.File.Path;
        using var progress = _progress?.Start(question.File.Path);
        var policy = _policy with { Progress = progress };
        try
        {
            var report = await AnswerSource.AskAsync(file, _options, policy, _interruption.Token).ConfigureAwait(false);
            return Entry(question, report, report.ExitCode);
        }
        catch (Exception e) when (e is not ResultsException && (e is not OperationCanceledException || !_interruption.Token.IsCancellationRequested))
        {
            _progress?.Hide();
            InternalFault.Report(e, file);
            return Entry(question, VerificationReport.UnreadFor(policy, "unreadable.our-fault"), LabelTable.ExitInternalError);
        }
    }

    private BatchEntry Entry(BatchEntry question, VerificationReport report, int exitCode)
    {
        var json = new StringWriter();
        string page = PageName.PathOf(question.Number, question.File.Path);
        _folder.Write(page, writer => writer.Write(HtmlAnswer.Of(report, question.File.Path, _options)));
        ReportJson.Write(json, report, question.File.Path, _options.Shown);
        return question with
        {
            // Permissions and what is behind a link change neither length nor time: what could not be opened is tried again.
            IsSettled = exitCode != LabelTable.ExitInternalError && report is not { Error.Structure: "file", MediaType: null },
            ExitCode = exitCode,
            Cells = ResultRow.Of(report, _options.Words, question.File.Path).Cells,
            Page = page,
            PageLength = new FileInfo(_folder.PathOf(page)).Length,
            Report = json.ToString(),
        };
    }

    private int Finish()
    {
        _progress?.Dispose();
        lock (_writing)
            _isOver = true;
        var results = BatchResults.Write(_files, _journal, _folder, _options, _policy.Time, _left);
        var output = new StandardOutput();
        try
        {
            output.Write(results.Summary(_left));
            output.Flush();
        }
        catch (OutputClosedException)
        {
            // Nobody is left to tell.
        }
        return LabelTable.ExitCodeFor(results.ExitCodes);
    }

    /// <summary>What is answered is written, and nothing after it.</summary>
    private void Abandon()
    {
        lock (_writing)
        {
            if (_isOver)
                return;
            _isOver = true;
        }
        _progress?.Dispose();
        Console.Error.WriteLine(_options.Words.Say("batch.stopped", "done", Words.Number(_done), "files", Words.Number(_files.Count)));
    }
}
