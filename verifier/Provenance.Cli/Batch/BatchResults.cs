using System.Text;
using Provenance.Presentation.Tables;
using Provenance.Verifier.Labels;

namespace Provenance.Cli.Batch;

/// <summary>What is made of the journal when every file has its line: a table for spreadsheets, the reports for programs, pages for people.</summary>
internal sealed class BatchResults
{
    public const string Table = "results.csv", Reports = "results.jsonl";

    private static readonly int s_label = ResultRow.Columns.Index().First(column => column.Item == "label").Index;

    private readonly IReadOnlyList<BatchFile> _files;
    private readonly BatchJournal _journal;
    private readonly BatchFolder _folder;
    private readonly VerifyOptions _options;
    private readonly SortedDictionary<Label, int> _counts = [];
    private readonly HashSet<int> _exitCodes = [];

    private BatchResults(IReadOnlyList<BatchFile> files, BatchJournal journal, BatchFolder folder, VerifyOptions options) =>
        (_files, _journal, _folder, _options) = (files, journal, folder, options);

    /// <summary>The exit codes that occur.</summary>
    public IReadOnlyCollection<int> ExitCodes => _exitCodes;

    /// <summary>Makes them, in the order of the files.</summary>
    /// <exception cref="ResultsException">They cannot be written.</exception>
    public static BatchResults Write(IReadOnlyList<BatchFile> files, BatchJournal journal, BatchFolder folder, VerifyOptions options)
    {
        var results = new BatchResults(files, journal, folder, options);
        results.WriteTables();
        return results;
    }

    /// <summary>How often each label was given, what was passed over, and where to look.</summary>
    public string Summary(LeftOut left)
    {
        var words = _options.Words;
        var text = new StringBuilder();
        if (_files.Count == 0)
            Line(words.Say("batch.nothing"));
        else
            Line(words.Say("summary.files", "n", Words.Number(_files.Count), "counts", words.List(_counts.Select(count => $"{Words.Number(count.Value)} {LabelTable.Code(count.Key)}"))));
        if (left.Files > 0)
            Line(words.Count("batch.left-out.others", left.Files));
        if (left.Links > 0)
            Line(words.Count("batch.left-out.links", left.Links));
        string folder = DisplayText.Clean(_folder.Path, 400);
        (string Name, string Key)[] made = [(Table, "batch.see.csv"), (Reports, "batch.see.json")];
        int width = made.Max(result => result.Name.Length);
        foreach (var (name, key) in made)
            Line($"{Path.Combine(folder, name.PadRight(width))}  {words.Say(key)}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private void WriteTables() => _folder.Write(Table, table => _folder.Write(Reports, reports =>
    {
        table.Write(CsvText.ByteOrderMark + CsvText.Line([.. ResultRow.Columns, "report"]));
        foreach (var file in _files)
        {
            var entry = _journal.Read(file);
            var label = LabelOf(entry);
            _counts[label] = _counts.GetValueOrDefault(label) + 1;
            _exitCodes.Add(_options.RequiresKnown && label != Label.IntactKnown && entry.ExitCode == 0 ? 1 : entry.ExitCode);
            table.Write(CsvText.Line([.. entry.Cells, entry.Page ?? ""]));
            reports.Write(entry.Report);
            reports.Write('\n');
        }
    }));

    private static Label LabelOf(BatchEntry entry) => Enum.GetValues<Label>().First(label => LabelTable.Code(label) == entry.Cells[s_label]);
}
