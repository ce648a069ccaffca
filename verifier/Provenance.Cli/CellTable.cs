namespace Provenance.Cli;

/// <summary>Rows of cells under heads, drawn for people or for a page of documentation.</summary>
internal static class CellTable
{
    /// <summary>Columns as wide as their widest cell.</summary>
    public static string Text(IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        int[] widths = [.. all[0].Select((_, column) => all.Max(row => row[column].Length))];
        return string.Concat(all.Select(row => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd() + "\n"));
    }

    /// <summary>A table of Markdown, the first row its head.</summary>
    public static string Markdown(IEnumerable<string[]> rows) => string.Concat(
        rows.SelectMany((row, i) => i == 0 ? [row, [.. row.Select(_ => "---")]] : new[] { row })
            .Select(row => $"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
}
