using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;

namespace Provenance.TrustStore;

/// <summary>Makes the detached signature of a list: CMS with signed attributes that name its signer's certificate (RFC 5652, RFC 5035).</summary>
internal static class ListSigner
{
    /// <summary>What follows the list's name in its signature's.</summary>
    public const string Extension = ".p7s";

    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47", Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>The signature of a list that would be accepted; also what it says of itself is read.</summary>
    /// <exception cref="MalformedDataException">It is no list of ours, or breaks a rule.</exception>
    /// <exception cref="CryptographicException">Key and certificate cannot be read, or do not belong together.</exception>
    public static byte[] SignList(byte[] list, string certificateFile, string keyFile, DateTimeOffset now)
    {
        Require(list);
        using var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        return Sign(list, certificate, now);
    }

    /// <summary>The signature of any bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="certificate">The signer's certificate, with its key.</param>
    /// <param name="now">The time the signature names, which nobody relies on.</param>
    /// <exception cref="CryptographicException">The key cannot sign.</exception>
    public static byte[] Sign(byte[] content, X509Certificate2 certificate, DateTimeOffset now)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid(Sha256),
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), CertificateId(certificate)));
        cms.ComputeSignature(signer, silent: true);
        return cms.Encode();
    }

    private static void Require(byte[] list)
    {
        if (SignedList.KindOf(list) == IncidentList.Kind)
            IncidentList.Parse(list);
        else
            TrustList.FromSignedList(SignedList.Parse(SignedList.TrustKind, list));
    }

    // SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 }, ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT SHA-256, certHash }
    private static byte[] CertificateId(X509Certificate2 certificate)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }
}
