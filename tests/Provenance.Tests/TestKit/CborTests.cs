using System.Formats.Cbor;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>The platform's CBOR reader finds what the kit wrote.</summary>
public sealed class CborTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(4294967295)]
    [InlineData(4294967296)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(-24)]
    [InlineData(-25)]
    [InlineData(long.MinValue)]
    public void Integers_have_their_shortest_form(long value) =>
        Assert.Equal(value, new CborReader(TestCbor.Encode(value), CborConformanceMode.Canonical).ReadInt64());

    [Fact]
    public void Every_kind_of_value_is_read_back()
    {
        var reader = new CborReader(TestCbor.Encode(new CborFields
        {
            { "text", "ä" },
            { "bytes", new byte[] { 1, 2 } },
            { "list", new object?[] { null, true, 1.5 } },
            { 1, new CborTagged(0, "2026-03-14T09:26:53Z") },
        }));

        Assert.Equal(4, reader.ReadStartMap());
        Assert.Equal("text", reader.ReadTextString());
        Assert.Equal("ä", reader.ReadTextString());
        Assert.Equal("bytes", reader.ReadTextString());
        Assert.Equal([1, 2], reader.ReadByteString());
        Assert.Equal("list", reader.ReadTextString());
        Assert.Equal(3, reader.ReadStartArray());
        reader.ReadNull();
        Assert.True(reader.ReadBoolean());
        Assert.Equal(1.5, reader.ReadDouble());
        reader.ReadEndArray();
        Assert.Equal(1, reader.ReadInt32());
        Assert.Equal(TestTimeStampAuthority.UsualTime, reader.ReadDateTimeOffset());
        reader.ReadEndMap();
        Assert.Equal(0, reader.BytesRemaining);
    }

    [Fact]
    public void A_key_can_stand_twice_on_purpose()
    {
        byte[] twice = TestCbor.Encode(new CborFields { { "a", 1 }, { "a", 2 } });

        Assert.Throws<CborContentException>(() => new CborReader(twice, CborConformanceMode.Strict).SkipValue());
        new CborReader(twice, CborConformanceMode.Lax).SkipValue();
    }

    [Fact]
    public void Maps_can_be_indefinite_or_have_a_long_head()
    {
        Assert.Null(new CborReader(TestCbor.Encode(new CborFields { { 1, 2 } }.Indefinitely())).ReadStartMap());
        Assert.Equal("BA000000010102", Convert.ToHexString(TestCbor.Encode(new CborFields { { 1, 2 } }.WithLongHead())));
    }

    [Fact]
    public void Fields_are_replaced_in_place_and_omitted()
    {
        CborFields fields = new() { { "a", 1 }, { "b", 2 } };

        Assert.Equal("A2616103616202", Convert.ToHexString(TestCbor.Encode(fields.With("a", 3))));
        Assert.Equal("A1616202", Convert.ToHexString(TestCbor.Encode(fields.Omit("a"))));
    }
}

file static class Fluent
{
    public static CborFields Indefinitely(this CborFields fields)
    {
        fields.Indefinite = true;
        return fields;
    }

    public static CborFields WithLongHead(this CborFields fields)
    {
        fields.LongHead = true;
        return fields;
    }
}
