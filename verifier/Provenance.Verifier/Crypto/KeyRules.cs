using System.Formats.Asn1;
using System.Numerics;

namespace Provenance.Verifier.Crypto;

/// <summary>The numbers of an RSA key, big-endian without leading zeros.</summary>
internal sealed record RsaKey(byte[] Modulus, byte[] Exponent);

/// <summary>
/// What a key and a signature must be like before any platform is asked about them, so that every platform is asked the same. What does
/// not suit is a bad signature.
/// </summary>
internal static class KeyRules
{
    /// <summary>The largest modulus worth its time; a 16,384-bit key costs seconds on an attacker's word.</summary>
    private const int LargestModulusBits = 8192;

    /// <summary>Public exponents are below 2^64 everywhere; larger ones only cost time.</summary>
    private const int LargestExponentBits = 64;

    /// <summary>Bytes of a coordinate, and so of r and of s; null for a key on no curve we know.</summary>
    public static int? CoordinateBytes(PublicKeyKind kind) => kind switch
    {
        PublicKeyKind.P256 => 32,
        PublicKeyKind.P384 => 48,
        PublicKeyKind.P521 => 66,
        _ => null,
    };

    /// <summary>Whether an ECDSA signature may be good under a key.</summary>
    public static bool SuitsEcdsa(SignatureScheme scheme, PublicKey key, ReadOnlySpan<byte> signature)
    {
        if (SignatureHash(scheme) == HashAlgorithm.Sha1 || CoordinateBytes(key.Kind) is not { } width)
            return false;
        // SEC 1 §2.3.3: 04, x, y. RFC 5480 §2.2 makes the compressed form optional; C2PA signers do not use it.
        if (key.Key.Length != 1 + 2 * width || key.Key.Span[0] != 4)
            return false;
        // RFC 9053 §2.1: r and s are each as wide as the field; a shorter or longer form would make signatures malleable.
        return signature.Length == 2 * width;
    }

    /// <summary>The RSA key under which a signature may be good; null where it may not.</summary>
    public static RsaKey? RsaSuiting(SignatureScheme scheme, PublicKey key, ReadOnlySpan<byte> signature)
    {
        var hash = SignatureHash(scheme);
        if (hash == HashAlgorithm.Sha1 || key.Kind != PublicKeyKind.Rsa || RsaKeyOf(key.Key) is not { } numbers)
            return null;
        // RFC 4055 §1.2: id-RSASSA-PSS restricts the key to PSS.
        if (scheme.Family == SignatureFamily.RsaPkcs1 && key.PssOnly)
            return null;
        // RFC 9053 has no other salt (C2PA 2.5 §12.3 refers to it), and the platforms check exactly this one.
        if (scheme.Family == SignatureFamily.RsaPss && scheme.SaltLength != hash.DigestLength())
            return null;
        // RFC 8017 §8.1.2 and §8.2.2, step 1.
        return signature.Length == numbers.Modulus.Length ? numbers : null;
    }

    /// <summary>Whether an ML-DSA signature may be good under a key (FIPS 204, table 2).</summary>
    public static bool SuitsMlDsa(PublicKey key, ReadOnlySpan<byte> signature) => (key.Kind, key.Key.Length, signature.Length) is
        (PublicKeyKind.MlDsa44, 1312, 2420) or (PublicKeyKind.MlDsa65, 1952, 3309) or (PublicKeyKind.MlDsa87, 2592, 4627);

    /// <summary>The digest that a scheme signs.</summary>
    public static HashAlgorithm SignatureHash(SignatureScheme scheme) => scheme.Hash ?? throw new ArgumentException($"{scheme.Family} needs a hash.", nameof(scheme));

    /// <summary>RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } (RFC 8017 A.1.1); null for a key nobody should compute with.</summary>
    private static RsaKey? RsaKeyOf(ReadOnlyMemory<byte> rsaPublicKey)
    {
        BigInteger modulus, exponent;
        try
        {
            var outer = new AsnReader(rsaPublicKey, AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            modulus = sequence.ReadInteger();
            exponent = sequence.ReadInteger();
            sequence.ThrowIfNotEmpty();
        }
        catch (AsnContentException)
        {
            return null;
        }
        if (modulus.Sign <= 0 || modulus.IsEven || modulus.GetBitLength() > LargestModulusBits)
            return null;
        // e = 1 makes every message its own signature, an even e has no inverse, a huge one costs time.
        if (exponent < 3 || exponent.IsEven || exponent.GetBitLength() > LargestExponentBits)
            return null;
        return new RsaKey(modulus.ToByteArray(isUnsigned: true, isBigEndian: true), exponent.ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
