using Provenance.Verifier.Labels;

namespace Provenance.Presentation;

/// <summary>How many lines a tree may still take; whoever asks for more wants the report.</summary>
/// <param name="most">At the start.</param>
/// <param name="words">The language.</param>
internal sealed class LineBudget(int most, Words words)
{
    private int _left = most;

    public Words Words => words;

    /// <summary>Whether a line was refused.</summary>
    public bool IsSpent { get; private set; }

    public bool TryTake()
    {
        if (_left > 0)
        {
            _left--;
            return true;
        }
        IsSpent = true;
        return false;
    }
}

/// <summary>Lines of one level of a tree. A line that only repeats the one before is counted with it.</summary>
internal sealed class LineList(LineBudget budget)
{
    private readonly List<Line> _lines = [];

    /// <summary>Adds a line, with a picture where one is given.</summary>
    /// <returns>The lines below it; null where there is no room left.</returns>
    public LineList? Add(string text, PagePicture? picture = null)
    {
        if (picture is null && _lines is [.., { Picture: null } last] && last.Below._lines.Count == 0 && last.Text == text)
        {
            last.Times++;
            return last.Below;
        }
        if (!budget.TryTake())
            return null;
        var line = new Line(text, picture, new(budget));
        _lines.Add(line);
        return line.Below;
    }

    /// <summary>The tree; called of its outermost lines.</summary>
    public IReadOnlyList<PageNode> ToNodes()
    {
        var nodes = Nodes();
        if (budget.IsSpent)
            nodes.Add(new(budget.Words.Say("history.and-more")));
        return nodes;
    }

    private List<PageNode> Nodes() =>
    [
        .. _lines.Select(line => new PageNode(line.Times == 1 ? line.Text : budget.Words.Say("history.repeated", "what", line.Text, "n", Words.Number(line.Times)))
        {
            Children = line.Below.Nodes(),
            Picture = line.Picture,
        }),
    ];

    private sealed record Line(string Text, PagePicture? Picture, LineList Below)
    {
        public int Times { get; set; } = 1;
    }
}
