using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Reports;

/// <summary>What was found behind one ingredient assertion and was not recorded when it was added.</summary>
/// <param name="AssertionUri">Store-absolute URI of the ingredient assertion.</param>
/// <param name="Findings">The findings, in the order of the checks.</param>
internal sealed record IngredientDelta(string AssertionUri, IReadOnlyList<Finding> Findings)
{
    /// <summary>
    /// The deltas of a whole store (C2PA 2.5 §14.2.2), from the active manifest downwards, one road after the other. A manifest's findings stand with the first ingredient that leads to it. A recorded
    /// failure is left out by the same rule the verdict follows; a recorded success or remark wherever it was recorded.
    /// </summary>
    public static IReadOnlyList<IngredientDelta> Of(StoreResult result)
    {
        var recordedFailures = RecordedFailures.Of(result);
        var recorded = RecordedElsewhere(result);
        var deltas = new List<IngredientDelta>();
        var told = new HashSet<Manifest> { result.Active.Manifest };
        var pending = new Stack<(ManifestResult Holder, IngredientResult Ingredient)>();
        Push(result.Active);
        while (pending.TryPop(out var next))
        {
            var (holder, ingredient) = next;
            // What was found about an ingredient of the active manifest is news; nobody has recorded it yet.
            bool isNews = ReferenceEquals(holder, result.Active);
            var found = ingredient.Link.All.Where(finding => isNews || !(IsRecorded(holder, finding, finding.Uri) || IsRecorded(holder, finding, ingredient.Target?.Uri()))).ToList();
            if (ingredient.Target is { } target && told.Add(target) && result.Find(target) is { } below)
            {
                found.AddRange(below.Findings.All.Where(finding => !IsRecorded(below, finding, finding.Uri)));
                Push(below);
            }
            if (found.Count > 0)
                deltas.Add(new(ingredient.Uri, found));
        }
        return deltas;

        void Push(ManifestResult manifest)
        {
            foreach (var ingredient in Enumerable.Reverse(manifest.Ingredients))
                pending.Push((manifest, ingredient));
        }

        // The reference names the ingredient's manifest where the standard names the assertion, so links are looked up under both.
        bool IsRecorded(ManifestResult manifest, Finding finding, string? uri) => finding.IsFailure ? recordedFailures.Contains(manifest, finding) : recorded.Contains((finding.Code.Text, uri));
    }

    private static HashSet<(string Code, string? Uri)> RecordedElsewhere(StoreResult result)
    {
        var recorded = new HashSet<(string, string?)>();
        foreach (var ingredient in result.Reached.SelectMany(manifest => manifest.Ingredients).Select(ingredient => ingredient.Ingredient).OfType<Ingredient>())
        {
            var results = ingredient.Value["validationResults"];
            var maps = new[] { results?["activeManifest"] }.Concat((results?["ingredientDeltas"]?.Items ?? []).Select(delta => delta["validationDeltas"]));
            foreach (var status in maps.SelectMany(map => (map?["success"]?.Items ?? []).Concat(map?["informational"]?.Items ?? [])).Concat(ingredient.Value["validationStatus"]?.Items ?? []))
            {
                if (status["code"]?.Text is { } code)
                    recorded.Add((code, ingredient.Absolute(status["url"]?.Text)));
            }
        }
        return recorded;
    }
}
