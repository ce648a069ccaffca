using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cms;
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
    private readonly ReadOnlyMemory<byte> _content;

    private TimeStampToken(SignedData signedData, ReadOnlyMemory<byte> content, TstInfo info, bool wasResponse)
    {
        (_signedData, _content) = (signedData, content);
        Info = info;
        WasResponse = wasResponse;
        SignerCertificate = signedData.FindSigner();
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
    /// <param name="der">The bytes.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="known">Certificates that were read before; null for none.</param>
    /// <exception cref="MalformedDataException">Neither, or a response that was not granted.</exception>
    public static TimeStampToken Parse(ReadOnlyMemory<byte> der, Limits limits, KnownCertificates? known = null)
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

        var signedData = SignedData.Read(contentInfo, limits, known ?? new());
        if (signedData.ContentType != CmsOids.TstInfo)
            throw new MalformedDataException("time-stamp token", 0, $"id-ct-TSTInfo expected, content type {signedData.ContentType} found (RFC 3161 §2.4.2)");
        if (signedData.Content is not { } content)
            throw new MalformedDataException("time-stamp token", 0, "the content is missing (RFC 3161 §2.4.2)");
        return new TimeStampToken(signedData, content, TstInfo.Parse(content), isResponse);
    }

    /// <summary>
    /// Checks the signature (RFC 5652 §5.4, §5.6) and what RFC 3161 §2.4.2 adds: the signed attributes name this content, its type, and
    /// the signer's certificate by hash. Nothing is said of whose certificate that is, of its dates, or of the imprint.
    /// </summary>
    public ValueTask<CmsCheck> CheckSignatureAsync(ICryptoProvider crypto, SignatureBudget budget, CancellationToken cancellation) =>
        CmsSignature.CheckAsync(_signedData, _content, CmsProfile.TimeStamp, crypto, budget, cancellation);

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
}
