using System.Globalization;
using Provenance.Verifier.Reports;

namespace Provenance.Presentation.Json;

/// <summary>
/// What <see cref="Inspection"/> read as JSON, described by docs/schema/boxes.v1.schema.json: on one line, in ASCII, at most 4 MiB long.
/// What does not fit is counted by a last child named "…".
/// </summary>
public static class BoxJson
{
    /// <summary>Nodes of one tree: all that an inspection makes, its own marks of what it left out with them.</summary>
    internal const int MostNodes = 25_000;

    /// <summary>Levels of one tree. Deeper than an inspection goes: trees are written on the call stack.</summary>
    internal const int MostLevels = 192;

    /// <summary>Characters written after which the tree ends; what a node and the marks of all levels take is less than the rest up to 4 MiB.</summary>
    internal const int MostCharacters = (4 << 20) - (64 << 10);

    /// <summary>Writes one JSON object, without a line break behind it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="root">The tree.</param>
    public static void Write(TextWriter writer, InspectionNode root)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(root);
        var json = new ReportWriter();
        new Tree(json).Write(root, 1);
        json.CopyTo(writer);
    }

    private sealed class Tree(ReportWriter json)
    {
        private int _nodes;

        public void Write(InspectionNode node, int level)
        {
            _nodes++;
            json.Open();
            json.Text("name", node.Name);
            json.OptionalText("value", node.Value);
            if (node.Offset is { } offset)
                json.Number("offset", offset);
            if (node.Length is { } length)
                json.Number("length", length);
            if (node.Children.Count > 0)
                WriteChildren(node.Children, level + 1);
            json.Close();
        }

        private void WriteChildren(IReadOnlyList<InspectionNode> children, int level)
        {
            json.OpenList("children");
            for (int i = 0; i < children.Count; i++)
            {
                if (level > MostLevels || _nodes >= MostNodes || json.Length >= MostCharacters)
                {
                    json.Open();
                    json.Text("name", "…");
                    json.Text("value", string.Create(CultureInfo.InvariantCulture, $"{children.Count - i} more"));
                    json.Close();
                    break;
                }
                Write(children[i], level);
            }
            json.CloseList();
        }
    }
}
