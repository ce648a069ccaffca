using System.Formats.Asn1;
using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>BasicConstraints (RFC 5280 §4.2.1.9).</summary>
internal sealed record BasicConstraints(bool IsCa, int? PathLength);

/// <summary>PolicyConstraints (RFC 5280 §4.2.1.11).</summary>
internal sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping);

/// <summary>The extensions of a certificate (RFC 5280 §4.2). Those that no rule of ours needs are remembered by name only.</summary>
internal sealed class CertificateExtensions
{
    public static CertificateExtensions None { get; } = new();

    private readonly Dictionary<string, bool> _criticalByOid = new(StringComparer.Ordinal);

    private CertificateExtensions()
    {
    }

    public KeyUsages? KeyUsage { get; private set; }

    public IReadOnlyList<string>? ExtendedKeyUsages { get; private set; }

    public BasicConstraints? BasicConstraints { get; private set; }

    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; private set; }

    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; private set; }

    public IReadOnlyList<GeneralName> SubjectAltNames { get; private set; } = [];

    public NameConstraints? NameConstraints { get; private set; }

    public IReadOnlyList<string> OcspUrls { get; private set; } = [];

    /// <summary>The policies of Certificate Policies, dotted; null where the extension is absent.</summary>
    public IReadOnlyList<string>? Policies { get; private set; }

    public PolicyConstraints? PolicyConstraints { get; private set; }

    /// <summary>SkipCerts of Inhibit anyPolicy (RFC 5280 §4.2.1.14); null where absent.</summary>
    public int? InhibitAnyPolicy { get; private set; }

    public IReadOnlyList<string> UnknownCritical { get; private set; } = [];

    public bool Has(string oid) => _criticalByOid.ContainsKey(oid);

    public bool IsCritical(string oid) => _criticalByOid.TryGetValue(oid, out bool critical) && critical;

    /// <summary>Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension</summary>
    public static CertificateExtensions Read(DerReader field)
    {
        var extensions = new CertificateExtensions();
        var unknown = new List<string>();
        var sequence = field.ReadSequence();
        if (!sequence.HasData)
            throw sequence.Malformed("at least one extension expected (RFC 5280 §4.1)");
        while (sequence.HasData)
        {
            // Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
            var extension = sequence.ReadSequence("Extension");
            long start = extension.Offset;
            string oid = extension.ReadOid();
            bool critical = extension.NextIs(UniversalTagNumber.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            long valueEnd = extension.Offset;
            extension.ExpectEnd();

            // §4.2: more than one instance of an extension leaves open which counts.
            if (!extensions._criticalByOid.TryAdd(oid, critical))
                throw new MalformedDataException("Extension", start, $"{oid} occurs twice (RFC 5280 §4.2)");
            var reader = new DerReader(value, $"extension {oid}", valueEnd - value.Length);
            if (extensions.Take(oid, reader))
                reader.ExpectEnd();
            else if (critical)
                unknown.Add(oid);
        }
        extensions.UnknownCritical = unknown;
        return extensions;
    }

    /// <summary>Reads an extension that some rule needs; false for every other.</summary>
    private bool Take(string oid, DerReader reader)
    {
        switch (oid)
        {
            case Oids.KeyUsage:
                KeyUsage = ReadKeyUsage(reader);
                return true;
            case Oids.ExtendedKeyUsage:
                ExtendedKeyUsages = ReadOids(reader);
                return true;
            case Oids.BasicConstraints:
                BasicConstraints = ReadBasicConstraints(reader);
                return true;
            case Oids.SubjectKeyIdentifier:
                SubjectKeyIdentifier = reader.ReadOctetString();
                return true;
            case Oids.AuthorityKeyIdentifier:
                AuthorityKeyIdentifier = ReadAuthorityKeyIdentifier(reader);
                return true;
            case Oids.SubjectAltName:
                SubjectAltNames = GeneralName.ReadAll(reader);
                return true;
            case Oids.NameConstraints:
                NameConstraints = NameConstraints.Read(reader);
                return true;
            case Oids.CertificatePolicies:
                Policies = ReadPolicies(reader);
                return true;
            case Oids.PolicyConstraints:
                PolicyConstraints = ReadPolicyConstraints(reader);
                return true;
            case Oids.InhibitAnyPolicy:
                InhibitAnyPolicy = Math.Max(0, reader.ReadInt32());
                return true;
            case Oids.PolicyMappings:
                // Which policies are mapped does not matter: see PathRules.
                reader.ReadSequence();
                return true;
            case Oids.AuthorityInformationAccess:
                OcspUrls = ReadOcspUrls(reader);
                return true;
            default:
                return false;
        }
    }

    private static KeyUsages ReadKeyUsage(DerReader reader)
    {
        var bits = reader.ReadBits(out _).Span;
        var usages = KeyUsages.None;
        for (int bit = 0; bit < Math.Min(9, bits.Length * 8); bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
                usages |= (KeyUsages)(1 << bit);
        }
        return usages;
    }

    private static List<string> ReadOids(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        var oids = new List<string>();
        while (sequence.HasData)
            oids.Add(sequence.ReadOid());
        // §4.2.1.12: SIZE (1..MAX)
        return oids.Count > 0 ? oids : throw sequence.Malformed("at least one purpose expected (RFC 5280 §4.2.1.12)");
    }

    private static BasicConstraints ReadBasicConstraints(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        bool isCa = sequence.NextIs(UniversalTagNumber.Boolean) && sequence.ReadBoolean();
        int? pathLength = sequence.HasData ? sequence.ReadInt32() : null;
        sequence.ExpectEnd();
        if (pathLength < 0)
            throw sequence.Malformed("pathLenConstraint is negative (RFC 5280 §4.2.1.9)");
        return new BasicConstraints(isCa, pathLength);
    }

    private static ReadOnlyMemory<byte>? ReadAuthorityKeyIdentifier(DerReader reader)
    {
        // SEQUENCE { keyIdentifier [0], authorityCertIssuer [1] GeneralNames, authorityCertSerialNumber [2] }, all optional
        var sequence = reader.ReadSequence();
        ReadOnlyMemory<byte>? keyIdentifier = sequence.NextIsContext(0) ? sequence.ReadOctetString(0) : default(ReadOnlyMemory<byte>?);
        if (sequence.NextIsContext(1))
            sequence.ReadSequence(context: 1);
        if (sequence.NextIsContext(2))
            sequence.ReadIntegerBytes(2);
        sequence.ExpectEnd();
        return keyIdentifier;
    }

    private static List<string> ReadPolicies(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        var policies = new List<string>();
        while (sequence.HasData)
        {
            // PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }: qualifiers are text for people
            var policy = sequence.ReadSequence();
            policies.Add(policy.ReadOid());
            if (policy.HasData)
                policy.ReadSequence();
            policy.ExpectEnd();
        }
        return policies.Count > 0 ? policies : throw sequence.Malformed("at least one policy expected (RFC 5280 §4.2.1.4)");
    }

    private static PolicyConstraints ReadPolicyConstraints(DerReader reader)
    {
        var sequence = reader.ReadSequence();
        int? explicitPolicy = sequence.NextIsContext(0) ? sequence.ReadInt32(0) : null;
        int? inhibitMapping = sequence.NextIsContext(1) ? sequence.ReadInt32(1) : null;
        sequence.ExpectEnd();
        return explicitPolicy < 0 || inhibitMapping < 0
            ? throw sequence.Malformed("SkipCerts is negative (RFC 5280 §4.2.1.11)")
            : new PolicyConstraints(explicitPolicy, inhibitMapping);
    }

    private static List<string> ReadOcspUrls(DerReader reader)
    {
        // AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
        var sequence = reader.ReadSequence();
        var urls = new List<string>();
        while (sequence.HasData)
        {
            var description = sequence.ReadSequence();
            string method = description.ReadOid();
            bool isUri = description.NextIsContext(6);
            if (method == Oids.OcspAccess && isUri)
                urls.Add(Encoding.Latin1.GetString(description.ReadContextContent(6).Span));
            else
                description.ReadEncoded();
            description.ExpectEnd();
        }
        return urls;
    }
}
