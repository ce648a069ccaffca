using System.Text;

namespace Provenance.Verifier.Formats.Text;

/// <summary>
/// What stands beside a manifest block on its lines. It is left out of the hash with the block (C2PA 2.5 §A.9.5.1), so it must be a comment's
/// signs and nothing else: a program in front of the block would run as if signed, and a comment left open would swallow what follows.
/// </summary>
internal static class CommentSigns
{
    /// <summary>Bytes before or behind a block; the longest sign known has 8.</summary>
    public const int Longest = 32;

    private const int LongestSign = 8;

    private static readonly (string Open, string Close)[] s_pairs =
    [
        ("/*", "*/"), ("<!--", "-->"), ("<%--", "--%>"), ("(*", "*)"), ("{-", "-}"), ("{#", "#}"), ("<#", "#>"), ("#|", "|#"), ("#=", "=#"), ("--[[", "]]"),
        ("\"\"\"", "\"\"\""), ("'''", "'''"),
    ];

    /// <summary>Signs of letters: WebVTT, BASIC and batch files, m4, Texinfo.</summary>
    private static readonly string[] s_words = ["NOTE", "REM", "rem", "dnl", "@c", "@comment"];

    /// <summary>Whether the two are the signs of one comment, or nothing.</summary>
    public static bool AreSigns(ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind)
    {
        if (before.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            before = before[3..];
        string open = Encoding.Latin1.GetString(before.Trim(" \t"u8)), close = Encoding.Latin1.GetString(behind.Trim(" \t"u8));
        foreach (var pair in s_pairs)
        {
            // "/*!" and "/**" keep a comment through tools (§A.9.4.1).
            if (open.StartsWith(pair.Open, StringComparison.Ordinal) && open[pair.Open.Length..] is "" or "!" or "*")
                return close == pair.Close;
        }
        if (close.Length > 0)
            return false;
        // The delimiter's own dashes can make "<!" or "{" the start of a comment.
        string joined = open + "--";
        return s_words.Contains(open)
            || (open.Length <= LongestSign && open.All(IsSign) && !open.Contains("~~~", StringComparison.Ordinal) && !s_pairs.Any(pair => joined.Contains(pair.Open, StringComparison.Ordinal)));
    }

    /// <summary>No bracket or backtick: what they open, a here-document, a template, a block of Markdown, goes on behind the line.</summary>
    private static bool IsSign(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not ('<' or '{' or '(' or '[' or '`');
}
