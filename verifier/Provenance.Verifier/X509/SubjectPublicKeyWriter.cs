using System.Formats.Asn1;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>
/// Makes a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) of a key that came in another form, and reads it like any other, so that what makes a
/// key too weak or damaged is decided in one place.
/// </summary>
internal static class SubjectPublicKeyWriter
{
    /// <summary>RFC 8410 §4.</summary>
    public static PublicKey Ed25519(ReadOnlySpan<byte> key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(Oids.Ed25519);
            writer.WriteBitString(key);
        }
        return Read(writer);
    }

    /// <summary>RFC 5480 §2, the point uncompressed. That it lies on the curve is checked with the signature.</summary>
    public static PublicKey Ec(string curve, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.EcPublicKey);
                writer.WriteObjectIdentifier(curve);
            }
            writer.WriteBitString([0x04, .. x, .. y]);
        }
        return Read(writer);
    }

    /// <summary>RFC 3279 §2.3.1.</summary>
    public static PublicKey Rsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.RsaEncryption);
                writer.WriteNull();
            }
            writer.WriteBitString(key.Encode());
        }
        return Read(writer);
    }

    private static PublicKey Read(AsnWriter writer) => SubjectPublicKey.Parse(writer.Encode(), out _);
}
