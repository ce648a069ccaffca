using System.Globalization;
using System.Text;

namespace Provenance.Verifier.Labels;

/// <summary>
/// Text out of a file, made fit to stand in a line that people read (attack K11): on one line, of bounded length, without characters
/// that hide, reorder or overwrite what stands beside them. What is left can still lie: it is somebody's words, and look-alike letters
/// stay as they are.
/// </summary>
public static class DisplayText
{
    /// <summary>Characters of a line that one piece of text may take unless the caller says otherwise.</summary>
    public const int DefaultLength = 120;

    /// <summary>Accents and other marks that may sit on one letter; real writing needs three.</summary>
    private const int MarksPerLetter = 4;

    private const char FirstStrongIsolate = '\u2068', PopDirectionalIsolate = '\u2069';

    /// <summary>The text as it may be shown; empty where nothing visible is left of it.</summary>
    /// <param name="text">The text as written; null is taken as empty.</param>
    /// <param name="length">How many characters may remain; a text that was cut ends in "…".</param>
    public static string Clean(string? text, int length = DefaultLength)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text.Length <= length && IsPlain(text))
            return text;
        var shown = new StringBuilder();
        int count = 0, marks = 0;
        bool spaceBefore = false, rightToLeft = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsSpace(rune, category))
            {
                spaceBefore = count > 0;
                continue;
            }
            if (IsInvisible(rune, category))
                continue;
            bool isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (marks > MarksPerLetter)
                continue;
            if (count + (spaceBefore ? 1 : 0) >= length)
            {
                shown.Append('…');
                break;
            }
            if (spaceBefore)
                shown.Append(' ');
            count += spaceBefore ? 2 : 1;
            spaceBefore = false;
            shown.Append(category == UnicodeCategory.Control ? Rune.ReplacementChar.ToString() : rune.ToString());
            rightToLeft |= IsRightToLeft(rune.Value);
        }
        // Letters that run from right to left would draw their neighbours into their own order.
        return rightToLeft ? $"{FirstStrongIsolate}{shown}{PopDirectionalIsolate}" : shown.ToString();
    }

    /// <summary>
    /// Whether the text mixes Latin letters with Cyrillic, Greek, Armenian, Cherokee or full-width ones, some of which look the same: worth
    /// a word beside a name (UTS 39 §5).
    /// </summary>
    public static bool MixesAlphabets(string? text)
    {
        bool latin = false, lookalike = false;
        foreach (char c in text ?? "")
        {
            latin |= char.IsAsciiLetter(c);
            lookalike |= c is (>= '\u0370' and <= '\u058F') or (>= '\u13A0' and <= '\u13FF') or (>= '\u1F00' and <= '\u1FFF') or (>= '\uFF21' and <= '\uFF5A');
        }
        return latin && lookalike;
    }

    private static bool IsPlain(string text)
    {
        char before = ' ';
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && before == ' '))
                return false;
            before = c;
        }
        return before != ' ';
    }

    private static bool IsSpace(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is >= '\t' and <= '\r' or 0x85
        // Letters and symbols that are drawn as nothing: Hangul fillers, the empty Braille cell.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    private static bool IsInvisible(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF) or 0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F);

    private static bool IsRightToLeft(int c) =>
        c is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
