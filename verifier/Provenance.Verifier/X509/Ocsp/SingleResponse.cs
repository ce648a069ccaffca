using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509.Ocsp;

/// <summary>What a responder says of one certificate.</summary>
internal enum CertificateStatus
{
    /// <summary>Not revoked at thisUpdate.</summary>
    Good,

    /// <summary>Revoked, for ever or on hold.</summary>
    Revoked,

    /// <summary>The responder does not know the certificate.</summary>
    Unknown,
}

/// <summary>SingleResponse (RFC 6960 §4.2.1): one certificate and its status.</summary>
/// <param name="HashAlgorithm">The hash of the certID; null for one we do not know, which then names no certificate of ours.</param>
/// <param name="IssuerNameHash">The hash of the issuer's Name.</param>
/// <param name="IssuerKeyHash">The hash of the content of the issuer's subjectPublicKey BIT STRING.</param>
/// <param name="SerialNumber">The certificate's serial number, content of the INTEGER.</param>
/// <param name="Status">The status.</param>
/// <param name="RevocationTime">When it was revoked; null unless revoked.</param>
/// <param name="RevocationReason">CRLReason (RFC 5280 §5.3.1); null where none is given.</param>
/// <param name="ThisUpdate">Last time at which the status is known to have been right.</param>
/// <param name="NextUpdate">When newer information will be there; null where the responder does not say.</param>
/// <param name="HasCriticalExtension">An extension is marked critical; none is known to us.</param>
internal sealed record SingleResponse(
    HashAlgorithm? HashAlgorithm,
    ReadOnlyMemory<byte> IssuerNameHash,
    ReadOnlyMemory<byte> IssuerKeyHash,
    ReadOnlyMemory<byte> SerialNumber,
    CertificateStatus Status,
    DateTimeOffset? RevocationTime,
    int? RevocationReason,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate,
    bool HasCriticalExtension)
{
    /// <summary>Reads the SingleResponse that follows.</summary>
    /// <exception cref="MalformedDataException">It is none.</exception>
    public static SingleResponse Read(DerReader responses)
    {
        var reader = responses.ReadSequence("SingleResponse");

        // CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING, serialNumber }
        var certId = reader.ReadSequence("CertID");
        var algorithm = AlgorithmIdentifier.Read(certId);
        var nameHash = certId.ReadOctetString();
        var keyHash = certId.ReadOctetString();
        var serialNumber = certId.ReadIntegerBytes();
        certId.ExpectEnd();

        var (status, revocationTime, reason) = ReadStatus(reader);
        var thisUpdate = reader.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate = null;
        if (reader.TryReadExplicit(0) is { } nextUpdateField)
        {
            nextUpdate = nextUpdateField.ReadGeneralizedTime();
            nextUpdateField.ExpectEnd();
        }
        bool critical = reader.TryReadExplicit(1) is { } extensions && OcspResponse.ReadCritical(extensions);
        reader.ExpectEnd();
        return new SingleResponse(
            SignatureAlgorithms.Hash(algorithm), nameHash, keyHash, serialNumber, status, revocationTime, reason, thisUpdate, nextUpdate, critical);
    }

    // CertStatus ::= CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo, unknown [2] IMPLICIT NULL }
    private static (CertificateStatus Status, DateTimeOffset? Time, int? Reason) ReadStatus(DerReader reader)
    {
        if (reader.NextIsContext(0))
        {
            reader.ReadNull(context: 0);
            return (CertificateStatus.Good, null, null);
        }
        if (reader.NextIsContext(2))
        {
            reader.ReadNull(context: 2);
            return (CertificateStatus.Unknown, null, null);
        }

        // RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }
        var revoked = reader.ReadSequence("RevokedInfo", context: 1);
        var time = revoked.ReadGeneralizedTime();
        int? reason = null;
        if (revoked.TryReadExplicit(0) is { } reasonField)
        {
            reason = reasonField.ReadEnumerated();
            reasonField.ExpectEnd();
        }
        revoked.ExpectEnd();
        return (CertificateStatus.Revoked, time, reason);
    }
}
