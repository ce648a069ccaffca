namespace Provenance.Verifier.Crypto;

/// <summary>The mathematics of a signature.</summary>
public enum SignatureFamily
{
    /// <summary>ECDSA over P-256, P-384 or P-521; the signature is r‖s, each of the field's width.</summary>
    Ecdsa,

    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS (RFC 8017 §8.1), MGF1 with the same hash.</summary>
    RsaPss,

    /// <summary>Ed25519 (RFC 8032 §5.1.7).</summary>
    Ed25519,

    /// <summary>ML-DSA (FIPS 204), pure, empty context.</summary>
    MlDsa,
}

/// <summary>How a signature is checked; the curve, the modulus or the ML-DSA set comes with the key.</summary>
/// <param name="Family">The mathematics.</param>
/// <param name="Hash">The digest of the message; null where the scheme hashes by itself (Ed25519, ML-DSA).</param>
/// <param name="SaltLength">Salt length of RSASSA-PSS in bytes; 0 elsewhere.</param>
public readonly record struct SignatureScheme(SignatureFamily Family, HashAlgorithm? Hash, int SaltLength = 0);

/// <summary>What a provider answers.</summary>
public enum SignatureCheck
{
    /// <summary>The signature is right.</summary>
    Good,

    /// <summary>The signature is wrong, or the key cannot have made it.</summary>
    Bad,

    /// <summary>This platform cannot check it. Never the answer to anything unexpected.</summary>
    Unsupported,
}
