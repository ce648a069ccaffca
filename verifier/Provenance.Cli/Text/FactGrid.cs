using Spectre.Console;

namespace Provenance.Cli.Text;

/// <summary>Rows of a short name and what is said to it.</summary>
/// <param name="nameColumns">Columns that names take, at least.</param>
internal sealed class FactGrid(int nameColumns)
{
    private string _last = "";

    public Grid Grid { get; } = new Grid()
        .AddColumn(new GridColumn { Width = nameColumns, Padding = new Padding(0, 0, 2, 0), NoWrap = true })
        .AddColumn(new GridColumn { Padding = new Padding(0) });

    public int Count { get; private set; }

    /// <summary>Adds a row; a name that repeats is not shown again.</summary>
    public void Add(string name, string text)
    {
        Grid.AddRow(new Spectre.Console.Text(name == _last ? "" : name, new Style(decoration: Decoration.Dim)), new Spectre.Console.Text(text));
        _last = name;
        Count++;
    }
}
