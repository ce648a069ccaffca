using System.Globalization;
using System.Text;

namespace Provenance.Cli.Batch;

/// <summary>Names of the files' own pages: a number, which makes them different, and what is left of the file's name, which tells people which it is.</summary>
internal static class PageName
{
    /// <summary>Bytes of the file's name that are kept: with number and ending well below what every file system takes.</summary>
    private const int MostBytes = 100;

    private const string Ending = ".html";

    /// <summary>Where the page lies in the folder of results.</summary>
    public static string PathOf(int number, string file) => $"{BatchFolder.ReportsName}/{Of(number, file)}";

    public static string Of(int number, string file)
    {
        var name = new StringBuilder();
        int bytes = 0;
        foreach (var rune in Path.GetFileName(file).EnumerateRunes())
        {
            // Letters of every script; what steers a line, a shell, a URL or a folder is none of them.
            bool isKept = Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_';
            bytes += isKept ? rune.Utf8SequenceLength : 1;
            if (bytes > MostBytes)
                break;
            name.Append(isKept ? rune.ToString() : "_");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{number:D5}-{name}{Ending}");
    }

    /// <summary>Whether a file has a name as this program gives them.</summary>
    public static bool IsOne(string name) => name.EndsWith(Ending, StringComparison.Ordinal) && name.IndexOf('-', StringComparison.Ordinal) is >= 5 and var digits && name.AsSpan(0, digits).IndexOfAnyExceptInRange('0', '9') < 0;
}
