using Provenance.Verifier.Checks;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Identity;

/// <summary>
/// What an identity assertion vouches for is listed, with the same hash, by the claim of its manifest or of one that its ingredients lead to;
/// it is named once; and the binding to the content is among it, no other (CAWG identity 1.3 §5.1.1, §7.1). That identity assertions do not
/// vouch for each other in a circle follows: each hash of the circle would have to be known before the other.
/// </summary>
internal static class ReferencedAssertions
{
    /// <summary>References quoted in one finding; a file can hold thousands.</summary>
    private const int MostQuoted = 3;

    public static void Check(IdentityCheck check, SignerPayload payload)
    {
        var manifest = check.Manifest;
        var own = EntriesOf(manifest);
        Dictionary<string, List<ListedHash>>? below = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var references = new List<IdentityReference>();
        List<string> unlisted = [], repeated = [];
        foreach (var reference in payload.References)
        {
            string? place = reference.Target?.ToAbsolute(manifest.Manifest.Label);
            if (!seen.Add(place ?? reference.Url))
                repeated.Add(reference.Url);
            bool isListed = place is not null && (IsListed(own, place, reference, manifest) || IsListed(below ??= EntriesBelow(check), place, reference, manifest));
            if (!isListed)
                unlisted.Add(reference.Url);
            bool isAssertion = reference.Target is { Path: [Manifests.Manifest.AssertionStoreLabel, _] };
            references.Add(new(reference.Url, isAssertion ? reference.Target!.Path[1] : null, isAssertion ? reference.Target!.Manifest ?? manifest.Manifest.Label : null, isListed));
        }
        check.References = references;
        if (unlisted.Count > 0)
            check.Add(StatusCodes.IdentityAssertionMismatch, $"vouches for {Quote(unlisted)}: no claim of this manifest or its ingredients lists that with this hash (§5.1.1)");
        CheckBinding(check, payload);
        if (repeated.Count > 0)
            check.Add(StatusCodes.IdentityAssertionDuplicate, $"vouches twice for {Quote(repeated)} (§5.1.1)");
    }

    /// <summary>A claim's word on an assertion.</summary>
    /// <param name="Hash">The hash.</param>
    /// <param name="Algorithm">The algorithm, named there or by the claim.</param>
    private sealed record ListedHash(ReadOnlyMemory<byte> Hash, string? Algorithm);

    /// <summary>An entry that names no algorithm has that of its claim. Writers leave it out on one side and not on the other, which changes nothing of what is vouched for.</summary>
    private static bool IsListed(Dictionary<string, List<ListedHash>> entries, string place, HashedUri reference, ManifestResult manifest) =>
        entries.TryGetValue(place, out var listed)
        && listed.Exists(entry => entry.Hash.Span.SequenceEqual(reference.Hash.Span) && entry.Algorithm == (reference.Algorithm ?? manifest.Claim!.Algorithm));

    private static Dictionary<string, List<ListedHash>> EntriesOf(ManifestResult manifest)
    {
        var entries = new Dictionary<string, List<ListedHash>>(StringComparer.Ordinal);
        AddEntries(entries, manifest);
        return entries;
    }

    private static void AddEntries(Dictionary<string, List<ListedHash>> entries, ManifestResult manifest)
    {
        foreach (var reference in manifest.Claim?.Assertions ?? [])
        {
            // A claim says nothing of another manifest's assertions: one that a forger made would say there what somebody once vouched for.
            if (reference.Target is not { } target || (target.Manifest ?? manifest.Manifest.Label) != manifest.Manifest.Label)
                continue;
            string place = target.ToAbsolute(manifest.Manifest.Label);
            if (!entries.TryGetValue(place, out var listed))
                entries.Add(place, listed = []);
            listed.Add(new(reference.Hash, reference.Algorithm ?? manifest.Claim!.Algorithm));
        }
    }

    /// <summary>What the claims of all manifests say that the ingredients lead to.</summary>
    private static Dictionary<string, List<ListedHash>> EntriesBelow(IdentityCheck check)
    {
        var entries = new Dictionary<string, List<ListedHash>>(StringComparer.Ordinal);
        var seen = new HashSet<ManifestResult> { check.Manifest };
        var pending = new Stack<ManifestResult>([check.Manifest]);
        while (pending.TryPop(out var manifest))
        {
            foreach (var target in manifest.Ingredients.Select(ingredient => check.Run.Store.Find(ingredient.Target)).OfType<ManifestResult>().Where(seen.Add))
            {
                AddEntries(entries, target);
                pending.Push(target);
            }
        }
        return entries;
    }

    private static void CheckBinding(IdentityCheck check, SignerPayload payload)
    {
        var bindings = payload.References.Where(reference => IsBinding(reference.Target)).Select(reference => reference.Target!.ToAbsolute(check.Manifest.Manifest.Label)).Distinct().ToList();
        if (bindings.Count == 0)
        {
            check.Add(StatusCodes.IdentityHardBindingMissing, "does not vouch for the binding to the content: it could have been taken from another file (§5.1.1)");
            return;
        }
        string? inForce = BindingInForce(check);
        if (inForce is null || bindings is not [var only] || only != inForce)
            check.Add(StatusCodes.IdentityHardBindingIncorrect, $"vouches for {Quote(bindings)}; {(inForce is null ? "no one binding to the content is in force" : $"the binding to the content is '{inForce}'")} (§5.1.1)");
    }

    /// <summary>The binding of the manifest that speaks of the content: this one, or the first standard one below its updates (C2PA 2.5 §14.12).</summary>
    private static string? BindingInForce(IdentityCheck check)
    {
        var content = check.Manifest;
        var seen = new HashSet<ManifestResult> { content };
        while (content.Manifest.Kind == ManifestKind.Update)
        {
            var parent = check.Run.Store.Find(content.Ingredients.Find(ingredient => ingredient.Ingredient?.Relationship == Relationship.ParentOf)?.Target);
            if (parent is null || !seen.Add(parent))
                return null;
            content = parent;
        }
        var bindings = content.Assertions.FindAll(claimed => claimed.IsCreated && IsBinding(claimed.Reference.Target) && claimed.Assertion is not null);
        return bindings is [{ Assertion: { } one }] ? content.Manifest.UriOf(one) : null;
    }

    private static bool IsBinding(JumbfUri? target) =>
        target is { Path: [Manifests.Manifest.AssertionStoreLabel, var label] } && AssertionLabel.Parse(label) is var parsed
        && (AssertionLabels.IsHardBinding(parsed) || parsed.Base == AssertionLabels.BmffHash);

    private static string Quote(List<string> urls) =>
        string.Join(", ", urls.Take(MostQuoted).Select(url => $"'{url}'")) + (urls.Count > MostQuoted ? $" and {urls.Count - MostQuoted} more" : "");
}
