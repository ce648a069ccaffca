using System.Text;

namespace Provenance.Tests.Cli;

/// <summary>Reads comma-separated values as RFC 4180 says, and nothing more leniently.</summary>
internal static class Csv
{
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        var (rows, row, cell) = (new List<IReadOnlyList<string>>(), new List<string>(), new StringBuilder());
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '"')
            {
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++)
                {
                    cell.Append(text[i]);
                    i += text[i] == '"' ? 1 : 0;
                }
                i++;
            }
            else
            {
                while (text[i] is not (',' or '\r'))
                {
                    if (text[i] is '"' or '\n')
                        throw new FormatException($"{text[i]} at {i} needs quotes");
                    cell.Append(text[i++]);
                }
            }
            row.Add(cell.ToString());
            cell.Clear();
            if (text[i] == ',')
            {
                i++;
                continue;
            }
            if (text[i] != '\r' || text[i + 1] != '\n')
                throw new FormatException($"a comma or a line end expected at {i}");
            i += 2;
            rows.Add(row);
            row = [];
        }
        return row.Count == 0 ? rows : throw new FormatException("the last line does not end");
    }

    /// <summary>The rows below the header, each by the names of its columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Table(string text)
    {
        var rows = Read(text.TrimStart('\uFEFF'));
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
