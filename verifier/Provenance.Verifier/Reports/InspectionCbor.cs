using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Reports;

/// <summary>CBOR as nodes: entries of maps under their keys, items of arrays under their numbers, tags in front of what they tag.</summary>
internal static class InspectionCbor
{
    /// <summary>Deeper than any limit worth setting: nodes are made on the call stack.</summary>
    private const int Depth = 64;

    /// <summary>Adds a value under a name.</summary>
    /// <param name="parent">Where to.</param>
    /// <param name="name">Its key or number.</param>
    /// <param name="value">The value.</param>
    /// <param name="place">Where in the asset the bytes given to the CBOR reader lie, part by part; null for "nowhere".</param>
    public static void Add(InspectionBranch parent, string name, CborValue value, Func<long, int, ByteRange?> place) => Add(parent, name, value, place, "", 0);

    private static void Add(InspectionBranch parent, string name, CborValue value, Func<long, int, ByteRange?> place, string tags, int depth)
    {
        var range = place(value.Offset, value.Encoded.Length);
        switch (value.Kind)
        {
            case CborKind.Tag when depth < Depth:
                Add(parent, name, value.Content!, place, $"{DiagnosticText.Clean(tags)}{value.TagNumber}(…) ", depth + 1);
                break;
            case CborKind.Map when depth < Depth:
                parent.Add(name, range, $"{tags}map of {value.Entries.Count}", branch =>
                {
                    foreach (var (key, item) in value.Entries)
                    {
                        if (branch.IsFull)
                            break;
                        Add(branch, KeyOf(key), item, place, "", depth + 1);
                    }
                    branch.EndIfFull();
                });
                break;
            case CborKind.Array when depth < Depth:
                parent.Add(name, range, $"{tags}array of {value.Items.Count}", branch =>
                {
                    for (int i = 0; i < value.Items.Count && !branch.IsFull; i++)
                        Add(branch, $"[{i}]", value.Items[i], place, "", depth + 1);
                    branch.EndIfFull();
                });
                break;
            default:
                parent.Add(name, tags + DiagnosticText.Scalar(value), range);
                break;
        }
    }

    private static string KeyOf(CborValue key) => key.Kind switch
    {
        CborKind.TextString when IsPlain(key.Text!) => key.Text!,
        CborKind.Array or CborKind.Map or CborKind.Tag => DiagnosticText.Hex(key.Encoded.Span),
        _ => DiagnosticText.Scalar(key),
    };

    private static bool IsPlain(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '@');
}
