using Spectre.Console;

namespace Provenance.Cli;

/// <summary>Rows of cells under heads, drawn for people or for a page of documentation.</summary>
internal static class CellTable
{
    /// <summary>Columns as wide as their widest cell; letters of Korean take two columns of a terminal.</summary>
    public static string Text(IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        int[] widths = [.. all[0].Select((_, column) => all.Max(row => row[column].GetCellWidth()))];
        return string.Concat(all.Select(row => string.Join("  ", row.Select((cell, i) => cell + new string(' ', widths[i] - cell.GetCellWidth()))).TrimEnd() + "\n"));
    }

    /// <summary>A table of Markdown, the first row its head.</summary>
    public static string Markdown(IEnumerable<string[]> rows) => string.Concat(
        rows.SelectMany((row, i) => i == 0 ? [row, [.. row.Select(_ => "---")]] : new[] { row })
            .Select(row => $"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
}
