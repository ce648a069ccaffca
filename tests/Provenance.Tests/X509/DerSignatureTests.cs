using Provenance.TestKit;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;
using SignatureFamily = Provenance.Verifier.Crypto.SignatureFamily;

namespace Provenance.Tests.X509;

public sealed class DerSignatureTests
{
    [Theory]
    [InlineData("3006020101020102", "00010002")]
    [InlineData("3008020200FF02020080", "00FF0080")]
    [InlineData("300A0203008000020300FFFF", "8000FFFF")]
    public void Integers_are_placed_at_the_right_of_their_field(string der, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(DerSignature.ToFixedWidth(Convert.FromHexString(der), 2)!));

    [Theory]
    [InlineData("3006020101020180", "negative s")]
    [InlineData("3009020301000002020001", "not minimal")]
    [InlineData("300A0203010000020300FFFF", "wider than the field")]
    [InlineData("30060201FF020102", "negative r")]
    [InlineData("300602010102010200", "trailing byte behind")]
    [InlineData("3009020101020102020103", "third integer")]
    [InlineData("3003020101", "no s")]
    [InlineData("308106020101020102", "length not minimal")]
    [InlineData("00010002", "raw")]
    [InlineData("", "empty")]
    public void Anything_but_strict_DER_is_no_signature(string hex, string why) =>
        Assert.True(DerSignature.ToFixedWidth(Convert.FromHexString(hex), 2) is null, why);

    [Fact]
    public async Task A_signature_is_checked_under_the_key_whose_kind_suits_the_scheme_only()
    {
        byte[] message = [1, 2, 3];
        var key = TestKey.P384("k");
        var parsed = SubjectPublicKey.Parse(key.SubjectPublicKeyInfo, out _);
        byte[] signature = key.Sign(message, SignatureMethod.Es256, EcdsaForm.Der);
        var scheme = new SignatureScheme(SignatureFamily.Ecdsa, HashAlgorithm.Sha256);
        var crypto = new CountingCrypto();
        Assert.Equal(SignatureCheck.Good, await DerSignature.VerifyAsync(crypto, scheme, parsed, message, signature, default));
        Assert.Equal(SignatureCheck.Bad, await DerSignature.VerifyAsync(crypto, scheme, parsed, new byte[] { 1, 2, 4 }, signature, default));
        Assert.Equal(2, crypto.Checks);
        Assert.Equal(SignatureCheck.Bad, await DerSignature.VerifyAsync(crypto, scheme with { Family = SignatureFamily.RsaPkcs1 }, parsed, message, signature, default));
        Assert.Equal(SignatureCheck.Bad, await DerSignature.VerifyAsync(crypto, scheme, parsed, message, key.Sign(message, SignatureMethod.Es256, EcdsaForm.Raw), default));
        Assert.Equal(2, crypto.Checks);
    }
}
