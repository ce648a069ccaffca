using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Cms;

/// <summary>SignerInfo (RFC 5652 §5.3).</summary>
internal sealed class SignerInfo
{
    private SignerInfo(
        ReadOnlyMemory<byte> issuer, ReadOnlyMemory<byte> serialNumber, ReadOnlyMemory<byte>? keyIdentifier,
        AlgorithmIdentifier digest, SignedAttributes attributes, AlgorithmIdentifier signatureAlgorithm, ReadOnlyMemory<byte> signature)
    {
        (Issuer, SerialNumber, KeyIdentifier) = (issuer, serialNumber, keyIdentifier);
        (DigestAlgorithm, Attributes, SignatureAlgorithm, Signature) = (digest, attributes, signatureAlgorithm, signature);
    }

    /// <summary>The issuer's Name in DER; empty where the signer is named by key.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>The certificate's serial number; empty where the signer is named by key.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The certificate's subject key identifier; null where the signer is named by issuer and serial number.</summary>
    public ReadOnlyMemory<byte>? KeyIdentifier { get; }

    public AlgorithmIdentifier DigestAlgorithm { get; }

    public SignedAttributes Attributes { get; }

    public AlgorithmIdentifier SignatureAlgorithm { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads one SignerInfo; unsigned attributes are skipped.</summary>
    /// <exception cref="MalformedDataException">It is none, or has no signed attributes.</exception>
    public static SignerInfo Read(DerReader signerInfos)
    {
        var reader = signerInfos.ReadSequence("SignerInfo");
        // §5.3: 1 or 3, after the kind of sid. Writers confuse them and nothing depends on it.
        if (reader.ReadInt32() is not (1 or 3))
            throw reader.Malformed("version 1 or 3 expected (RFC 5652 §5.3)");

        // SignerIdentifier ::= CHOICE { issuerAndSerialNumber, subjectKeyIdentifier [0] IMPLICIT OCTET STRING }
        ReadOnlyMemory<byte> issuer = default, serialNumber = default;
        ReadOnlyMemory<byte>? keyIdentifier = null;
        if (reader.NextIsContext(0))
        {
            keyIdentifier = reader.ReadOctetString(context: 0);
        }
        else
        {
            var issuerAndSerial = reader.ReadSequence("IssuerAndSerialNumber");
            issuer = issuerAndSerial.ReadEncoded();
            serialNumber = issuerAndSerial.ReadIntegerBytes();
            issuerAndSerial.ExpectEnd();
        }

        var digest = AlgorithmIdentifier.Read(reader);
        // §5.3: signed attributes are a must where the content is not id-data.
        if (!reader.NextIsContext(0))
            throw reader.Malformed("signed attributes are missing (RFC 5652 §5.3)");
        var attributes = SignedAttributes.Read(reader);
        var algorithm = AlgorithmIdentifier.Read(reader);
        var signature = reader.ReadOctetString();
        if (reader.NextIsContext(1))
            reader.ReadSetOf("UnsignedAttributes", context: 1, anyOrder: true);
        reader.ExpectEnd();
        return new SignerInfo(issuer, serialNumber, keyIdentifier, digest, attributes, algorithm, signature);
    }

    /// <summary>Whether this is the certificate the signer names (§5.3). Two may fit; the signed attributes say by hash which it is.</summary>
    public bool Names(Certificate certificate) => KeyIdentifier is { } key
        ? certificate.SubjectKeyIdentifier is { } subjectKey && subjectKey.Span.SequenceEqual(key.Span)
        : certificate.Issuer.Raw.Span.SequenceEqual(Issuer.Span) && certificate.SerialNumber.Span.SequenceEqual(SerialNumber.Span);
}
