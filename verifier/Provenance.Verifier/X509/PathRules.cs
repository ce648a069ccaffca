namespace Provenance.Verifier.X509;

/// <summary>
/// The rules of RFC 5280 §6.1 that bind the certificates of one path to each other, from the anchor down: path length, name constraints
/// and policies. Signatures and the rules of single certificates were checked while the path was built.
/// </summary>
internal static class PathRules
{
    private const string AnyPolicy = "2.5.29.32.0";

    /// <summary>The first broken rule; null where there is none.</summary>
    /// <param name="path">Leaf first, anchor last.</param>
    /// <param name="comparisons">What name constraints may still cost.</param>
    public static string? Fault(IReadOnlyList<Certificate> path, NameComparisons comparisons) =>
        PathLengthFault(path) ?? NameConstraintMatching.Fault(path, comparisons) ?? PolicyFault(path);

    /// <summary>§6.1.3 (m), (l), §6.1.4 (n): the anchor's own pathLenConstraint counts as well.</summary>
    private static string? PathLengthFault(IReadOnlyList<Certificate> path)
    {
        int allowed = path[^1].PathLength ?? int.MaxValue;
        for (int i = path.Count - 2; i > 0; i--)
        {
            // Self-issued certificates serve key rollover and are not counted.
            if (!path[i].IsSelfIssued && allowed-- == 0)
                return $"{path[i].Subject.Brief}: one CA more than a pathLenConstraint above it allows (RFC 5280 §4.2.1.9)";
            allowed = Math.Min(allowed, path[i].PathLength ?? int.MaxValue);
        }
        return null;
    }

    /// <summary>
    /// §6.1.3 (d) to (f) for a caller that accepts any policy: then policies matter only once a CA requires an explicit one, and it is
    /// enough to know whether some policy is named all the way down. Mappings are not followed: with them, an explicit policy is refused.
    /// </summary>
    private static string? PolicyFault(IReadOnlyList<Certificate> path)
    {
        int explicitIn = int.MaxValue, anyIn = int.MaxValue;
        bool mapped = false;
        HashSet<string>? policies = null; // null: any
        for (int i = path.Count - 1; i >= 0; i--)
        {
            var extensions = path[i].Extensions;
            bool isAnchor = i == path.Count - 1, countable = !path[i].IsSelfIssued;
            if (!isAnchor)
            {
                // §6.1.3 (d) (2): anyPolicy keeps all, while it is not inhibited.
                if (extensions.Policies is not { } named)
                    policies = [];
                else if (!named.Contains(AnyPolicy) || (anyIn == 0 && (i == 0 || countable)))
                    policies = [.. named.Where(oid => oid != AnyPolicy && (policies is null || policies.Contains(oid)))];
                if (i > 0 && countable)
                {
                    explicitIn = Less(explicitIn);
                    anyIn = Less(anyIn);
                }
            }
            // §6.1.5 (b): in the leaf only the value 0 means something.
            if (extensions.PolicyConstraints?.RequireExplicitPolicy is { } skip && (i > 0 || skip == 0))
                explicitIn = Math.Min(explicitIn, skip);
            anyIn = Math.Min(anyIn, extensions.InhibitAnyPolicy ?? int.MaxValue);
            mapped |= i > 0 && extensions.Has(Oids.PolicyMappings);
        }
        // §6.1.5 (a): the leaf itself counts once more.
        if (Less(explicitIn) > 0)
            return null;
        if (mapped)
            return "an explicit policy is required and policies are mapped, which is not followed (RFC 5280 §4.2.1.5)";
        return policies is { Count: 0 } ? "an explicit policy is required and none is named all the way down (RFC 5280 §6.1.5)" : null;
    }

    private static int Less(int counter) => counter is int.MaxValue or 0 ? counter : counter - 1;
}
