using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>What the checks of a whole store gave.</summary>
internal sealed class StoreResult
{
    public required ManifestStore Store { get; init; }

    public required ManifestResult Active { get; init; }

    /// <summary>Every manifest that the active one leads to, itself first, each once.</summary>
    public required IReadOnlyList<ManifestResult> Reached { get; init; }

    /// <summary>The active manifest and those below it that count as it: the parents of update manifests, down to the first standard one.</summary>
    public required IList<ManifestResult> ContentChain { get; init; }

    public VerifiedBinding? Binding { get; init; }

    /// <summary>Why the content was not compared: it is not here. Null where it is.</summary>
    public string? ContentAbsent { get; init; }

    public ManifestResult? Find(Manifest? manifest) => Reached.FirstOrDefault(result => ReferenceEquals(result.Manifest, manifest));
}

/// <summary>
/// All manifests the active one leads to: found breadth first with a counted depth, each validated once however many roads lead to it
/// (attacks H01 to H03). What nothing leads to is ignored (§14.11).
/// </summary>
internal static class StoreVerification
{
    public static async ValueTask<StoreResult> RunAsync(VerificationRun run, Manifest active, BoundAsset asset, CancellationToken cancellation)
    {
        var known = new Dictionary<string, ManifestResult>(StringComparer.Ordinal);
        var redactions = FindRedactions(run, active, known);

        var reached = new List<ManifestResult>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { active.Label };
        var pending = new Queue<ManifestResult>([known[active.Label]]);
        while (pending.TryDequeue(out var result))
        {
            cancellation.ThrowIfCancellationRequested();
            reached.Add(result);
            await ManifestVerification.CheckStatementsAsync(run, result, redactions, cancellation).ConfigureAwait(false);
            foreach (var target in result.Ingredients.Select(ingredient => ingredient.Target).OfType<Manifest>().Where(target => seen.Add(target.Label)))
                pending.Enqueue(known[target.Label]);
        }
        foreach (var result in reached)
            await ManifestVerification.CheckSignerAsync(run, result, reached, cancellation).ConfigureAwait(false);

        var chain = FindContentChain(reached);
        var binding = await CheckBindingAsync(run, reached[0], chain, asset, cancellation).ConfigureAwait(false);
        return new StoreResult
        {
            Store = run.Store,
            Active = reached[0],
            Reached = reached,
            ContentChain = chain,
            Binding = binding.Verified,
            ContentAbsent = binding.ContentAbsent,
        };
    }

    /// <summary>
    /// Reads the claims on all roads down from the active manifest, and what they say was removed: known before any assertion is checked.
    /// A road is an ingredient assertion as written; whether it matches its hash is asked later.
    /// </summary>
    private static Redactions FindRedactions(VerificationRun run, Manifest active, Dictionary<string, ManifestResult> known)
    {
        var below = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var pending = new Queue<Found>([new(active, 0)]);
        known.Add(active.Label, new ManifestResult(active));
        while (pending.TryDequeue(out var next))
        {
            if (next.Depth > run.Limits.IngredientDepth)
                throw new LimitExceededException("manifest store", next.Manifest.Stored.Offset, nameof(Limits.IngredientDepth), run.Limits.IngredientDepth);
            ClaimCheck.Run(run, known[next.Manifest.Label]);
            var targets = TargetsOf(run, known[next.Manifest.Label]);
            below.Add(next.Manifest.Label, [.. targets.Select(target => target.Label)]);
            foreach (var target in targets.Where(target => known.TryAdd(target.Label, new ManifestResult(target))))
                pending.Enqueue(new(target, next.Depth + 1));
        }

        var redactions = new Redactions();
        foreach (var result in known.Values.Where(result => result.Claim is { Redacted.Count: > 0 }))
            redactions.Add(run, result, Descendants(result.Manifest.Label, below));
        return redactions;
    }

    /// <summary>A manifest and how many ingredients lie between it and the active one.</summary>
    private sealed record Found(Manifest Manifest, int Depth);

    private static List<Manifest> TargetsOf(VerificationRun run, ManifestResult result)
    {
        var targets = new List<Manifest>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in result.Claim?.Assertions ?? [])
        {
            if (reference.Target?.Path is not [Manifest.AssertionStoreLabel, var label]
                || !seen.Add(label)
                || result.Manifest.ByLabel.GetValueOrDefault(label) is not { Encoding: AssertionEncoding.Cbor } assertion
                || assertion.Label.Base != AssertionLabels.Ingredient)
                continue;
            try
            {
                if (Ingredient.Read(assertion.Cbor(), assertion.Label.Version).ManifestLabel is { } target && run.Store.Find(target) is { } manifest)
                    targets.Add(manifest);
            }
            catch (MalformedDataException fault) when (fault is not LimitExceededException)
            {
                // IngredientCheck reports it; here it is no road.
            }
        }
        return targets;
    }

    private static HashSet<string> Descendants(string label, Dictionary<string, List<string>> below)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(below[label]);
        while (pending.TryPop(out string? next))
        {
            if (found.Add(next))
            {
                foreach (string target in below[next])
                    pending.Push(target);
            }
        }
        return found;
    }

    private static List<ManifestResult> FindContentChain(List<ManifestResult> reached)
    {
        var chain = new List<ManifestResult> { reached[0] };
        while (chain[^1] is { Manifest.Kind: ManifestKind.Update } update)
        {
            var parent = update.Ingredients.Find(ingredient => ingredient.Ingredient?.Relationship == Relationship.ParentOf)?.Target;
            var next = reached.Find(result => ReferenceEquals(result.Manifest, parent));
            if (next is null || chain.Contains(next))
                break;
            chain.Add(next);
        }
        return chain;
    }

    private static async ValueTask<HardBindingCheck.CheckedBinding> CheckBindingAsync(
        VerificationRun run, ManifestResult active, List<ManifestResult> chain, BoundAsset asset, CancellationToken cancellation)
    {
        if (asset.IsStoreAlone && asset.Folder is null)
            return new(null, HardBindingCheck.AssetAbsent);
        var content = chain[^1];
        if (content.Manifest.Kind == ManifestKind.Standard && content.Claim is not null)
            return await HardBindingCheck.RunAsync(run, active, content, asset, cancellation).ConfigureAwait(false);
        if (active.Claim is not null)
            active.Findings.Add(StatusCodes.ClaimHardBindingsMissing, active.ClaimUri, "the updates lead to no standard manifest that binds the content (§14.12)");
        return HardBindingCheck.CheckedBinding.None;
    }
}
