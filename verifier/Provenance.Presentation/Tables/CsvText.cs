using System.Text;

namespace Provenance.Presentation.Tables;

/// <summary>
/// Comma-separated values (RFC 4180), made for spreadsheets: those also run what they read. A cell that a spreadsheet could take for a
/// formula is preceded by an apostrophe, which shows it as the text it is.
/// </summary>
public static class CsvText
{
    /// <summary>Put before the first line: without it, spreadsheets do not read UTF-8 as UTF-8, and Korean becomes noise.</summary>
    public const string ByteOrderMark = "\uFEFF";

    private const string LineEnd = "\r\n";

    /// <summary>A record with its line end.</summary>
    /// <param name="cells">What stands in each column.</param>
    public static string Line(IEnumerable<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return string.Join(',', cells.Select(cell => Quoted(Harmless(cell)))) + LineEnd;
    }

    /// <summary>
    /// The cell with an apostrophe before whatever could begin a formula: at its start, and behind a semicolon, which divides columns where
    /// the comma divides the digits of a number. Letters of full width count too: input methods write them, and spreadsheets read them.
    /// </summary>
    internal static string Harmless(string cell)
    {
        var text = new StringBuilder(cell.Length + 1);
        bool mayBegin = true;
        foreach (char c in cell)
        {
            if (mayBegin && c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20')
                text.Append('\'');
            text.Append(c);
            // A quote or a space before it changes nothing for who divides at semicolons, or trims.
            mayBegin = c is ';' or '\t' or '\r' or '\n' || (mayBegin && c is ' ' or '"');
        }
        return text.ToString();
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",;\"\r\n".AsSpan()) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
