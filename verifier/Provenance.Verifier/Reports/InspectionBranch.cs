using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Reports;

/// <summary>Nodes that may still be made for one asset: a tree must stay readable, and smaller than what made it.</summary>
internal sealed class InspectionBudget(int nodes)
{
    public int Nodes { get; } = nodes;

    public int Left { get; private set; } = nodes;

    public bool TryTake()
    {
        if (Left == 0)
            return false;
        Left--;
        return true;
    }
}

/// <summary>A node that is being made.</summary>
internal sealed class InspectionBranch(InspectionBudget budget, string name, ByteRange? range = null, string? value = null)
{
    private readonly List<InspectionNode> _children = [];
    private bool _isCut;

    /// <summary>No further node will be taken: whoever walks may stop.</summary>
    public bool IsFull => budget.Left == 0;

    public InspectionNode Build() => new(name, range?.Offset, range?.Length, value, _children);

    /// <summary>Adds a node without children.</summary>
    public void Add(string name, string? value, ByteRange? range = null) => Take(new(name, range?.Offset, range?.Length, value, []));

    /// <summary>Adds a node whose children <paramref name="fill"/> makes; a fault on the way becomes its last child.</summary>
    public void Add(string name, ByteRange? range, string? value, Action<InspectionBranch> fill)
    {
        if (!budget.TryTake())
        {
            Cut();
            return;
        }
        var branch = new InspectionBranch(budget, name, range, value);
        try
        {
            fill(branch);
        }
        catch (MalformedDataException fault)
        {
            branch.Fault(fault);
        }
        _children.Add(branch.Build());
    }

    /// <summary>Says what could not be read here.</summary>
    public void Fault(MalformedDataException fault) => Add("fault", DiagnosticText.Clean(fault.Message));

    private void Take(InspectionNode node)
    {
        if (budget.TryTake())
            _children.Add(node);
        else
            Cut();
    }

    /// <summary>Says that there is more, if there is no room for it.</summary>
    public void EndIfFull()
    {
        if (IsFull)
            Cut();
    }

    /// <summary>Once per branch, and not counted: there are no more branches than nodes.</summary>
    private void Cut()
    {
        if (_isCut)
            return;
        _isCut = true;
        _children.Add(new("…", null, null, $"more follows; {budget.Nodes} parts are shown", []));
    }
}
