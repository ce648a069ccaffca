using System.Formats.Asn1;
using System.Security.Cryptography;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>Responses have the shape of RFC 6960 §4.2.1 and the signature of who is named.</summary>
public sealed class OcspTests
{
    private static readonly TestAuthority s_authority = TestAuthority.Root("Root").Intermediate("CA");
    private static readonly TestCertificate s_leaf = s_authority.Issue("Leaf");

    [Theory]
    [InlineData(OcspAnswer.Good, 0)]
    [InlineData(OcspAnswer.Revoked, 1)]
    [InlineData(OcspAnswer.Unknown, 2)]
    public void The_answer_is_about_the_certificate(OcspAnswer answer, int tag)
    {
        AsnReader single = Single(Basic(TestOcspResponder.Issuer(s_authority).Respond(s_leaf, answer)).Data);
        AsnReader id = single.ReadSequence();
        id.ReadSequence();

        Assert.Equal(SHA256.HashData(s_authority.Certificate.Subject), id.ReadOctetString());
        Assert.Equal(SHA256.HashData(s_authority.Certificate.Key.PublicKeyBits), id.ReadOctetString());
        Assert.Equal(s_leaf.Serial, id.ReadIntegerBytes().ToArray());
        Assert.Equal(tag, single.PeekTag().TagValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_signature_is_the_responders(bool delegated)
    {
        TestCertificate responder = s_authority.IssueOcspResponder("Responder");
        (byte[] data, byte[] signature, bool encloses) = Basic((delegated ? TestOcspResponder.Delegated(responder) : TestOcspResponder.Issuer(s_authority)).Respond(s_leaf));
        var key = (ECDsa)(delegated ? responder : s_authority.Certificate).Key.Platform!;

        Assert.True(key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal(delegated, encloses);
    }

    [Fact]
    public void A_bad_signature_does_not_verify()
    {
        (byte[] data, byte[] signature, _) = Basic(TestOcspResponder.Issuer(s_authority).Respond(s_leaf, change: r => r.BadSignature()));

        Assert.False(((ECDsa)s_authority.Certificate.Key.Platform!).VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void The_next_update_can_be_left_out()
    {
        bool HasNextUpdate(Action<OcspRecipe>? change)
        {
            AsnReader single = Single(Basic(TestOcspResponder.Issuer(s_authority).Respond(s_leaf, change: change)).Data);
            single.ReadSequence();
            single.ReadNull(new Asn1Tag(TagClass.ContextSpecific, 0));
            single.ReadGeneralizedTime();
            return single.HasData;
        }

        Assert.True(HasNextUpdate(null));
        Assert.False(HasNextUpdate(r => r.Single(s => s.NextUpdate = null)));
    }

    private static (byte[] Data, byte[] Signature, bool EnclosesCertificates) Basic(byte[] response)
    {
        AsnReader outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(new byte[] { 0 }, outer.ReadEnumeratedBytes().ToArray());
        AsnReader bytes = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        Assert.Equal("1.3.6.1.5.5.7.48.1.1", bytes.ReadObjectIdentifier());
        AsnReader basic = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        byte[] data = basic.ReadEncodedValue().ToArray();
        basic.ReadSequence();
        return (data, basic.ReadBitString(out _), basic.HasData);
    }

    private static AsnReader Single(byte[] data)
    {
        AsnReader reader = new AsnReader(data, AsnEncodingRules.DER).ReadSequence();
        reader.ReadEncodedValue();
        reader.ReadGeneralizedTime();
        return reader.ReadSequence().ReadSequence();
    }
}
