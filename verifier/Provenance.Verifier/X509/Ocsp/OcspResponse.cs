using System.Formats.Asn1;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509.Ocsp;

/// <summary>
/// An OCSP response (RFC 6960 §4.2.1), strict DER. Parsing proves nothing; <see cref="OcspCheck"/> finds out who signed it and what it
/// says of a certificate.
/// <code>
/// OCSPResponse      ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT SEQUENCE { responseType, response OCTET STRING } OPTIONAL }
/// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
/// ResponseData      ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID, producedAt, responses SEQUENCE OF, responseExtensions [1] EXPLICIT OPTIONAL }
/// </code>
/// </summary>
/// <param name="Tbs">ResponseData: the bytes the responder signed.</param>
/// <param name="ResponderName">The responder's Name in DER; null where it names itself by key.</param>
/// <param name="ResponderKeyHash">SHA-1 of the content of the responder's subjectPublicKey; null where it names itself by name.</param>
/// <param name="ProducedAt">When the response was signed.</param>
/// <param name="Responses">The certificates it speaks of, in the order stored.</param>
/// <param name="HasCriticalExtension">An extension of the whole is marked critical; none is known to us.</param>
/// <param name="SignatureAlgorithm">How it is signed.</param>
/// <param name="Signature">The signature; ECDSA as DER.</param>
/// <param name="Certificates">The certificates enclosed, in the order stored, without those that are none; unsigned.</param>
internal sealed record OcspResponse(
    ReadOnlyMemory<byte> Tbs,
    ReadOnlyMemory<byte>? ResponderName,
    ReadOnlyMemory<byte>? ResponderKeyHash,
    DateTimeOffset ProducedAt,
    IReadOnlyList<SingleResponse> Responses,
    bool HasCriticalExtension,
    AlgorithmIdentifier SignatureAlgorithm,
    ReadOnlyMemory<byte> Signature,
    IReadOnlyList<Certificate> Certificates)
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>Reads a successful basic response.</summary>
    /// <exception cref="MalformedDataException">
    /// It is none: also the empty element some writers staple behind the response, and a response that only says why there is none.
    /// </exception>
    public static OcspResponse Parse(ReadOnlyMemory<byte> der, Limits limits)
    {
        if (der.Length > limits.OcspBytes)
            throw new LimitExceededException("OCSPResponse", 0, nameof(Limits.OcspBytes), limits.OcspBytes);
        var outer = new DerReader(der, "OCSPResponse");
        var response = outer.ReadSequence();
        outer.ExpectEnd();

        int status = response.ReadEnumerated();
        if (status != 0)
            throw response.Malformed($"the responder answered with status {status}, not successful (RFC 6960 §4.2.1)");
        var bytesField = response.ReadExplicit(0, "ResponseBytes");
        response.ExpectEnd();
        var responseBytes = bytesField.ReadSequence();
        bytesField.ExpectEnd();
        if (responseBytes.ReadOid() is var type && type != BasicResponse)
            throw responseBytes.Malformed($"response type {type} is not id-pkix-ocsp-basic");
        var basic = responseBytes.ReadOctetString();
        responseBytes.ExpectEnd();
        return ParseBasic(basic, responseBytes.Offset - basic.Length, limits);
    }

    /// <summary>Reads Extensions (RFC 5280 §4.1) to their end; none is known, so whether one is critical is all that counts.</summary>
    internal static bool ReadCritical(DerReader field)
    {
        var extensions = field.ReadSequence("Extensions");
        field.ExpectEnd();
        bool critical = false;
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence("Extension");
            extension.ReadOid();
            critical |= extension.NextIs(UniversalTagNumber.Boolean) && extension.ReadBoolean();
            extension.ReadOctetString();
            extension.ExpectEnd();
        }
        return critical;
    }

    private static OcspResponse ParseBasic(ReadOnlyMemory<byte> der, long origin, Limits limits)
    {
        var outer = new DerReader(der, "BasicOCSPResponse", origin);
        var basic = outer.ReadSequence();
        outer.ExpectEnd();

        var before = basic.Rest;
        var data = basic.ReadSequence("ResponseData");
        var tbs = before[..(before.Length - basic.Rest.Length)];
        var algorithm = AlgorithmIdentifier.Read(basic);
        var signature = basic.ReadBitString();
        var certificates = basic.TryReadExplicit(0, "certs") is { } field ? ReadCertificates(field, limits) : [];
        basic.ExpectEnd();

        if (data.TryReadExplicit(0) is { } versionField)
        {
            if (versionField.ReadInt32() != 0)
                throw versionField.Malformed("version 1 is the only one (RFC 6960 §4.2.1)");
            versionField.ExpectEnd();
        }
        var (name, keyHash) = ReadResponderId(data);
        var producedAt = data.ReadGeneralizedTime();
        var list = data.ReadSequence("responses");
        var responses = new List<SingleResponse>();
        while (list.HasData)
            responses.Add(SingleResponse.Read(list));
        bool critical = data.TryReadExplicit(1) is { } extensions && ReadCritical(extensions);
        data.ExpectEnd();
        return new OcspResponse(tbs, name, keyHash, producedAt, responses, critical, algorithm, signature, certificates);
    }

    // ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING }
    private static (ReadOnlyMemory<byte>? Name, ReadOnlyMemory<byte>? KeyHash) ReadResponderId(DerReader data)
    {
        if (data.TryReadExplicit(1, "ResponderID") is { } byName)
        {
            var name = byName.ReadEncoded();
            byName.ExpectEnd();
            return (name, null);
        }
        var byKey = data.ReadExplicit(2, "ResponderID");
        var keyHash = byKey.ReadOctetString();
        byKey.ExpectEnd();
        return (null, keyHash);
    }

    private static List<Certificate> ReadCertificates(DerReader field, Limits limits)
    {
        var sequence = field.ReadSequence();
        field.ExpectEnd();
        return EnclosedCertificates.Read(sequence, "certs", limits, new());
    }
}
