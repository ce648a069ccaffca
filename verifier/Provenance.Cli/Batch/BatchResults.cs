using System.Globalization;
using System.Text;
using Provenance.Presentation.Html;
using Provenance.Presentation.Tables;
using Provenance.Verifier.Labels;

namespace Provenance.Cli.Batch;

/// <summary>What is made of the journal when every file has its line: a table for spreadsheets, the reports for programs, pages for people.</summary>
internal sealed class BatchResults
{
    public const string Table = "results.csv", Reports = "results.jsonl";

    private const string Start = "index";

    private static readonly int s_file = Column("file"), s_label = Column("label"), s_sentence = Column("sentence"), s_notes = Column("notes");
    private static readonly string[] s_lists = [Start, .. Enum.GetValues<Label>().Select(LabelTable.Code)];

    private readonly IReadOnlyList<BatchFile> _files;
    private readonly BatchJournal _journal;
    private readonly BatchFolder _folder;
    private readonly VerifyOptions _options;
    private readonly DateTimeOffset _time;
    private readonly SortedDictionary<Label, List<BatchFile>> _lists = [];
    private readonly HashSet<int> _exitCodes = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    private BatchResults(IReadOnlyList<BatchFile> files, BatchJournal journal, BatchFolder folder, VerifyOptions options, DateTimeOffset time) =>
        (_files, _journal, _folder, _options, _time) = (files, journal, folder, options, time);

    /// <summary>The exit codes that occur.</summary>
    public IReadOnlyCollection<int> ExitCodes => _exitCodes;

    /// <summary>Makes them, in the order of the files.</summary>
    /// <exception cref="ResultsException">They cannot be written.</exception>
    public static BatchResults Write(IReadOnlyList<BatchFile> files, BatchJournal journal, BatchFolder folder, VerifyOptions options, DateTimeOffset time, LeftOut left)
    {
        var results = new BatchResults(files, journal, folder, options, time);
        results.WriteTables();
        results.WritePages([.. results.NotesOf(left)]);
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
            Line(words.Say("summary.files", "n", Words.Number(_files.Count), "counts", words.List(_lists.Select(list => $"{Words.Number(list.Value.Count)} {LabelTable.Code(list.Key)}"))));
        foreach (string note in LeftOutOf(left))
            Line(note);
        string folder = DisplayText.Clean(_folder.Path, 400);
        (string Name, string Key)[] made = [(PageOf(Start, 1), "batch.see.index"), (Table, "batch.see.csv"), (Reports, "batch.see.json"), (BatchFolder.ReportsName, "batch.see.reports")];
        int width = made.Max(result => result.Name.Length);
        foreach (var (name, key) in made)
            Line($"{Path.Combine(folder, name.PadRight(width))}  {words.Say(key)}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    /// <summary>What holds for every row.</summary>
    private IEnumerable<string> NotesOf(LeftOut left)
    {
        var words = _options.Words;
        yield return words.Say("index.judged", "time", words.Moment(_time));
        yield return _options.Trust.Lists.Count == 0 ? words.Say("not-checked.issuer") : words.Say("index.lists", "lists", words.List(_options.Trust.Lists.Select(list => DisplayText.Clean(list.Name, 80))));
        foreach (string note in LeftOutOf(left))
            yield return note;
    }

    private IEnumerable<string> LeftOutOf(LeftOut left)
    {
        if (left.Files > 0)
            yield return _options.Words.Count("batch.left-out.others", left.Files);
        if (left.Links > 0)
            yield return _options.Words.Count("batch.left-out.links", left.Links);
    }

    private void WriteTables() => _folder.Write(Table, table => _folder.Write(Reports, reports =>
    {
        table.Write(CsvText.ByteOrderMark + CsvText.Line([.. ResultRow.Columns, "report"]));
        foreach (var file in _files)
        {
            var entry = _journal.Read(file);
            var label = LabelOf(entry);
            if (!_lists.TryGetValue(label, out var list))
                _lists.Add(label, list = []);
            list.Add(file);
            _exitCodes.Add(_options.RequiresKnown && label != Label.IntactKnown && entry.ExitCode == 0 ? 1 : entry.ExitCode);
            if (entry.Page is { } own)
                _kept.Add(Path.GetFileName(own));
            table.Write(CsvText.Line([.. entry.Cells, entry.Page ?? ""]));
            reports.Write(entry.Report);
            reports.Write('\n');
        }
    }));

    /// <summary>The pages: a list of all files, and one of those of each label.</summary>
    private void WritePages(IReadOnlyList<string> notes)
    {
        var words = _options.Words;
        var page = new IndexPage
        {
            Words = words,
            Name = DisplayText.Clean(words.List(_options.Files.Count > 0 ? _options.Files.Select(file => Path.TrimEndingDirectorySeparator(file)) : [_options.FilesFrom ?? ""]), 400),
            Counts = [.. _lists.Select(list => new IndexCount(list.Key, list.Value.Count, PageOf(LabelTable.Code(list.Key), 1)))],
            Start = PageOf(Start, 1),
            Notes = notes,
            Others = [(Table, Table), (Reports, Reports)],
            Rows = [],
            Number = 1,
            Pages = 1,
            LinkOf = number => PageOf(Start, number),
        };
        var kept = new HashSet<string>(StringComparer.Ordinal);
        WriteList(page, Start, _files, kept);
        foreach (var (label, files) in _lists)
            WriteList(page with { Only = label }, LabelTable.Code(label), files, kept);
        // What an earlier run left of files that are gone, or of labels that no file has any more.
        _folder.Sweep("", name => s_lists.Any(list => name.StartsWith(list, StringComparison.Ordinal) && name.EndsWith(".html", StringComparison.Ordinal)), kept);
        _folder.Sweep(BatchFolder.ReportsName, PageName.IsOne, _kept);
    }

    private void WriteList(IndexPage page, string list, IReadOnlyList<BatchFile> files, HashSet<string> kept)
    {
        int pages = Math.Max(1, (files.Count + IndexPage.MostRows - 1) / IndexPage.MostRows);
        for (int number = 1; number <= pages; number++)
        {
            string name = PageOf(list, number);
            kept.Add(name);
            var rows = files.Skip((number - 1) * IndexPage.MostRows).Take(IndexPage.MostRows).Select(_journal.Read).Select(RowOf).ToList();
            _folder.Write(name, writer => HtmlIndex.Write(writer, page with { Rows = rows, Number = number, Pages = pages, LinkOf = other => PageOf(list, other) }));
        }
    }

    private static IndexRow RowOf(BatchEntry entry) => new(LabelOf(entry), entry.Cells[s_file], entry.Cells[s_sentence], entry.Cells[s_notes],
        entry.Page is { } page ? string.Join('/', page.Split('/').Select(Uri.EscapeDataString)) : null);

    private static string PageOf(string list, int number) => number == 1 ? $"{list}.html" : string.Create(CultureInfo.InvariantCulture, $"{list}-{number}.html");

    private static int Column(string name) => ResultRow.Columns.Index().First(column => column.Item == name).Index;

    /// <summary>Whether cells are those of a row.</summary>
    public static bool IsRow(IReadOnlyList<string> cells) => cells.Count == ResultRow.Columns.Count && Enum.GetValues<Label>().Any(label => LabelTable.Code(label) == cells[s_label]);

    private static Label LabelOf(BatchEntry entry) => Enum.GetValues<Label>().First(label => LabelTable.Code(label) == entry.Cells[s_label]);
}
