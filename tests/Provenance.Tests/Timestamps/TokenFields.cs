using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Cms;

namespace Provenance.Tests.Timestamps;

/// <summary>A time-stamp token written field by field (RFC 5652 §5.1, RFC 3161 §2.4.2), with a knob for every rule and leniency.</summary>
internal sealed record TokenFields(TestCertificate Authority, byte[] Stamped)
{
    public const string Sha1 = "1.3.14.3.2.26", Sha256 = "2.16.840.1.101.3.4.2.1", Sha384 = "2.16.840.1.101.3.4.2.2", Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string RsaEncryption = "1.2.840.113549.1.1.1", Ed448 = "1.3.101.113";

    public DateTimeOffset GenTime { get; init; } = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Replaces genTime as written.</summary>
    public string? GenTimeText { get; init; }

    public string ImprintHash { get; init; } = Sha256;

    public byte[]? Imprint { get; init; }

    public int TstVersion { get; init; } = 1;

    public byte[] SerialNumber { get; init; } = [2, 1, 42];

    /// <summary>What follows genTime in TSTInfo.</summary>
    public byte[] TstTail { get; init; } = [];

    public Func<byte[], byte[]> TstInfoChanged { get; init; } = bytes => bytes;

    /// <summary>eContentType.</summary>
    public string ContentType { get; init; } = CmsOids.TstInfo;

    public bool WithoutContent { get; init; }

    /// <summary>The content type attribute.</summary>
    public string ContentTypeAttribute { get; init; } = CmsOids.TstInfo;

    public bool WithoutContentTypeAttribute { get; init; }

    public Func<byte[], byte[]> MessageDigestChanged { get; init; } = bytes => bytes;

    public bool WithoutMessageDigest { get; init; }

    public bool EssV1 { get; init; }

    public bool EssV2 { get; init; } = true;

    /// <summary>The hash ESSCertIDv2 names; SHA-256 is the default and left out.</summary>
    public string EssV2Hash { get; init; } = Sha256;

    /// <summary>The certificate both ESSCertIDs name.</summary>
    public byte[]? EssNames { get; init; }

    public byte[][] MoreAttributes { get; init; } = [];

    /// <summary>Stores the signed attributes in descending order; the signature covers them sorted.</summary>
    public bool AttributesUnsorted { get; init; }

    /// <summary>Signs the attributes in the order stored.</summary>
    public bool SignedAsStored { get; init; }

    public bool WithoutSignedAttributes { get; init; }

    public string? DigestOid { get; init; }

    /// <summary>The signature algorithm as written; null for the method's own.</summary>
    public byte[]? AlgorithmWritten { get; init; }

    public SignatureMethod? Method { get; init; }

    public EcdsaForm Ecdsa { get; init; } = EcdsaForm.Der;

    public Func<byte[], byte[]> SignatureChanged { get; init; } = bytes => bytes;

    public int Version { get; init; } = 3;

    public int SignerVersion { get; init; } = 1;

    public bool SignerByKey { get; init; }

    public byte[][]? Certificates { get; init; }

    public bool WithoutCertificates { get; init; }

    public int Signers { get; init; } = 1;

    /// <summary>Indefinite lengths outside, the content in two pieces.</summary>
    public bool Ber { get; init; }

    private SignatureMethod SigningMethod => Method ?? Authority.Key.DefaultCertificateMethod;

    public static implicit operator ReadOnlyMemory<byte>(TokenFields recipe) => recipe.Build();

    /// <summary>A TimeStampResp around the token.</summary>
    public byte[] Response(int status = 0, byte[]? statusTail = null) =>
        Tlv.Sequence(Tlv.Sequence(Tlv.Integer(status), statusTail ?? []), Build());

    public byte[] TstInfo() => TstInfoChanged(Tlv.Sequence(
        Tlv.Integer(TstVersion),
        Tlv.Oid("1.3.6.1.4.1.32473.2"),
        Tlv.Sequence(Tlv.Algorithm(ImprintHash), Tlv.Octets(Imprint ?? Hash(ImprintHash, Stamped))),
        SerialNumber,
        GenTimeText is { } text ? Tlv.GeneralizedTime(text) : Tlv.GeneralizedTime(GenTime),
        TstTail));

    public byte[] Build()
    {
        byte[] content = TstInfo();
        byte[] octets = Ber ? Tlv.Indefinite(0x24, Tlv.Octets(content[..10]), Tlv.Octets(content[10..])) : Tlv.Octets(content);
        byte[] encapsulated = WithoutContent
            ? Tlv.Sequence(Tlv.Oid(ContentType))
            : Tlv.Sequence(Tlv.Oid(ContentType), Tlv.Of(0xA0, octets));
        byte[][] enclosed = Certificates ?? [.. Authority.Chain];
        byte[] signedData = Constructed(
            0x30,
            Tlv.Integer(Version),
            Tlv.Set(Tlv.Algorithm(DigestName)),
            encapsulated,
            WithoutCertificates ? [] : Constructed(0xA0, enclosed),
            Tlv.Set([.. Enumerable.Repeat(SignerInfo(content), Signers)]));
        return Constructed(0x30, Tlv.Oid(CmsOids.SignedData), Constructed(0xA0, signedData));
    }

    public static byte[] Attribute(string oid, params byte[][] values) => Tlv.Sequence(Tlv.Oid(oid), Tlv.Set(values));

    public static byte[] Hash(string oid, byte[] bytes) => CryptographicOperations.HashData(HashName(oid), bytes);

    private static HashAlgorithmName HashName(string oid) => oid switch
    {
        Sha1 => HashAlgorithmName.SHA1,
        Sha384 => HashAlgorithmName.SHA384,
        Sha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private string DigestName => DigestOid ?? TestHash.Oid(SigningMethod.Hash);

    private byte[] Constructed(byte tag, params byte[][] contents) => Ber ? Tlv.Indefinite(tag, contents) : Tlv.Of(tag, contents);

    private byte[] SignerInfo(byte[] content)
    {
        byte[][] stored = [.. Attributes(content)];
        byte[][] sorted = [.. stored.Order(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
        stored = AttributesUnsorted ? [.. sorted.Reverse()] : sorted;
        byte[] signature = SignatureChanged(Authority.Key.Sign(Tlv.Set(SignedAsStored ? stored : sorted), SigningMethod, Ecdsa));
        byte[] signer = SignerByKey
            ? Tlv.Of(0x80, Authority.KeyId)
            : Tlv.Sequence(Authority.IssuerName, Tlv.Of(0x02, Authority.Serial));
        return Tlv.Sequence(
            Tlv.Integer(SignerVersion),
            signer,
            Tlv.Algorithm(DigestName),
            WithoutSignedAttributes ? [] : Tlv.Of(0xA0, stored),
            AlgorithmWritten ?? WrittenByMethod(),
            Tlv.Octets(signature));
    }

    private byte[] WrittenByMethod()
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        SigningMethod.WriteAlgorithmIdentifier(writer);
        return writer.Encode();
    }

    private IEnumerable<byte[]> Attributes(byte[] content)
    {
        if (!WithoutContentTypeAttribute)
            yield return Attribute(CmsOids.ContentType, Tlv.Oid(ContentTypeAttribute));
        if (!WithoutMessageDigest)
            yield return Attribute(CmsOids.MessageDigest, Tlv.Octets(MessageDigestChanged(Hash(DigestName, content))));
        byte[] named = EssNames ?? Authority.Der;
        if (EssV1)
            yield return Attribute(CmsOids.SigningCertificate, Tlv.Sequence(Tlv.Sequence(Tlv.Sequence(Tlv.Octets(Hash(Sha1, named))))));
        if (EssV2)
        {
            byte[] algorithm = EssV2Hash == Sha256 ? [] : Tlv.Algorithm(EssV2Hash);
            yield return Attribute(CmsOids.SigningCertificateV2, Tlv.Sequence(Tlv.Sequence(Tlv.Sequence(algorithm, Tlv.Octets(Hash(EssV2Hash, named))))));
        }
        foreach (byte[] attribute in MoreAttributes)
            yield return attribute;
    }
}
