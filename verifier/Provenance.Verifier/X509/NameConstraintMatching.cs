using System.Buffers;
using System.Numerics;

namespace Provenance.Verifier.X509;

/// <summary>
/// Name constraints (RFC 5280 §4.2.1.10, §6.1.3 (b), (c)): every name of a certificate must lie inside the permitted subtrees of each CA
/// above it, the anchor included, and outside the excluded ones. A constraint or name that cannot be understood refuses the path as
/// soon as both are of one kind; kinds that do not meet do not matter.
/// </summary>
internal static class NameConstraintMatching
{
    private static readonly SearchValues<char> s_hostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>What one comparison says.</summary>
    private enum Match
    {
        No,
        Yes,

        /// <summary>The name, or the constraint, breaks the rules of its kind, or the kind is one we do not process.</summary>
        Unclear,
    }

    /// <summary>The first broken constraint on the path, leaf first and anchor last; null where all hold.</summary>
    public static string? Fault(IReadOnlyList<Certificate> path, NameComparisons comparisons)
    {
        for (int upper = path.Count - 1; upper > 0; upper--)
        {
            if (path[upper].Extensions.NameConstraints is not { } constraints)
                continue;
            for (int lower = upper - 1; lower >= 0; lower--)
            {
                // §6.1.3 (b): self-issued CAs are spared for key rollover, a self-issued leaf is not.
                if (lower > 0 && path[lower].IsSelfIssued)
                    continue;
                if (Fault(path[lower], constraints, comparisons) is { } fault)
                    return $"{path[lower].Subject.Brief}: {fault} in the name constraints of {path[upper].Subject.Brief} (RFC 5280 §4.2.1.10)";
            }
        }
        return null;
    }

    private static string? Fault(Certificate certificate, NameConstraints constraints, NameComparisons comparisons)
    {
        foreach (var name in Names(certificate))
        {
            if (!comparisons.TrySpend(constraints.Permitted.Count + constraints.Excluded.Count))
                return "more comparisons than any chain in use needs";
            foreach (var excluded in constraints.Excluded)
            {
                if (excluded.Kind == name.Kind && Compare(name, excluded, excludes: true) != Match.No)
                    return $"{Text(name)} is, or may be, excluded";
            }

            bool constrained = false, permitted = false;
            foreach (var subtree in constraints.Permitted)
            {
                if (subtree.Kind != name.Kind)
                    continue;
                constrained = true;
                var match = Compare(name, subtree, excludes: false);
                if (match == Match.Unclear)
                    return $"{Text(name)} cannot be compared";
                permitted |= match == Match.Yes;
            }
            if (constrained && !permitted)
                return $"{Text(name)} is not permitted";
        }
        return null;
    }

    /// <summary>The subject, every subjectAltName, and the e-mail addresses that old certificates keep in the subject (§4.2.1.10).</summary>
    private static IEnumerable<GeneralName> Names(Certificate certificate)
    {
        if (!certificate.Subject.IsEmpty)
            yield return new GeneralName(GeneralNameKind.Directory, "", default, certificate.Subject);
        foreach (var attribute in certificate.Subject.Attributes)
        {
            if (attribute.Oid == Oids.EmailAddress)
                yield return new GeneralName(GeneralNameKind.Email, attribute.Value, default, null);
        }
        foreach (var name in certificate.Extensions.SubjectAltNames)
            yield return name;
    }

    private static Match Compare(GeneralName name, GeneralName constraint, bool excludes) => name.Kind switch
    {
        GeneralNameKind.Dns => CompareDns(name.Text, constraint.Text, excludes),
        GeneralNameKind.Email => CompareEmail(name.Text, constraint.Text),
        GeneralNameKind.Uri => CompareUri(name.Text, constraint.Text),
        GeneralNameKind.Ip => CompareIp(name.Bytes.Span, constraint.Bytes.Span),
        GeneralNameKind.Directory => CompareDirectory(name.Name!, constraint.Name!),
        _ => Match.Unclear,
    };

    /// <summary>A name matches its constraint's domain and everything below it.</summary>
    private static Match CompareDns(string name, string constraint, bool excludes)
    {
        bool wildcard = name.StartsWith("*.", StringComparison.Ordinal);
        string host = wildcard ? name[2..] : name;
        if (!IsHost(host) || (constraint.Length > 0 && !IsHost(constraint)))
            return Match.Unclear;
        if (constraint.Length == 0 || IsSame(host, constraint) || IsBelow(host, constraint))
            // *.example.com names hosts below example.com, all of them within the constraint.
            return Match.Yes;
        // CVE-2025-61727: *.example.com also stands for bar.example.com, which may be excluded.
        return excludes && wildcard && IsBelow(constraint, host) ? Match.Yes : Match.No;
    }

    /// <summary>A constraint is one mailbox, one host, or with a leading period every host below a domain.</summary>
    private static Match CompareEmail(string name, string constraint)
    {
        int at = name.LastIndexOf('@');
        if (at < 1 || !IsHost(name[(at + 1)..]))
            return Match.Unclear;
        string host = name[(at + 1)..];
        int constraintAt = constraint.LastIndexOf('@');
        if (constraintAt < 0)
            return CompareHost(host, constraint);
        if (constraintAt == 0 || !IsHost(constraint[(constraintAt + 1)..]))
            return Match.Unclear;
        // RFC 5321 §2.4: the local part is compared as it is; asterisks in it are plain characters.
        bool same = name.AsSpan(0, at).SequenceEqual(constraint.AsSpan(0, constraintAt)) && IsSame(host, constraint[(constraintAt + 1)..]);
        return same ? Match.Yes : Match.No;
    }

    /// <summary>The host of an absolute URI against one host or, with a leading period, every host below a domain.</summary>
    private static Match CompareUri(string name, string constraint)
    {
        // RFC 3986 §3: scheme "://" [ userinfo "@" ] host [ ":" port ], ended by "/", "?", "#" or the end
        int authority = name.IndexOf("://", StringComparison.Ordinal);
        if (authority < 1)
            return Match.Unclear;
        var rest = name.AsSpan(authority + 3);
        int end = rest.IndexOfAny('/', '?', '#');
        if (end >= 0)
            rest = rest[..end];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        int port = rest.LastIndexOf(':');
        string host = (port >= 0 ? rest[..port] : rest).ToString();
        // §4.2.1.10: a URI without a host, or with an address for one, must be refused.
        bool isAddress = host.Length > 0 && host[(host.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);
        return IsHost(host) && !isAddress ? CompareHost(host, constraint) : Match.Unclear;
    }

    private static Match CompareHost(string host, string constraint)
    {
        if (constraint.Length == 0)
            return Match.Yes;
        bool below = constraint[0] == '.';
        string domain = below ? constraint[1..] : constraint;
        if (!IsHost(domain))
            return Match.Unclear;
        return (below ? IsBelow(host, domain) : IsSame(host, domain)) ? Match.Yes : Match.No;
    }

    /// <summary>An address of 4 or 16 bytes against an address and a mask, which must be a CIDR prefix (RFC 4632).</summary>
    private static Match CompareIp(ReadOnlySpan<byte> name, ReadOnlySpan<byte> constraint)
    {
        if (name.Length is not (4 or 16) || constraint.Length is not (8 or 32))
            return Match.Unclear;
        int half = constraint.Length / 2;
        var network = constraint[..half];
        var mask = constraint[half..];
        var inverse = new BigInteger(mask, isUnsigned: true, isBigEndian: true) ^ ((BigInteger.One << (8 * half)) - 1);
        if (!(inverse & (inverse + 1)).IsZero)
            return Match.Unclear;
        if (name.Length != half)
            return Match.No;
        for (int i = 0; i < half; i++)
        {
            if ((name[i] & mask[i]) != (network[i] & mask[i]))
                return Match.No;
        }
        return Match.Yes;
    }

    /// <summary>The constraint's relative names must be the first of the name's.</summary>
    private static Match CompareDirectory(DistinguishedName name, DistinguishedName constraint)
    {
        if (constraint.Normalised.Count > name.Normalised.Count)
            return Match.No;
        for (int i = 0; i < constraint.Normalised.Count; i++)
        {
            if (constraint.Normalised[i] != name.Normalised[i])
                return Match.No;
        }
        return Match.Yes;
    }

    /// <summary>Whether the text is labels with single periods between them; other characters than those of host names make it none.</summary>
    private static bool IsHost(string text) =>
        text.Length is > 0 and <= 253 && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAnyExcept(s_hostCharacters);

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsBelow(string host, string domain) =>
        host.Length > domain.Length && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase);

    private static string Text(GeneralName name) => name.Kind switch
    {
        GeneralNameKind.Directory => $"subject {name.Name?.Brief}",
        GeneralNameKind.Ip => $"address {Brief(Convert.ToHexStringLower(name.Bytes.Span))}",
        GeneralNameKind.Dns or GeneralNameKind.Email or GeneralNameKind.Uri => $"{name.Kind} name {Brief(name.Text)}",
        _ => $"a name of kind {name.Kind}",
    };

    private static string Brief(string text) => text.Length > 160 ? text[..160] + "…" : text;
}
