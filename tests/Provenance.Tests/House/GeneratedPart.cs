using Xunit;

namespace Provenance.Tests.House;

/// <summary>A part of a page of documentation that is made from the code: between two comments, the same to the byte.</summary>
internal static class GeneratedPart
{
    private const string End = "<!-- end -->";

    /// <summary>Compares the part with what it should be; with PROVENANCE_UPDATE=1, writes it first.</summary>
    /// <param name="page">The page's path below docs/.</param>
    /// <param name="start">What the comment before the part says: how the part is made.</param>
    /// <param name="expected">The part, with a line end at its end.</param>
    public static void IsCurrent(string page, string start, string expected)
    {
        string comment = $"<!-- {start} -->\n", text = Repository.Read("docs", page);
        int from = text.IndexOf(comment, StringComparison.Ordinal) + comment.Length, to = text.IndexOf(End, from, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PROVENANCE_UPDATE") == "1")
        {
            text = text[..from] + expected + text[to..];
            File.WriteAllText(Repository.PathOf("docs", page), text);
            to = from + expected.Length;
        }
        Assert.True(text[from..to] == expected, $"docs/{page}: the part behind '{start}' is not what the code makes. If the code is meant to be so, run the tests once with PROVENANCE_UPDATE=1.");
    }
}
