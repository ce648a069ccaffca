using System.Text;
using static Provenance.Verifier.Bytes.Brotli.ElementaryTransform;

namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>What RFC 7932 §8 does to a dictionary word, numbered as in its Appendix B.</summary>
internal enum ElementaryTransform
{
    /// <summary>"Identity" there, a namespace here.</summary>
    AsItIs,
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
        new("", AsItIs, ""), // 0
        new("", AsItIs, " "),
        new(" ", AsItIs, " "),
        new("", OmitFirst1, ""),
        new("", FermentFirst, " "),
        new("", AsItIs, " the "),
        new(" ", AsItIs, ""),
        new("s ", AsItIs, " "),
        new("", AsItIs, " of "),
        new("", FermentFirst, ""),
        new("", AsItIs, " and "), // 10
        new("", OmitFirst2, ""),
        new("", OmitLast1, ""),
        new(", ", AsItIs, " "),
        new("", AsItIs, ", "),
        new(" ", FermentFirst, " "),
        new("", AsItIs, " in "),
        new("", AsItIs, " to "),
        new("e ", AsItIs, " "),
        new("", AsItIs, "\""),
        new("", AsItIs, "."), // 20
        new("", AsItIs, "\">"),
        new("", AsItIs, "\n"),
        new("", OmitLast3, ""),
        new("", AsItIs, "]"),
        new("", AsItIs, " for "),
        new("", OmitFirst3, ""),
        new("", OmitLast2, ""),
        new("", AsItIs, " a "),
        new("", AsItIs, " that "),
        new(" ", FermentFirst, ""), // 30
        new("", AsItIs, ". "),
        new(".", AsItIs, ""),
        new(" ", AsItIs, ", "),
        new("", OmitFirst4, ""),
        new("", AsItIs, " with "),
        new("", AsItIs, "'"),
        new("", AsItIs, " from "),
        new("", AsItIs, " by "),
        new("", OmitFirst5, ""),
        new("", OmitFirst6, ""), // 40
        new(" the ", AsItIs, ""),
        new("", OmitLast4, ""),
        new("", AsItIs, ". The "),
        new("", FermentAll, ""),
        new("", AsItIs, " on "),
        new("", AsItIs, " as "),
        new("", AsItIs, " is "),
        new("", OmitLast7, ""),
        new("", OmitLast1, "ing "),
        new("", AsItIs, "\n\t"), // 50
        new("", AsItIs, ":"),
        new(" ", AsItIs, ". "),
        new("", AsItIs, "ed "),
        new("", OmitFirst9, ""),
        new("", OmitFirst7, ""),
        new("", OmitLast6, ""),
        new("", AsItIs, "("),
        new("", FermentFirst, ", "),
        new("", OmitLast8, ""),
        new("", AsItIs, " at "), // 60
        new("", AsItIs, "ly "),
        new(" the ", AsItIs, " of "),
        new("", OmitLast5, ""),
        new("", OmitLast9, ""),
        new(" ", FermentFirst, ", "),
        new("", FermentFirst, "\""),
        new(".", AsItIs, "("),
        new("", FermentAll, " "),
        new("", FermentFirst, "\">"),
        new("", AsItIs, "=\""), // 70
        new(" ", AsItIs, "."),
        new(".com/", AsItIs, ""),
        new(" the ", AsItIs, " of the "),
        new("", FermentFirst, "'"),
        new("", AsItIs, ". This "),
        new("", AsItIs, ","),
        new(".", AsItIs, " "),
        new("", FermentFirst, "("),
        new("", FermentFirst, "."),
        new("", AsItIs, " not "), // 80
        new(" ", AsItIs, "=\""),
        new("", AsItIs, "er "),
        new(" ", FermentAll, " "),
        new("", AsItIs, "al "),
        new(" ", FermentAll, ""),
        new("", AsItIs, "='"),
        new("", FermentAll, "\""),
        new("", FermentFirst, ". "),
        new(" ", AsItIs, "("),
        new("", AsItIs, "ful "), // 90
        new(" ", FermentFirst, ". "),
        new("", AsItIs, "ive "),
        new("", AsItIs, "less "),
        new("", FermentAll, "'"),
        new("", AsItIs, "est "),
        new(" ", FermentFirst, "."),
        new("", FermentAll, "\">"),
        new(" ", AsItIs, "='"),
        new("", FermentFirst, ","),
        new("", AsItIs, "ize "), // 100
        new("", FermentAll, "."),
        new("\u00C2\u00A0", AsItIs, ""),
        new(" ", AsItIs, ","),
        new("", FermentFirst, "=\""),
        new("", FermentAll, "=\""),
        new("", AsItIs, "ous "),
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
