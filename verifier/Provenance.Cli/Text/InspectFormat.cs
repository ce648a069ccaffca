using System.Globalization;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli.Text;

/// <summary>The tree of an inspection, a line for each part: name, offset, length, value. Lines are never broken.</summary>
internal static class InspectFormat
{
    public static void Write(TextWriter output, InspectionNode root, string file)
    {
        output.Write($"{DisplayText.Clean(file, 400)}\n");
        // A stack of our own: how deep the parts nest is the file's choice.
        var pending = new Stack<(InspectionNode Node, string Before, bool IsLast)>();
        output.Write($"{Line(root)}\n");
        Push(pending, root, "");
        while (pending.TryPop(out var next))
        {
            output.Write($"{next.Before}{(next.IsLast ? "└─ " : "├─ ")}{Line(next.Node)}\n");
            Push(pending, next.Node, next.Before + (next.IsLast ? "   " : "│  "));
        }
    }

    private static void Push(Stack<(InspectionNode Node, string Before, bool IsLast)> pending, InspectionNode node, string before)
    {
        for (int i = node.Children.Count - 1; i >= 0; i--)
            pending.Push((node.Children[i], before, i == node.Children.Count - 1));
    }

    private static string Line(InspectionNode node) => $"{node.Name}{Place(node)}{(node.Value is { Length: > 0 } value ? $": {value}" : "")}";

    private static string Place(InspectionNode node) => (node.Offset, node.Length) switch
    {
        ({ } offset, > 0 and { } length) => string.Create(CultureInfo.InvariantCulture, $" @ 0x{offset:X} ({length} bytes)"),
        ({ } offset, _) => string.Create(CultureInfo.InvariantCulture, $" @ 0x{offset:X}"),
        (null, { } length) => string.Create(CultureInfo.InvariantCulture, $" ({length} bytes)"),
        _ => "",
    };
}
