using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>
/// Finds manifests whose signers say that they only wrote the content of their one source anew. What was done decides, never a name; and
/// where lists were asked of which none knows the signer, it does not count: anybody could call an edit a conversion, and a report would
/// name the first signer for it.
/// </summary>
internal static class RenditionRuns
{
    private const string Opened = "c2pa.opened";

    /// <summary>The runs, in the order of the timeline.</summary>
    public static IReadOnlyList<RenditionRun> Find(Chapters chapters)
    {
        var runs = new List<RenditionRun>();
        var continued = new HashSet<Chapter>();
        for (int i = chapters.InOrder.Count - 1; i >= 0; i--)
        {
            var last = chapters.InOrder[i];
            if (continued.Contains(last) || !last.IsRendition)
                continue;
            var steps = new List<Chapter>();
            var next = last;
            for (; next.IsRendition; next = next.Parent!)
            {
                continued.Add(next);
                steps.Add(next);
            }
            steps.Reverse();
            runs.Add(new(next.Summary, [.. steps.Select(step => step.Summary)],
                [.. steps.SelectMany(step => step.Actions).SelectMany(list => list.Actions.Actions).SelectMany(action => action.Related.Prepend(action)).Select(action => action.Name).Where(name => name != Opened).Distinct(StringComparer.Ordinal)]));
        }
        runs.Reverse();
        return runs;
    }

    /// <summary>Whether a manifest is a rendition of its one source, which holds.</summary>
    public static bool Covers(Chapter chapter) =>
        chapter.Result is { Ingredients: [{ Ingredient.Relationship: Relationship.ParentOf }], Manifest.Kind: ManifestKind.Standard }
        && chapter.Sources[0] is not null
        && chapter.Summary.Facts.Signer != SignerFact.Unknown
        && chapter.Summary.Redactions.Count == 0
        && chapter.Actions.Count > 0
        && chapter.Actions.All(IsRendition)
        && chapter.Result.Assertions.All(claimed => SaysNothingMore(claimed.Assertion?.Label.Base ?? ""));

    private static bool IsRendition(ActionsModel list) =>
        list is { Claimed.IsCreated: true, Actions.AllActionsIncluded: not false } && list.Actions.Actions.All(action => IsRendition(action) && action.Related.All(IsRendition));

    /// <summary>Cropping is not among these: what lies outside of the frame can be what matters.</summary>
    private static bool IsRendition(ActionItem action) =>
        action.Name is Opened or "c2pa.converted" or "c2pa.published" or "c2pa.repackaged" or "c2pa.resized" or "c2pa.resized.proportional" or "c2pa.transcoded"
        && action.Changes.Count == 0
        // Google says so of what it compresses again.
        && (action.DigitalSourceType is null || DigitalSourceType.TermOf(action.DigitalSourceType) == "algorithmicallyEnhanced");

    /// <summary>Whether an assertion belongs to every manifest, or to none in particular: pictures, hashes, time, revocation.</summary>
    private static bool SaysNothingMore(string label) =>
        label is AssertionLabels.Actions or AssertionLabels.Ingredient or AssertionLabels.TimeStamp or AssertionLabels.CertificateStatus or "c2pa.icon"
        || label.StartsWith("c2pa.hash.", StringComparison.Ordinal)
        || label.StartsWith(AssertionLabels.Thumbnail, StringComparison.Ordinal);
}
