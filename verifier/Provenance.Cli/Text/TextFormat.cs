using System.Text;
using Provenance.Presentation;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Spectre.Console;

namespace Provenance.Cli.Text;

/// <summary>
/// Reports for people to read: the label's sentence first, then who, when, with what, the history, what is not covered and not checked,
/// and the technical codes last. Text of the file is cleaned before it is shown, and never read as markup.
/// </summary>
internal sealed class TextFormat
{
    private const int MostColumns = 110, FewestColumns = 40;

    /// <summary>Wide enough that no line of a pipe is ever broken.</summary>
    private const int PipeColumns = 100_000;

    private readonly bool _inColour;
    private readonly int _columns = PipeColumns;
    private readonly SortedDictionary<Label, int> _counts = [];

    private readonly Words _words;

    public TextFormat(Words words)
    {
        _words = words;
        if (Console.IsOutputRedirected)
            return;
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        _columns = Math.Clamp(Console.WindowWidth, FewestColumns, MostColumns);
        _inColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    public void Write(TextWriter output, VerificationReport report, string file, PersonalData shown)
    {
        var drawn = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _inColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _inColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(drawn),
        });
        console.Profile.Width = _columns;
        console.Profile.Capabilities.Unicode = true;

        var page = ReportPage.Of(report, _words, file, shown);
        console.Write(new Spectre.Console.Text(page.Name, new Style(decoration: Decoration.Dim)));
        console.WriteLine();
        foreach (var block in PageBlocks.Of(page))
            console.Write(new Padder(block, new Padding(2, 0, 0, 0)));
        console.WriteLine();
        foreach (var line in drawn.ToString().AsSpan().TrimEnd('\n').EnumerateLines())
        {
            output.Write(line.TrimEnd(' '));
            output.Write('\n');
        }
        output.Write('\n');
    }

    /// <summary>Notes a label for the summary.</summary>
    public void Count(Label label) => _counts[label] = _counts.GetValueOrDefault(label) + 1;

    /// <summary>How often each label was given; null where that says nothing new.</summary>
    public string? Summary() => _counts.Values.Sum() < 2 ? null
        : _words.Say("summary.files", "n", Words.Number(_counts.Values.Sum()), "counts", _words.List(_counts.Select(count => _words.Say("summary." + LabelTable.Code(count.Key), "n", Words.Number(count.Value))))) + "\n";
}
