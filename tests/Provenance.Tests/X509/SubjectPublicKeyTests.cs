using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;

namespace Provenance.Tests.X509;

public sealed class SubjectPublicKeyTests
{
    [Fact]
    public void Keys_of_every_allowed_kind_are_told_apart()
    {
        Assert.Equal((PublicKeyKind.P256, 256), Tell(TestKey.P256("k")));
        Assert.Equal((PublicKeyKind.P384, 384), Tell(TestKey.P384("k")));
        Assert.Equal((PublicKeyKind.P521, 521), Tell(TestKey.P521("k")));
        Assert.Equal((PublicKeyKind.Rsa, 2048), Tell(TestKey.Rsa(2048)));
        Assert.Equal((PublicKeyKind.Rsa, 2048), Tell(TestKey.RsaPssOnly(2048)));
        Assert.Equal((PublicKeyKind.Ed25519, 0), Tell(TestKey.Ed25519("k")));
        Assert.Equal(PublicKeyKind.MlDsa44, Parse(Spki(Oids.MlDsa44, null, new byte[1312])).Kind);
        Assert.Equal(PublicKeyKind.MlDsa65, Parse(Spki(Oids.MlDsa65, null, new byte[1952])).Kind);
        Assert.Equal(PublicKeyKind.MlDsa87, Parse(Spki(Oids.MlDsa87, null, new byte[2592])).Kind);
    }

    [Fact]
    public void Keys_that_no_profile_allows_are_other_and_weak()
    {
        byte[] point = TestKey.P256("k").PublicKeyBits;
        byte[] named = Oid(Oids.Prime256v1);
        Assert.Equal(PublicKeyKind.P256, Parse(Spki(Oids.EcPublicKey, named, point)).Kind);
        foreach (byte[] spki in new[]
        {
            TestKey.Secp256k1("k").SubjectPublicKeyInfo,
            Spki(Oids.EcPublicKey, named, [2, .. point[1..33]]),         // compressed
            Spki(Oids.EcPublicKey, named, [0]),                          // infinity
            Spki(Oids.EcPublicKey, named, [6, .. point[1..]]),           // hybrid
            Spki(Oids.EcPublicKey, named, point[..^1]),
            Spki(Oids.EcPublicKey, named, [.. point, 0]),
            Spki(Oids.EcPublicKey, null, point),
            Spki(Oids.EcPublicKey, [0x30, 0x00], point),                 // explicit parameters
            Spki(Oids.EcPublicKey, Oid("1.2.840.10045.3.1.1"), point),   // P-192
            Spki(Oids.RsaEncryption, null, TestKey.Rsa(2048).PublicKeyBits),
            Spki(Oids.RsaEncryption, [0x05, 0x00], [1, 2, 3]),
            Spki(Oids.RsassaPss, [0x30, 0x00], TestKey.Rsa(2048).PublicKeyBits), // defaults: SHA-1
            Spki(Oids.Ed25519, null, new byte[31]),
            Spki(Oids.Ed25519, [0x05, 0x00], new byte[32]),
            Spki("1.3.101.113", null, new byte[57]),                     // Ed448
            Spki(Oids.MlDsa44, [0x05, 0x00], new byte[1312]),
            Spki(Oids.MlDsa44, null, new byte[1311]),
        })
        {
            var key = Parse(spki);
            Assert.Equal((PublicKeyKind.Other, 0), (key.Kind, key.Bits));
            Assert.NotNull(SubjectPublicKey.Weakness(key));
        }
    }

    [Fact]
    public void A_PSS_key_is_rewritten_to_one_every_platform_imports()
    {
        var key = Parse(TestKey.RsaPssOnly(2048).SubjectPublicKeyInfo);
        Assert.True(key.PssOnly);
        Assert.Equal(Oids.RsassaPss, key.AlgorithmOid);
        Assert.Equal(TestKey.Rsa(2048).SubjectPublicKeyInfo, key.Spki.ToArray());
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
    }

    [Theory]
    [InlineData(2047, false)]
    [InlineData(2048, true)]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void An_RSA_modulus_has_2048_to_8192_bits(int bits, bool allowed) => Assert.Equal(allowed, Weakness((BigInteger.One << (bits - 1)) + 1, 65537) is null);

    [Theory]
    [InlineData("1", false)]
    [InlineData("2", false)]
    [InlineData("3", true)]
    [InlineData("65536", false)]
    [InlineData("18446744073709551615", true)]
    [InlineData("18446744073709551617", false)]
    [InlineData("-3", false)]
    public void An_RSA_exponent_is_odd_at_least_3_and_below_2_to_the_64(string exponent, bool allowed) =>
        Assert.Equal(allowed, Weakness((BigInteger.One << 2047) + 1, BigInteger.Parse(exponent, null)) is null);

    [Fact]
    public void An_even_RSA_modulus_is_weak()
    {
        Assert.Null(Weakness((BigInteger.One << 2047) + 1, 65537));
        Assert.NotNull(Weakness(BigInteger.One << 2047, 65537));
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("30050303000102")]
    [InlineData("")]
    public void What_is_no_SubjectPublicKeyInfo_is_malformed(string hex) =>
        Assert.Throws<MalformedDataException>(() => Parse(Convert.FromHexString(hex)));

    private static (PublicKeyKind, int) Tell(TestKey key)
    {
        var parsed = Parse(key.SubjectPublicKeyInfo);
        Assert.Null(SubjectPublicKey.Weakness(parsed));
        Assert.Equal(key.PublicKeyBits, parsed.Key.ToArray());
        return (parsed.Kind, parsed.Bits);
    }

    private static PublicKey Parse(byte[] spki) => SubjectPublicKey.Parse(spki, out _);

    private static string? Weakness(BigInteger modulus, BigInteger exponent)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(modulus);
            writer.WriteInteger(exponent);
        }
        return SubjectPublicKey.Weakness(Parse(Spki(Oids.RsaEncryption, [0x05, 0x00], writer.Encode())));
    }

    private static byte[] Oid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    private static byte[] Spki(string oid, byte[]? parameters, byte[] key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                if (parameters is not null)
                    writer.WriteEncodedValue(parameters);
            }
            writer.WriteBitString(key);
        }
        return writer.Encode();
    }
}
