using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>What a response says of a certificate.</summary>
public enum OcspAnswer
{
    Good,
    Revoked,
    Unknown,
}

/// <summary>Answers OCSP questions nobody asked (RFC 6960): staples, right and wrong.</summary>
public sealed class TestOcspResponder
{
    private readonly TestCertificate _signer;
    private readonly bool _delegated;

    private TestOcspResponder(TestCertificate signer, bool delegated) => (_signer, _delegated) = (signer, delegated);

    /// <summary>The issuer answers for itself.</summary>
    public static TestOcspResponder Issuer(TestAuthority authority) => new(authority.Certificate, delegated: false);

    /// <summary>A certificate with OCSPSigning answers; it is enclosed.</summary>
    public static TestOcspResponder Delegated(TestCertificate responder) => new(responder, delegated: true);

    public static TestOcspResponder Delegated(TestAuthority authority, Action<CertificateRecipe>? change = null) =>
        Delegated(authority.IssueOcspResponder("Example OCSP Responder", change: change));

    /// <summary>A response about this certificate.</summary>
    public byte[] Respond(TestCertificate about, OcspAnswer answer = OcspAnswer.Good, Action<OcspRecipe>? change = null)
    {
        var recipe = new OcspRecipe(_signer, _delegated);
        recipe.Singles.Add(new OcspSingle(about, answer));
        change?.Invoke(recipe);
        return recipe.Build();
    }
}

/// <summary>One SingleResponse.</summary>
public sealed class OcspSingle(TestCertificate about, OcspAnswer answer)
{
    public TestCertificate About { get; set; } = about;

    public OcspAnswer Answer { get; set; } = answer;

    public HashAlgorithmName HashAlgorithm { get; set; } = HashAlgorithmName.SHA256;

    public DateTimeOffset ThisUpdate { get; set; } = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null leaves nextUpdate out.</summary>
    public DateTimeOffset? NextUpdate { get; set; } = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset RevocationTime { get; set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>CRLReason; 8 is removeFromCRL. Null leaves it out.</summary>
    public int? Reason { get; set; }

    /// <summary>Another serial number than the certificate's.</summary>
    public byte[]? Serial { get; set; }
}

/// <summary>Everything a response says.</summary>
public sealed class OcspRecipe
{
    private readonly TestCertificate _signer;

    internal OcspRecipe(TestCertificate signer, bool delegated)
    {
        _signer = signer;
        Certificates = delegated ? [signer.Der] : null;
    }

    public List<OcspSingle> Singles { get; } = [];

    public DateTimeOffset ProducedAt { get; set; } = new(2026, 3, 14, 0, 0, 1, TimeSpan.Zero);

    /// <summary>OCSPResponseStatus; only 0 carries an answer.</summary>
    public int Status { get; set; }

    /// <summary>Names the responder by key hash instead of by name.</summary>
    public bool ByKey { get; set; }

    /// <summary>Enclosed certificates; null leaves the field out.</summary>
    public IReadOnlyList<byte[]>? Certificates { get; set; }

    public SignatureMethod? Method { get; set; }

    public Func<byte[], byte[]>? SignatureChange { get; set; }

    /// <summary>Changes the first SingleResponse.</summary>
    public OcspRecipe Single(Action<OcspSingle> change)
    {
        change(Singles[0]);
        return this;
    }

    /// <summary>The last bit of the signature is wrong.</summary>
    public void BadSignature() => SignatureChange = s => [.. s[..^1], (byte)(s[^1] ^ 1)];

    internal byte[] Build()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0A, 1, (byte)Status]);
            if (Status == 0)
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                    writer.WriteOctetString(Basic());
                }
        }
        return writer.Encode();
    }

    private byte[] Basic()
    {
        SignatureMethod method = Method ?? _signer.Key.DefaultCertificateMethod;
        byte[] data = ResponseData();
        byte[] signature = _signer.Key.Sign(data, method, EcdsaForm.Der);
        if (SignatureChange is not null) signature = SignatureChange(signature);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(data);
            method.WriteAlgorithmIdentifier(writer);
            writer.WriteBitString(signature);
            if (Certificates is not null)
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence())
                    foreach (byte[] certificate in Certificates) writer.WriteEncodedValue(certificate);
        }
        return writer.Encode();
    }

    private byte[] ResponseData()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, ByKey ? 2 : 1)))
            {
                if (ByKey) writer.WriteOctetString(_signer.KeyId);
                else writer.WriteEncodedValue(_signer.Subject);
            }
            writer.WriteGeneralizedTime(ProducedAt, omitFractionalSeconds: true);
            using (writer.PushSequence())
                foreach (OcspSingle single in Singles) Write(writer, single);
        }
        return writer.Encode();
    }

    private static void Write(AsnWriter writer, OcspSingle single)
    {
        TestCertificate issuer = single.About.Issuer ?? single.About;
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                TestHash.WriteAlgorithmIdentifier(writer, single.HashAlgorithm);
                writer.WriteOctetString(TestHash.Of(single.HashAlgorithm, issuer.Subject));
                writer.WriteOctetString(TestHash.Of(single.HashAlgorithm, issuer.Key.PublicKeyBits));
                writer.WriteInteger(single.Serial ?? single.About.Serial);
            }
            switch (single.Answer)
            {
                case OcspAnswer.Good: writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0)); break;
                case OcspAnswer.Unknown: writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 2)); break;
                default:
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    {
                        writer.WriteGeneralizedTime(single.RevocationTime, omitFractionalSeconds: true);
                        if (single.Reason is { } reason)
                            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteEncodedValue([0x0A, 1, (byte)reason]);
                    }
                    break;
            }
            writer.WriteGeneralizedTime(single.ThisUpdate, omitFractionalSeconds: true);
            if (single.NextUpdate is { } next)
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteGeneralizedTime(next, omitFractionalSeconds: true);
        }
    }
}
