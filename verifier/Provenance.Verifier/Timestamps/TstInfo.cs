using System.Formats.Asn1;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Timestamps;

/// <summary>What the authority signed: TSTInfo (RFC 3161 §2.4.2), always DER.</summary>
/// <param name="Policy">The authority's policy, dotted.</param>
/// <param name="ImprintAlgorithmOid">The hash of the message imprint, dotted.</param>
/// <param name="ImprintAlgorithm">The same where C2PA 2.5 §12.1 allows it (SHA-256, 384, 512), else null.</param>
/// <param name="Imprint">The hash of what was stamped.</param>
/// <param name="SerialNumber">The token's number: big-endian two's complement.</param>
/// <param name="GenTime">When the token was made; fractions of a second are kept down to 100 ns.</param>
/// <param name="Accuracy">How far <paramref name="GenTime"/> may be off either way; null where the authority does not say.</param>
internal sealed record TstInfo(
    string Policy,
    string ImprintAlgorithmOid,
    HashAlgorithm? ImprintAlgorithm,
    ReadOnlyMemory<byte> Imprint,
    ReadOnlyMemory<byte> SerialNumber,
    DateTimeOffset GenTime,
    TimeSpan? Accuracy)
{
    /// <summary>RFC 3161 §2.4.2: clients take serial numbers of 160 bits; one byte more holds the sign.</summary>
    private const int SerialNumberBytes = 21;

    /// <summary>Reads the content of the CMS.</summary>
    /// <exception cref="MalformedDataException">It is no TSTInfo of version 1.</exception>
    public static TstInfo Parse(ReadOnlyMemory<byte> der)
    {
        var outer = new DerReader(der, "TSTInfo");
        var reader = outer.ReadSequence();
        outer.ExpectEnd();

        if (reader.ReadInt32() != 1)
            throw reader.Malformed("version 1 is the only one (RFC 3161 §2.4.2)");
        string policy = reader.ReadOid();
        var (algorithm, imprint) = ReadImprint(reader);
        var serialNumber = reader.ReadIntegerBytes();
        if (serialNumber.Length > SerialNumberBytes)
            throw reader.Malformed($"a serial number of {serialNumber.Length} bytes; {SerialNumberBytes} hold the 160 bits of RFC 3161 §2.4.2");
        var genTime = reader.ReadGeneralizedTime(fraction: true);
        TimeSpan? accuracy = reader.NextIs(UniversalTagNumber.Sequence) ? ReadAccuracy(reader.ReadSequence("Accuracy")) : null;
        SkipRest(reader);

        return new TstInfo(policy, algorithm.Oid, Allowed(algorithm), imprint, serialNumber, genTime, accuracy);
    }

    private static HashAlgorithm? Allowed(AlgorithmIdentifier algorithm) =>
        SignatureAlgorithms.Hash(algorithm) is { } hash && hash != HashAlgorithm.Sha1 ? hash : null;

    // MessageImprint ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING }
    private static (AlgorithmIdentifier Algorithm, ReadOnlyMemory<byte> Imprint) ReadImprint(DerReader reader)
    {
        var content = reader.ReadSequence("MessageImprint");
        var algorithm = AlgorithmIdentifier.Read(content);
        var imprint = content.ReadOctetString();
        content.ExpectEnd();
        if (Allowed(algorithm) is { } hash && imprint.Length != hash.DigestLength())
            throw content.Malformed($"{hash} has {hash.DigestLength()} bytes, hashedMessage has {imprint.Length} (RFC 3161 §2.4.1)");
        return (algorithm, imprint);
    }

    // Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL, micros [1] INTEGER (1..999) OPTIONAL }
    private static TimeSpan ReadAccuracy(DerReader reader)
    {
        int seconds = reader.NextIs(UniversalTagNumber.Integer) ? reader.ReadInt32() : 0;
        int millis = reader.NextIsContext(0) ? reader.ReadInt32(context: 0) : 0;
        int micros = reader.NextIsContext(1) ? reader.ReadInt32(context: 1) : 0;
        reader.ExpectEnd();
        // The least value of 1 is not enforced: a zero harms nobody.
        if (seconds < 0 || millis is < 0 or > 999 || micros is < 0 or > 999)
            throw reader.Malformed("an accuracy is not negative, its millis and micros are at most 999 (RFC 3161 §2.4.2)");
        return TimeSpan.FromSeconds(seconds) + TimeSpan.FromMicroseconds(millis * 1000L + micros);
    }

    // ordering BOOLEAN DEFAULT FALSE, nonce INTEGER OPTIONAL, tsa [0] GeneralName OPTIONAL, extensions [1] IMPLICIT Extensions OPTIONAL
    private static void SkipRest(DerReader reader)
    {
        if (reader.NextIs(UniversalTagNumber.Boolean))
            reader.ReadBoolean();
        if (reader.NextIs(UniversalTagNumber.Integer))
            reader.ReadIntegerBytes();
        // Only a hint (RFC 3161 §2.4.2); the authority's name comes from its certificate.
        if (reader.NextIsContext(0))
            reader.ReadEncoded();
        if (reader.NextIsContext(1))
            RefuseCriticalExtensions(reader.ReadSequence("TSTInfo extensions", context: 1));
        reader.ExpectEnd();
    }

    // We know no extension of TSTInfo, so one marked critical may change what the rest means (RFC 5280 §4.2).
    private static void RefuseCriticalExtensions(DerReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            string oid = extension.ReadOid();
            if (extension.NextIs(UniversalTagNumber.Boolean) && extension.ReadBoolean())
                throw extension.Malformed($"critical extension {oid} is not known");
            extension.ReadOctetString();
            extension.ExpectEnd();
        }
    }
}
