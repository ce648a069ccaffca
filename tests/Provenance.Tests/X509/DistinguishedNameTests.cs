using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;
using Xunit;

namespace Provenance.Tests.X509;

public sealed class DistinguishedNameTests
{
    private const string Cn = "2.5.4.3", O = "2.5.4.10", Ou = "2.5.4.11";

    [Fact]
    public void Text_is_RFC_4514_with_the_last_name_first()
    {
        Assert.Equal("CN=Signer,O=Example,2.5.4.65=x", Name(("2.5.4.65", "x"), (O, "Example"), (Cn, "Signer")).ToString());
        Assert.Empty(Name().ToString());
        Assert.Equal("CN=\\ a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h#\\ ", Name((Cn, " a,b+c\"d\\e<f>g;h# ")).ToString());
        Assert.Equal("CN=\\#1", Name((Cn, "#1")).ToString());
    }

    [Fact]
    public void Characters_that_reorder_or_break_a_line_are_escaped()
    {
        Assert.Equal("CN=a\\0Ab\\E2\\80\\AEc\\00\\E2\\80\\A8é", Name((Cn, "a\nb\u202Ec\0\u2028é")).ToString());
        Assert.Equal("a\nb", Name((Cn, "a\nb")).CommonName);
    }

    [Fact]
    public void The_last_common_name_and_organization_count()
    {
        var name = Name((O, "First"), (O, "Second"), (Cn, "one"), (Cn, "two"));
        Assert.Equal(("two", "Second"), (name.CommonName, name.Organization));
        Assert.Null(Name((Ou, "x")).CommonName);
    }

    [Fact]
    public void Names_are_equal_as_text_in_their_order()
    {
        var name = Name((O, "Example Inc"), (Cn, "Signer"));
        Assert.Equal(name, Name((O, "  EXAMPLE   inc "), (Cn, "signer")));
        Assert.Equal(name.GetHashCode(), Name((O, "  EXAMPLE   inc "), (Cn, "signer")).GetHashCode());
        Assert.Equal(name, DistinguishedName.Parse(Encode(UniversalTagNumber.BMPString, (O, "Example Inc"), (Cn, "Signer"))));
        Assert.NotEqual(name, Name((Cn, "Signer"), (O, "Example Inc")));
        Assert.NotEqual(name, Name((O, "Example Inc")));
        Assert.NotEqual(name, Name((Ou, "Example Inc"), (Cn, "Signer")));
        Assert.NotEqual(name, Name((O, "ExampleInc"), (Cn, "Signer")));
    }

    [Fact]
    public void One_relative_name_of_two_attributes_is_not_two_and_has_no_order()
    {
        // SEQUENCE { SET { CN=a, O=b } } and the same with the values where the other imitates them
        var together = DistinguishedName.Parse(Convert.FromHexString("30163114300806035504030C01613008060355040A0C0162"));
        Assert.Equal("CN=a+O=b", together.ToString());
        Assert.NotEqual(together, Name((Cn, "a"), (O, "b")));
        Assert.NotEqual(together, Name((Cn, "a+2.5.4.10=1:b")));
    }

    [Fact]
    public void A_value_that_is_no_string_is_shown_in_hex()
    {
        var name = DistinguishedName.Parse(Convert.FromHexString("300B3109300706035504030500"));
        Assert.Equal("CN=#0500", name.ToString());
        Assert.NotEqual(name, Name((Cn, "#0500")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("300000")]
    [InlineData("30023100")]
    [InlineData("300C310A300806035504030C01FF")]
    [InlineData("300C310A300806035504031E0161")]
    [InlineData("300D310B300906035504031E02D800")]
    [InlineData("310C310A300806035504030C0161")]
    public void What_is_no_name_is_malformed(string hex) => Assert.Throws<MalformedDataException>(() => DistinguishedName.Parse(Convert.FromHexString(hex)));

    private static DistinguishedName Name(params (string Oid, string Value)[] parts) => DistinguishedName.Parse(Encode(UniversalTagNumber.UTF8String, parts));

    private static byte[] Encode(UniversalTagNumber type, params (string Oid, string Value)[] parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string oid, string value) in parts)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(type, value);
                }
            }
        }
        return writer.Encode();
    }
}
