using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;

namespace Provenance.Tests.Cbor;

public sealed class CborReaderTests
{
    private static CborValue Read(string hex, Limits? limits = null) => Read(Convert.FromHexString(hex), limits);

    private static CborValue Read(byte[] bytes, Limits? limits = null) =>
        CborReader.Read(bytes, "test", new CborBudget(limits ?? Limits.Default));

    private static MalformedDataException Refused(string hex) => Assert.Throws<MalformedDataException>(() => Read(hex));

    private static byte[] Repeat(string hex, int times, string end = "") =>
        [.. Enumerable.Repeat(Convert.FromHexString(hex), times).SelectMany(b => b), .. Convert.FromHexString(end)];

    [Theory]
    [InlineData("00", 0L)]
    [InlineData("17", 23L)]
    [InlineData("1818", 24L)]
    [InlineData("1800", 0L)] // wider than needed
    [InlineData("1b0000000000000001", 1L)]
    [InlineData("1b7fffffffffffffff", long.MaxValue)]
    [InlineData("20", -1L)]
    [InlineData("3903e7", -1000L)]
    [InlineData("3b7fffffffffffffff", long.MinValue)]
    public void An_integer_has_its_value(string hex, long expected) => Assert.Equal(expected, Read(hex).Int64);

    [Fact]
    public void An_integer_beyond_64_bits_signed_is_not_wrapped()
    {
        Assert.Null(Read("1b8000000000000000").Int64);
        Assert.Equal(1UL << 63, Read("1b8000000000000000").UInt64);
        Assert.Null(Read("3b8000000000000000").Int64);
        Assert.Null(Read("3bffffffffffffffff").UInt64);
        Assert.Equal(CborKind.NegativeInteger, Read("3bffffffffffffffff").Kind);
    }

    [Fact]
    public void An_accessor_of_another_kind_says_nothing()
    {
        var text = Read("6161");
        Assert.Null(text.Int64);
        Assert.Null(text.UInt64);
        Assert.Null(text.Bytes);
        Assert.Null(text.Float);
        Assert.Null(text.Boolean);
        Assert.Null(text.TagNumber);
        Assert.Null(text.Content);
        Assert.Null(text["a"]);
        Assert.Null(text[0L]);
        Assert.Empty(text.Items);
        Assert.Empty(text.Entries);
        Assert.False(text.IsNull);
        Assert.Null(Read("4161").Text);
        Assert.Null(Read("01").Boolean);
        Assert.Null(Read("01").Float);
        Assert.Null(Read("f93c00").Int64);
        Assert.Null(Read("f5").UInt64);
        Assert.Null(Read("f7").Boolean);
        Assert.False(Read("f7").IsNull);
        Assert.True(Read("f6").IsNull);
    }

    [Theory]
    [InlineData("f93c00", 1.0)]
    [InlineData("f90001", 5.960464477539063e-8)]
    [InlineData("f983ff", -6.097555160522461e-05)]
    [InlineData("f97bff", 65504.0)]
    [InlineData("f9fc00", double.NegativeInfinity)]
    [InlineData("f97e00", double.NaN)]
    [InlineData("fa00000001", 1.401298464324817e-45)]
    [InlineData("fa7f7fffff", 3.4028234663852886e+38)]
    [InlineData("fa7f800000", double.PositiveInfinity)]
    [InlineData("fb3ff199999999999a", 1.1)]
    public void A_float_of_any_width_has_its_value(string hex, double expected) => Assert.Equal(expected, Read(hex).Float);

    [Fact]
    public void Every_half_and_many_singles_agree_with_the_platform()
    {
        for (int bits = 0; bits <= 0xFFFF; bits++)
        {
            double expected = (double)BitConverter.UInt16BitsToHalf((ushort)bits);
            Assert.Equal(expected, Read($"f9{bits:x4}").Float);
            Assert.Equal(double.IsNegative(expected), double.IsNegative(Read($"f9{bits:x4}").Float!.Value));
        }
        for (uint bits = 0; bits < 0xFFFF0000; bits += 65_521)
            Assert.Equal((double)BitConverter.UInt32BitsToSingle(bits), Read($"fa{bits:x8}").Float);
    }

    [Fact]
    public void Simple_values_have_one_form()
    {
        Assert.Equal(CborKind.Simple, Read("f3").Kind);
        Assert.Equal(CborKind.Boolean, Read("f4").Kind);
        Assert.Equal(CborKind.Undefined, Read("f7").Kind);
        Assert.Equal(CborKind.Simple, Read("f820").Kind);
        for (int value = 0; value < 32; value++)
            Refused($"f8{value:x2}");
        foreach (string reserved in new[] { "fc", "fd", "fe", "ff" })
            Refused(reserved);
    }

    [Fact]
    public void The_chunks_of_a_string_are_joined()
    {
        Assert.Equal("0102030405", Convert.ToHexString(Read("5f42010243030405ff").Bytes!.Value.Span));
        Assert.Equal("streaming", Read("7f657374726561646d696e67ff").Text);
        Assert.Equal("", Read("7fff").Text);
        Assert.Equal(0, Read("5f40ff").Bytes!.Value.Length);
    }

    [Theory]
    [InlineData("5f6161ff")] // text in bytes
    [InlineData("7f4161ff")]
    [InlineData("5f5f4100ffff")] // indefinite in indefinite
    [InlineData("5f00ff")]
    [InlineData("5ff6ff")]
    [InlineData("5f4100")]
    [InlineData("7f61c361a9ff")] // a character cut in two
    public void A_chunk_of_another_kind_or_half_a_character_is_malformed(string hex) => Refused(hex);

    [Theory]
    [InlineData("62c328")]
    [InlineData("62c0af")]
    [InlineData("63eda080")]
    [InlineData("64f4908080")]
    [InlineData("61ff")]
    public void Text_that_is_not_utf8_is_malformed(string hex) => Refused(hex);

    [Fact]
    public void Text_may_hold_any_scalar_value_even_zero() => Assert.Equal("\0\U0010FFFF", Read("6500f48fbfbf").Text);

    [Fact]
    public void Maps_are_looked_up_by_text_and_by_integer()
    {
        var map = Read("a4616101c3bc20".Replace("c3bc", "62c3bc") + "0102" + "2103");
        Assert.Equal(1, map["a"]?.Int64);
        Assert.Equal(-1, map["ü"]?.Int64);
        Assert.Equal(2, map[1L]?.Int64);
        Assert.Equal(3, map[-2L]?.Int64);
        Assert.Null(map["b"]);
        Assert.Null(map[2L]);
        Assert.Null(map[""]);
        Assert.Equal(["a", "ü", null, null], map.Entries.Select(e => e.Key.Text));
    }

    [Fact]
    public void A_text_key_in_chunks_or_of_any_length_is_found()
    {
        string name = new('k', 5000);
        byte[] bytes = [0xA2, 0x7F, 0x61, 0x61, 0x61, 0x62, 0xFF, 0x01, 0x79, 0x13, 0x88, .. Encoding.UTF8.GetBytes(name), 0x02];
        Assert.Equal(1, Read(bytes)["ab"]?.Int64);
        Assert.Equal(2, Read(bytes)[name]?.Int64);
        Assert.Null(Read(bytes)[name + "k"]);
    }

    [Theory]
    [InlineData("a201010102")]
    [InlineData("a20101180102")] // 1 and 1 in two bytes
    [InlineData("a220013b000000000000000002")] // -1 and -1 in nine bytes
    [InlineData("a2616101616102")]
    [InlineData("a26161017f6161ff02")] // text in one piece and in chunks
    [InlineData("bf616101616102ff")]
    [InlineData("a24101015801 0102")]
    [InlineData("a2f501f502")]
    [InlineData("a2f93c0001fa3f80000002")] // 1.0 as half and single
    [InlineData("a2f97e0001fb7ff800000000000002")] // NaN as half and double
    [InlineData("a2f601f602")]
    [InlineData("a2f82001f82002")]
    [InlineData("a2810101819f01ff02", false)] // arrays [1] and [[1]]
    [InlineData("a28101019f1801ff02")] // [1] twice
    [InlineData("a2a2010203040 1a20304010202")] // {1:2,3:4} twice, in another order
    [InlineData("a2c00101c01801 02")]
    [InlineData("a281a1018102 0181bf019f02ffff02")]
    public void Equal_keys_are_malformed_however_they_are_encoded(string hex, bool equal = true)
    {
        hex = hex.Replace(" ", "");
        if (equal)
            Assert.Contains("key", Refused(hex).Rule, StringComparison.Ordinal);
        else
            Assert.Equal(2, Read(hex).Entries.Count);
    }

    [Theory]
    [InlineData("a20102f503")] // 1, true
    [InlineData("a201 02f93c0003")] // 1, 1.0
    [InlineData("a20002f403")] // 0, false
    [InlineData("a2000220 03")] // 0, -1: the same argument
    [InlineData("a24161026161 03")] // bytes, text
    [InlineData("a2f602f703")] // null, undefined
    [InlineData("a2f9000002f9800003")] // 0.0, -0.0
    [InlineData("a2f97e0002f97e0103")] // NaN of two payloads
    [InlineData("a2c00102c10103")] // tags
    [InlineData("a28002a003")] // [], {}
    [InlineData("a2820102028202 0103")] // [1,2], [2,1]
    [InlineData("a2a1010202a1020103")] // {1:2}, {2:1}
    [InlineData("a281810002818101 03")]
    [InlineData("a2010261310 3")] // 1, "1"
    public void Different_keys_are_accepted(string hex) => Assert.Equal(2, Read(hex.Replace(" ", "")).Entries.Count);

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(1000)]
    public void A_key_that_comes_again_is_found_in_small_and_large_maps(int count)
    {
        string keys = string.Concat(Enumerable.Range(0, count - 1).Select(i => $"19{i:x4}00"));
        Assert.Equal(count, Read($"b9{count:x4}{keys}616100").Entries.Count);
        Refused($"b9{count:x4}{keys}0300");
        Assert.Equal(3 + 4 * (count - 1), Refused($"b9{count:x4}{keys}0300").Offset);
    }

    [Fact]
    public void A_map_with_as_many_keys_as_the_budget_allows_is_read_in_linear_time()
    {
        var text = new StringBuilder("ba0000fff0");
        for (int i = 0; i < 0xFFF0; i++)
            text.Append($"1a{i:x8}00");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(0xFFF0, Read(text.ToString()).Entries.Count);
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void Tags_are_kept_and_can_be_stripped()
    {
        var value = Read("d2d81801");
        Assert.Equal(18UL, value.TagNumber);
        Assert.Equal(24UL, value.Content?.TagNumber);
        Assert.Equal(1, value.Untagged.Int64);
        Assert.Equal(1, Read("01").Untagged.Int64);
        Assert.Equal(ulong.MaxValue, Read("dbffffffffffffffff01").TagNumber);
    }

    [Fact]
    public void Every_item_keeps_its_bytes_and_its_place()
    {
        var root = Read("bf61619f180102ff6162d21903e8 ff".Replace(" ", ""));
        Assert.Equal("BF61619F180102FF6162D21903E8FF", Convert.ToHexString(root.Encoded.Span));
        Assert.Equal("9F180102FF", Convert.ToHexString(root["a"]!.Encoded.Span));
        Assert.Equal(3, root["a"]!.Offset);
        Assert.Equal("1801", Convert.ToHexString(root["a"]!.Items[0].Encoded.Span));
        Assert.Equal("D21903E8", Convert.ToHexString(root["b"]!.Encoded.Span));
        Assert.Equal(11, root["b"]!.Content!.Offset);
    }

    [Fact]
    public void Bytes_behind_the_item_are_malformed_unless_the_caller_expects_them()
    {
        Assert.Equal(1, Refused("0000").Offset);
        var first = CborReader.ReadFirst(Convert.FromHexString("82010200ff"), "test", new CborBudget(Limits.Default), out int consumed);
        Assert.Equal(3, consumed);
        Assert.Equal(3, first.Encoded.Length);
        Assert.Equal(0, Refused("").Offset);
    }

    [Theory]
    [InlineData("81", "")]
    [InlineData("a100", "")]
    [InlineData("c1", "")]
    [InlineData("9f", "ff")]
    [InlineData("bf00", "ff")]
    public void Nesting_up_to_the_limit_is_read_and_one_deeper_refused(string open, string close)
    {
        var limits = Limits.Default with { CborDepth = 5 };
        byte[] Nested(int depth) => [.. Repeat(open, depth, "00"), .. Repeat(close, depth)];
        Assert.Equal(6 * 1, Depth(Read(Nested(5), limits)));
        var refused = Assert.Throws<LimitExceededException>(() => Read(Nested(6), limits));
        Assert.Equal(nameof(Limits.CborDepth), refused.Limit);
        Assert.Equal(5 * open.Length / 2, refused.Offset);
    }

    private static int Depth(CborValue value) => 1 + (value.Kind switch
    {
        CborKind.Array => Depth(value.Items[0]),
        CborKind.Map => Depth(value.Entries[0].Value),
        CborKind.Tag => Depth(value.Content!),
        _ => 0,
    });

    [Fact]
    public void Containers_beside_each_other_do_not_nest()
    {
        var limits = Limits.Default with { CborDepth = 2 };
        Assert.Equal(4, Read("8480c1f6a09fff", limits).Items.Count);
        Assert.Throws<LimitExceededException>(() => Read("8180".Insert(0, "81"), limits));
    }

    [Theory]
    [InlineData("83010203", 4)]
    [InlineData("a10102", 3)]
    [InlineData("c101", 2)]
    [InlineData("5f404040ff", 4)] // each chunk counts
    [InlineData("9f0102ff", 3)]
    public void Items_up_to_the_budget_are_read_and_one_more_refused(string hex, int items)
    {
        Read(hex, Limits.Default with { CborItems = items });
        var refused = Assert.Throws<LimitExceededException>(() => Read(hex, Limits.Default with { CborItems = items - 1 }));
        Assert.Equal(nameof(Limits.CborItems), refused.Limit);
    }

    [Fact]
    public void The_budget_is_shared_by_all_reads()
    {
        var budget = new CborBudget(Limits.Default with { CborItems = 3 });
        CborReader.Read(Convert.FromHexString("8101"), "test", budget);
        CborReader.Read(Convert.FromHexString("01"), "test", budget);
        Assert.Throws<LimitExceededException>(() => CborReader.Read(Convert.FromHexString("01"), "test", budget));
    }

    [Theory]
    [InlineData("9bffffffffffffffff")]
    [InlineData("bb7fffffffffffffff")]
    [InlineData("9a7fffffff")]
    [InlineData("ba7fffffff")]
    [InlineData("5b8000000000000000")]
    [InlineData("7bffffffffffffffff")]
    [InlineData("5a7fffffff")]
    [InlineData("5f5b7fffffffffffffffff")]
    [InlineData("c25a00100000ffff")]
    public void A_length_beyond_the_input_is_refused_before_anything_is_allocated(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Refused(hex);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedDataException>(() => Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("820101")]
    [InlineData("a10101")]
    [InlineData("420101")]
    public void A_length_that_just_fits_is_read_and_one_more_refused(string hex)
    {
        Read(hex);
        Refused(hex[..^2]);
        Refused($"{Convert.FromHexString(hex)[0] + 1:x2}{hex[2..]}");
    }

    [Theory]
    [InlineData("81", 100_000)]
    [InlineData("a100", 100_000)]
    [InlineData("c0", 100_000)]
    [InlineData("9f", 100_000)]
    [InlineData("bf00", 100_000)]
    [InlineData("d9d9f7", 100_000)]
    [InlineData("9b0000000000000001", 100_000)]
    public void A_nesting_bomb_is_refused_quickly(string hex, int times)
    {
        byte[] bytes = Repeat(hex, times, "00");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<LimitExceededException>(() => Read(bytes));
        Assert.True(watch.ElapsedMilliseconds < 2000);
    }

    [Fact]
    public void Nesting_that_a_generous_limit_allows_does_not_use_the_call_stack()
    {
        var generous = Limits.Default with { CborDepth = int.MaxValue, CborItems = int.MaxValue };
        Assert.Equal(0, Read(Repeat("c0", 200_000, "00"), generous).Untagged.Int64);
        Assert.Equal(CborKind.Array, Read(Repeat("81", 200_000, "00"), generous).Kind);
        // One deep key: {[[[…]]]: 0}
        Assert.Single(Read([0xA1, .. Repeat("81", 200_000, "0000")], generous).Entries);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("60")]
    public void Fourteen_million_empty_chunks_are_over_the_budget_quickly(string chunk)
    {
        byte[] bytes = new byte[14_000_000];
        bytes.AsSpan().Fill(Convert.FromHexString(chunk)[0]);
        bytes[0] = chunk == "40" ? (byte)0x5F : (byte)0x7F;
        bytes[^1] = 0xFF;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(nameof(Limits.CborItems), Assert.Throws<LimitExceededException>(() => Read(bytes)).Limit);
        Assert.True(watch.ElapsedMilliseconds < 2000);
    }

    [Fact]
    public void Keys_within_keys_are_not_walked_again_at_each_level()
    {
        // {{…{[0, 0, …]: 0, 1: 0}…: 0, 1: 0}: 0, 1: 0}: 30 maps, each the key of the next, around 100,000 items.
        byte[] bytes = [.. Repeat("a2", 30), .. Convert.FromHexString("9a000186a0"), .. new byte[100_000], .. Repeat("000100", 30)];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(CborKind.Map, Read(bytes).Kind);
        Assert.True(watch.ElapsedMilliseconds < 2000, $"{watch.ElapsedMilliseconds} ms");
    }
}
