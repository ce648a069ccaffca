using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>Makes the detached CMS signature beside a list (RFC 5652), field by field, so that faults can be written.</summary>
public sealed class TestListSigner(TestCertificate certificate)
{
    private const string Data = "1.2.840.113549.1.7.1";

    /// <summary>SHA-256 of the signer's certificate, in hex: what users pin.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(certificate.Der));

    public string ContentType { get; init; } = Data;

    /// <summary>The content type that the signed attributes tell.</summary>
    public string ContentTypeAttribute { get; init; } = Data;

    /// <summary>Encloses the content, as a signature that is not detached does.</summary>
    public bool Encloses { get; init; }

    /// <summary>Encloses the signer's certificate.</summary>
    public bool EnclosesCertificate { get; init; } = true;

    /// <summary>The certificate the signed attributes name by hash; null for none.</summary>
    public TestCertificate? Named { get; init; }

    public int Signers { get; init; } = 1;

    public SignatureMethod? Method { get; init; }

    public byte[] Sign(byte[] content)
    {
        byte[] attributes = Attributes(content);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf()) TestHash.WriteAlgorithmIdentifier(writer, HashAlgorithmName.SHA256);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(ContentType);
                    if (Encloses)
                        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteOctetString(content);
                }
                if (EnclosesCertificate)
                    using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteEncodedValue(certificate.Der);
                using (writer.PushSetOf())
                    for (int i = 0; i < Signers; i++) WriteSigner(writer, attributes);
            }
        }
        return writer.Encode();
    }

    private void WriteSigner(AsnWriter writer, byte[] attributes)
    {
        var method = Method ?? certificate.Key.DefaultCertificateMethod;
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            TokenRecipe.WriteIssuerAndSerial(writer, certificate);
            TestHash.WriteAlgorithmIdentifier(writer, HashAlgorithmName.SHA256);
            // [0] IMPLICIT SET OF; what is signed has the tag of SET (RFC 5652 §5.4).
            writer.WriteEncodedValue([0xA0, .. attributes[1..]]);
            method.WriteAlgorithmIdentifier(writer);
            writer.WriteOctetString(certificate.Key.Sign(attributes, method, EcdsaForm.Der));
        }
    }

    private byte[] Attributes(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute("1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier(ContentTypeAttribute));
            Attribute("1.2.840.113549.1.9.4", w => w.WriteOctetString(SHA256.HashData(content)));
            if (Named is not null)
                Attribute("1.2.840.113549.1.9.16.2.47", w =>
                {
                    using (w.PushSequence())
                    using (w.PushSequence())
                    using (w.PushSequence()) w.WriteOctetString(SHA256.HashData(Named.Der));
                });
        }
        return writer.Encode();

        void Attribute(string oid, Action<AsnWriter> value)
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                using (writer.PushSetOf()) value(writer);
            }
        }
    }
}
