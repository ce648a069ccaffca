using System.Globalization;

namespace Provenance.Verifier.X509;

/// <summary>What RFC 5280 §4 and §6 demand of one certificate by itself, whatever path it is in. Each answer is the first broken rule, or null.</summary>
internal static class CertificateRules
{
    /// <summary>Rules for the certificate at the bottom of a path.</summary>
    public static string? LeafFault(Certificate leaf)
    {
        var extensions = leaf.Extensions;
        if (leaf.IsCa)
            return "it is a CA certificate (basicConstraints cA) where an end entity belongs";
        // §4.2.1.3, §4.2.1.9: only a CA may have keyCertSign.
        if (leaf.KeyUsage is { } usage && usage.HasFlag(KeyUsages.KeyCertSign))
            return "key usage keyCertSign without basicConstraints cA (RFC 5280 §4.2.1.9)";
        if (extensions.NameConstraints is not null)
            return "name constraints in an end-entity certificate (RFC 5280 §4.2.1.10)";
        return CommonFault(leaf) ?? NonAnchorFault(leaf);
    }

    /// <summary>Rules for a CA between the leaf and the anchor.</summary>
    public static string? IntermediateFault(Certificate ca) => IssuerFault(ca) ?? NonAnchorFault(ca);

    /// <summary>Rules for an anchor: its signature and serial number do not count, for the list vouches for it.</summary>
    public static string? AnchorFault(Certificate ca) =>
        IssuerFault(ca) ?? KeyIdentifierFault(ca);

    /// <summary>Why the certificate is not valid at <paramref name="at"/>, to whole seconds as its dates are (§4.1.2.5); null where it is.</summary>
    public static string? DateFault(Certificate certificate, DateTimeOffset at)
    {
        // Dates count whole seconds, so a moment inside the last second is not yet after it.
        var second = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));
        if (second < certificate.NotBefore)
            return $"not valid before {Text(certificate.NotBefore)}, asked for {Text(at)}";
        return second > certificate.NotAfter ? $"not valid after {Text(certificate.NotAfter)}, asked for {Text(at)}" : null;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string? NonAnchorFault(Certificate certificate)
    {
        // §4.1.2.2: positive. Old roots have zero, so anchors are spared.
        if (certificate.SerialNumber.Span.IndexOfAnyExcept((byte)0) < 0)
            return "serial number is zero (RFC 5280 §4.1.2.2)";
        if (certificate.SignatureScheme is null)
            return $"signature algorithm {certificate.SignatureAlgorithmOid}, or its parameters, protects nothing or is unknown";
        return KeyIdentifierFault(certificate);
    }

    private static string? KeyIdentifierFault(Certificate certificate) =>
        !certificate.IsSelfIssued && !certificate.Extensions.Has(Oids.AuthorityKeyIdentifier) ? "no authority key identifier (RFC 5280 §4.2.1.1)" : null;

    private static string? IssuerFault(Certificate ca)
    {
        var extensions = ca.Extensions;
        // §4.2.1.9: absent or FALSE, and the key must not check certificates (attack F01). A v1 certificate cannot have it.
        if (!ca.IsCa)
            return "it is no CA certificate (basicConstraints cA is absent or FALSE, RFC 5280 §4.2.1.9)";
        // §4.2.1.3: where the extension is absent, the key is not restricted.
        if (ca.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign))
            return "key usage lacks keyCertSign (RFC 5280 §4.2.1.3)";
        if (ca.Subject.IsEmpty)
            return "a CA without subject (RFC 5280 §4.1.2.6)";
        if (!extensions.Has(Oids.SubjectKeyIdentifier))
            return "a CA without subject key identifier (RFC 5280 §4.2.1.2)";
        if (extensions.Has(Oids.NameConstraints) && !extensions.IsCritical(Oids.NameConstraints))
            return "name constraints are not critical (RFC 5280 §4.2.1.10)";
        if (extensions.Has(Oids.PolicyConstraints) && !extensions.IsCritical(Oids.PolicyConstraints))
            return "policy constraints are not critical (RFC 5280 §4.2.1.11)";
        return CommonFault(ca);
    }

    private static string? CommonFault(Certificate certificate)
    {
        if (certificate.Version != 3)
            return $"version {certificate.Version}, only 3 has the extensions a path needs";
        if (certificate.UnknownCriticalExtensions is [var oid, ..])
            return $"critical extension {oid} is not known (RFC 5280 §4.2)";
        if (certificate.Extensions.IsCritical(Oids.AuthorityKeyIdentifier))
            return "authority key identifier is critical (RFC 5280 §4.2.1.1)";
        if (certificate.Extensions.IsCritical(Oids.SubjectKeyIdentifier))
            return "subject key identifier is critical (RFC 5280 §4.2.1.2)";
        return SubjectPublicKey.Weakness(certificate.PublicKey);
    }
}
