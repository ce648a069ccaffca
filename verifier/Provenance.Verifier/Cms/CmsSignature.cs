using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Cms;

/// <summary>
/// Checks the signature of a SignedData (RFC 5652 §5.4, §5.6): the signed attributes name this content and its type, and the key of the
/// enclosed certificate signed them. Nothing is said of whose certificate that is, or of its dates.
/// </summary>
internal static class CmsSignature
{
    /// <param name="signedData">The signature.</param>
    /// <param name="content">What was signed, from inside or from beside it.</param>
    /// <param name="profile">What this use of CMS demands.</param>
    /// <param name="crypto">Hashes and signatures.</param>
    /// <param name="budget">Signature checks left.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async ValueTask<CmsCheck> CheckAsync(
        SignedData signedData, ReadOnlyMemory<byte> content, CmsProfile profile, ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        var signer = signedData.Signer;
        if (Scheme(signer, profile) is not { } scheme
            || SignatureAlgorithms.Hash(signer.DigestAlgorithm) is not { } digest)
            return new(CmsCheckResult.AlgorithmNotAllowed, $"the {profile.Noun} is signed with {signer.SignatureAlgorithm.Oid} over {signer.DigestAlgorithm.Oid}; SHA-2 with RSA, ECDSA, Ed25519 or ML-DSA is allowed");
        if (signedData.FindSigner() is not { } certificate)
            return new(CmsCheckResult.NoCertificate, $"the certificate of the {profile.Noun}'s signer is not enclosed, or cannot be read");
        if (SubjectPublicKey.Weakness(certificate.PublicKey) is { } weakness)
            return new(CmsCheckResult.AlgorithmNotAllowed, $"the key of the {profile.Noun}'s signer: {weakness}");

        if (await AttributesMismatchAsync(signer.Attributes, content, digest, certificate, profile, crypto, cancellation).ConfigureAwait(false) is { } mismatch)
            return new(CmsCheckResult.Mismatch, mismatch);
        if (!certificate.Allows(scheme))
            return new(CmsCheckResult.Mismatch, $"the {profile.Noun} is signed with {signer.SignatureAlgorithm.Oid}, which is not for the key of its signer");
        if (!budget.TrySpend())
            return new(CmsCheckResult.LimitReached, "no signature check is left in the budget of this asset");
        return await VerifyAsync(signer, scheme, certificate, profile, crypto, cancellation).ConfigureAwait(false) switch
        {
            SignatureCheck.Good => new(CmsCheckResult.Good, $"the {profile.Noun}'s signature is good"),
            SignatureCheck.Bad => new(CmsCheckResult.Mismatch, $"the {profile.Noun}'s signature is wrong"),
            _ => new(CmsCheckResult.Unsupported, $"this platform cannot check {signer.SignatureAlgorithm.Oid}"),
        };
    }

    private static SignatureScheme? Scheme(SignerInfo signer, CmsProfile profile)
    {
        bool isEcdsa = signer.SignatureAlgorithm.Oid is Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 or Oids.EcdsaWithSha512;
        var algorithm = isEcdsa && profile.OddEcdsa ? signer.SignatureAlgorithm with { Parameters = null } : signer.SignatureAlgorithm;
        return SignatureAlgorithms.CmsScheme(algorithm, signer.DigestAlgorithm);
    }

    /// <summary>Why the signed attributes do not fit content and certificate; null where they do.</summary>
    private static async ValueTask<string?> AttributesMismatchAsync(
        SignedAttributes attributes, ReadOnlyMemory<byte> content, HashAlgorithm digest, Certificate certificate, CmsProfile profile, ICryptoProvider crypto, CancellationToken cancellation)
    {
        if (attributes.ContentType != profile.ContentType)
            return $"the content type attribute says {attributes.ContentType}, not {profile.ContentTypeName} (RFC 5652 §11.1)";
        byte[] contentHash = await crypto.HashAsync(digest, content, cancellation).ConfigureAwait(false);
        if (!contentHash.AsSpan().SequenceEqual(attributes.MessageDigest.Span))
            return "the message digest attribute is not the hash of the content (RFC 5652 §5.6)";

        // RFC 3161 §2.4.2: without it, another certificate for the same key could be put in the signer's place.
        if (profile.NamesCertificate && attributes.CertificateIds.Count == 0)
            return "the signing certificate attribute is missing (RFC 3161 §2.4.2, RFC 5816 §2.2.1)";
        foreach (var id in attributes.CertificateIds)
        {
            if (SignatureAlgorithms.Hash(id.HashOid) is not { } hash)
                return $"the signing certificate attribute uses the hash {id.HashOid}, which is not known";
            byte[] certificateHash = await crypto.HashAsync(hash, certificate.Raw, cancellation).ConfigureAwait(false);
            if (!certificateHash.AsSpan().SequenceEqual(id.CertificateHash.Span))
                return "the signing certificate attribute names another certificate (RFC 5035 §3)";
        }
        return null;
    }

    private static ValueTask<SignatureCheck> VerifyAsync(
        SignerInfo signer, SignatureScheme scheme, Certificate certificate, CmsProfile profile, ICryptoProvider crypto, CancellationToken cancellation)
    {
        var message = signer.Attributes.SignedBytes;
        if (profile.OddEcdsa && scheme.Family == SignatureFamily.Ecdsa
            && 2 * ((certificate.PublicKey.Bits + 7) / 8) is int both && signer.Signature.Length == both
            && DerSignature.ToFixedWidth(signer.Signature, both / 2) is null)
            return crypto.VerifyAsync(scheme, certificate.PublicKey, message, signer.Signature, cancellation);
        return DerSignature.VerifyAsync(crypto, scheme, certificate.PublicKey, message, signer.Signature, cancellation);
    }
}
