using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Provenance.Verifier.Bytes.Unicode;
using Xunit;

namespace Provenance.Tests.Bytes.Unicode;

public sealed class NfcTests
{
    /// <summary>The digests are what tests/unicode/canonical.mjs prints: another implementation's answers for every character there is.</summary>
    [Theory]
    [InlineData("alone", "9CC65524A9D8082BF10840C616CD199BD2AC12EE49A3381BD6FB7957711F342B")]
    [InlineData("marked", "8914FB853031B3F486ECAF7765C6EABBE08894AD862992EB6995D6BDB0062E93")]
    [InlineData("marking", "981DCDC9B5DE56BAD09E886518DFB19E394B05E8F64C82815D21DDCB95922AF8")]
    [InlineData("behind L", "3FA5F28822169B2AF53E693F80F6D5D88F8526C203FA0D2838D25D003DD40AEB")]
    [InlineData("random", "E21169A23E6EB03AAFAF0FB2FADE50D8A6863CF90CEE44AA1CC6DC0B7C973DCC")]
    public void Every_character_becomes_what_ICU_makes_of_it(string fact, string digest)
    {
        IEnumerable<string> texts = fact switch
        {
            "alone" => EveryCharacter(),
            "marked" => EveryCharacter().Select(character => "e" + character + "\u0323\u0301"),
            "marking" => EveryCharacter().Select(character => character + "\u0301\u0334\u0345"),
            "behind L" => EveryCharacter().Select(character => "\u1100" + character + "\u11A8"),
            _ => RandomTexts(),
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in texts)
            hash.AppendData(Normalized(text + "\n"));
        Assert.Equal(digest, Convert.ToHexString(hash.GetHashAndReset()));
    }

    [Fact]
    public void The_table_is_of_the_version_it_names() => Assert.Equal((17, 0), CanonicalTable.Instance.Version);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u00E9", "\u00E9")]
    [InlineData("q\u0323\u0307", "q\u0323\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uFB01", "\uFB01")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("\uFEFFa", "\uFEFFa")]
    public void A_text_is_normalized(string text, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(Normalized(text)));

    [Theory]
    [InlineData("ab\u00E9\u4E00\U0001F600", true, 11, 0)]
    [InlineData("ab", false, 1, 0)]
    [InlineData("a\u0334", false, 0, 0)]
    [InlineData("abe\u0301c", false, 2, 3)]
    [InlineData("abe\u0301", true, 2, 3)]
    [InlineData("abe\u0301", false, 2, -1)]
    [InlineData("", true, 0, 0)]
    [InlineData("", false, 0, 0)]
    public void A_stretch_to_normalize_is_found_only_where_its_end_is_known(string text, bool isEnd, int start, int length) =>
        Assert.Equal((start, length), Nfc.FirstUnnormalized(Encoding.UTF8.GetBytes(text), isEnd));

    [Fact]
    public void A_letter_with_a_hundred_thousand_marks_takes_no_longer_than_it_must()
    {
        var clock = Stopwatch.StartNew();
        Normalized("a" + string.Concat(Enumerable.Repeat("\u0301\u0323\u0334", 100_000)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), clock.Elapsed.ToString());
    }

    /// <summary>The NFC of a text, made as the library makes it: stretches that are in NFC as they are, the others normalized.</summary>
    private static byte[] Normalized(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var output = new ArrayBufferWriter<byte>();
        for (int at = 0; at < bytes.Length;)
        {
            var (start, length) = Nfc.FirstUnnormalized(bytes.AsSpan(at), isEnd: true);
            output.Write(bytes.AsSpan(at, start));
            Nfc.Normalize(bytes.AsSpan(at + start, length), output);
            at += start + length;
        }
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> EveryCharacter()
    {
        for (int character = 0; character <= 0x10FFFF; character++)
        {
            if (character is < 0xD800 or > 0xDFFF)
                yield return char.ConvertFromUtf32(character);
        }
    }

    /// <summary>A hundred thousand texts of up to twelve characters that have something to do with normalization.</summary>
    private static IEnumerable<string> RandomTexts()
    {
        var parts = new List<int>();
        for (int character = 0; character <= 0x10FFFF; character++)
        {
            if (character is (>= 0xAC00 and <= 0xD7A3) or (>= 0xD800 and <= 0xDFFF))
                continue;
            int before = parts.Count;
            CanonicalTable.Instance.Decompose(character, parts);
            if (parts.Count == before + 1 && parts[before] == character && CanonicalTable.Instance.ClassOf(character) == 0)
                parts.RemoveAt(before);
            else
                parts.Add(character);
        }
        // What composed characters are composed of, composed characters among it.
        var seconds = parts.ToHashSet();
        int[] pool = [.. seconds.Union([0x61, 0x65, 0x41, 0x1100, 0x1112, 0x1161, 0x1175, 0x11A7, 0x11A8, 0x11C2, 0xAC00, 0xAC01, 0xD788, 0xD7A3, 0x4E00, 0x1F600]).Order()];
        Assert.Equal(4315, pool.Length);
        uint state = 20261122;
        int Next(int count)
        {
            state = unchecked(state * 1664525 + 1013904223);
            return (int)(state / 65536 % (uint)count);
        }
        for (int i = 0; i < 100_000; i++)
        {
            int length = 1 + Next(12);
            yield return string.Concat(Enumerable.Range(0, length).Select(_ => char.ConvertFromUtf32(pool[Next(pool.Length)])));
        }
    }
}
