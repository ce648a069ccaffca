namespace Provenance.Verifier.Crypto;

/// <summary>The kinds of public key that can be told apart.</summary>
public enum PublicKeyKind
{
    /// <summary>EC, prime256v1.</summary>
    P256,

    /// <summary>EC, secp384r1.</summary>
    P384,

    /// <summary>EC, secp521r1.</summary>
    P521,

    /// <summary>RSA (rsaEncryption or id-RSASSA-PSS).</summary>
    Rsa,

    /// <summary>Ed25519.</summary>
    Ed25519,

    /// <summary>ML-DSA-44.</summary>
    MlDsa44,

    /// <summary>ML-DSA-65.</summary>
    MlDsa65,

    /// <summary>ML-DSA-87.</summary>
    MlDsa87,

    /// <summary>Anything else (Ed448, other curves, explicit parameters, DSA).</summary>
    Other,
}

/// <summary>A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), told apart but not proven to be a point or a modulus worth trusting.</summary>
/// <param name="Kind">What the key is for.</param>
/// <param name="Spki">The DER as stored, except that id-RSASSA-PSS is rewritten to rsaEncryption, which every platform imports.</param>
/// <param name="Key">The content of the BIT STRING: the EC point, RSAPublicKey, or raw key.</param>
/// <param name="Bits">The modulus length for RSA, the field's for EC, else 0.</param>
/// <param name="PssOnly">The SPKI says id-RSASSA-PSS: the key must not check PKCS #1 v1.5 signatures (RFC 4055 §1.2).</param>
/// <param name="AlgorithmOid">The algorithm's object identifier, dotted.</param>
public sealed record PublicKey(PublicKeyKind Kind, ReadOnlyMemory<byte> Spki, ReadOnlyMemory<byte> Key, int Bits, bool PssOnly, string AlgorithmOid);
