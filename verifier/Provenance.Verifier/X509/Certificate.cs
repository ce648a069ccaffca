using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>
/// An X.509 certificate (RFC 5280 §4.1), read from strict DER and kept with its bytes. Everything here is what the certificate says:
/// no signature, date, chain or profile has been checked. A certificate that no check would accept (SHA-1, DSA, a weak key) still
/// parses, so that it can be shown.
/// </summary>
/// <remarks>
/// Two encodings that are not DER are accepted, because common writers produce them and nothing depends on them: a DEFAULT value
/// (critical FALSE, cA FALSE, version v1) that is written out, and a Key Usage whose trailing zero bits are kept.
/// </remarks>
public sealed class Certificate
{
    private Certificate(
        ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> tbs, AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> signature, TbsFields fields)
    {
        (Raw, Tbs, Algorithm, SignatureValue) = (raw, tbs, algorithm, signature);
        SignatureScheme = SignatureAlgorithms.Scheme(algorithm);
        Pss = SignatureAlgorithms.Pss(algorithm);
        Version = fields.Version;
        SerialNumber = fields.SerialNumber;
        (Issuer, Subject) = (fields.Issuer, fields.Subject);
        (NotBefore, NotAfter) = (fields.NotBefore, fields.NotAfter);
        SubjectPublicKeyInfo = fields.Spki;
        PublicKey = SubjectPublicKey.Parse(fields.Spki, out var restriction);
        PssKeyRestriction = restriction;
        (HasIssuerUniqueId, HasSubjectUniqueId) = (fields.HasIssuerUniqueId, fields.HasSubjectUniqueId);
        Extensions = fields.Extensions;
    }

    /// <summary>The whole DER.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The TBSCertificate: the bytes the issuer signed.</summary>
    public ReadOnlyMemory<byte> Tbs { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>The content of the serial number's INTEGER, big-endian, at most 21 bytes; zero is possible, negative is not.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>Who signed it, by its own words.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Whose key it is, by its issuer's words.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>First second of validity.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Last second of validity, itself included; may lie before <see cref="NotBefore"/>, then the certificate is never valid.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The subject's key.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The key's DER as stored: what the fingerprint of a key is made over.</summary>
    internal ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>How the issuer signed; null for what protects nothing or is unknown (SHA-1, MD5, DSA, other PSS parameters).</summary>
    public SignatureScheme? SignatureScheme { get; }

    /// <summary>The signature algorithm's object identifier, dotted.</summary>
    public string SignatureAlgorithmOid => Algorithm.Oid;

    /// <summary>The issuer's signature as stored; ECDSA as DER.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>issuerUniqueID is present.</summary>
    public bool HasIssuerUniqueId { get; }

    /// <summary>subjectUniqueID is present.</summary>
    public bool HasSubjectUniqueId { get; }

    /// <summary>Key Usage; null where the extension is absent.</summary>
    public KeyUsages? KeyUsage => Extensions.KeyUsage;

    /// <summary>Extended Key Usage, dotted, in the order stored; null where the extension is absent.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => Extensions.ExtendedKeyUsages;

    /// <summary>Basic Constraints is present and cA is TRUE.</summary>
    public bool IsCa => Extensions.BasicConstraints is { IsCa: true };

    /// <summary>pathLenConstraint; null where there is none.</summary>
    public int? PathLength => Extensions.BasicConstraints?.PathLength;

    /// <summary>Subject Key Identifier; null where absent.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier => Extensions.SubjectKeyIdentifier;

    /// <summary>The keyIdentifier of Authority Key Identifier; null where the extension or the field is absent.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier => Extensions.AuthorityKeyIdentifier;

    /// <summary>Where Authority Information Access says an OCSP responder is (URIs, not cleaned for display). Empty where it says nothing.</summary>
    public IReadOnlyList<string> OcspUrls => Extensions.OcspUrls;

    /// <summary>Critical extensions that this library does not process (RFC 5280 §4.2), dotted.</summary>
    public IReadOnlyList<string> UnknownCriticalExtensions => Extensions.UnknownCritical;

    /// <summary>Issuer and subject are the same name (RFC 5280 §6.1); says nothing of who signed.</summary>
    public bool IsSelfIssued => Issuer.Equals(Subject);

    /// <summary>The signature algorithm with its parameters.</summary>
    internal AlgorithmIdentifier Algorithm { get; }

    /// <summary>The parameters of an id-RSASSA-PSS signature; null for other algorithms and for unreadable parameters.</summary>
    internal PssParameters? Pss { get; }

    /// <summary>What an id-RSASSA-PSS key with parameters allows: this hash, and at least this salt (RFC 4055 §3.3); null for no restriction.</summary>
    internal SignatureScheme? PssKeyRestriction { get; }

    /// <summary>The extensions, read.</summary>
    internal CertificateExtensions Extensions { get; }

    /// <summary>Reads one certificate.</summary>
    /// <param name="der">The certificate and nothing behind it. The result keeps slices of these bytes.</param>
    /// <exception cref="MalformedDataException">
    /// The bytes are no certificate in DER, or break RFC 5280 §4.1 in a way that leaves its meaning open: inner and outer algorithm
    /// differ, an extension occurs twice or in a version before v3, the serial number is negative or longer than 20 bytes, a date is none.
    /// </exception>
    public static Certificate Parse(ReadOnlyMemory<byte> der)
    {
        // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
        var outer = new DerReader(der, "Certificate");
        var reader = outer.ReadSequence();
        outer.ExpectEnd();
        long tbsOffset = reader.Offset;
        var tbs = reader.ReadEncoded();
        var algorithm = AlgorithmIdentifier.Read(reader);
        var signature = reader.ReadBitString();
        reader.ExpectEnd();

        var fields = TbsFields.Read(tbs, tbsOffset);
        // §4.1.1.2: the field the signature protects and the one it does not must say the same.
        if (!fields.Algorithm.Raw.Span.SequenceEqual(algorithm.Raw.Span))
            throw new MalformedDataException("Certificate", 0, "signatureAlgorithm differs from tbsCertificate.signature (RFC 5280 §4.1.1.2)");
        return new Certificate(der, tbs, algorithm, signature, fields);
    }

    /// <summary>Whether this certificate's key can have made signatures of this scheme (kind of key, RFC 4055 §1.2 and §3.3).</summary>
    internal bool Allows(SignatureScheme scheme) =>
        SignatureAlgorithms.Suits(scheme, PublicKey)
        && (PssKeyRestriction is not { } restriction || (scheme.Hash == restriction.Hash && scheme.SaltLength >= restriction.SaltLength));

    /// <summary>Whether the bytes are the same.</summary>
    internal bool IsSameAs(Certificate other) => Raw.Span.SequenceEqual(other.Raw.Span);

    /// <summary>TBSCertificate (RFC 5280 §4.1), field by field.</summary>
    private sealed record TbsFields(
        int Version, ReadOnlyMemory<byte> SerialNumber, AlgorithmIdentifier Algorithm, DistinguishedName Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
        DistinguishedName Subject, ReadOnlyMemory<byte> Spki, bool HasIssuerUniqueId, bool HasSubjectUniqueId, CertificateExtensions Extensions)
    {
        public static TbsFields Read(ReadOnlyMemory<byte> tbs, long origin)
        {
            var outer = new DerReader(tbs, "TBSCertificate", origin);
            var reader = outer.ReadSequence();
            outer.ExpectEnd();

            int version = ReadVersion(reader);
            var serial = ReadSerialNumber(reader);
            var algorithm = AlgorithmIdentifier.Read(reader);
            var issuer = DistinguishedName.Read(reader);
            var validity = reader.ReadSequence("Validity");
            var notBefore = validity.ReadTime();
            var notAfter = validity.ReadTime();
            validity.ExpectEnd();
            var subject = DistinguishedName.Read(reader);
            var spki = reader.ReadEncoded();
            bool issuerUniqueId = SkipUniqueId(reader, 1, version);
            bool subjectUniqueId = SkipUniqueId(reader, 2, version);

            var extensions = CertificateExtensions.None;
            if (reader.NextIsContext(3))
            {
                if (version != 3)
                    throw reader.Malformed("extensions need version 3 (RFC 5280 §4.1.2.9)");
                var field = reader.ReadExplicit(3, "Extensions");
                extensions = CertificateExtensions.Read(field);
                field.ExpectEnd();
            }
            reader.ExpectEnd();
            return new TbsFields(version, serial, algorithm, issuer, notBefore, notAfter, subject, spki, issuerUniqueId, subjectUniqueId, extensions);
        }

        private static int ReadVersion(DerReader reader)
        {
            if (reader.TryReadExplicit(0, "version") is not { } field)
                return 1;
            int version = field.ReadInt32();
            field.ExpectEnd();
            return version is >= 0 and <= 2 ? version + 1 : throw field.Malformed($"version {version} is not 0, 1 or 2 (RFC 5280 §4.1.2.1)");
        }

        private static ReadOnlyMemory<byte> ReadSerialNumber(DerReader reader)
        {
            long start = reader.Offset;
            var serial = reader.ReadIntegerBytes();
            // §4.1.2.2: not negative, at most 20 octets; a sign octet in front is not counted. Zero is left to the path: old roots have it.
            if ((serial.Span[0] & 0x80) != 0)
                throw new MalformedDataException("serialNumber", start, "negative (RFC 5280 §4.1.2.2)");
            if (serial.Length - (serial.Span[0] == 0 ? 1 : 0) > 20)
                throw new MalformedDataException("serialNumber", start, $"{serial.Length} bytes, at most 20 are allowed (RFC 5280 §4.1.2.2)");
            return serial;
        }

        private static bool SkipUniqueId(DerReader reader, int number, int version)
        {
            if (!reader.NextIsContext(number))
                return false;
            if (version == 1)
                throw reader.Malformed("unique identifiers need version 2 or 3 (RFC 5280 §4.1.2.8)");
            reader.ReadBits(out _, number);
            return true;
        }
    }
}
