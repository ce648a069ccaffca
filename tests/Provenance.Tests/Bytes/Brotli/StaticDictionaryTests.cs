using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Xunit;

namespace Provenance.Tests.Bytes.Brotli;

public sealed class StaticDictionaryTests
{
    private const int Window = (1 << 16) - 16;

    // A meta-block for each word.
    private static readonly Limits ManyCodes = Limits.Default with { BrotliPrefixCodes = 1 << 20 };

    /// <summary>Appendix C of RFC 7932, which is the CRC-32 of everybody.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }

    /// <summary>A stream that asks its decoder for each word of the dictionary once, the shorter ones first.</summary>
    private static byte[] StreamOfAllWords()
    {
        var stream = BrotliBitWriter.Stream();
        int produced = 0;
        for (int length = 4; length <= 24; length++)
        {
            for (int index = 0; index < StaticDictionary.CountOf(length); index++)
            {
                stream.CopyMetaBlock(length, length, Math.Min(produced, Window) + 1 + index);
                produced += length;
            }
        }
        return stream.End();
    }

    /// <summary>
    /// Where dictionary.deflate comes from. To make it anew, name a file in PROVENANCE_WRITE_BROTLI_DICTIONARY, run this test, and deflate the file.
    /// </summary>
    [Fact]
    public void The_dictionary_is_what_the_platforms_decoder_knows()
    {
        byte[] words = PlatformBrotli.Decode(StreamOfAllWords())!;
        if (Environment.GetEnvironmentVariable("PROVENANCE_WRITE_BROTLI_DICTIONARY") is { Length: > 0 } path)
            File.WriteAllBytes(path, words);
        Assert.Equal(0x5136CB04u, Crc32(words)); // Appendix A
        Assert.Equal(122_784, words.Length);
        Assert.True(StaticDictionary.Bytes.SequenceEqual(words));
    }

    [Fact]
    public void The_tables_have_the_check_values_of_the_RFC()
    {
        Assert.Equal(0x5136CB04u, Crc32(StaticDictionary.Bytes)); // Appendix A
        byte[] transforms = [.. WordTransform.All.SelectMany(transform => transform.CheckForm)];
        Assert.Equal(648, transforms.Length);
        Assert.Equal(0x3D965F81u, Crc32(transforms)); // Appendix B
        Assert.Equal(0x8E91EFB7u, Crc32(LiteralContext.Lookup.AsSpan(0, 256))); // §7.1
        Assert.Equal(0xD01A32F4u, Crc32(LiteralContext.Lookup.AsSpan(256, 256)));
        Assert.Equal(0x0DD7A0D6u, Crc32(LiteralContext.Lookup.AsSpan(512, 256)));
    }

    [Fact]
    public void Our_decoder_knows_every_word() =>
        Assert.True(StaticDictionary.Bytes.SequenceEqual(BrotliDecoder.Decode(StreamOfAllWords(), ManyCodes)));

    [Fact]
    public void Every_transform_of_words_of_every_length_agrees_with_the_platform()
    {
        var stream = BrotliBitWriter.Stream();
        int produced = 0;
        var random = new Random(7932);
        Span<byte> buffer = stackalloc byte[StaticDictionary.LongestResult];
        for (int transform = 0; transform < 121; transform++)
        {
            for (int length = 4; length <= 24; length++)
            {
                for (int times = 0; times < 12; times++)
                {
                    int id = transform * StaticDictionary.CountOf(length) + random.Next(StaticDictionary.CountOf(length));
                    Assert.True(StaticDictionary.TryGetWord(id, length, buffer, out int written));
                    if (written == 0)
                        continue; // a meta-block cannot be empty; see the next test
                    stream.CopyMetaBlock(written, length, Math.Min(produced, Window) + 1 + id);
                    produced += written;
                }
            }
        }
        byte[] bytes = stream.End();
        Assert.True(produced > 100_000);
        Assert.Equal(PlatformBrotli.Decode(bytes), BrotliDecoder.Decode(bytes, ManyCodes));
    }

    [Fact]
    public void A_word_of_which_the_transform_leaves_nothing_is_no_output()
    {
        const int Omit4 = 42, Quoted = 44; // OmitLast4 leaves nothing of four bytes
        var (command, _, _) = BrotliBitWriter.CopyCode(4);
        var (code, extra, width) = BrotliBitWriter.DistanceCode(1 + Omit4 * 1024);
        var (code2, extra2, width2) = BrotliBitWriter.DistanceCode(1 + Quoted * 1024);
        Assert.Equal(code, code2);
        byte[] bytes = BrotliBitWriter.Stream().MetaBlock(4).PlainHeader().Simple(8, 0).Simple(10, command).Simple(6, code)
            .Bits(extra, width).Bits(extra, width).Bits(extra2, width2).End();
        Assert.Equal("TIME"u8.ToArray(), PlatformBrotli.Decode(bytes));
        Assert.Equal("TIME"u8.ToArray(), BrotliDecoder.Decode(bytes, ManyCodes));
    }

    [Theory]
    [InlineData(4, 121 * 1024 - 1, true)]
    [InlineData(4, 121 * 1024, false)]
    [InlineData(24, 121 * 32 - 1, true)]
    [InlineData(24, 121 * 32, false)]
    [InlineData(3, 0, false)]
    [InlineData(25, 0, false)]
    public void A_word_or_transform_beyond_the_last_is_malformed(int length, int id, bool exists)
    {
        Span<byte> buffer = stackalloc byte[StaticDictionary.LongestResult];
        bool found = StaticDictionary.TryGetWord(id, length, buffer, out int written);
        Assert.Equal(exists, found);
        byte[] bytes = BrotliBitWriter.Stream().CopyMetaBlock(exists ? written : length, length, id + 1).End();
        if (exists)
            Assert.Equal(written, BrotliDecoder.Decode(bytes, Limits.Default).Length);
        else
            Assert.Throws<MalformedDataException>(() => BrotliDecoder.Decode(bytes, ManyCodes));
    }
}
