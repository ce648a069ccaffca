using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>The platform's RFC 3161 reader accepts the kit's tokens, and notices what is wrong with the wrong ones.</summary>
public sealed class TimeStampsTests
{
    private static readonly byte[] s_message = [1, 2, 3, 4];
    private static readonly TestTimeStampAuthority s_authority = TestTimeStampAuthority.Create();

    public static TheoryData<string> Keys => ["P-256", "P-384", "RSA"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_token_verifies_over_its_message(string kind)
    {
        TestTimeStampAuthority authority = TestTimeStampAuthority.Create("TSA " + kind, kind switch { "RSA" => TestKey.Rsa(2048), "P-384" => TestKey.P384(kind), _ => null });
        Rfc3161TimestampToken token = Decode(authority.Token(s_message));

        Assert.True(token.VerifySignatureForData(s_message, out X509Certificate2? signer));
        Assert.Equal(authority.Certificate.Der, signer!.RawData);
        Assert.Equal(TestTimeStampAuthority.UsualTime, token.TokenInfo.Timestamp);
        Assert.False(token.VerifySignatureForData([9], out _));
    }

    [Fact]
    public void The_clock_the_policy_and_the_imprint_are_chosen()
    {
        Rfc3161TimestampToken token = Decode(s_authority.At("2030-01-02T03:04:05Z")
            .With(t => (t.Policy, t.ImprintAlgorithm) = ("1.2.3.4", HashAlgorithmName.SHA512)).Token(s_message));

        Assert.Equal(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), token.TokenInfo.Timestamp);
        Assert.Equal("1.2.3.4", token.TokenInfo.PolicyId.Value);
        Assert.True(token.VerifySignatureForData(s_message, out _));
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void The_digest_of_the_attributes_is_chosen(string digest)
    {
        byte[] token = s_authority.With(t => t.DigestAlgorithm = new HashAlgorithmName(digest)).Token(s_message);

        Signed(token).CheckSignature(verifySignatureOnly: true);
    }

    [Fact]
    public void A_changed_imprint_is_noticed() =>
        Assert.False(Decode(s_authority.With(t => t.ImprintChange = h => h.FlipBit(0)).Token(s_message)).VerifySignatureForData(s_message, out _));

    [Fact]
    public void Another_named_certificate_is_noticed()
    {
        byte[] token = s_authority.With(t => t.NamedCertificate = TestTimeStampAuthority.Create("Other").Certificate).Token(s_message);

        Assert.False(Rfc3161TimestampToken.TryDecode(token, out Rfc3161TimestampToken? decoded, out _) && decoded.VerifySignatureForData(s_message, out _));
    }

    [Fact]
    public void A_bad_signature_is_noticed_and_a_good_one_is_not()
    {
        Signed(s_authority.Token(s_message)).CheckSignature(verifySignatureOnly: true);
        Assert.Throws<CryptographicException>(() => Signed(s_authority.With(t => t.BadSignature()).Token(s_message)).CheckSignature(verifySignatureOnly: true));
    }

    [Fact]
    public void Content_changed_after_signing_is_noticed() =>
        Assert.Throws<CryptographicException>(() => Signed(s_authority.With(t => t.ContentChange = c => c.FlipBit(c.Length - 10)).Token(s_message)).CheckSignature(verifySignatureOnly: true));

    [Fact]
    public void Certificates_can_be_left_out() =>
        Assert.Empty(Signed(s_authority.With(t => t.Certificates = null).Token(s_message)).Certificates);

    [Fact]
    public void A_response_is_read_for_a_request()
    {
        Rfc3161TimestampRequest request = Rfc3161TimestampRequest.CreateFromData(s_message, HashAlgorithmName.SHA256);
        Rfc3161TimestampToken token = request.ProcessResponse(TestTimeStampAuthority.Response(s_authority.With(t => t.Certificates = null).Token(s_message)), out _);

        Assert.Equal(TestTimeStampAuthority.UsualTime, token.TokenInfo.Timestamp);
    }

    private static SignedCms Signed(byte[] token)
    {
        var cms = new SignedCms();
        cms.Decode(token);
        return cms;
    }

    private static Rfc3161TimestampToken Decode(byte[] token)
    {
        Assert.True(Rfc3161TimestampToken.TryDecode(token, out Rfc3161TimestampToken? decoded, out int read));
        Assert.Equal(token.Length, read);
        return decoded;
    }
}
