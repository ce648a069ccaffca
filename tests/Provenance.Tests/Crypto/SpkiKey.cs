using System.Formats.Asn1;
using System.Numerics;
using Provenance.Verifier.Crypto;

namespace Provenance.Tests.Crypto;

/// <summary>A <see cref="PublicKey"/> from a SubjectPublicKeyInfo, written apart from the library's own parser so that crypto is tested alone.</summary>
internal static class SpkiKey
{
    public static PublicKey Read(byte[] spki)
    {
        var outer = new AsnReader(spki, AsnEncodingRules.DER).ReadSequence();
        var algorithm = outer.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        string? curve = algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? algorithm.ReadObjectIdentifier() : null;
        byte[] key = outer.ReadBitString(out _);
        var (kind, bits) = (oid, curve) switch
        {
            ("1.2.840.10045.2.1", "1.2.840.10045.3.1.7") => (PublicKeyKind.P256, 256),
            ("1.2.840.10045.2.1", "1.3.132.0.34") => (PublicKeyKind.P384, 384),
            ("1.2.840.10045.2.1", "1.3.132.0.35") => (PublicKeyKind.P521, 521),
            ("1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10", _) => (PublicKeyKind.Rsa, ModulusBits(key)),
            ("1.3.101.112", _) => (PublicKeyKind.Ed25519, 0),
            _ => (PublicKeyKind.Other, 0),
        };
        return new PublicKey(kind, spki, key, bits, oid == "1.2.840.113549.1.1.10", oid);
    }

    /// <summary>An RSA key of any modulus and exponent, sensible or not.</summary>
    public static PublicKey Rsa(BigInteger modulus, BigInteger exponent, bool pssOnly = false)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(modulus);
            writer.WriteInteger(exponent);
        }
        return new PublicKey(PublicKeyKind.Rsa, default, writer.Encode(), (int)modulus.GetBitLength(), pssOnly, "1.2.840.113549.1.1.1");
    }

    public static PublicKey Rsa(byte[] modulus, byte[] exponent, bool pssOnly = false) =>
        Rsa(new BigInteger(modulus, isUnsigned: true, isBigEndian: true), new BigInteger(exponent, isUnsigned: true, isBigEndian: true), pssOnly);

    public static PublicKey Ec(PublicKeyKind kind, byte[] x, byte[] y) => new(kind, default, (byte[])[4, .. x, .. y], 8 * x.Length, false, "1.2.840.10045.2.1");

    public static PublicKey Raw(PublicKeyKind kind, byte[] key) => new(kind, default, key, 0, false, "");

    private static int ModulusBits(byte[] key) => (int)new AsnReader(key, AsnEncodingRules.DER).ReadSequence().ReadInteger().GetBitLength();
}
