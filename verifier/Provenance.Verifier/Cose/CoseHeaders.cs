using System.Globalization;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;

namespace Provenance.Verifier.Cose;

/// <summary>The rules that hold for any COSE header map (RFC 9052 §3).</summary>
internal static class CoseHeaders
{
    private const long Critical = 2;

    /// <summary>What this verifier acts on: alg, crit, x5chain. Everything else it would pass over.</summary>
    private static readonly HashSet<string> Understood = ["1", "2", "33", "\"x5chain\""];

    /// <exception cref="MalformedDataException">Not a map, or a label is neither an integer nor text.</exception>
    public static void ExpectMap(CborValue header, string structure)
    {
        if (header.Kind != CborKind.Map)
            throw new MalformedDataException(structure, header.Offset, $"a map expected, found {header.Kind} (RFC 9052 §3)");
        foreach (var (label, _) in header.Entries)
            LabelOf(label, structure);
    }

    /// <summary>Labels that stand in both maps, as text: 33, "x5chain".</summary>
    public static IReadOnlyList<string> Repeated(CborValue protectedHeader, CborValue unprotectedHeader, string structure)
    {
        var labels = LabelsOf(protectedHeader, structure).ToHashSet();
        return LabelsOf(unprotectedHeader, structure).FindAll(labels.Contains);
    }

    /// <summary>The labels "crit" names that are not understood; whoever does not understand one must not accept the message (RFC 9052 §3.1).</summary>
    /// <exception cref="MalformedDataException">"crit" breaks its own rules.</exception>
    public static IReadOnlyList<string> UnknownCritical(CborValue protectedHeader, CborValue unprotectedHeader, string structure)
    {
        if (unprotectedHeader[Critical] is { } misplaced)
            throw new MalformedDataException(structure, misplaced.Offset, "crit must be in the protected header (RFC 9052 §3.1)");
        if (protectedHeader[Critical] is not { } critical)
            return [];
        if (critical.Kind != CborKind.Array || critical.Items.Count == 0)
            throw new MalformedDataException(structure, critical.Offset, "crit must be an array of at least one label (RFC 9052 §3.1)");
        var present = LabelsOf(protectedHeader, structure).ToHashSet();
        var unknown = new List<string>();
        foreach (var item in critical.Items)
        {
            string label = LabelOf(item, structure);
            if (!present.Contains(label))
                throw new MalformedDataException(structure, item.Offset, $"crit names {label}, which the protected header lacks (RFC 9052 §3.1)");
            if (!Understood.Contains(label))
                unknown.Add(label);
        }
        return unknown;
    }

    private static List<string> LabelsOf(CborValue header, string structure)
    {
        var labels = new List<string>();
        foreach (var (label, _) in header.Entries)
            labels.Add(LabelOf(label, structure));
        return labels;
    }

    private static string LabelOf(CborValue label, string structure) => label.Kind switch
    {
        CborKind.UnsignedInteger => label.Number.ToString(CultureInfo.InvariantCulture),
        CborKind.NegativeInteger when label.Int64 is { } number => number.ToString(CultureInfo.InvariantCulture),
        CborKind.NegativeInteger => $"-1-{label.Number.ToString(CultureInfo.InvariantCulture)}",
        CborKind.TextString => $"\"{label.Text}\"",
        _ => throw new MalformedDataException(structure, label.Offset, $"a label is an integer or text, found {label.Kind} (RFC 9052 §1.4)"),
    };
}
