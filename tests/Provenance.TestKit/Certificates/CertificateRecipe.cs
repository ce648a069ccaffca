using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Provenance.TestKit;

/// <summary>
/// Everything a certificate says, with a knob for each rule of the profile. TBSCertificate is written field by field
/// (RFC 5280 §4.1), so that faults the platform would refuse to write can be written.
/// </summary>
public sealed class CertificateRecipe
{
    private readonly List<(string Oid, bool Critical, byte[] Value)> _extensions = [];
    private readonly List<(string Oid, string Value)> _subject = [];
    private Action<AsnWriter>? _validity;
    private Action<AsnWriter>? _innerAlgorithm;
    private byte[]? _issuer;
    private byte[]? _serial;
    private byte[]? _subjectPublicKeyInfo;
    private SignatureMethod? _method;
    private int? _version = 3;
    private bool _uniqueIds;
    private bool _withoutAuthorityKeyId, _withoutSubjectKeyId;
    private byte[]? _authorityKeyId;
    private Func<byte[], byte[]> _signature = s => s;
    private Func<byte[], byte[]> _der = d => d;

    internal CertificateRecipe(string commonName, TestKey key)
    {
        Key = key;
        CommonName(commonName);
    }

    public TestKey Key { get; }

    internal DateTimeOffset From { get; private set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal DateTimeOffset Until { get; private set; } = new(2056, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public CertificateRecipe CommonName(string name) => SubjectPart("2.5.4.3", name);

    public CertificateRecipe Organization(string name) => SubjectPart("2.5.4.10", name);

    public CertificateRecipe Country(string code) => SubjectPart("2.5.4.6", code);

    public CertificateRecipe OrganizationalUnit(string name) => SubjectPart("2.5.4.11", name);

    /// <summary>Sets one attribute of the subject; an empty subject is <see cref="WithoutSubject"/>.</summary>
    public CertificateRecipe SubjectPart(string oid, string value)
    {
        _subject.RemoveAll(p => p.Oid == oid);
        _subject.Add((oid, value));
        return this;
    }

    public CertificateRecipe WithoutSubject() => Do(_subject.Clear);

    /// <summary>Valid between two instants, both included.</summary>
    public CertificateRecipe Valid(DateTimeOffset from, DateTimeOffset until) => Do(() => (From, Until) = (from, until));

    public CertificateRecipe Valid(string from, string until) =>
        Valid(DateTimeOffset.Parse(from, null, System.Globalization.DateTimeStyles.AssumeUniversal), DateTimeOffset.Parse(until, null, System.Globalization.DateTimeStyles.AssumeUniversal));

    /// <summary>Writes the Validity sequence by hand: odd time strings.</summary>
    public CertificateRecipe ValidityAs(Action<AsnWriter> write) => Do(() => _validity = write);

    /// <summary>How the issuer signs; SHA-1 methods make a weak certificate.</summary>
    public CertificateRecipe SignedWith(SignatureMethod method) => Do(() => _method = method);

    /// <summary>TBSCertificate.signature that differs from the outer signatureAlgorithm.</summary>
    public CertificateRecipe InnerAlgorithm(SignatureMethod method) => Do(() => _innerAlgorithm = method.WriteAlgorithmIdentifier);

    /// <summary>Writes both AlgorithmIdentifiers by hand: PSS parameters left out, odd ones.</summary>
    public CertificateRecipe AlgorithmAs(Action<AsnWriter> write) => Do(() => (_innerAlgorithm, OuterAlgorithm) = (write, write));

    private Action<AsnWriter>? OuterAlgorithm { get; set; }

    public CertificateRecipe Serial(params byte[] bigEndian) => Do(() => _serial = bigEndian);

    /// <summary>v1 (no version field, no extensions) or another number.</summary>
    public CertificateRecipe Version(int number) => Do(() => _version = number == 1 ? null : number);

    /// <summary>Names another issuer than the one that signs.</summary>
    public CertificateRecipe IssuerNamed(byte[] nameDer) => Do(() => _issuer = nameDer);

    /// <summary>Another SubjectPublicKeyInfo than the key's: explicit curve parameters, damaged points.</summary>
    public CertificateRecipe PublicKeyAs(byte[] subjectPublicKeyInfo) => Do(() => _subjectPublicKeyInfo = subjectPublicKeyInfo);

    /// <summary>Adds issuerUniqueID and subjectUniqueID.</summary>
    public CertificateRecipe WithUniqueIds() => Do(() => _uniqueIds = true);

    public CertificateRecipe KeyUsage(X509KeyUsageFlags flags, bool critical = true) =>
        Platform(new X509KeyUsageExtension(flags, critical));

    public CertificateRecipe WithoutKeyUsage() => Without(Oids.KeyUsage);

    public CertificateRecipe ExtendedKeyUsages(params string[] oids) => ExtendedKeyUsages(critical: false, oids);

    public CertificateRecipe ExtendedKeyUsages(bool critical, params string[] oids)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            foreach (string oid in oids) writer.WriteObjectIdentifier(oid);
        return Extension(Oids.ExtendedKeyUsage, critical, writer.Encode());
    }

    /// <summary>Certificate Policies with one policy.</summary>
    public CertificateRecipe Policy(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(oid);
        return Extension("2.5.29.32", critical: false, writer.Encode());
    }

    public CertificateRecipe WithoutExtendedKeyUsage() => Without(Oids.ExtendedKeyUsage);

    public CertificateRecipe BasicConstraints(bool authority, int? pathLength = null, bool critical = true) =>
        Platform(new X509BasicConstraintsExtension(authority, pathLength.HasValue, pathLength ?? 0, critical));

    public CertificateRecipe WithoutBasicConstraints() => Without(Oids.BasicConstraints);

    public CertificateRecipe WithoutAuthorityKeyIdentifier() => Do(() => _withoutAuthorityKeyId = true);

    public CertificateRecipe AuthorityKeyIdentifier(byte[] keyId) => Do(() => _authorityKeyId = keyId);

    public CertificateRecipe WithoutSubjectKeyIdentifier() => Do(() => _withoutSubjectKeyId = true);

    public CertificateRecipe UnknownCriticalExtension() => Extension(Oids.Unknown, critical: true, [0x05, 0x00]);

    /// <summary>An AIA entry naming an OCSP responder.</summary>
    public CertificateRecipe OcspAt(string url) => AccessAt("1.3.6.1.5.5.7.48.1", url);

    /// <summary>An AIA entry naming where the issuer's certificate is.</summary>
    public CertificateRecipe IssuerAt(string url) => AccessAt("1.3.6.1.5.5.7.48.2", url);

    /// <summary>Permits only names below this directory name (critical).</summary>
    public CertificateRecipe PermitOnlyOrganization(string organization)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            writer.WriteEncodedValue(Name([("2.5.4.10", organization)]));
        return Extension(Oids.NameConstraints, critical: true, writer.Encode());
    }

    /// <summary>Sets an extension, replacing one with the same OID.</summary>
    public CertificateRecipe Extension(string oid, bool critical, byte[] value)
    {
        Without(oid);
        return DuplicateExtension(oid, critical, value);
    }

    /// <summary>Adds an extension even if one with this OID is there.</summary>
    public CertificateRecipe DuplicateExtension(string oid, bool critical, byte[] value) => Do(() => _extensions.Add((oid, critical, value)));

    public CertificateRecipe Without(string extensionOid) => Do(() => _extensions.RemoveAll(e => e.Oid == extensionOid));

    /// <summary>Changes the finished signature bits.</summary>
    public CertificateRecipe SignatureChanged(Func<byte[], byte[]> change) => Do(() => _signature = change);

    /// <summary>The last bit of the issuer's signature is wrong.</summary>
    public CertificateRecipe BadSignature() => SignatureChanged(s => [.. s[..^1], (byte)(s[^1] ^ 1)]);

    /// <summary>Changes the finished DER.</summary>
    public CertificateRecipe DerChanged(Func<byte[], byte[]> change) => Do(() => _der = change);

    internal byte[] SubjectName() => Name(_subject);

    internal TestCertificate Build(TestCertificate? issuer)
    {
        byte[] spki = _subjectPublicKeyInfo ?? Key.SubjectPublicKeyInfo;
        byte[] keyId = SHA1.HashData(Key.PublicKeyBits);
        byte[] subject = SubjectName();
        byte[] issuerName = _issuer ?? issuer?.Subject ?? subject;
        TestKey signingKey = issuer?.Key ?? Key;
        SignatureMethod method = _method ?? signingKey.DefaultCertificateMethod;
        byte[] serial = _serial ?? PositiveSerial(subject, spki);

        List<(string Oid, bool Critical, byte[] Value)> extensions = [.. _extensions];
        if (!_withoutSubjectKeyId) extensions.Add((Oids.SubjectKeyIdentifier, false, OctetString(keyId)));
        if (!_withoutAuthorityKeyId && (issuer is not null || _authorityKeyId is not null))
            extensions.Add((Oids.AuthorityKeyIdentifier, false, AuthorityKeyIdentifierValue(_authorityKeyId ?? issuer!.KeyId)));

        var tbs = new AsnWriter(AsnEncodingRules.DER);
        using (tbs.PushSequence())
        {
            if (_version is { } version)
                using (tbs.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) tbs.WriteInteger(version - 1);
            tbs.WriteInteger(serial);
            (_innerAlgorithm ?? method.WriteAlgorithmIdentifier)(tbs);
            tbs.WriteEncodedValue(issuerName);
            using (tbs.PushSequence())
            {
                if (_validity is not null) _validity(tbs);
                else
                {
                    WriteTime(tbs, From);
                    WriteTime(tbs, Until);
                }
            }
            tbs.WriteEncodedValue(subject);
            tbs.WriteEncodedValue(spki);
            if (_uniqueIds)
            {
                tbs.WriteBitString([1, 2, 3, 4], 0, new Asn1Tag(TagClass.ContextSpecific, 1));
                tbs.WriteBitString([5, 6, 7, 8], 0, new Asn1Tag(TagClass.ContextSpecific, 2));
            }
            if (_version is not null && extensions.Count > 0) WriteExtensions(tbs, extensions);
        }
        byte[] toBeSigned = tbs.Encode();

        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(toBeSigned);
            (OuterAlgorithm ?? method.WriteAlgorithmIdentifier)(certificate);
            certificate.WriteBitString(_signature(signingKey.Sign(toBeSigned, method, EcdsaForm.Der)));
        }
        return new(_der(certificate.Encode()), Key, issuer, subject, issuerName, keyId, serial);
    }

    internal static byte[] Name(IEnumerable<(string Oid, string Value)> parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            foreach ((string oid, string value) in parts)
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(oid == "2.5.4.6" ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, value);
                }
        return writer.Encode();
    }

    private static void WriteExtensions(AsnWriter tbs, List<(string Oid, bool Critical, byte[] Value)> extensions)
    {
        using (tbs.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (tbs.PushSequence())
            foreach ((string oid, bool critical, byte[] value) in extensions)
                using (tbs.PushSequence())
                {
                    tbs.WriteObjectIdentifier(oid);
                    if (critical) tbs.WriteBoolean(true);
                    tbs.WriteOctetString(value);
                }
    }

    // RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050.
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.Year is >= 1950 and < 2050) writer.WriteUtcTime(time);
        else writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }

    private static byte[] PositiveSerial(byte[] subject, byte[] spki)
    {
        byte[] serial = SHA256.HashData([.. subject, .. spki])[..16];
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        return serial;
    }

    private static byte[] OctetString(byte[] value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(value);
        return writer.Encode();
    }

    private static byte[] AuthorityKeyIdentifierValue(byte[] keyId)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) writer.WriteOctetString(keyId, new Asn1Tag(TagClass.ContextSpecific, 0));
        return writer.Encode();
    }

    private CertificateRecipe AccessAt(string methodOid, string url)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(methodOid);
            writer.WriteCharacterString(UniversalTagNumber.IA5String, url, new Asn1Tag(TagClass.ContextSpecific, 6));
        }
        return Extension(Oids.AuthorityInformationAccess, critical: false, writer.Encode());
    }

    private CertificateRecipe Platform(X509Extension extension) => Extension(extension.Oid!.Value!, extension.Critical, extension.RawData);

    private CertificateRecipe Do(Action action)
    {
        action();
        return this;
    }
}
