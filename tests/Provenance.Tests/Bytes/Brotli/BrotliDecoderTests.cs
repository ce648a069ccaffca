using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Bytes.Brotli;
using Xunit;

namespace Provenance.Tests.Bytes.Brotli;

public sealed class BrotliDecoderTests
{
    // Without the caps, which have tests of their own.
    private static readonly Limits Wide = Limits.Default with { BrotliOutputBytes = 64 << 20, BrotliRatio = 1 << 24 };

    private static byte[] Decode(byte[] stream, Limits? limits = null) => BrotliDecoder.Decode(stream, limits ?? Wide);

    private static MalformedDataException Refused(BrotliBitWriter stream) => Refused(stream.End());

    private static MalformedDataException Refused(byte[] stream)
    {
        Assert.Null(PlatformBrotli.Decode(stream));
        return Assert.Throws<MalformedDataException>(() => Decode(stream));
    }

    private static byte[] Content(string kind, int length, Random random)
    {
        byte[] content = new byte[length];
        switch (kind)
        {
            case "random":
                random.NextBytes(content);
                break;
            case "repetitive":
                byte[] unit = new byte[random.Next(1, 40)];
                random.NextBytes(unit);
                for (int i = 0; i < length; i++)
                    content[i] = random.Next(500) == 0 ? (byte)random.Next(256) : unit[i % unit.Length];
                break;
            case "text":
                string[] words = ["the", "Provenance", "of ", " image", "c2pa.actions", "это", "中文", "<div class=\"", "http://www.", "function", "manifest", "\r\n", ", and", "2026"];
                var text = new StringBuilder();
                while (text.Length < length)
                    text.Append(words[random.Next(words.Length)]).Append(random.Next(4) == 0 ? '.' : ' ').Append(random.Next(8) == 0 ? random.Next() : 0);
                Encoding.UTF8.GetBytes(text.ToString()).AsSpan(0, length).CopyTo(content);
                break;
            default: // binary: slowly changing numbers, CBOR-like heads, runs of zeros
                for (int i = 0; i < length; i++)
                    content[i] = (i % 61) switch { < 9 => 0, < 13 => (byte)(i >> 6 & 0xFF), 13 => 0x58, _ => (byte)(random.Next(5) * random.Next(50)) };
                break;
        }
        return content;
    }

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    [InlineData("repetitive")]
    [InlineData("random")]
    public void What_the_platform_encodes_we_decode(string kind)
    {
        var random = new Random(kind.Length);
        int[] sizes = [0, 1, 2, 3, 15, 16, 17, 100, 1023, 4096, 10_000, 65_535, 65_536, 65_537, 200_000];
        foreach (int size in sizes)
        {
            byte[] content = Content(kind, size, random);
            for (int quality = 0; quality <= 11; quality++)
            {
                if (quality >= 10 && size > 20_000)
                    continue; // slow; the next test has them
                int window = random.Next(10, 25);
                byte[] stream = PlatformBrotli.Encode(content, quality, window);
                Assert.True(content.AsSpan().SequenceEqual(Decode(stream)), $"{kind}, {size} bytes, quality {quality}, window {window}");
            }
        }
    }

    [Theory]
    [InlineData("text", 11)]
    [InlineData("binary", 9)]
    [InlineData("repetitive", 5)]
    [InlineData("random", 1)]
    public void A_megabyte_and_more_is_decoded(string kind, int quality)
    {
        byte[] content = Content(kind, (1 << 20) + 1, new Random(7));
        foreach (int window in new[] { 10, 16, 17, 18, 22, 24 })
        {
            if (quality == 11 && window is not (10 or 22))
                continue; // slow
            Assert.True(content.AsSpan().SequenceEqual(Decode(PlatformBrotli.Encode(content, quality, window))));
        }
    }

    [Fact]
    public void A_stream_that_ends_early_is_malformed_wherever_it_ends()
    {
        foreach (int quality in new[] { 0, 5, 11 })
        {
            byte[] stream = PlatformBrotli.Encode(Content("text", 3000, new Random(1)), quality, 18);
            for (int length = 0; length < stream.Length; length++)
                Assert.Throws<MalformedDataException>(() => Decode(stream[..length]));
        }
    }

    [Theory]
    [InlineData("text", 2000, 11)]
    [InlineData("text", 20_000, 9)]
    [InlineData("binary", 3000, 5)]
    [InlineData("repetitive", 1000, 2)]
    [InlineData("random", 300, 1)]
    public void A_flipped_bit_is_malformed_or_decodes_as_the_platform_does(string kind, int size, int quality)
    {
        byte[] stream = PlatformBrotli.Encode(Content(kind, size, new Random(3)), quality, 20);
        int step = Math.Max(1, stream.Length * 8 / 4000);
        int refused = 0, decoded = 0;
        for (int bit = 0; bit < stream.Length * 8; bit += step)
        {
            byte[] mutant = [.. stream];
            mutant[bit / 8] ^= (byte)(1 << bit % 8);
            AssertAgrees(mutant, ref refused, ref decoded);
        }
        Assert.True(refused > 0);
        Assert.True(decoded > 0 || kind == "random");
    }

    [Fact]
    public void Random_bytes_are_malformed_or_decode_as_the_platform_does()
    {
        var random = new Random(2026);
        int refused = 0, decoded = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            bytes[0] = (byte)(bytes[0] & ~0xF | 0xC); // a small window, not the last meta-block
            AssertAgrees(bytes, ref refused, ref decoded);
        }
        Assert.True(refused > 0);
    }

    private static void AssertAgrees(byte[] stream, ref int refused, ref int decoded)
    {
        const int Most = 1 << 18;
        byte[]? expected = PlatformBrotli.Decode(stream, Most);
        try
        {
            byte[] actual = Decode(stream, Wide with { BrotliOutputBytes = Most });
            Assert.True(expected is not null && actual.AsSpan().SequenceEqual(expected), Convert.ToHexString(stream));
            decoded++;
        }
        catch (MalformedDataException)
        {
            Assert.True(expected is null, Convert.ToHexString(stream));
            refused++;
        }
    }

    [Fact]
    public void Bytes_behind_the_stream_are_malformed()
    {
        byte[] stream = PlatformBrotli.Encode("provenance"u8, 5, 18);
        Assert.Equal("provenance"u8.ToArray(), Decode(stream));
        Assert.Equal(stream.Length, Refused([.. stream, 0]).Offset);
        Assert.Equal(stream.Length, Refused([.. stream, .. stream]).Offset);
        Refused([.. stream, .. new byte[100]]);
    }

    [Fact]
    public void The_empty_stream_has_one_byte()
    {
        Assert.Empty(Decode([0x06]));
        Assert.Empty(Decode([0x3B])); // window 22
        Refused([]);
        Refused([0x0E]); // a fill bit set
        Refused([0x06, 0x00]);
    }

    [Fact]
    public void Window_bits_10_to_24_are_read_and_the_reserved_pattern_refused()
    {
        string[] patterns =
        [
            "0100001", "0110001", "1000001", "1010001", "1100001", "1110001", "0", "0000001",
            "0011", "0101", "0111", "1001", "1011", "1101", "1111",
        ];
        foreach (string pattern in patterns)
            Assert.Empty(Decode(new BrotliBitWriter().Bits(pattern).End()));
        Refused(new BrotliBitWriter().Bits("0010001"));
        Refused(new BrotliBitWriter().Bits("0010001").Bits(30, 6).Bits("0")); // a large window of 30 bits
    }

    [Fact]
    public void A_meta_block_length_without_its_last_nibble_is_malformed()
    {
        byte[] WithLength(int length, int nibbles) => BrotliBitWriter.Stream().Bits("0").Bits(nibbles - 4, 2)
            .Bits(length - 1, nibbles * 4).Bits("1").Align().Bytes(new byte[length]).End();
        Assert.Equal(65_536, Decode(WithLength(65_536, 4)).Length);
        Assert.Equal(65_537, Decode(WithLength(65_537, 5)).Length);
        Refused(WithLength(65_536, 5));
        Assert.Equal(1_048_577, Decode(WithLength(1_048_577, 6)).Length);
        Refused(WithLength(1_048_576, 6));
    }

    [Fact]
    public void Fill_bits_that_are_not_zero_are_malformed()
    {
        BrotliBitWriter Raw(string fill) =>
            BrotliBitWriter.Stream().Bits("0").Bits(0, 2).Bits(0, 16).Bits("1").Bits(fill).Align().Bytes(0x41);
        Assert.Equal("A"u8.ToArray(), Decode(Raw("000").End()));
        Refused(Raw("001"));
        Refused(Raw("100"));
    }

    [Fact]
    public void Metadata_is_skipped()
    {
        BrotliBitWriter Metadata(string reserved, int width, int length) => BrotliBitWriter.Stream().Bits("0").Bits("11").Bits(reserved)
            .Bits(width, 2).Bits(Math.Max(0, length - 1), width * 8).Align().Bytes(Enumerable.Repeat((byte)0xFF, length).ToArray());
        Assert.Empty(Decode(Metadata("0", 0, 0).End()));
        Assert.Empty(Decode(Metadata("0", 1, 1).End()));
        Assert.Empty(Decode(Metadata("0", 1, 256).End()));
        Assert.Empty(Decode(Metadata("0", 2, 257).End()));
        Assert.Empty(Decode(Metadata("0", 3, 65_537).End()));
        Refused(Metadata("0", 2, 256)); // the last byte of the length is zero
        Refused(Metadata("0", 3, 65_536));
        Refused(Metadata("1", 0, 0));
        Refused(Metadata("0", 1, 9).End()[..^3]);
        Refused(BrotliBitWriter.Stream().Bits("0").Bits("11").Bits("0").Bits(0, 2).Bits("1")); // a fill bit set
        // The last meta-block may be one of metadata.
        byte[] last = BrotliBitWriter.Stream().Bits("01").Bits("11").Bits("0").Bits(1, 2).Bits(0, 8).Align().Bytes(0xFF).ToArray();
        Assert.Equal(PlatformBrotli.Decode(last), Decode(last));
    }

    [Fact]
    public void A_simple_prefix_code_names_each_symbol_once_and_within_its_alphabet()
    {
        // One literal inserted (command 8: insert 1), with two possible ones.
        BrotliBitWriter Literals(params int[] symbols) =>
            BrotliBitWriter.Stream().MetaBlock(1).PlainHeader().Simple(8, symbols).Simple(10, 8).Simple(6, 0).Bits("0");
        Assert.Equal("A"u8.ToArray(), Decode(Literals('A', 'B').End()));
        Refused(Literals('A', 'A'));
        Refused(Literals('A', 'B', 'A'));
        BrotliBitWriter Command(int symbol) =>
            BrotliBitWriter.Stream().MetaBlock(1).PlainHeader().Simple(8, 'A').Simple(10, 8, symbol).Simple(6, 0).Bits("0");
        Assert.Equal("A"u8.ToArray(), Decode(Command(703).End()));
        Refused(Command(704));
    }

    [Theory]
    [InlineData("00", true)] // A alone among 1, 2, 3, 3
    [InlineData("01", false)]
    public void The_four_symbols_of_a_simple_code_have_two_shapes(string code, bool expectA)
    {
        byte[] stream = BrotliBitWriter.Stream().MetaBlock(1).PlainHeader().Simple(8, 'A', 'D', 'C', 'B').Bits("1")
            .Simple(10, 8).Simple(6, 0).Bits(code == "00" ? "0" : "01").End();
        Assert.Equal(PlatformBrotli.Decode(stream), Decode(stream));
        Assert.Equal(expectA ? "A"u8.ToArray() : "D"u8.ToArray(), Decode(stream));
    }

    [Fact]
    public void A_complex_prefix_code_must_be_complete()
    {
        // HSKIP 0; lengths of the code lengths 1, 2, 3, 4: here only 1 and 17 (order 1 2 3 4 0 5 17) with one bit each.
        BrotliBitWriter Literals(string lengths) => BrotliBitWriter.Stream().MetaBlock(1).PlainHeader()
            .Bits("00").Bits("0111").Bits("00 00 00 00 00").Bits("0111").Bits(lengths).Simple(10, 8).Simple(6, 0).Bits("0");
        Assert.Equal(new byte[1], Decode(Literals("0 0").End())); // symbols 0 and 1
        Refused(Literals(string.Concat(Enumerable.Repeat("111 1", 64)) + "0")); // only symbol 0: zeros to the end and beyond
        // Lengths of the code lengths over or under 32.
        Refused(BrotliBitWriter.Stream().MetaBlock(1).PlainHeader().Bits("00").Bits("0111").Bits("011").Bits("0111"));
        Refused(BrotliBitWriter.Stream().MetaBlock(1).PlainHeader().Bits("00").Bits(0, 36));
    }

    [Fact]
    public void Distances_before_the_beginning_are_dictionary_words_or_malformed()
    {
        // Nothing is written yet: distance 1 is word 0 of its length.
        Assert.Equal("time"u8.ToArray(), Decode(BrotliBitWriter.Stream().CopyMetaBlock(4, 4, 1).End()));
        Assert.Equal("dow"u8.ToArray(), Decode(BrotliBitWriter.Stream().CopyMetaBlock(4, 4, 1).CopyMetaBlock(4, 4, 4 + 2).End())[4..7]);
        Refused(BrotliBitWriter.Stream().CopyMetaBlock(3, 3, 1));
        // Distance code 4 is the last distance - 1: from 4 down to 3, 3 words; code 8 comes to 1; none below is reachable at once.
        BrotliBitWriter Near(int code, int times) => BrotliBitWriter.Stream().CopyMetaBlock(20, 20, 1).MetaBlock(2 * times).PlainHeader()
            .Simple(8, 0).Simple(10, 128).Simple(6, code);
        byte[] threeBack = Near(8, 1).End(); // 4 - 3 = 1
        Assert.Equal(PlatformBrotli.Decode(threeBack), Decode(threeBack));
        Refused(Near(8, 2)); // then 1 - 3
        Refused(Near(4, 4)); // 3, 2, 1, 0
        Assert.Equal(26, Decode(Near(4, 3).End()).Length);
    }

    [Fact]
    public void A_command_must_not_yield_more_than_its_meta_block()
    {
        BrotliBitWriter Copy(int announced) => BrotliBitWriter.Stream().CopyMetaBlock(20, 20, 1).CopyMetaBlock(announced, 5, 3);
        Assert.Equal(25, Decode(Copy(5).End()).Length);
        Refused(Copy(4));
        Assert.Equal(20, Decode(BrotliBitWriter.Stream().CopyMetaBlock(20, 20, 1).End()).Length);
        Refused(BrotliBitWriter.Stream().CopyMetaBlock(19, 20, 1)); // a word
        BrotliBitWriter Insert(int announced) => // command 16: insert 2
            BrotliBitWriter.Stream().MetaBlock(announced).PlainHeader().Simple(8, 'A').Simple(10, 16).Simple(6, 0);
        Assert.Equal("AA"u8.ToArray(), Decode(Insert(2).End()));
        Refused(Insert(1));
    }

    [Fact]
    public void A_run_of_zeros_must_fit_its_context_map()
    {
        // NTREESL 2, RLEMAX 6: symbols 0 zero, 1…6 runs, 7 value 1. 64 contexts.
        BrotliBitWriter Map(params string[] runs) => BrotliBitWriter.Stream().MetaBlock(1)
            .Bits("000").Bits(0, 2).Bits(0, 4).Bits(0, 2).Bits("000 1").Bits("0101 1").Simple(3, 5, 7).Bits(string.Concat(runs.Reverse()))
            .Bits("0").Bits("0").Simple(8, 'A').Simple(8, 'B').Simple(10, 8).Simple(6, 0);
        // A run of 32…63, then ones.
        byte[] full = Map("11111 0", "1").End(); // 63 zeros and a one
        Assert.Equal("A"u8.ToArray(), PlatformBrotli.Decode(full));
        Assert.Equal("A"u8.ToArray(), Decode(full));
        Refused(Map("11110 0", "00000 0")); // 62 and 32 zeros
    }

    [Fact]
    public void More_output_than_the_limit_is_refused_before_it_is_allocated()
    {
        byte[] exact = PlatformBrotli.Encode(new byte[100_000], 5, 22);
        var limits = Wide with { BrotliOutputBytes = 100_000 };
        Assert.Equal(100_000, Decode(exact, limits).Length);
        byte[] more = PlatformBrotli.Encode(new byte[100_001], 5, 22);
        Assert.Equal(nameof(Limits.BrotliOutputBytes), Assert.Throws<LimitExceededException>(() => Decode(more, limits)).Limit);
    }

    [Fact]
    public void More_output_per_input_than_the_limit_is_refused()
    {
        byte[] content = new byte[1_000_000];
        new Random(1).NextBytes(content.AsSpan(0, 9_000));
        byte[] stream = PlatformBrotli.Encode(content, 9, 22);
        int ratio = (content.Length + stream.Length - 1) / stream.Length;
        Assert.Equal(content, Decode(stream, Limits.Default with { BrotliRatio = ratio }));
        var refused = Assert.Throws<LimitExceededException>(() => Decode(stream, Limits.Default with { BrotliRatio = ratio - 1 }));
        Assert.Equal(nameof(Limits.BrotliRatio), refused.Limit);
    }

    [Fact]
    public void The_ratio_does_not_apply_to_small_outputs()
    {
        var limits = Limits.Default with { BrotliRatio = 1 };
        Assert.Equal(65_536, Decode(PlatformBrotli.Encode(new byte[65_536], 5, 22), limits).Length);
        byte[] more = PlatformBrotli.Encode(new byte[65_537], 5, 22);
        Assert.Equal(nameof(Limits.BrotliRatio), Assert.Throws<LimitExceededException>(() => Decode(more, limits)).Limit);
    }

    [Fact]
    public void A_kilobyte_that_asks_for_a_gigabyte_is_refused_without_allocating_it()
    {
        var stream = BrotliBitWriter.Stream();
        var random = new Random(1);
        stream.MetaBlock(1).PlainHeader().Simple(8, 'A').Simple(10, 8).Simple(6, 0);
        for (int i = 0; i < 64; i++) // 64 meta-blocks of 16 MiB: copies of 2,118 and more from distance 1
        {
            stream.MetaBlock(1 << 24).PlainHeader().Simple(8, 0).Simple(10, 192 + 256 - 64 + 7).Simple(6, 16);
            stream.Bits(random.Next(1 << 10), 10);
        }
        byte[] bomb = stream.End();
        Assert.InRange(bomb.Length, 500, 2000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<LimitExceededException>(() => Decode(bomb, Limits.Default));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.True(watch.ElapsedMilliseconds < 2000);
    }

    [Fact]
    public void A_gigabyte_of_zeros_of_an_honest_encoder_is_refused_fast()
    {
        // The encoder is fed in pieces; the stream is a kilobyte or so.
        var compressed = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++)
                brotli.Write(zeros);
        }
        byte[] bomb = compressed.ToArray();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<LimitExceededException>(() => Decode(bomb, Limits.Default));
        Assert.True(watch.ElapsedMilliseconds < 2000);
    }

    /// <summary>The costliest input per bit: 256 literal codes of 256 symbols, in 42 bits each, for a byte that uses one of them.</summary>
    private static byte[] StreamOfCodes(int metaBlocks)
    {
        var stream = BrotliBitWriter.Stream();
        for (int block = 0; block < metaBlocks; block++)
        {
            // NTREESL 256 and a context map of zeros: a code of the one symbol 0.
            stream.MetaBlock(1).Bits("000").Bits(0, 2).Bits(0, 4).Bits(0, 2).Bits("1111111 111 1").Bits("0").Simple(8, 0).Bits("0").Bits("0");
            for (int tree = 0; tree < 256; tree++)
            {
                // HSKIP 3; of the code lengths only 16 is used; it repeats 8 for 5, 17, 65 and at last 256 times.
                stream.Bits(3, 2).Bits(0, 10).Bits("01").Bits(0, 18).Bits(2, 2).Bits(2, 2).Bits(2, 2).Bits(1, 2);
            }
            stream.Simple(10, 8).Simple(6, 0).Bits(0b10000010, 8); // 'A', its first bit first
        }
        return stream.End();
    }

    [Fact]
    public void More_prefix_codes_than_the_limit_are_refused()
    {
        const int Each = 256 + 1 + 3; // literal trees, a distance tree, one block type of each category
        byte[] stream = StreamOfCodes(3);
        Assert.Equal("AAA"u8.ToArray(), PlatformBrotli.Decode(stream));
        Assert.Equal("AAA"u8.ToArray(), Decode(stream, Limits.Default with { BrotliPrefixCodes = 3 * Each }));
        var refused = Assert.Throws<LimitExceededException>(() => Decode(stream, Limits.Default with { BrotliPrefixCodes = 3 * Each - 1 }));
        Assert.Equal(nameof(Limits.BrotliPrefixCodes), refused.Limit);
    }

    [Fact]
    public void Block_types_count_as_prefix_codes()
    {
        // NBLTYPESL 2, so that there are 128 contexts; types and counts are coded, the first count is 1.
        byte[] stream = BrotliBitWriter.Stream().MetaBlock(1).Bits("000 1").Simple(2, 0).Simple(5, 0).Bits(0, 2).Bits("00")
            .Bits(0, 2).Bits(0, 4).Bits(0, 4).Bits("00").Simple(8, 'A').Simple(10, 8).Simple(6, 0).End();
        Assert.Equal("A"u8.ToArray(), PlatformBrotli.Decode(stream));
        Assert.Equal("A"u8.ToArray(), Decode(stream, Limits.Default with { BrotliPrefixCodes = 2 + 1 + 1 + 1 + 1 }));
        Assert.Throws<LimitExceededException>(() => Decode(stream, Limits.Default with { BrotliPrefixCodes = 2 + 1 + 1 + 1 }));
    }

    [Fact]
    public void Prefix_codes_by_the_thousand_for_a_byte_of_output_end_quickly()
    {
        byte[] stream = StreamOfCodes(400);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(nameof(Limits.BrotliPrefixCodes), Assert.Throws<LimitExceededException>(() => Decode(stream, Limits.Default)).Limit);
        Assert.True(watch.ElapsedMilliseconds < 3000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void An_honest_stream_has_few_prefix_codes()
    {
        byte[] content = Content("text", 300_000, new Random(5));
        foreach (int quality in new[] { 0, 4, 9, 11 })
        {
            byte[] stream = PlatformBrotli.Encode(content, quality, 22);
            Assert.Equal(content, Decode(stream, Limits.Default with { BrotliPrefixCodes = 1000 }));
        }
    }
}
