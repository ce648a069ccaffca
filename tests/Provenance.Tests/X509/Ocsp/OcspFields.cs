using System.Formats.Asn1;
using Provenance.TestKit;
using Provenance.Tests.Timestamps;

namespace Provenance.Tests.X509.Ocsp;

/// <summary>What one SingleResponse says, by itself (RFC 6960 §4.2.1).</summary>
internal sealed record SingleFields(TestCertificate Subject)
{
    public string Hash { get; init; } = TokenFields.Sha256;

    public byte[]? IssuerName { get; init; }

    public byte[]? IssuerKey { get; init; }

    public byte[]? Serial { get; init; }

    /// <summary>certStatus as written; good unless told otherwise.</summary>
    public byte[] Status { get; init; } = Good;

    public DateTimeOffset ThisUpdate { get; init; } = OcspFields.Noon;

    public DateTimeOffset? NextUpdate { get; init; } = OcspFields.Noon.AddDays(7);

    public byte[] Tail { get; init; } = [];

    public static byte[] Good => [0x80, 0];

    public static byte[] Unknown => [0x82, 0];

    public static byte[] Revoked(DateTimeOffset time, int? reason = null) =>
        Tlv.Of(0xA1, Tlv.GeneralizedTime(time), reason is { } number ? Tlv.Of(0xA0, [0x0A, 1, (byte)number]) : []);

    public byte[] Build() => Tlv.Sequence(
        Tlv.Sequence(
            Tlv.Algorithm(Hash),
            Tlv.Octets(TokenFields.Hash(Hash, IssuerName ?? Subject.IssuerName)),
            Tlv.Octets(TokenFields.Hash(Hash, IssuerKey ?? Subject.Issuer!.Key.PublicKeyBits)),
            Tlv.Of(0x02, Serial ?? Subject.Serial)),
        Status,
        Tlv.GeneralizedTime(ThisUpdate),
        NextUpdate is { } next ? Tlv.Of(0xA0, Tlv.GeneralizedTime(next)) : [],
        Tail);
}

/// <summary>An OCSP response written field by field, with a knob for every rule.</summary>
internal sealed record OcspFields(TestCertificate Responder, params SingleFields[] Singles)
{
    /// <summary>2025-06-01 12:00 UTC: thisUpdate and producedAt unless told otherwise.</summary>
    public static readonly DateTimeOffset Noon = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public int Status { get; init; }

    public bool WithoutBytes { get; init; }

    public string Type { get; init; } = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>[0] EXPLICIT version as written.</summary>
    public byte[] Version { get; init; } = [];

    public bool ByKey { get; init; }

    /// <summary>responderID as written.</summary>
    public byte[]? ResponderId { get; init; }

    public DateTimeOffset ProducedAt { get; init; } = Noon;

    public byte[] DataTail { get; init; } = [];

    public SignatureMethod? Method { get; init; }

    public EcdsaForm Ecdsa { get; init; } = EcdsaForm.Der;

    public Func<byte[], byte[]> SignatureChanged { get; init; } = bytes => bytes;

    /// <summary>certs; the responder's own unless told otherwise, null for none.</summary>
    public byte[][]? Certificates { get; init; } = [Responder.Der];

    public byte[] Build()
    {
        byte[] data = Tlv.Sequence(
            Version,
            ResponderId ?? (ByKey ? Tlv.Of(0xA2, Tlv.Octets(Responder.KeyId)) : Tlv.Of(0xA1, Responder.Subject)),
            Tlv.GeneralizedTime(ProducedAt),
            Tlv.Sequence([.. Singles.Select(single => single.Build())]),
            DataTail);
        var method = Method ?? Responder.Key.DefaultCertificateMethod;
        var algorithm = new AsnWriter(AsnEncodingRules.DER);
        method.WriteAlgorithmIdentifier(algorithm);
        byte[] basic = Tlv.Sequence(
            data,
            algorithm.Encode(),
            Tlv.Bits(SignatureChanged(Responder.Key.Sign(data, method, Ecdsa))),
            Certificates is null ? [] : Tlv.Of(0xA0, Tlv.Sequence(Certificates)));
        byte[] status = [0x0A, 1, (byte)Status];
        return WithoutBytes ? Tlv.Sequence(status) : Tlv.Sequence(status, Tlv.Of(0xA0, Tlv.Sequence(Tlv.Oid(Type), Tlv.Octets(basic))));
    }

    /// <summary>[1] EXPLICIT Extensions with one extension, for the whole response and for one answer alike.</summary>
    public static byte[] Extension(bool critical) =>
        Tlv.Of(0xA1, Tlv.Sequence(Tlv.Sequence(Tlv.Oid("1.3.6.1.5.5.7.48.1.2"), critical ? [1, 1, 0xFF] : [], Tlv.Octets([4, 1, 7]))));
}
