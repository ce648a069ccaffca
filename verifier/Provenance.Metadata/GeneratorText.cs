using Provenance.Verifier.Reports;

namespace Provenance.Metadata;

/// <summary>A value under its key.</summary>
internal sealed record KeyedValue(MetadataKey Key, string Value);

/// <summary>Texts in which generators put what they were asked for, in places that are meant for something else.</summary>
internal static class GeneratorText
{
    private static readonly string[] Ends = ["\nNegative prompt: ", "\nSteps: "];

    /// <summary>"…\nSteps: 20, Sampler: Euler a, CFG scale: 7, …": what the web UIs of Stable Diffusion write into PNG, EXIF and comments.</summary>
    public static bool IsWebUiSettings(string value) => value.Contains("Steps: ", StringComparison.Ordinal) && value.Contains("Sampler: ", StringComparison.Ordinal);

    /// <summary>"prompt:{…" and "Prompt: {…": how ComfyUI and its extensions put a graph into tags of EXIF.</summary>
    public static bool IsGraph(string value, string name) =>
        value.StartsWith(name, StringComparison.OrdinalIgnoreCase) && value.AsSpan(name.Length) is [':', '{', ..] or [':', ' ', '{', ..];

    /// <summary>What an entry tells; nothing where reports do not show it.</summary>
    public static IEnumerable<KeyedValue> ValuesOf(MetadataEntry entry)
    {
        var key = EntryKeys.Of(entry);
        if (key is null)
            yield break;
        if (key == MetadataKey.GeneratorSettings || (key == MetadataKey.CaptionComment && IsWebUiSettings(entry.Value)))
        {
            yield return new(MetadataKey.GeneratorSettings, entry.Value);
            int end = Ends.Select(mark => entry.Value.IndexOf(mark, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(-1).Min();
            if (end > 0)
                yield return new(MetadataKey.GeneratorPrompt, entry.Value[..end]);
        }
        else if (entry.Name.StartsWith("EXIF ", StringComparison.Ordinal) && IsGraph(entry.Value, "prompt"))
            yield return new(MetadataKey.GeneratorPrompt, entry.Value);
        else if (entry.Name.StartsWith("EXIF ", StringComparison.Ordinal) && IsGraph(entry.Value, "workflow"))
            yield return new(MetadataKey.GeneratorSettings, entry.Value);
        else
            yield return new(key, entry.Value);
    }
}
