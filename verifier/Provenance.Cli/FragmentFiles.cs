using System.IO.Enumeration;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;

namespace Provenance.Cli;

/// <summary>The segments that --fragments names, in the order in which they are played.</summary>
internal static class FragmentFiles
{
    /// <summary>The files that a pattern names: "*" and "?" stand for characters of a file's name, folders are written out.</summary>
    /// <param name="pattern">The pattern, or a name.</param>
    /// <param name="first">The initialization segment, which is none of them.</param>
    public static IReadOnlyList<string> Find(string pattern, string first)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".", name = Path.GetFileName(pattern);
        try
        {
            string start = Path.GetFullPath(first);
            var found = Directory.EnumerateFiles(folder)
                .Where(path => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(path), ignoreCase: false) && Path.GetFullPath(path) != start)
                .Select(path => Path.Combine(Path.GetDirectoryName(pattern) ?? "", Path.GetFileName(path))).ToList();
            found.Sort(CompareNaturally);
            return found;
        }
        catch (Exception e) when (AnswerSource.IsUnreadable(e))
        {
            return [];
        }
    }

    public static NamedSource Source(string path) => new(Path.GetFileName(path), _ => ValueTask.FromResult<AssetSource>(FileAssetSource.Open(path)));

    /// <summary>As people count: "seg2" before "seg10". Names that differ in leading zeros alone stay apart.</summary>
    public static int CompareNaturally(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var first = Number(a, ref i);
                var second = Number(b, ref j);
                int byValue = first.Length != second.Length ? first.Length - second.Length : first.SequenceCompareTo(second);
                if (byValue != 0)
                    return byValue;
            }
            else if (a[i++] != b[j++])
            {
                return a[i - 1] - b[j - 1];
            }
        }
        int byLength = (a.Length - i) - (b.Length - j);
        return byLength != 0 ? byLength : string.CompareOrdinal(a, b);
    }

    /// <summary>The digits at a place without leading zeros; of any length, so no number is too large.</summary>
    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
