using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Timestamps;

/// <summary>
/// A time-stamp token: CMS SignedData around TSTInfo (RFC 3161 §2.4.2). Parsing proves nothing; <see cref="CheckSignatureAsync"/> proves
/// that the key of the enclosed certificate signed it, and <see cref="TimeStampCheck"/> that this key may tell the time.
/// </summary>
internal sealed class TimeStampToken
{
    private readonly SignedData _signedData;

    private TimeStampToken(SignedData signedData, TstInfo info, bool wasResponse)
    {
        _signedData = signedData;
        Info = info;
        WasResponse = wasResponse;
        SignerCertificate = FindSigner(signedData);
    }

    /// <summary>What the authority signed.</summary>
    public TstInfo Info { get; }

    /// <summary>When the token was made, by its own words.</summary>
    public DateTimeOffset GenTime => Info.GenTime;

    /// <summary>The bytes held a TimeStampResp around the token, as sigTst must and sigTst2 must not (C2PA 2.5 §14.8.1.1).</summary>
    public bool WasResponse { get; }

    /// <summary>The certificates enclosed, in the order stored; unsigned, so only material for a path.</summary>
    public IReadOnlyList<Certificate> Certificates => _signedData.Certificates;

    /// <summary>The enclosed certificate the signer names; null where it is absent or cannot be read.</summary>
    public Certificate? SignerCertificate { get; }

    /// <summary>Reads a token, or the TimeStampResp around one: real writers confuse the two, so the bytes decide.</summary>
    /// <exception cref="MalformedDataException">Neither, or a response that was not granted.</exception>
    public static TimeStampToken Parse(ReadOnlyMemory<byte> der, Limits limits)
    {
        if (der.Length > limits.TimeStampBytes)
            throw new LimitExceededException("time-stamp token", 0, nameof(Limits.TimeStampBytes), limits.TimeStampBytes);

        // CMS may be BER (RFC 5652 §1); the parts that are hashed stay as they are stored, and TSTInfo and certificates must be DER.
        var outer = new DerReader(der, "time-stamp token", rules: AsnEncodingRules.BER);
        var contentInfo = outer.ReadSequence();
        outer.ExpectEnd();
        // A ContentInfo begins with an OBJECT IDENTIFIER, a TimeStampResp with its status.
        bool isResponse = contentInfo.NextIs(UniversalTagNumber.Sequence);
        if (isResponse)
            contentInfo = Unwrap(contentInfo);

        var signedData = SignedData.Read(contentInfo, limits);
        if (signedData.ContentType != CmsOids.TstInfo)
            throw new MalformedDataException("time-stamp token", 0, $"id-ct-TSTInfo expected, content type {signedData.ContentType} found (RFC 3161 §2.4.2)");
        return new TimeStampToken(signedData, TstInfo.Parse(signedData.Content), isResponse);
    }

    /// <summary>
    /// Checks the signature (RFC 5652 §5.4, §5.6) and what RFC 3161 §2.4.2 adds: the signed attributes name this content, its type, and
    /// the signer's certificate by hash. Nothing is said of whose certificate that is, of its dates, or of the imprint.
    /// </summary>
    public async ValueTask<TokenCheck> CheckSignatureAsync(ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation)
    {
        var signer = _signedData.Signer;
        if (Scheme(signer) is not { } scheme
            || SignatureAlgorithms.Hash(signer.DigestAlgorithm) is not { } digest)
            return new(TokenCheckResult.AlgorithmNotAllowed, $"the token is signed with {signer.SignatureAlgorithm.Oid} over {signer.DigestAlgorithm.Oid}; SHA-2 with RSA, ECDSA, Ed25519 or ML-DSA is allowed");
        if (SignerCertificate is not { } certificate)
            return new(TokenCheckResult.NoCertificate, "the certificate of the token's signer is not enclosed, or cannot be read");
        if (SubjectPublicKey.Weakness(certificate.PublicKey) is { } weakness)
            return new(TokenCheckResult.AlgorithmNotAllowed, $"the key of the token's signer: {weakness}");

        if (await AttributesMismatchAsync(digest, certificate, crypto, cancellation).ConfigureAwait(false) is { } mismatch)
            return new(TokenCheckResult.Mismatch, mismatch);
        if (!certificate.Allows(scheme))
            return new(TokenCheckResult.Mismatch, $"the token is signed with {signer.SignatureAlgorithm.Oid}, which is not for the key of its signer");
        if (!budget.TrySpend())
            return new(TokenCheckResult.LimitReached, "no signature check is left in the budget of this asset");
        return await VerifyAsync(scheme, certificate, crypto, cancellation).ConfigureAwait(false) switch
        {
            SignatureCheck.Good => new(TokenCheckResult.Good, "the token's signature is good"),
            SignatureCheck.Bad => new(TokenCheckResult.Mismatch, "the token's signature is wrong"),
            _ => new(TokenCheckResult.Unsupported, $"this platform cannot check {signer.SignatureAlgorithm.Oid}"),
        };
    }

    // TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }
    private static DerReader Unwrap(DerReader response)
    {
        // PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString OPTIONAL, failInfo OPTIONAL }: texts for people are skipped
        var statusInfo = response.ReadSequence("PKIStatusInfo");
        int status = statusInfo.ReadInt32();
        // C2PA 2.5 §14.8.1.1: granted or grantedWithMods.
        if (status is not (0 or 1))
            throw statusInfo.Malformed($"the authority did not grant the time stamp, its status is {status}");
        var contentInfo = response.ReadSequence("ContentInfo");
        response.ExpectEnd();
        return contentInfo;
    }

    // Leniency: RFC 5758 §3.2 wants no parameters with ecdsa-with-SHA2; trustnxt-icon-signed-timestamp.jpg of c2pa-ts names the curve
    // there, and the reference takes it. The curve comes from the key alone, so they are not looked at. May go when that file does.
    private static SignatureScheme? Scheme(SignerInfo signer)
    {
        bool isEcdsa = signer.SignatureAlgorithm.Oid is Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 or Oids.EcdsaWithSha512;
        var algorithm = isEcdsa ? signer.SignatureAlgorithm with { Parameters = null } : signer.SignatureAlgorithm;
        return SignatureAlgorithms.CmsScheme(algorithm, signer.DigestAlgorithm);
    }

    private static Certificate? FindSigner(SignedData signedData)
    {
        foreach (var certificate in signedData.Certificates)
        {
            if (signedData.Signer.Names(certificate))
                return certificate;
        }
        return null;
    }

    /// <summary>Why the signed attributes do not fit content and certificate; null where they do.</summary>
    private async ValueTask<string?> AttributesMismatchAsync(HashAlgorithm digest, Certificate certificate, ICryptoProvider crypto, CancellationToken cancellation)
    {
        var attributes = _signedData.Signer.Attributes;
        if (attributes.ContentType != CmsOids.TstInfo)
            return $"the content type attribute says {attributes.ContentType}, not id-ct-TSTInfo (RFC 5652 §11.1)";
        byte[] contentHash = await crypto.HashAsync(digest, _signedData.Content, cancellation).ConfigureAwait(false);
        if (!contentHash.AsSpan().SequenceEqual(attributes.MessageDigest.Span))
            return "the message digest attribute is not the hash of the content (RFC 5652 §5.6)";

        // RFC 3161 §2.4.2: without it, another certificate for the same key could be put in the signer's place.
        if (attributes.CertificateIds.Count == 0)
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

    private ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, Certificate certificate, ICryptoProvider crypto, CancellationToken cancellation)
    {
        var signature = _signedData.Signer.Signature;
        var message = _signedData.Signer.Attributes.SignedBytes;
        // Leniency: RFC 5753 §7.2 wants ECDSA-Sig-Value in DER; trustnxt-icon-signed-timestamp.jpg of c2pa-ts stores r‖s, and the
        // reference takes it. The two cannot be confused: it is only asked of what is no DER. May go when that file does.
        if (scheme.Family == SignatureFamily.Ecdsa
            && 2 * ((certificate.PublicKey.Bits + 7) / 8) is int both && signature.Length == both
            && DerSignature.ToFixedWidth(signature, both / 2) is null)
            return crypto.VerifyAsync(scheme, certificate.PublicKey, message, signature, cancellation);
        return DerSignature.VerifyAsync(crypto, scheme, certificate.PublicKey, message, signature, cancellation);
    }
}
