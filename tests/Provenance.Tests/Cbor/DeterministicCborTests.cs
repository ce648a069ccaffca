using System.Formats.Cbor;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;

namespace Provenance.Tests.Cbor;

public sealed class DeterministicCborTests
{
    private static string Encode(string hex) => Convert.ToHexStringLower(DeterministicCbor.Encode(Provenance.Verifier.Cbor.CborReader.Read(Convert.FromHexString(hex), "test", new(Limits.Default))));

    [Theory]
    [InlineData("1800", "00")]
    [InlineData("1b0000000000000017", "17")]
    [InlineData("1900ff", "18ff")]
    [InlineData("3900ff", "38ff")]
    [InlineData("5803010203", "43010203")]
    [InlineData("5f42010241 03ff", "43010203")]
    [InlineData("7f61616162ff", "626162")]
    [InlineData("9f0102ff", "820102")]
    [InlineData("bf616101ff", "a1616101")]
    [InlineData("a2626161016162 02", "a26162026261 6101")]
    [InlineData("a3206120 00 01 61 61 02", "a3 00 01 20 6120 6161 02")]
    [InlineData("d81200", "d200")]
    [InlineData("fb3ff8000000000000", "f93e00")]
    [InlineData("fb7ff8000000000000", "f97e00")]
    [InlineData("fb3ff199999999999a", "fb3ff199999999999a")]
    [InlineData("fb40f86a0000000000", "fa47c35000")]
    [InlineData("f4", "f4")]
    [InlineData("f6", "f6")]
    [InlineData("f820", "f820")]
    public void There_is_one_way_to_write_an_item(string stored, string deterministic) =>
        Assert.Equal(deterministic.Replace(" ", ""), Encode(stored.Replace(" ", "")));

    [Fact]
    public void It_agrees_with_the_platforms_canonical_writer_on_what_identity_assertions_hold()
    {
        var payload = new CborFields
        {
            { "sig_type", "cawg.x509.cose" }, { "role", new[] { "cawg.creator", "cawg.editor" } },
            { "referenced_assertions", new object[] { new CborFields { { "url", "self#jumbf=x" }, { "hash", new byte[32] }, { "alg", "sha256" } } } },
        };
        // Keys of one length first, then bytewise, is CTAP2's order; with text keys below 24 bytes it is the core one too.
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(3);
        writer.WriteTextString("role");
        writer.WriteStartArray(2);
        writer.WriteTextString("cawg.creator");
        writer.WriteTextString("cawg.editor");
        writer.WriteEndArray();
        writer.WriteTextString("sig_type");
        writer.WriteTextString("cawg.x509.cose");
        writer.WriteTextString("referenced_assertions");
        writer.WriteStartArray(1);
        writer.WriteStartMap(3);
        writer.WriteTextString("alg");
        writer.WriteTextString("sha256");
        writer.WriteTextString("url");
        writer.WriteTextString("self#jumbf=x");
        writer.WriteTextString("hash");
        writer.WriteByteString(new byte[32]);
        writer.WriteEndMap();
        writer.WriteEndArray();
        writer.WriteEndMap();
        Assert.Equal(Convert.ToHexStringLower(writer.Encode()), Encode(Convert.ToHexString(TestCbor.Encode(payload))));
    }

    [Fact]
    public void Nesting_costs_no_call_stack()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x81, 20_000), 0x18, 0x00];
        var value = Provenance.Verifier.Cbor.CborReader.Read(deep, "test", new(Limits.Default with { CborDepth = 20_000 }));
        Assert.Equal(20_001, DeterministicCbor.Encode(value).Length);
    }
}
