using System.Text;
using static Provenance.Verifier.Bytes.Brotli.ElementaryTransform;

namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>What RFC 7932 §8 does to a dictionary word, numbered as in its Appendix B.</summary>
internal enum ElementaryTransform
{
    Identity,
    FermentFirst,
    FermentAll,
    OmitFirst1,
    OmitFirst2,
    OmitFirst3,
    OmitFirst4,
    OmitFirst5,
    OmitFirst6,
    OmitFirst7,
    OmitFirst8,
    OmitFirst9,
    OmitLast1,
    OmitLast2,
    OmitLast3,
    OmitLast4,
    OmitLast5,
    OmitLast6,
    OmitLast7,
    OmitLast8,
    OmitLast9,
}

/// <summary>A prefix, an elementary transform and a suffix (RFC 7932 Appendix B).</summary>
internal sealed class WordTransform
{
    // Latin-1: each char is one byte.
    private readonly byte[] _prefix, _suffix;
    private readonly ElementaryTransform _elementary;

    private WordTransform(string prefix, ElementaryTransform elementary, string suffix)
    {
        _prefix = Encoding.Latin1.GetBytes(prefix);
        _elementary = elementary;
        _suffix = Encoding.Latin1.GetBytes(suffix);
    }

    /// <summary>Appendix B in its order; a test checks the table by the CRC-32 stated there.</summary>
    public static WordTransform[] All { get; } =
    [
        new("", Identity, ""), // 0
        new("", Identity, " "),
        new(" ", Identity, " "),
        new("", OmitFirst1, ""),
        new("", FermentFirst, " "),
        new("", Identity, " the "),
        new(" ", Identity, ""),
        new("s ", Identity, " "),
        new("", Identity, " of "),
        new("", FermentFirst, ""),
        new("", Identity, " and "), // 10
        new("", OmitFirst2, ""),
        new("", OmitLast1, ""),
        new(", ", Identity, " "),
        new("", Identity, ", "),
        new(" ", FermentFirst, " "),
        new("", Identity, " in "),
        new("", Identity, " to "),
        new("e ", Identity, " "),
        new("", Identity, "\""),
        new("", Identity, "."), // 20
        new("", Identity, "\">"),
        new("", Identity, "\n"),
        new("", OmitLast3, ""),
        new("", Identity, "]"),
        new("", Identity, " for "),
        new("", OmitFirst3, ""),
        new("", OmitLast2, ""),
        new("", Identity, " a "),
        new("", Identity, " that "),
        new(" ", FermentFirst, ""), // 30
        new("", Identity, ". "),
        new(".", Identity, ""),
        new(" ", Identity, ", "),
        new("", OmitFirst4, ""),
        new("", Identity, " with "),
        new("", Identity, "'"),
        new("", Identity, " from "),
        new("", Identity, " by "),
        new("", OmitFirst5, ""),
        new("", OmitFirst6, ""), // 40
        new(" the ", Identity, ""),
        new("", OmitLast4, ""),
        new("", Identity, ". The "),
        new("", FermentAll, ""),
        new("", Identity, " on "),
        new("", Identity, " as "),
        new("", Identity, " is "),
        new("", OmitLast7, ""),
        new("", OmitLast1, "ing "),
        new("", Identity, "\n\t"), // 50
        new("", Identity, ":"),
        new(" ", Identity, ". "),
        new("", Identity, "ed "),
        new("", OmitFirst9, ""),
        new("", OmitFirst7, ""),
        new("", OmitLast6, ""),
        new("", Identity, "("),
        new("", FermentFirst, ", "),
        new("", OmitLast8, ""),
        new("", Identity, " at "), // 60
        new("", Identity, "ly "),
        new(" the ", Identity, " of "),
        new("", OmitLast5, ""),
        new("", OmitLast9, ""),
        new(" ", FermentFirst, ", "),
        new("", FermentFirst, "\""),
        new(".", Identity, "("),
        new("", FermentAll, " "),
        new("", FermentFirst, "\">"),
        new("", Identity, "=\""), // 70
        new(" ", Identity, "."),
        new(".com/", Identity, ""),
        new(" the ", Identity, " of the "),
        new("", FermentFirst, "'"),
        new("", Identity, ". This "),
        new("", Identity, ","),
        new(".", Identity, " "),
        new("", FermentFirst, "("),
        new("", FermentFirst, "."),
        new("", Identity, " not "), // 80
        new(" ", Identity, "=\""),
        new("", Identity, "er "),
        new(" ", FermentAll, " "),
        new("", Identity, "al "),
        new(" ", FermentAll, ""),
        new("", Identity, "='"),
        new("", FermentAll, "\""),
        new("", FermentFirst, ". "),
        new(" ", Identity, "("),
        new("", Identity, "ful "), // 90
        new(" ", FermentFirst, ". "),
        new("", Identity, "ive "),
        new("", Identity, "less "),
        new("", FermentAll, "'"),
        new("", Identity, "est "),
        new(" ", FermentFirst, "."),
        new("", FermentAll, "\">"),
        new(" ", Identity, "='"),
        new("", FermentFirst, ","),
        new("", Identity, "ize "), // 100
        new("", FermentAll, "."),
        new("\u00C2\u00A0", Identity, ""),
        new(" ", Identity, ","),
        new("", FermentFirst, "=\""),
        new("", FermentAll, "=\""),
        new("", Identity, "ous "),
        new("", FermentAll, ", "),
        new("", FermentFirst, "='"),
        new(" ", FermentFirst, ","),
        new(" ", FermentAll, "=\""), // 110
        new(" ", FermentAll, ", "),
        new("", FermentAll, ","),
        new("", FermentAll, "("),
        new("", FermentAll, ". "),
        new(" ", FermentAll, "."),
        new("", FermentAll, "='"),
        new(" ", FermentAll, ". "),
        new(" ", FermentFirst, "=\""),
        new(" ", FermentAll, "='"),
        new(" ", FermentFirst, "='"), // 120
    ];

    /// <summary>The form over which Appendix B states length and CRC-32.</summary>
    internal byte[] CheckForm => [.. _prefix, 0, (byte)_elementary, .. _suffix, 0];

    /// <summary>Writes prefix, transformed word and suffix; returns how many bytes that is.</summary>
    public int Apply(ReadOnlySpan<byte> word, Span<byte> destination)
    {
        if (_elementary >= OmitLast1)
            word = word[..Math.Max(0, word.Length - (_elementary - OmitLast1 + 1))];
        else if (_elementary >= OmitFirst1)
            word = word[Math.Min(word.Length, _elementary - OmitFirst1 + 1)..];

        _prefix.CopyTo(destination);
        var middle = destination.Slice(_prefix.Length, word.Length);
        word.CopyTo(middle);
        if (_elementary == FermentFirst)
            Ferment(middle);
        else if (_elementary == FermentAll)
        {
            for (int i = 0; i < middle.Length;)
                i += Ferment(middle[i..]);
        }
        _suffix.CopyTo(destination[(_prefix.Length + word.Length)..]);
        return _prefix.Length + word.Length + _suffix.Length;
    }

    /// <summary>
    /// Something like upper case for the first character (§8): exact for ASCII, a guess for two and three bytes of UTF-8,
    /// which a word may end inside of. Returns how many bytes the character would have.
    /// </summary>
    private static int Ferment(Span<byte> character)
    {
        switch (character[0])
        {
            case >= (byte)'a' and <= (byte)'z':
                character[0] ^= 0x20;
                return 1;
            case < 0xC0:
                return 1;
            case < 0xE0:
                if (character.Length > 1)
                    character[1] ^= 0x20;
                return 2;
            default:
                if (character.Length > 2)
                    character[2] ^= 5;
                return 3;
        }
    }
}
