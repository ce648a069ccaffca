using System.Globalization;

namespace Provenance.Verifier.Manifests;

/// <summary>An assertion's label taken apart (C2PA 2.5 §8.4): base, ".vN" (1 if absent), "__n" (0 if absent).</summary>
/// <param name="Full">The label as stored.</param>
/// <param name="Base">The label without version and instance, for instance "c2pa.actions".</param>
/// <param name="Version">The version.</param>
/// <param name="Instance">The instance number.</param>
internal readonly record struct AssertionLabel(string Full, string Base, int Version, int Instance)
{
    public static AssertionLabel Parse(string label)
    {
        var rest = TakeNumber(label, "__", out int? instance);
        rest = TakeNumber(rest, ".v", out int? version);
        return new(label, rest.Length == label.Length ? label : rest.ToString(), version ?? 1, instance ?? 0);
    }

    /// <summary>The text without <paramref name="mark"/> and the number that end it; all of it where they do not.</summary>
    private static ReadOnlySpan<char> TakeNumber(ReadOnlySpan<char> text, ReadOnlySpan<char> mark, out int? number)
    {
        int at = text.LastIndexOf(mark);
        number = at > 0 && int.TryParse(text[(at + mark.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
        return number is null ? text : text[..at];
    }
}
