using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Reports;

/// <summary>
/// The manifests whose details may be repeated: the active one if it holds, and those that hold and to which a road leads through manifests
/// that hold, each link bit for bit as its outer signer saw it.
/// </summary>
internal sealed class HoldingManifests
{
    /// <summary>For each, whether a road of parents alone leads to it.</summary>
    private readonly Dictionary<Manifest, object> _reached = [];

    private static readonly object ByParents = new(), Otherwise = new();

    private HoldingManifests()
    {
    }

    public static HoldingManifests Of(VerificationReport report)
    {
        var holding = new HoldingManifests();
        if (report.Result is not { } result || !CredentialStates.Of(report.Proven).Holds())
            return holding;
        var results = new Dictionary<Manifest, ManifestResult>();
        var states = new Dictionary<Manifest, ManifestSummary>();
        for (int i = 0; i < result.Reached.Count; i++)
        {
            results.Add(result.Reached[i].Manifest, result.Reached[i]);
            states.Add(result.Reached[i].Manifest, report.Manifests[i]);
        }
        holding._reached.Add(result.Active.Manifest, ByParents);
        var pending = new Queue<Manifest>([result.Active.Manifest]);
        while (pending.TryDequeue(out var outer))
        {
            bool byParents = holding.IsEarlierVersion(outer);
            foreach (var ingredient in results[outer].Ingredients)
            {
                if (ingredient is not { LinkHolds: true, Target: { } target } || !states.TryGetValue(target, out var state) || !CredentialStates.Of(state.Facts).Holds())
                    continue;
                bool isParent = byParents && ingredient.Ingredient?.Relationship == Relationship.ParentOf;
                // Each is met at most twice: once by any road, once more where a road of parents turns up later.
                if (holding._reached.TryAdd(target, isParent ? ByParents : Otherwise))
                {
                    pending.Enqueue(target);
                }
                else if (isParent && !holding.IsEarlierVersion(target))
                {
                    holding._reached[target] = ByParents;
                    pending.Enqueue(target);
                }
            }
        }
        return holding;
    }

    public bool Contains(Manifest manifest) => _reached.ContainsKey(manifest);

    /// <summary>Whether it is this file's own manifest, or that of an earlier version of it: reached through parents alone.</summary>
    public bool IsEarlierVersion(Manifest manifest) => _reached.TryGetValue(manifest, out object? road) && ReferenceEquals(road, ByParents);
}
