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
        string rest = label;
        int instance = 0, version = 1;
        int mark = rest.LastIndexOf("__", StringComparison.Ordinal);
        if (mark > 0 && Number(rest[(mark + 2)..]) is { } n)
            (rest, instance) = (rest[..mark], n);
        mark = rest.LastIndexOf(".v", StringComparison.Ordinal);
        if (mark > 0 && Number(rest[(mark + 2)..]) is { } v)
            (rest, version) = (rest[..mark], v);
        return new(label, rest, version, instance);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
