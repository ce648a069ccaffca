using System.Formats.Cbor;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cose;
using Xunit;

namespace Provenance.Tests.Cose;

public class CoseSign1Tests
{
    private static readonly byte[] Certificate = [0x30, 0x00];

    [Fact]
    public void A_tagged_message_of_four_parts_is_read_as_stored()
    {
        var message = CoseMessage.Parse(Hex("D2 84 4E A2 0126 1821 48AABBCCDDEEFF0011 A0 F6 41AB"));
        Assert.True(message.Tagged);
        Assert.Equal("A20126182148AABBCCDDEEFF0011", Convert.ToHexString(message.ProtectedBytes.Span));
        Assert.Equal(-7, message.AlgorithmId);
        Assert.Equal("ES256", message.Algorithm?.Name);
        Assert.Null(message.Payload);
        Assert.Equal("AB", Convert.ToHexString(message.Signature.Span));
        Assert.Empty(message.RepeatedLabels);
        Assert.Empty(message.UnknownCriticalLabels);
        Assert.Equal("AABBCCDDEEFF0011", Convert.ToHexString(Assert.Single(message.X5Chain.Certificates).Span));
    }

    [Fact]
    public void What_is_absent_is_null_or_empty_and_no_fault()
    {
        var message = new CoseMessage { Protected = CoseMessage.Map() }.Parse();
        Assert.Null(message.AlgorithmId);
        Assert.Null(message.Algorithm);
        Assert.Empty(message.X5Chain.Places);
        Assert.Empty(message.X5Chain.Certificates);
        Assert.Null(message.X5Chain.Fault);
        Assert.False(message.X5Chain.IsAmbiguous);
        Assert.Null(message.TimeStamp);
        Assert.Null(message.TimeStampFault);
        Assert.Empty(message.OcspValues);
        Assert.Null(message.IssuedAt);
        Assert.Null(message.Pad);
        Assert.Null(message.Pad2);
    }

    [Fact]
    public void A_message_without_its_tag_says_so()
    {
        Assert.True(CoseMessage.Parse(new CoseMessage().Encode()).Tagged);
        Assert.False(CoseMessage.Parse(new CoseMessage().Encode(tagged: false)).Tagged);
    }

    [Theory]
    [InlineData("D1", "COSE_Mac0 (17)")]
    [InlineData("D862", "COSE_Sign (98)")]
    [InlineData("D9D9F7D2", "self-described CBOR around it (55799)")]
    [InlineData("D2D2", "tag 18 twice")]
    [InlineData("D2D9D9F7", "another tag inside")]
    public void Any_other_tag_is_malformed(string tags, string why)
    {
        byte[] untagged = new CoseMessage().Encode(tagged: false);
        Assert.NotNull(CoseMessage.Parse([0xD2, .. untagged]));
        Refused([.. Hex(tags), .. untagged], why);
    }

    [Theory]
    [InlineData("83 40 A0 F6")]
    [InlineData("85 40 A0 F6 40 40")]
    [InlineData("A2 40 A0 F6 40")]
    [InlineData("40")]
    [InlineData("F6")]
    public void Anything_but_an_array_of_four_is_malformed(string message)
    {
        Assert.NotNull(CoseMessage.Parse(Hex("D2 84 40 A0 F6 40")));
        Refused([0xD2, .. Hex(message)]);
    }

    [Theory]
    [InlineData("84 A0 A0 F6 40", "protected must be a byte string")]
    [InlineData("84 F6 A0 F6 40", "protected is nil")]
    [InlineData("84 60 A0 F6 40", "protected is text")]
    [InlineData("84 41 80 A0 F6 40", "protected holds an array")]
    [InlineData("84 42 A0 00 A0 F6 40", "something follows the protected map")]
    [InlineData("84 41 A1 A0 F6 40", "the protected map is cut")]
    [InlineData("84 44 A2 01 01 01 A0 F6 40", "the protected map is cut in an entry")]
    [InlineData("84 45 A2 01 26 01 26 A0 F6 40", "a protected label twice")]
    [InlineData("84 40 80 F6 40", "unprotected is an array")]
    [InlineData("84 40 F6 F6 40", "unprotected is nil")]
    [InlineData("84 40 40 F6 40", "unprotected is a byte string")]
    [InlineData("84 40 A2 04 40 04 40 F6 40", "an unprotected label twice")]
    [InlineData("84 40 A1 F5 40 F6 40", "a label is a Boolean")]
    [InlineData("84 43 A1 40 00 A0 F6 40", "a protected label is a byte string")]
    [InlineData("84 40 A0 F7 40", "the payload is undefined")]
    [InlineData("84 40 A0 60 40", "the payload is text")]
    [InlineData("84 40 A0 F6 F6", "the signature is nil")]
    [InlineData("84 40 A0 F6 60", "the signature is text")]
    public void A_part_of_the_wrong_kind_is_malformed(string message, string why) => Refused([0xD2, .. Hex(message)], why);

    [Theory]
    [InlineData("40", 0)]
    [InlineData("41 A0", 1)]
    [InlineData("5F FF", 0)]
    [InlineData("5F 41 A1 42 01 26 FF", 3)]
    public void The_protected_map_may_be_left_out_or_stored_in_chunks(string protectedItem, int length)
    {
        var message = CoseMessage.Parse([0xD2, 0x84, .. Hex(protectedItem), 0xA0, 0xF6, 0x40]);
        Assert.Equal(length, message.ProtectedBytes.Length);
        Assert.Equal(length / 3, message.Protected.Entries.Count);
    }

    [Fact]
    public void No_payload_is_not_an_empty_payload()
    {
        Assert.False(new CoseMessage().Parse().Payload.HasValue);
        Assert.True(new CoseMessage { Payload = CoseMessage.Bytes([]) }.Parse().Payload.HasValue);
        Assert.Equal([1, 2], new CoseMessage { Payload = CoseMessage.Bytes([1, 2]) }.Parse().Payload!.Value.ToArray());
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("00", false, false)]
    [InlineData("00 00 00", true, true)]
    [InlineData("00 00 01", true, false)]
    [InlineData("A0", true, false)]
    public void Bytes_behind_the_message_are_malformed_unless_zeros_are_allowed(string rest, bool allowTrailingZeros, bool accepted)
    {
        byte[] bytes = [.. new CoseMessage().Encode(), .. Hex(rest)];
        if (accepted)
            Assert.NotNull(CoseMessage.Parse(bytes, allowTrailingZeros: allowTrailingZeros));
        else
            Assert.Throws<MalformedDataException>(() => CoseMessage.Parse(bytes, allowTrailingZeros: allowTrailingZeros));
    }

    [Fact]
    public void The_algorithm_counts_in_the_protected_header_only()
    {
        Assert.Equal("PS384", new CoseMessage { Protected = CoseMessage.Map((1, -38)) }.Parse().Algorithm?.Name);
        Assert.Null(new CoseMessage { Protected = CoseMessage.Map(), Unprotected = CoseMessage.Map((1, -38)) }.Parse().AlgorithmId);
        Assert.Null(new CoseMessage { Protected = CoseMessage.Map((1, "ES256")) }.Parse().AlgorithmId);
        Assert.Null(new CoseMessage { Protected = CoseMessage.Map(("alg", -7)) }.Parse().AlgorithmId);
        Assert.Null(new CoseMessage { Protected = CoseMessage.Map((1, -7.0)) }.Parse().AlgorithmId);
        var unknown = new CoseMessage { Protected = CoseMessage.Map((1, -65535)) }.Parse();
        Assert.Equal(-65535, unknown.AlgorithmId);
        Assert.Null(unknown.Algorithm);
    }

    [Fact]
    public void A_label_in_both_headers_is_reported()
    {
        var message = new CoseMessage
        {
            Protected = CoseMessage.Map((1, -7), ("iat", 5), ("1", 0), (-3, 0)),
            Unprotected = CoseMessage.Map((-3, 0), ("iat", 6), (1, -37), ("pad", Array.Empty<byte>())),
        }.Parse();
        Assert.Equal(["-3", "\"iat\"", "1"], message.RepeatedLabels);
        Assert.Equal(-7, message.AlgorithmId);
    }

    [Fact]
    public void Critical_labels_that_are_not_understood_are_listed()
    {
        Assert.Empty(Critical(CoseMessage.Array(1, 33, "x5chain")).UnknownCriticalLabels);
        Assert.Equal(["\"iat\"", "3"], Critical(CoseMessage.Array("iat", 1, 3)).UnknownCriticalLabels);
    }

    [Theory]
    [InlineData("A2 01 26 02 80", "no label")]
    [InlineData("A2 01 26 02 01", "no array")]
    [InlineData("A2 01 26 02 81 03", "a label that is not there")]
    [InlineData("A2 01 26 02 81 61 31", "text for a number")]
    [InlineData("A2 01 26 02 81 F5", "neither a number nor text")]
    public void A_list_of_critical_labels_that_breaks_its_rules_is_malformed(string protectedMap, string why)
    {
        byte[] map = Hex(protectedMap);
        Refused([0xD2, 0x84, (byte)(0x40 + map.Length), .. map, 0xA0, 0xF6, 0x40], why);
    }

    [Fact]
    public void A_list_of_critical_labels_must_be_protected()
    {
        Assert.Empty(new CoseMessage { Protected = CoseMessage.Map((1, -7), (2, CoseMessage.Array(1))) }.Parse().UnknownCriticalLabels);
        Refused(new CoseMessage { Unprotected = CoseMessage.Map((2, CoseMessage.Array(1))) }.Encode());
    }

    [Fact]
    public void The_signed_bytes_are_those_of_RFC_9052()
    {
        var message = CoseMessage.Parse(Hex("D2 84 43 A1 01 26 A1 04 42 31 31 F6 40"));
        Assert.Equal(
            "846A5369676E61747572653143A101264054546869732069732074686520636F6E74656E742E",
            Convert.ToHexString(message.SigStructure("Signature1", "This is the content."u8)));
        Assert.Equal(
            "8470436F756E7465725369676E617475726543A101264040",
            Convert.ToHexString(message.SigStructure("CounterSignature", default)));
    }

    [Theory]
    [InlineData("A2182100 0126")]
    [InlineData("BF 0126 FF")]
    [InlineData("A1 1801 26")]
    public void The_protected_header_is_signed_as_stored_even_where_it_could_be_shorter(string protectedMap)
    {
        byte[] map = Hex(protectedMap);
        var message = CoseMessage.Parse([0xD2, 0x84, (byte)(0x40 + map.Length), .. map, 0xA0, 0xF6, 0x40]);
        Assert.Equal(-7, message.AlgorithmId);
        Assert.Equal([.. Hex("84 6A 5369676E617475726531"), (byte)(0x40 + map.Length), .. map, 0x40, 0x40], message.SigStructure("Signature1", default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Strings_are_written_with_the_shortest_head(int length)
    {
        var message = new CoseMessage { Signature = CoseMessage.Bytes(new byte[length]) }.Parse();
        Assert.Equal(CoseMessage.Write(writer => writer.WriteByteString(new byte[length])), message.EncodeSignature());
        Assert.Equal(
            CoseMessage.Write(writer =>
            {
                writer.WriteStartArray(4);
                writer.WriteTextString("Signature1");
                writer.WriteByteString(Hex("A1 01 26"));
                writer.WriteByteString([]);
                writer.WriteByteString(new byte[length]);
                writer.WriteEndArray();
            }),
            message.SigStructure("Signature1", new byte[length]));
    }

    [Theory]
    [InlineData("iat")]
    [InlineData(6)]
    public void The_claimed_time_is_read_from_the_places_in_use(object label)
    {
        var expected = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.Equal(expected, IssuedAt((label, 1_700_000_000)));
        Assert.Equal(expected, IssuedAt((label, 1_700_000_000.9)));
        Assert.Equal(expected, IssuedAt((15, CoseMessage.Map((6, 1_700_000_000)))));
        Assert.Null(IssuedAt((15, CoseMessage.Map((7, 1_700_000_000)))));
        Assert.Null(IssuedAt((label, "2023-11-14T22:13:20Z")));
        Assert.Null(IssuedAt((label, (Action<CborWriter>)(writer => writer.WriteUnixTimeSeconds(1_700_000_000)))));
    }

    [Theory]
    [InlineData(253_402_300_799L, true)]
    [InlineData(253_402_300_800L, false)]
    [InlineData(-62_135_596_800L, true)]
    [InlineData(-62_135_596_801L, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void The_claimed_time_lies_in_the_years_1_to_9999(long seconds, bool expected)
    {
        Assert.Equal(expected, IssuedAt(("iat", seconds)).HasValue);
        Assert.Equal(expected, IssuedAt(("iat", (double)seconds)).HasValue);
        Assert.Null(IssuedAt(("iat", double.NaN)));
        Assert.Null(IssuedAt(("iat", double.PositiveInfinity)));
    }

    [Fact]
    public void Padding_is_shown_as_stored()
    {
        var message = new CoseMessage { Unprotected = CoseMessage.Map(("pad", new byte[3]), ("pad2", "  ")) }.Parse();
        Assert.Equal(3, message.Pad?.Bytes?.Length);
        Assert.Equal("  ", message.Pad2?.Text);
    }

    [Fact]
    public void Stapled_responses_are_the_byte_strings_with_content()
    {
        var message = new CoseMessage { Unprotected = CoseMessage.Map(("rVals", CoseMessage.Map(("ocspVals", CoseMessage.Array(new byte[] { 1 }, Array.Empty<byte>(), "AQ==", new byte[] { 2, 3 }))))) }.Parse();
        Assert.Equal(["01", "0203"], message.OcspValues.Select(value => Convert.ToHexString(value.Span)));
        Assert.Empty(new CoseMessage { Unprotected = CoseMessage.Map(("rVals", 1)) }.Parse().OcspValues);
        Assert.Empty(new CoseMessage { Unprotected = CoseMessage.Map(("rVals", CoseMessage.Map(("ocspVals", new byte[] { 1 })))) }.Parse().OcspValues);
    }

    private static CoseSign1 Critical(Action<CborWriter> labels) => new CoseMessage
    {
        Protected = CoseMessage.Map((1, -7), (2, labels), (3, 0), (33, Certificate), ("x5chain", Certificate), ("iat", 0)),
    }.Parse();

    private static DateTimeOffset? IssuedAt((object Label, object Value) entry) => new CoseMessage { Protected = CoseMessage.Map(entry) }.Parse().IssuedAt;

    private static void Refused(byte[] bytes, string why = "")
    {
        var exception = Record.Exception(() => CoseMessage.Parse(bytes));
        Assert.True(exception is MalformedDataException, $"{why}: {exception?.Message ?? "accepted"}");
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
