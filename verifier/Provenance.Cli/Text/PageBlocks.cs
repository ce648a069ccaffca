using Provenance.Presentation;
using Provenance.Verifier.Labels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Provenance.Cli.Text;

/// <summary>Draws a page: sentence and lines first, then a grid of rows and a tree for each section.</summary>
internal static class PageBlocks
{
    /// <summary>Most pages need no more, and then stand in line with each other.</summary>
    private const int FewestNameColumns = 11;

    public static IEnumerable<IRenderable> Of(ReportPage page)
    {
        bool isBroken = page.Label is Label.Broken or Label.Revoked;
        yield return new Spectre.Console.Text(page.Sentence, new Style(isBroken ? Color.Red : null, decoration: Decoration.Bold));
        foreach (string line in page.Lines)
            yield return new Spectre.Console.Text(line);
        // One width for all sections; letters of Korean take two columns each.
        int nameColumns = page.Sections.SelectMany(section => section.Rows).Select(row => row.Name.GetCellWidth()).Append(FewestNameColumns).Max();
        foreach (var section in page.Sections)
        {
            if (section.Rows.Count > 0)
                yield return Grid(section.Rows, nameColumns);
            if (section.Nodes.Count > 0)
                yield return Tree(section);
        }
    }

    private static Grid Grid(IReadOnlyList<PageRow> rows, int nameColumns)
    {
        var facts = new FactGrid(nameColumns);
        foreach (var row in rows)
            facts.Add(row.Name, row.Text);
        return facts.Grid;
    }

    private static Tree Tree(PageSection section)
    {
        var tree = new Tree(new Spectre.Console.Text(section.Title, new Style(decoration: Decoration.Dim))) { Guide = TreeGuide.Line };
        Add(tree, section.Nodes);
        return tree;
    }

    private static void Add(IHasTreeNodes parent, IReadOnlyList<PageNode> nodes)
    {
        foreach (var node in nodes)
            Add(parent.AddNode(new Spectre.Console.Text(node.Text)), node.Children);
    }
}
