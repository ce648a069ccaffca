using System.Formats.Asn1;
using System.Numerics;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

public sealed class DerReaderTests
{
    [Fact]
    public void Values_are_read_in_order_and_the_end_is_seen()
    {
        // SEQUENCE { INTEGER 5, OCTET STRING aabb, [0] { OID 1.2.840 }, BOOLEAN TRUE }
        var outer = Reader("30 11 02 01 05  04 02 aa bb  a0 05 06 03 2a 86 48  01 01 ff");
        var reader = outer.ReadSequence();
        outer.ExpectEnd();
        Assert.Equal(5, reader.ReadInt32());
        Assert.Equal("AABB", Convert.ToHexString(reader.ReadOctetString().Span));
        Assert.True(reader.NextIsContext(0));
        var field = reader.ReadExplicit(0);
        Assert.Equal("1.2.840", field.ReadOid());
        field.ExpectEnd();
        Assert.Null(reader.TryReadExplicit(0));
        Assert.True(reader.ReadBoolean());
        Assert.False(reader.HasData);
    }

    [Fact]
    public void A_fault_names_the_offset_in_what_was_parsed_first()
    {
        var reader = Reader("30 07 a1 05 30 03 02 01 05").ReadSequence().ReadExplicit(1).ReadSequence();
        Assert.Equal(6, reader.Offset);
        var fault = Assert.Throws<MalformedDataException>(() => reader.ReadOctetString());
        Assert.Equal(6, fault.Offset);
        Assert.Equal("test", fault.Structure);
    }

    [Theory]
    [InlineData("02 01 05", "an OCTET STRING in DER expected, found what begins with tag 2")]
    [InlineData("", "an OCTET STRING in DER expected, nothing found")]
    public void A_fault_is_told_in_our_words_which_are_the_same_on_every_platform(string hex, string rule) =>
        Assert.Equal(rule, Assert.Throws<MalformedDataException>(() => Reader(hex).ReadOctetString()).Rule);

    [Theory]
    [InlineData("30 03 02 01", "length beyond the end")]
    [InlineData("30 81 03 02 01 05", "length not minimal")]
    [InlineData("30 80 02 01 05 00 00", "indefinite length")]
    [InlineData("30 84 ff ff ff ff", "length of 4 GiB")]
    [InlineData("30", "no length")]
    [InlineData("", "nothing")]
    [InlineData("31 00", "another tag")]
    public void A_sequence_that_is_not_DER_is_malformed(string hex, string why) =>
        Assert.True(Record.Exception(() => Reader(hex).ReadSequence()) is MalformedDataException, why);

    [Theory]
    [InlineData("31 00", "a SEQUENCE in DER expected, found what begins with tag 17")]
    [InlineData("6e 00", "a SEQUENCE in DER expected, found what begins with tag Application-14")]
    [InlineData("30 01", "a SEQUENCE in DER expected, found what begins with tag 16")]
    [InlineData("3f 80", "a SEQUENCE in DER expected, a tag that is none found")]
    [InlineData("", "a SEQUENCE in DER expected, nothing found")]
    public void A_fault_is_told_in_the_same_words_on_every_platform(string hex, string rule) =>
        Assert.Equal(rule, Assert.Throws<MalformedDataException>(() => Reader(hex).ReadSequence()).Rule);

    [Fact]
    public void Indefinite_lengths_are_read_where_the_caller_allows_BER()
    {
        var reader = new DerReader(Hex("30 80 24 80 04 01 aa 04 01 bb 00 00 02 01 05 00 00"), "test", rules: AsnEncodingRules.BER).ReadSequence();
        Assert.Equal("AABB", Convert.ToHexString(reader.ReadOctetString().Span));
        Assert.Equal(12, reader.Offset);
        Assert.Equal(5, reader.ReadInt32());
        reader.ExpectEnd();
    }

    [Fact]
    public void Deep_indefinite_nesting_ends_in_malformed_and_not_in_a_stack_overflow()
    {
        byte[] bomb = new byte[200_000];
        for (int i = 0; i < bomb.Length; i += 2)
            (bomb[i], bomb[i + 1]) = (0x24, 0x80);
        Assert.Throws<MalformedDataException>(() => new DerReader(bomb, "test", rules: AsnEncodingRules.BER).ReadOctetString());
        for (int i = 0; i < bomb.Length; i += 2)
            (bomb[i], bomb[i + 1]) = (0x30, 0x80);
        Assert.Throws<MalformedDataException>(() => new DerReader(bomb, "test", rules: AsnEncodingRules.BER).ReadSequence());
    }

    [Theory]
    [InlineData("02 01 7f", 127)]
    [InlineData("02 04 7f ff ff ff", int.MaxValue)]
    [InlineData("02 04 80 00 00 00", int.MinValue)]
    public void A_small_integer_is_read(string hex, int expected) => Assert.Equal(expected, Reader(hex).ReadInt32());

    [Theory]
    [InlineData("02 05 00 80 00 00 00", "wider than an int")]
    [InlineData("02 02 00 7f", "not minimal")]
    [InlineData("02 00", "empty")]
    public void Other_integers_are_no_small_integer(string hex, string why) =>
        Assert.True(Record.Exception(() => Reader(hex).ReadInt32()) is MalformedDataException, why);

    [Fact]
    public void A_wide_integer_is_read_as_bytes_and_as_a_number()
    {
        Assert.Equal("0080000000", Convert.ToHexString(Reader("02 05 00 80 00 00 00").ReadIntegerBytes().Span));
        Assert.Equal(new BigInteger(0x80000000L), Reader("02 05 00 80 00 00 00").ReadInteger());
    }

    [Fact]
    public void A_bit_string_with_unused_bits_is_no_byte_string()
    {
        Assert.Equal("80", Convert.ToHexString(Reader("03 02 00 80").ReadBitString().Span));
        Assert.Throws<MalformedDataException>(() => Reader("03 02 07 80").ReadBitString());
        Assert.Equal("80", Convert.ToHexString(Reader("03 02 07 80").ReadBits(out int unused).Span));
        Assert.Equal(7, unused);
        Assert.Throws<MalformedDataException>(() => Reader("03 02 07 81").ReadBits(out _));
    }

    [Fact]
    public void An_object_identifier_of_64_arcs_is_read_and_one_of_65_is_not()
    {
        Assert.Equal(64, Reader("06 3f 2a" + string.Concat(Enumerable.Repeat("01", 62))).ReadOid().Split('.').Length);
        Assert.Throws<MalformedDataException>(() => Reader("06 40 2a" + string.Concat(Enumerable.Repeat("01", 63))).ReadOid());
    }

    [Theory]
    [InlineData("491231235959Z", "2049-12-31T23:59:59")]
    [InlineData("500101000000Z", "1950-01-01T00:00:00")]
    [InlineData("240229000000Z", "2024-02-29T00:00:00")]
    public void A_UTCTime_turns_at_50(string text, string expected) =>
        Assert.Equal(expected, Time(0x17, text).ReadUtcTime().ToString("s", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2401010000Z")]
    [InlineData("240101000000")]
    [InlineData("240101000000+0000")]
    [InlineData("24010100000\0Z")]
    [InlineData("240101000000Z\0")]
    [InlineData("241301000000Z")]
    [InlineData("240001000000Z")]
    [InlineData("240132000000Z")]
    [InlineData("230229000000Z")]
    [InlineData("240101240000Z")]
    [InlineData("240101006000Z")]
    [InlineData("240101000060Z")]
    [InlineData("2401010000 0Z")]
    public void A_UTCTime_in_another_form_is_malformed(string text) => Assert.Throws<MalformedDataException>(() => Time(0x17, text).ReadUtcTime());

    [Fact]
    public void A_GeneralizedTime_has_a_fraction_only_where_the_caller_allows_one()
    {
        Assert.Equal(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero), Time(0x18, "99991231235959Z").ReadGeneralizedTime());
        Assert.Throws<MalformedDataException>(() => Time(0x18, "20240101000000.5Z").ReadGeneralizedTime());
        Assert.Equal(500, Time(0x18, "20240101000000.5Z").ReadGeneralizedTime(fraction: true).Millisecond);
        Assert.Equal(0, Time(0x18, "20240101000000Z").ReadGeneralizedTime(fraction: true).Millisecond);
        Assert.Equal(1234567, Time(0x18, "20240101000000.123456789Z").ReadGeneralizedTime(fraction: true).Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData("20240101000000.Z")]
    [InlineData("20240101000000.50Z")]
    [InlineData("20240101000000,5Z")]
    [InlineData("20240101000000.5")]
    [InlineData("00000101000000Z")]
    public void A_GeneralizedTime_in_another_form_is_malformed(string text) =>
        Assert.Throws<MalformedDataException>(() => Time(0x18, text).ReadGeneralizedTime(fraction: true));

    [Fact]
    public void A_set_out_of_order_is_read_only_where_the_caller_allows_it()
    {
        const string Set = "31 06 02 01 05 02 01 04";
        Assert.Throws<MalformedDataException>(() => Reader(Set).ReadSetOf());
        Assert.Equal(5, Reader(Set).ReadSetOf(anyOrder: true).ReadInt32());
    }

    [Fact]
    public void Every_reader_method_answers_random_bytes_with_a_value_or_malformed()
    {
        var random = new Random(6280);
        byte[] bytes = new byte[24];
        for (int round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(round % 32);
            bytes[1] = (byte)random.Next(26);
            foreach (var read in s_reads)
            {
                var fault = Record.Exception(() => read(new DerReader(bytes, "test", rules: round % 2 == 0 ? AsnEncodingRules.DER : AsnEncodingRules.BER)));
                Assert.True(fault is null or MalformedDataException, fault?.ToString());
            }
        }
    }

    private static readonly Action<DerReader>[] s_reads =
    [
        r => r.ReadSequence(), r => r.ReadSetOf(), r => r.ReadOid(), r => r.ReadInt32(), r => r.ReadInteger(), r => r.ReadEnumerated(), r => r.ReadBoolean(),
        r => r.ReadNull(), r => r.ReadOctetString(), r => r.ReadBitString(), r => r.ReadTime(), r => r.ReadEncoded(), r => r.ReadExplicit(0),
    ];

    private static DerReader Reader(string hex) => new(Hex(hex), "test");

    private static DerReader Time(byte tag, string text) => new(new[] { tag, (byte)text.Length }.Concat(System.Text.Encoding.ASCII.GetBytes(text)).ToArray(), "test");

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
