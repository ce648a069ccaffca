namespace Provenance.Tests.House;

/// <summary>A fenced block of a page: the word behind its fence, its lines, and the line it starts on, counted from 1.</summary>
internal sealed record MarkdownBlock(string Language, IReadOnlyList<string> Lines, int Line)
{
    public string Text => string.Join('\n', Lines);

    public static IReadOnlyList<MarkdownBlock> In(string page)
    {
        var blocks = new List<MarkdownBlock>();
        var lines = page.Split('\n');
        for (var start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, "```", start + 1);
            if (end < 0)
                throw new FormatException($"The block of line {start + 1} does not end.");
            blocks.Add(new MarkdownBlock(lines[start][3..], lines[(start + 1)..end], start + 1));
            start = end;
        }
        return blocks;
    }
}
