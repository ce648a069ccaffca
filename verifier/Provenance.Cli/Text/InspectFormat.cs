using System.Globalization;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli.Text;

/// <summary>
/// The tree of an inspection, a line for each part: name, offset, length, value. Lines are never broken. Names of parts are the standards'
/// own, and stay English in every language.
/// </summary>
internal static class InspectFormat
{
    public static void Write(TextWriter output, InspectionNode root, string file, Words words)
    {
        output.Write($"{DisplayText.Clean(file, 400)}\n");
        // A stack of our own: how deep the parts nest is the file's choice.
        var pending = new Stack<(InspectionNode Node, string Before, bool IsLast)>();
        output.Write($"{Line(root, words)}\n");
        Push(pending, root, "");
        while (pending.TryPop(out var next))
        {
            output.Write($"{next.Before}{(next.IsLast ? "└─ " : "├─ ")}{Line(next.Node, words)}\n");
            Push(pending, next.Node, next.Before + (next.IsLast ? "   " : "│  "));
        }
    }

    private static void Push(Stack<(InspectionNode Node, string Before, bool IsLast)> pending, InspectionNode node, string before)
    {
        for (int i = node.Children.Count - 1; i >= 0; i--)
            pending.Push((node.Children[i], before, i == node.Children.Count - 1));
    }

    private static string Line(InspectionNode node, Words words) => $"{node.Name}{Place(node, words)}{(node.Value is { Length: > 0 } value ? $": {value}" : "")}";

    private static string Place(InspectionNode node, Words words) => (node.Offset, node.Length) switch
    {
        ({ } offset, > 0 and { } length) => string.Create(CultureInfo.InvariantCulture, $" @ 0x{offset:X} ({words.Say("count.bytes", "n", $"{length}")})"),
        ({ } offset, _) => string.Create(CultureInfo.InvariantCulture, $" @ 0x{offset:X}"),
        (null, { } length) => $" ({words.Say("count.bytes", "n", $"{length}")})",
        _ => "",
    };
}
