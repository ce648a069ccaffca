using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.Cose;

/// <summary>One COSE algorithm that may sign a claim (C2PA 2.5 §12.3), with the one kind of key that may use it.</summary>
/// <param name="Id">The identifier in the IANA registry "COSE Algorithms".</param>
/// <param name="Name">The name there.</param>
/// <param name="Scheme">How a signature is checked.</param>
/// <param name="Key">
/// The kind of key. RFC 9053 §2.1 leaves the curve of ES256, ES384 and ES512 open; we bind it, as C2PA advises and RFC 9864 demands of
/// ESP256, ESP384 and ESP512, so that the algorithm named is the strength obtained.
/// </param>
internal sealed record CoseAlgorithm(long Id, string Name, SignatureScheme Scheme, PublicKeyKind Key)
{
    /// <summary>Whether this key may check this algorithm's signatures; asked before the check.</summary>
    public bool Suits(PublicKey key) => key.Kind == Key;
}

/// <summary>The one table of signature algorithms.</summary>
internal static class CoseAlgorithms
{
    public static IReadOnlyList<CoseAlgorithm> All { get; } =
    [
        Ecdsa(-7, "ES256", HashAlgorithm.Sha256, PublicKeyKind.P256),
        Ecdsa(-35, "ES384", HashAlgorithm.Sha384, PublicKeyKind.P384),
        Ecdsa(-36, "ES512", HashAlgorithm.Sha512, PublicKeyKind.P521),
        Ecdsa(-9, "ESP256", HashAlgorithm.Sha256, PublicKeyKind.P256),
        Ecdsa(-51, "ESP384", HashAlgorithm.Sha384, PublicKeyKind.P384),
        Ecdsa(-52, "ESP512", HashAlgorithm.Sha512, PublicKeyKind.P521),
        Pss(-37, "PS256", HashAlgorithm.Sha256),
        Pss(-38, "PS384", HashAlgorithm.Sha384),
        Pss(-39, "PS512", HashAlgorithm.Sha512),
        // RFC 9053 §2.2 lets EdDSA mean Ed448 too; C2PA does not.
        new(-8, "EdDSA", new SignatureScheme(SignatureFamily.Ed25519, null), PublicKeyKind.Ed25519),
        // RFC 9864. C2PA 2.5 does not list it, and it says the same as -8.
        new(-19, "Ed25519", new SignatureScheme(SignatureFamily.Ed25519, null), PublicKeyKind.Ed25519),
        new(-48, "ML-DSA-44", new SignatureScheme(SignatureFamily.MlDsa, null), PublicKeyKind.MlDsa44),
        new(-49, "ML-DSA-65", new SignatureScheme(SignatureFamily.MlDsa, null), PublicKeyKind.MlDsa65),
        new(-50, "ML-DSA-87", new SignatureScheme(SignatureFamily.MlDsa, null), PublicKeyKind.MlDsa87),
    ];

    /// <summary>The algorithm of an identifier; null for one that is not allowed.</summary>
    public static CoseAlgorithm? Find(long id) => All.FirstOrDefault(algorithm => algorithm.Id == id);

    private static CoseAlgorithm Ecdsa(long id, string name, HashAlgorithm hash, PublicKeyKind key) =>
        new(id, name, new SignatureScheme(SignatureFamily.Ecdsa, hash), key);

    private static CoseAlgorithm Pss(long id, string name, HashAlgorithm hash) =>
        new(id, name, new SignatureScheme(SignatureFamily.RsaPss, hash, hash.DigestLength()), PublicKeyKind.Rsa);
}
