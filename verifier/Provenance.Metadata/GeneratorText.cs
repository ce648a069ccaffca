namespace Provenance.Metadata;

/// <summary>Texts in which generators put what they were asked for together with how they did it.</summary>
internal static class GeneratorText
{
    private static readonly string[] Ends = ["\nNegative prompt: ", "\nSteps: "];

    /// <summary>The entry; behind it the prompt of its own, where it is the text of a Stable Diffusion web UI: prompt, line break, settings.</summary>
    public static IReadOnlyList<MetadataEntry> Split(MetadataEntry entry)
    {
        if (!entry.Name.Equals("PNG parameters", StringComparison.OrdinalIgnoreCase))
            return [entry];
        int end = Ends.Select(mark => entry.Value.IndexOf(mark, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(-1).Min();
        return end < 0 ? [entry] : [entry, new("PNG prompt", entry.Value[..end])];
    }
}
