using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Cms;

/// <summary>
/// CMS SignedData (RFC 5652 §5.1) with one signer, and with its content inside or beside it.
/// <code>
/// ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT SignedData }
/// SignedData  ::= SEQUENCE { version, digestAlgorithms SET OF, encapContentInfo,
///                            certificates [0] IMPLICIT OPTIONAL, crls [1] IMPLICIT OPTIONAL, signerInfos SET OF SignerInfo }
/// </code>
/// </summary>
/// <param name="ContentType">What is signed, dotted.</param>
/// <param name="Content">The signed content; null where it is kept beside the signature.</param>
/// <param name="Certificates">The certificates enclosed, in the order stored, without those that are none.</param>
/// <param name="Signer">The signer.</param>
internal sealed record SignedData(string ContentType, ReadOnlyMemory<byte>? Content, IReadOnlyList<Certificate> Certificates, SignerInfo Signer)
{
    /// <summary>Reads the inside of a ContentInfo.</summary>
    /// <exception cref="MalformedDataException">It holds no SignedData with exactly one signer, or too many certificates.</exception>
    public static SignedData Read(DerReader contentInfo, Limits limits, KnownCertificates known)
    {
        if (contentInfo.ReadOid() is var type && type != CmsOids.SignedData)
            throw contentInfo.Malformed($"signed data expected, content type {type} found (RFC 5652 §5.1)");
        var field = contentInfo.ReadExplicit(0, "SignedData");
        contentInfo.ExpectEnd();
        var reader = field.ReadSequence();
        field.ExpectEnd();

        // RFC 5652 §5.1 derives the version from the rest, so it tells nothing; a real writer says 1 where 3 is due.
        if (reader.ReadInt32() is not (>= 1 and <= 5))
            throw reader.Malformed("version 1 to 5 expected (RFC 5652 §5.1)");
        // digestAlgorithms: a hint for one-pass readers; the signer names its own.
        reader.ReadSetOf(anyOrder: true);

        // EncapsulatedContentInfo ::= SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }
        var encapsulated = reader.ReadSequence("EncapsulatedContentInfo");
        string contentType = encapsulated.ReadOid();
        ReadOnlyMemory<byte>? content = null;
        if (encapsulated.TryReadExplicit(0) is { } contentField)
        {
            content = contentField.ReadOctetString();
            contentField.ExpectEnd();
        }
        encapsulated.ExpectEnd();

        var certificates = reader.NextIsContext(0)
            ? EnclosedCertificates.Read(reader.ReadSetOf("CertificateSet", context: 0, anyOrder: true), "CertificateSet", limits, known)
            : [];
        if (reader.NextIsContext(1))
            reader.ReadSetOf("RevocationInfoChoices", context: 1, anyOrder: true);
        var signers = reader.ReadSetOf("SignerInfos", anyOrder: true);
        reader.ExpectEnd();
        var signer = SignerInfo.Read(signers);
        // RFC 3161 §2.4.2: a token must not contain any signature but the authority's; a list of ours has one keeper.
        signers.ExpectEnd();
        return new SignedData(contentType, content, certificates, signer);
    }

    /// <summary>The enclosed certificate the signer names; null where it is absent or cannot be read.</summary>
    public Certificate? FindSigner()
    {
        foreach (var certificate in Certificates)
        {
            if (Signer.Names(certificate))
                return certificate;
        }
        return null;
    }
}
