using System.Numerics;
using System.Security.Cryptography;
using Provenance.Verifier.Crypto;
using Xunit;
using HashAlgorithm = Provenance.Verifier.Crypto.HashAlgorithm;

namespace Provenance.Tests.Crypto;

public class SystemCryptoSignatureTests
{
    private static readonly SystemCrypto Crypto = new();
    private static readonly byte[] Message = "a message"u8.ToArray();
    private static readonly SignatureScheme Es256 = new(SignatureFamily.Ecdsa, HashAlgorithm.Sha256);
    private static readonly SignatureScheme Ps256 = new(SignatureFamily.RsaPss, HashAlgorithm.Sha256, 32);
    private static readonly SignatureScheme Rs256 = new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha256);

    [Theory]
    [InlineData(PublicKeyKind.P256)]
    [InlineData(PublicKeyKind.P384)]
    [InlineData(PublicKeyKind.P521)]
    public async Task An_ECDSA_signature_has_exactly_twice_the_width_of_the_field(PublicKeyKind kind)
    {
        using var ecdsa = ECDsa.Create(Curve(kind));
        byte[] signature = ecdsa.SignData(Message, HashAlgorithmName.SHA256);
        Assert.Equal(SignatureCheck.Good, await Verify(Es256, Public(kind, ecdsa), signature));
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256, Public(kind, ecdsa), signature[..^1]));
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256, Public(kind, ecdsa), [.. signature, 0]));
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256, Public(kind, ecdsa), [0, .. signature[..(signature.Length / 2)], 0, .. signature[(signature.Length / 2)..]]));
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256, Public(kind, ecdsa), ecdsa.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256, Public(kind, ecdsa), []));
    }

    [Fact]
    public async Task The_larger_of_the_two_ECDSA_signatures_is_good_too()
    {
        var order = BigInteger.Parse("115792089210356248762697446949407573529996955224135760342422259061068512044369", System.Globalization.CultureInfo.InvariantCulture);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = ecdsa.SignData(Message, HashAlgorithmName.SHA256);
        byte[] other = (order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        Assert.Equal(SignatureCheck.Good, await Verify(Es256, Public(PublicKeyKind.P256, ecdsa), [.. signature[..32], .. new byte[32 - other.Length], .. other]));
    }

    [Fact]
    public async Task An_EC_key_must_be_an_uncompressed_point_of_its_own_curve()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = ecdsa.SignData(Message, HashAlgorithmName.SHA256);
        byte[] point = Public(PublicKeyKind.P256, ecdsa).Key.ToArray();
        byte[] offCurve = [.. point[..^1], (byte)(point[^1] ^ 1)];
        byte[] compressed = [(byte)(2 + (point[^1] & 1)), .. point[1..33]];

        Assert.Equal(SignatureCheck.Good, await Verify(Es256, SpkiKey.Raw(PublicKeyKind.P256, point), signature));
        foreach (byte[] wrong in new[] { offCurve, compressed, [0], [], [4], [6, .. point[1..]], [.. point, 0], [4, .. new byte[64]] })
            Assert.Equal(SignatureCheck.Bad, await Verify(Es256, SpkiKey.Raw(PublicKeyKind.P256, wrong), signature));
        foreach (var kind in Enum.GetValues<PublicKeyKind>().Where(kind => kind != PublicKeyKind.P256))
            Assert.Equal(SignatureCheck.Bad, await Verify(Es256, SpkiKey.Raw(kind, point), signature));
    }

    [Fact]
    public async Task A_key_marked_for_PSS_checks_PSS_only()
    {
        using var rsa = RSA.Create(2048);
        byte[] pss = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        byte[] pkcs1 = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        PublicKey any = Public(rsa, pssOnly: false), pssOnly = Public(rsa, pssOnly: true);

        Assert.Equal(SignatureCheck.Good, await Verify(Ps256, any, pss));
        Assert.Equal(SignatureCheck.Good, await Verify(Ps256, pssOnly, pss));
        Assert.Equal(SignatureCheck.Good, await Verify(Rs256, any, pkcs1));
        Assert.Equal(SignatureCheck.Bad, await Verify(Rs256, pssOnly, pkcs1));
        Assert.Equal(SignatureCheck.Bad, await Verify(Ps256, any, pkcs1));
        Assert.Equal(SignatureCheck.Bad, await Verify(Rs256, any, pss));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_scheme_whose_salt_is_not_as_long_as_its_hash_is_refused(int salt)
    {
        using var rsa = RSA.Create(2048);
        byte[] signature = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        Assert.Equal(SignatureCheck.Bad, await Verify(Ps256 with { SaltLength = salt }, Public(rsa), signature));
    }

    [Fact]
    public async Task An_RSA_signature_is_as_long_as_the_modulus()
    {
        using var rsa = RSA.Create(2048);
        byte[] signature = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        Assert.Equal(SignatureCheck.Bad, await Verify(Ps256, Public(rsa), [0, .. signature]));
        Assert.Equal(SignatureCheck.Bad, await Verify(Ps256, Public(rsa), signature[..^1]));
        Assert.Equal(SignatureCheck.Bad, await Verify(Ps256, Public(rsa), []));
    }

    [Theory]
    [InlineData(8192, SignatureCheck.Good)]
    [InlineData(8193, SignatureCheck.Bad)]
    public async Task The_largest_modulus_has_8192_bits(int bits, SignatureCheck expected)
    {
        var key = new MadeUpRsaKey(bits, 65537);
        Assert.Equal(bits, (int)key.Modulus.GetBitLength());
        Assert.Equal(expected, await Verify(Rs256, key.Public, key.Sign(Message)));
    }

    [Theory]
    [InlineData("1", SignatureCheck.Bad)]
    [InlineData("3", SignatureCheck.Good)]
    [InlineData("65537", SignatureCheck.Good)]
    [InlineData("18446744073709551557", SignatureCheck.Good)]
    [InlineData("18446744073709551629", SignatureCheck.Bad)]
    public async Task The_public_exponent_lies_between_3_and_two_to_the_64(string exponent, SignatureCheck expected)
    {
        var key = new MadeUpRsaKey(2048, BigInteger.Parse(exponent, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, await Verify(Rs256, key.Public, key.Sign(Message)));
    }

    [Fact]
    public async Task An_RSA_key_of_nonsense_is_bad()
    {
        using var rsa = RSA.Create(2048);
        byte[] signature = rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var modulus = new BigInteger(rsa.ExportParameters(false).Modulus, isUnsigned: true, isBigEndian: true);
        byte[] encoded = SpkiKey.Rsa(modulus, 65537).Key.ToArray();

        Assert.Equal(SignatureCheck.Good, await Verify(Rs256, SpkiKey.Raw(PublicKeyKind.Rsa, encoded), signature));
        foreach (var key in new[] { SpkiKey.Rsa(modulus - 1, 65537), SpkiKey.Rsa(-modulus, 65537), SpkiKey.Rsa(0, 65537), SpkiKey.Rsa(modulus, 2), SpkiKey.Rsa(modulus, 0), SpkiKey.Rsa(modulus, -65537) })
            Assert.Equal(SignatureCheck.Bad, await Verify(Rs256, key, signature));
        foreach (byte[] wrong in new[] { [], [0x30], [.. encoded, 0], encoded[..^1], [0x30, 0x80, .. encoded[4..], 0, 0] })
            Assert.Equal(SignatureCheck.Bad, await Verify(Rs256, SpkiKey.Raw(PublicKeyKind.Rsa, wrong), signature));
    }

    [Fact]
    public async Task A_modulus_too_short_for_its_hash_is_bad()
    {
        var key = new MadeUpRsaKey(600, 3);
        Assert.Equal(SignatureCheck.Bad, await Verify(new SignatureScheme(SignatureFamily.RsaPss, HashAlgorithm.Sha512, 64), key.Public, new byte[75]));
    }

    [Fact]
    public async Task SHA1_never_carries_a_signature()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        Assert.Equal(SignatureCheck.Bad, await Verify(Es256 with { Hash = HashAlgorithm.Sha1 }, Public(PublicKeyKind.P256, ecdsa), ecdsa.SignData(Message, HashAlgorithmName.SHA1)));
        Assert.Equal(SignatureCheck.Bad, await Verify(Rs256 with { Hash = HashAlgorithm.Sha1 }, Public(rsa), rsa.SignData(Message, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));
    }

    [Theory]
    [InlineData(PublicKeyKind.MlDsa44, 1312, 2420)]
    [InlineData(PublicKeyKind.MlDsa65, 1952, 3309)]
    [InlineData(PublicKeyKind.MlDsa87, 2592, 4627)]
    public async Task An_ML_DSA_signature_is_checked_or_unsupported_and_never_good_by_default(PublicKeyKind kind, int keyBytes, int signatureBytes)
    {
        var scheme = new SignatureScheme(SignatureFamily.MlDsa, null);
        var unchecked_ = MLDsa.IsSupported ? SignatureCheck.Bad : SignatureCheck.Unsupported;
        Assert.Equal(unchecked_, await Verify(scheme, SpkiKey.Raw(kind, new byte[keyBytes]), new byte[signatureBytes]));
        Assert.Equal(SignatureCheck.Bad, await Verify(scheme, SpkiKey.Raw(kind, new byte[keyBytes - 1]), new byte[signatureBytes]));
        Assert.Equal(SignatureCheck.Bad, await Verify(scheme, SpkiKey.Raw(kind, new byte[keyBytes]), new byte[signatureBytes + 1]));
        Assert.Equal(SignatureCheck.Bad, await Verify(scheme, SpkiKey.Raw(PublicKeyKind.Other, new byte[keyBytes]), new byte[signatureBytes]));
    }

    [Fact]
    public async Task A_right_ML_DSA_signature_is_good()
    {
        Assert.SkipUnless(MLDsa.IsSupported, "this platform has no ML-DSA (OpenSSL 3.5 or later)");
        using var mlDsa = MLDsa.GenerateKey(MLDsaAlgorithm.MLDsa65);
        byte[] signature = mlDsa.SignData(Message);
        var key = SpkiKey.Raw(PublicKeyKind.MlDsa65, mlDsa.ExportMLDsaPublicKey());
        Assert.Equal(SignatureCheck.Good, await Verify(new SignatureScheme(SignatureFamily.MlDsa, null), key, signature));
        signature[7] ^= 1;
        Assert.Equal(SignatureCheck.Bad, await Verify(new SignatureScheme(SignatureFamily.MlDsa, null), key, signature));
    }

    private static async Task<SignatureCheck> Verify(SignatureScheme scheme, PublicKey key, byte[] signature) =>
        await Crypto.VerifyAsync(scheme, key, Message, signature, CancellationToken.None);

    private static PublicKey Public(PublicKeyKind kind, ECDsa ecdsa) =>
        SpkiKey.Ec(kind, ecdsa.ExportParameters(false).Q.X!, ecdsa.ExportParameters(false).Q.Y!);

    private static PublicKey Public(RSA rsa, bool pssOnly = false) =>
        SpkiKey.Rsa(rsa.ExportParameters(false).Modulus!, rsa.ExportParameters(false).Exponent!, pssOnly);

    private static ECCurve Curve(PublicKeyKind kind) => kind switch
    {
        PublicKeyKind.P256 => ECCurve.NamedCurves.nistP256,
        PublicKeyKind.P384 => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };
}
