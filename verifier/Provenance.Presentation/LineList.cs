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

    /// <summary>Adds a line that stands for itself.</summary>
    /// <returns>The lines below it; null where there is no room left.</returns>
    public LineList? Add(string text) => Add(new PageNode(text));

    /// <summary>Adds a line with what is set apart from it.</summary>
    /// <returns>The lines below it; null where there is no room left.</returns>
    public LineList? Add(PageNode node)
    {
        if (_lines is [.., var last] && last.IsRepeatedBy(node))
        {
            last.Times++;
            return last.Below;
        }
        if (!budget.TryTake())
            return null;
        var line = new Line(node, new(budget));
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
        .. _lines.Select(line => new PageNode(line.Times == 1 ? line.Node.Text : budget.Words.Say("history.repeated", "what", line.Node.Text, "n", Words.Number(line.Times)))
        {
            Note = line.Node.Note,
            When = line.Node.When,
            Label = line.Node.Label,
            Picture = line.Node.Picture,
            Children = line.Below.Nodes(),
        }),
    ];

    private sealed record Line(PageNode Node, LineList Below)
    {
        public int Times { get; set; } = 1;

        public bool IsRepeatedBy(PageNode next) => next.Picture is null && Node.Picture is null && Below._lines.Count == 0
            && (Node.Text, Node.Note, Node.When, Node.Label) == (next.Text, next.Note, next.When, next.Label);
    }
}
