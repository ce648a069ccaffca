using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>From AlgorithmIdentifiers to what a provider can check. What is not listed here protects nothing: SHA-1, MD5, DSA, Ed448.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>The scheme of a signatureAlgorithm that names hash and mathematics together; null for any that we do not allow.</summary>
    public static SignatureScheme? Scheme(AlgorithmIdentifier algorithm) => algorithm.Oid switch
    {
        // RFC 5758 §3.2: parameters absent.
        Oids.EcdsaWithSha256 when algorithm.Parameters is null => new(SignatureFamily.Ecdsa, HashAlgorithm.Sha256),
        Oids.EcdsaWithSha384 when algorithm.Parameters is null => new(SignatureFamily.Ecdsa, HashAlgorithm.Sha384),
        Oids.EcdsaWithSha512 when algorithm.Parameters is null => new(SignatureFamily.Ecdsa, HashAlgorithm.Sha512),
        // RFC 4055 §5: NULL is right, absent must be accepted.
        Oids.Sha256WithRsa when algorithm.ParametersAbsentOrNull => new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha256),
        Oids.Sha384WithRsa when algorithm.ParametersAbsentOrNull => new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha384),
        Oids.Sha512WithRsa when algorithm.ParametersAbsentOrNull => new(SignatureFamily.RsaPkcs1, HashAlgorithm.Sha512),
        Oids.RsassaPss => PssScheme(Pss(algorithm)),
        // RFC 8410 §3, RFC 9881 §2: parameters absent.
        Oids.Ed25519 when algorithm.Parameters is null => new(SignatureFamily.Ed25519, null),
        Oids.MlDsa44 or Oids.MlDsa65 or Oids.MlDsa87 when algorithm.Parameters is null => new(SignatureFamily.MlDsa, null),
        _ => null,
    };

    /// <summary>
    /// The scheme of a CMS SignerInfo, where the signature algorithm may be a bare key type and the hash stands beside it
    /// (RFC 5652 §5.3, RFC 3370 §3.2). A scheme that names its own hash must agree with <paramref name="digest"/>.
    /// </summary>
    public static SignatureScheme? CmsScheme(AlgorithmIdentifier signature, AlgorithmIdentifier digest)
    {
        if (Hash(digest) is not { } hash || hash == HashAlgorithm.Sha1)
            return null;
        if (signature.Oid == Oids.RsaEncryption)
            return signature.ParametersAbsentOrNull ? new(SignatureFamily.RsaPkcs1, hash) : null;
        // id-ecPublicKey as signature algorithm is a known deviation (RFC 5753 wants ecdsa-with-SHA2).
        if (signature.Oid == Oids.EcPublicKey)
            return new(SignatureFamily.Ecdsa, hash);
        return Scheme(signature) is { } scheme && (scheme.Hash is null || scheme.Hash == hash) ? scheme : null;
    }

    /// <summary>A digest algorithm, SHA-1 included (certIDs only); null for every other.</summary>
    public static HashAlgorithm? Hash(AlgorithmIdentifier algorithm) => algorithm.ParametersAbsentOrNull ? Hash(algorithm.Oid) : null;

    public static HashAlgorithm? Hash(string oid) => oid switch
    {
        Oids.Sha256 => HashAlgorithm.Sha256,
        Oids.Sha384 => HashAlgorithm.Sha384,
        Oids.Sha512 => HashAlgorithm.Sha512,
        Oids.Sha1 => HashAlgorithm.Sha1,
        _ => null,
    };

    /// <summary>The PSS parameters of an id-RSASSA-PSS algorithm; null for other algorithms and for unreadable or absent parameters.</summary>
    public static PssParameters? Pss(AlgorithmIdentifier algorithm)
    {
        if (algorithm is not { Oid: Oids.RsassaPss, Parameters: { } parameters })
            return null;
        try
        {
            return PssParameters.Parse(parameters);
        }
        catch (MalformedDataException)
        {
            // A certificate with such parameters is still shown; without a scheme nothing accepts its signature.
            return null;
        }
    }

    /// <summary>The scheme of PSS parameters: SHA-2, MGF1 with the same hash, trailer 1 (attack E08).</summary>
    public static SignatureScheme? PssScheme(PssParameters? pss)
    {
        if (pss is not { MaskOid: Oids.Mgf1, Trailer: 1, SaltLength: >= 0 } || pss.MaskHashOid != pss.HashOid)
            return null;
        return Hash(pss.HashOid) is { } hash && hash != HashAlgorithm.Sha1 ? new(SignatureFamily.RsaPss, hash, pss.SaltLength) : null;
    }

    /// <summary>
    /// Whether a key of this kind can make signatures of this scheme at all. Asked before any check, so that an algorithm is bound to
    /// the key and not to what a file says (attack E01).
    /// </summary>
    public static bool Suits(SignatureScheme scheme, PublicKey key) => scheme.Family switch
    {
        SignatureFamily.Ecdsa => key.Kind is PublicKeyKind.P256 or PublicKeyKind.P384 or PublicKeyKind.P521,
        SignatureFamily.RsaPkcs1 => key.Kind == PublicKeyKind.Rsa && !key.PssOnly,
        SignatureFamily.RsaPss => key.Kind == PublicKeyKind.Rsa,
        SignatureFamily.Ed25519 => key.Kind == PublicKeyKind.Ed25519,
        SignatureFamily.MlDsa => key.Kind is PublicKeyKind.MlDsa44 or PublicKeyKind.MlDsa65 or PublicKeyKind.MlDsa87,
        _ => false,
    };
}
