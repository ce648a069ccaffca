using System.IO.Compression;

namespace Provenance.Verifier.Bytes.Brotli;

/// <summary>
/// The words every Brotli decoder knows (RFC 7932 §8 and Appendix A). The words are `dictionary.deflate`: the output of a stream that asks a
/// decoder for each word once, which <c>StaticDictionaryTests</c> writes, deflated for the sake of the browser; the tests compare the words
/// with that output again, and with the CRC-32 of Appendix A.
/// </summary>
internal static class StaticDictionary
{
    /// <summary>The longest word and the longest prefix and suffix (§8).</summary>
    public const int LongestResult = 24 + 13;

    private const int ShortestWord = 4, LongestWord = 24;

    private static readonly Lazy<byte[]> Words = new(Load);

    /// <summary>NDBITS (Appendix A): the logarithm of the number of words of each length.</summary>
    private static ReadOnlySpan<byte> CountBits =>
        [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5];

    /// <summary>All words, the shorter ones first.</summary>
    internal static ReadOnlySpan<byte> Bytes => Words.Value;

    /// <summary>Words of a length.</summary>
    internal static int CountOf(int length) => length is < ShortestWord or > LongestWord ? 0 : 1 << CountBits[length];

    /// <summary>Writes the word with its transform (§8); false if the length or the transform does not exist.</summary>
    /// <param name="id">Number of the word among those of its length, and above it the number of the transform.</param>
    /// <param name="length">Length of the word in the dictionary, 4…24.</param>
    /// <param name="destination">At least <see cref="LongestResult"/> bytes.</param>
    /// <param name="written">Bytes written; a transform may leave none.</param>
    public static bool TryGetWord(int id, int length, Span<byte> destination, out int written)
    {
        written = 0;
        if (length is < ShortestWord or > LongestWord || id >> CountBits[length] >= WordTransform.All.Length)
            return false;
        int index = id & ((1 << CountBits[length]) - 1);
        var word = Words.Value.AsSpan(FirstOf(length) + index * length, length);
        written = WordTransform.All[id >> CountBits[length]].Apply(word, destination);
        return true;
    }

    /// <summary>DOFFSET (§8).</summary>
    private static int FirstOf(int length)
    {
        int offset = 0;
        for (int shorter = ShortestWord; shorter < length; shorter++)
            offset += shorter << CountBits[shorter];
        return offset;
    }

    private static byte[] Load()
    {
        using var resource = typeof(StaticDictionary).Assembly.GetManifestResourceStream("Brotli.dictionary.deflate")!;
        using var inflated = new DeflateStream(resource, CompressionMode.Decompress);
        byte[] words = new byte[FirstOf(LongestWord + 1)];
        inflated.ReadExactly(words);
        return words;
    }
}
