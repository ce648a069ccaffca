using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>Which signing-certificate attributes a token carries.</summary>
[Flags]
public enum SigningCertificateAttributes
{
    None = 0,

    /// <summary>ESSCertID, SHA-1 (RFC 2634).</summary>
    V1 = 1,

    /// <summary>ESSCertIDv2, SHA-256 (RFC 5816).</summary>
    V2 = 2,
}

/// <summary>Everything a time-stamp token says (RFC 3161 §2.4.2 in RFC 5652 SignedData).</summary>
public sealed class TokenRecipe
{
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private readonly TestCertificate _certificate;

    internal TokenRecipe(TestCertificate certificate)
    {
        _certificate = certificate;
        Certificates = certificate.Chain;
    }

    public DateTimeOffset Time { get; set; } = TestTimeStampAuthority.UsualTime;

    /// <summary>Writes genTime by hand instead of <see cref="Time"/>.</summary>
    public string? TimeText { get; set; }

    public string Policy { get; set; } = "1.3.6.1.4.1.32473.2.1";

    public HashAlgorithmName ImprintAlgorithm { get; set; } = HashAlgorithmName.SHA256;

    /// <summary>Changes the imprint: a token for other bytes.</summary>
    public Func<byte[], byte[]>? ImprintChange { get; set; }

    /// <summary>Digest of the signed attributes.</summary>
    public HashAlgorithmName DigestAlgorithm { get; set; } = HashAlgorithmName.SHA256;

    /// <summary>How the attributes are signed; null goes with the key and the digest.</summary>
    public SignatureMethod? Method { get; set; }

    /// <summary>Names plain <c>rsaEncryption</c> as signature algorithm, as most authorities do.</summary>
    public bool PlainRsaName { get; set; }

    /// <summary>Raw r‖s inside CMS is wrong, and met.</summary>
    public EcdsaForm EcdsaForm { get; set; } = EcdsaForm.Der;

    public SigningCertificateAttributes SigningCertificate { get; set; } = SigningCertificateAttributes.V1 | SigningCertificateAttributes.V2;

    /// <summary>The certificate the attributes name; null is the right one.</summary>
    public TestCertificate? NamedCertificate { get; set; }

    /// <summary>Enclosed certificates; null leaves the field out.</summary>
    public IReadOnlyList<byte[]>? Certificates { get; set; }

    public int SignedDataVersion { get; set; } = 3;

    public bool WithSigningTime { get; set; } = true;

    public bool WithSignedAttributes { get; set; } = true;

    /// <summary>eContentType; another one is not a time stamp.</summary>
    public string ContentTypeOid { get; set; } = TstInfo;

    public byte[] SerialNumber { get; set; } = [0x01, 0x02, 0x03];

    public byte[]? Nonce { get; set; }

    /// <summary>Accuracy in seconds; null leaves it out.</summary>
    public int? AccuracySeconds { get; set; } = 1;

    /// <summary>How many SignerInfos; one is right.</summary>
    public int Signers { get; set; } = 1;

    /// <summary>Changes TSTInfo after it was signed.</summary>
    public Func<byte[], byte[]>? ContentChange { get; set; }

    public Func<byte[], byte[]>? SignatureChange { get; set; }

    /// <summary>Changes the finished token.</summary>
    public Func<byte[], byte[]>? TokenChange { get; set; }

    /// <summary>The last bit of the signature is wrong.</summary>
    public void BadSignature() => SignatureChange = s => [.. s[..^1], (byte)(s[^1] ^ 1)];

    internal byte[] Build(byte[] message)
    {
        byte[] content = Content(message);
        byte[] stored = ContentChange is null ? content : ContentChange(content);
        byte[] signer = Signer(content);

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(SignedDataVersion);
                using (writer.PushSetOf()) TestHash.WriteAlgorithmIdentifier(writer, DigestAlgorithm);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(ContentTypeOid);
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteOctetString(stored);
                }
                if (Certificates is not null)
                    using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
                        foreach (byte[] certificate in Certificates) writer.WriteEncodedValue(certificate);
                using (writer.PushSetOf())
                    for (int i = 0; i < Signers; i++) writer.WriteEncodedValue(signer);
            }
        }
        return TokenChange is null ? writer.Encode() : TokenChange(writer.Encode());
    }

    private byte[] Content(byte[] message)
    {
        byte[] imprint = TestHash.Of(ImprintAlgorithm, message);
        if (ImprintChange is not null) imprint = ImprintChange(imprint);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            using (writer.PushSequence())
            {
                TestHash.WriteAlgorithmIdentifier(writer, ImprintAlgorithm);
                writer.WriteOctetString(imprint);
            }
            writer.WriteInteger(SerialNumber);
            if (TimeText is not null) writer.WriteEncodedValue([0x18, (byte)TimeText.Length, .. System.Text.Encoding.ASCII.GetBytes(TimeText)]);
            else writer.WriteGeneralizedTime(Time, omitFractionalSeconds: Time.Millisecond == 0);
            if (AccuracySeconds is { } seconds)
                using (writer.PushSequence()) writer.WriteInteger(seconds);
            if (Nonce is not null) writer.WriteInteger(Nonce);
        }
        return writer.Encode();
    }

    private byte[] Signer(byte[] content)
    {
        TestKey key = _certificate.Key;
        SignatureMethod method = Method ?? MethodOf(key.DefaultCertificateMethod);
        byte[] attributes = SignedAttributes(content);
        byte[] signature = key.Sign(WithSignedAttributes ? attributes : content, method, EcdsaForm);
        if (SignatureChange is not null) signature = SignatureChange(signature);

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            WriteIssuerAndSerial(writer, _certificate);
            TestHash.WriteAlgorithmIdentifier(writer, DigestAlgorithm);
            // [0] IMPLICIT SET OF; what is signed has the tag of SET (RFC 5652 §5.4).
            if (WithSignedAttributes) writer.WriteEncodedValue([0xA0, .. attributes[1..]]);
            if (PlainRsaName)
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                    writer.WriteNull();
                }
            else method.WriteAlgorithmIdentifier(writer);
            writer.WriteOctetString(signature);
        }
        return writer.Encode();
    }

    private byte[] SignedAttributes(byte[] content)
    {
        TestCertificate named = NamedCertificate ?? _certificate;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            Attribute(writer, "1.2.840.113549.1.9.3", w => w.WriteObjectIdentifier(ContentTypeOid));
            if (WithSigningTime) Attribute(writer, "1.2.840.113549.1.9.5", w => w.WriteUtcTime(Time));
            Attribute(writer, "1.2.840.113549.1.9.4", w => w.WriteOctetString(TestHash.Of(DigestAlgorithm, content)));
            if (SigningCertificate.HasFlag(SigningCertificateAttributes.V1))
                Attribute(writer, "1.2.840.113549.1.9.16.2.12", w => WriteCertificateId(w, SHA1.HashData(named.Der)));
            if (SigningCertificate.HasFlag(SigningCertificateAttributes.V2))
                Attribute(writer, "1.2.840.113549.1.9.16.2.47", w => WriteCertificateId(w, SHA256.HashData(named.Der)));
        }
        return writer.Encode();
    }

    private SignatureMethod MethodOf(SignatureMethod usual) => (usual.Family, DigestAlgorithm.Name) switch
    {
        (SignatureFamily.Ecdsa, "SHA256") => SignatureMethod.Es256,
        (SignatureFamily.Ecdsa, "SHA384") => SignatureMethod.Es384,
        (SignatureFamily.Ecdsa, "SHA512") => SignatureMethod.Es512,
        (SignatureFamily.RsaPkcs1, "SHA384") => SignatureMethod.Rs384,
        (SignatureFamily.RsaPkcs1, "SHA512") => SignatureMethod.Rs512,
        _ => usual,
    };

    private static void WriteCertificateId(AsnWriter writer, byte[] hash)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(hash);
    }

    private static void Attribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf()) value(writer);
        }
    }

    internal static void WriteIssuerAndSerial(AsnWriter writer, TestCertificate certificate)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(certificate.IssuerName);
            writer.WriteInteger(certificate.Serial);
        }
    }
}
