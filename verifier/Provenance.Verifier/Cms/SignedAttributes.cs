using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Cms;

/// <summary>The hash by which a signer names its own certificate: ESSCertID (RFC 2634 §5.4.1) or ESSCertIDv2 (RFC 5035 §4).</summary>
/// <param name="HashOid">The hash, dotted; version 1 has SHA-1 only, which identifies here and protects nothing.</param>
/// <param name="CertificateHash">The hash of the certificate's DER.</param>
internal sealed record EssCertificateId(string HashOid, ReadOnlyMemory<byte> CertificateHash);

/// <summary>The signed attributes of a SignerInfo (RFC 5652 §5.3) that decide something.</summary>
/// <param name="SignedBytes">What the signature covers: the attributes as SET OF in DER (RFC 5652 §5.4), whatever order they are stored in.</param>
/// <param name="ContentType">The content type attribute, dotted.</param>
/// <param name="MessageDigest">The message digest attribute.</param>
/// <param name="CertificateIds">The signer's certificate by version 1, version 2, or both; may be empty.</param>
internal sealed record SignedAttributes(
    ReadOnlyMemory<byte> SignedBytes, string ContentType, ReadOnlyMemory<byte> MessageDigest, IReadOnlyList<EssCertificateId> CertificateIds)
{
    /// <summary>Reads [0] IMPLICIT SET OF Attribute.</summary>
    /// <exception cref="MalformedDataException">An attribute is damaged or occurs twice, or one that CMS demands is absent.</exception>
    public static SignedAttributes Read(DerReader signerInfo)
    {
        // §5.3 wants the set in DER, sorted. A real writer stores it unsorted; §5.4 lets us sort, so the order stored needs no check.
        var set = signerInfo.ReadSetOf("SignedAttributes", context: 0, anyOrder: true);
        var encoded = new List<ReadOnlyMemory<byte>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? contentType = null;
        ReadOnlyMemory<byte>? messageDigest = null;
        var certificateIds = new List<EssCertificateId>();
        while (set.HasData)
        {
            var before = set.Rest;
            // Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
            var attribute = set.ReadSequence("Attribute");
            encoded.Add(before[..(before.Length - set.Rest.Length)]);
            string type = attribute.ReadOid();
            var values = attribute.ReadSetOf(anyOrder: true);
            attribute.ExpectEnd();
            if (!seen.Add(type))
                throw attribute.Malformed($"attribute {type} occurs twice (RFC 5652 §5.3)");
            switch (type)
            {
                case CmsOids.ContentType:
                    contentType = values.ReadOid();
                    values.ExpectEnd();
                    break;
                case CmsOids.MessageDigest:
                    messageDigest = values.ReadOctetString();
                    values.ExpectEnd();
                    break;
                case CmsOids.SigningCertificate:
                    certificateIds.Add(ReadSigningCertificate(values, version: 1));
                    break;
                case CmsOids.SigningCertificateV2:
                    certificateIds.Add(ReadSigningCertificate(values, version: 2));
                    break;
            }
        }
        if (contentType is null || messageDigest is not { } digest)
            throw set.Malformed("the content type and message digest attributes must be there (RFC 5652 §5.3)");
        return new SignedAttributes(Sort(encoded), contentType, digest, certificateIds);
    }

    // SigningCertificate(V2) ::= SEQUENCE { certs SEQUENCE OF ESSCertID(v2), policies SEQUENCE OF PolicyInformation OPTIONAL }
    private static EssCertificateId ReadSigningCertificate(DerReader values, int version)
    {
        var signingCertificate = values.ReadSequence("SigningCertificate");
        values.ExpectEnd();
        var certificates = signingCertificate.ReadSequence();
        if (signingCertificate.HasData)
            signingCertificate.ReadSequence();
        signingCertificate.ExpectEnd();

        // RFC 5035 §3: the first is the signer's; the others name its chain, which path validation proves better.
        // ESSCertID ::= SEQUENCE { [v2: hashAlgorithm AlgorithmIdentifier DEFAULT SHA-256,] certHash OCTET STRING, issuerSerial OPTIONAL }
        var first = certificates.ReadSequence("ESSCertID");
        string hash = version == 1 ? Oids.Sha1
            : first.NextIs(UniversalTagNumber.Sequence) ? AlgorithmIdentifier.Read(first).Oid
            : Oids.Sha256;
        var certificateHash = first.ReadOctetString();
        // issuerSerial repeats what the hash covers.
        if (first.HasData)
            first.ReadSequence();
        first.ExpectEnd();
        return new EssCertificateId(hash, certificateHash);
    }

    // X.690 §11.6: ascending, as octet strings; no element is a prefix of another.
    private static byte[] Sort(List<ReadOnlyMemory<byte>> elements)
    {
        elements.Sort((left, right) => left.Span.SequenceCompareTo(right.Span));
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSetOf())
        {
            foreach (var element in elements)
                writer.WriteEncodedValue(element.Span);
        }
        return writer.Encode();
    }
}
