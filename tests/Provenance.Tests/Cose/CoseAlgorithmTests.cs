using Provenance.Verifier.Cose;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Cose;

public class CoseAlgorithmTests
{
    [Theory]
    [InlineData(-7, "ES256", SignatureFamily.Ecdsa, HashAlgorithm.Sha256, 0, PublicKeyKind.P256)]
    [InlineData(-35, "ES384", SignatureFamily.Ecdsa, HashAlgorithm.Sha384, 0, PublicKeyKind.P384)]
    [InlineData(-36, "ES512", SignatureFamily.Ecdsa, HashAlgorithm.Sha512, 0, PublicKeyKind.P521)]
    [InlineData(-9, "ESP256", SignatureFamily.Ecdsa, HashAlgorithm.Sha256, 0, PublicKeyKind.P256)]
    [InlineData(-51, "ESP384", SignatureFamily.Ecdsa, HashAlgorithm.Sha384, 0, PublicKeyKind.P384)]
    [InlineData(-52, "ESP512", SignatureFamily.Ecdsa, HashAlgorithm.Sha512, 0, PublicKeyKind.P521)]
    [InlineData(-37, "PS256", SignatureFamily.RsaPss, HashAlgorithm.Sha256, 32, PublicKeyKind.Rsa)]
    [InlineData(-38, "PS384", SignatureFamily.RsaPss, HashAlgorithm.Sha384, 48, PublicKeyKind.Rsa)]
    [InlineData(-39, "PS512", SignatureFamily.RsaPss, HashAlgorithm.Sha512, 64, PublicKeyKind.Rsa)]
    [InlineData(-8, "EdDSA", SignatureFamily.Ed25519, null, 0, PublicKeyKind.Ed25519)]
    [InlineData(-19, "Ed25519", SignatureFamily.Ed25519, null, 0, PublicKeyKind.Ed25519)]
    [InlineData(-48, "ML-DSA-44", SignatureFamily.MlDsa, null, 0, PublicKeyKind.MlDsa44)]
    [InlineData(-49, "ML-DSA-65", SignatureFamily.MlDsa, null, 0, PublicKeyKind.MlDsa65)]
    [InlineData(-50, "ML-DSA-87", SignatureFamily.MlDsa, null, 0, PublicKeyKind.MlDsa87)]
    public void An_algorithm_has_one_scheme_and_one_kind_of_key(long id, string name, SignatureFamily family, HashAlgorithm? hash, int salt, PublicKeyKind key)
    {
        var algorithm = CoseAlgorithms.Find(id);
        Assert.Equal(new CoseAlgorithm(id, name, new SignatureScheme(family, hash, salt), key), algorithm);
        foreach (var kind in Enum.GetValues<PublicKeyKind>())
            Assert.Equal(kind == key, algorithm!.Suits(new PublicKey(kind, default, default, 0, false, "")));
    }

    [Fact]
    public void There_are_no_others() => Assert.Equal(14, CoseAlgorithms.All.Count);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-65535)]
    [InlineData(-257)]
    [InlineData(-47)]
    [InlineData(-53)]
    [InlineData(long.MinValue)]
    public void An_identifier_that_is_not_listed_is_none(long id) => Assert.Null(CoseAlgorithms.Find(id));
}
