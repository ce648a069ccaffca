using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>What a standard and what an update manifest must and may hold (C2PA 2.5 §14.10.1).</summary>
internal static class ManifestTypeCheck
{
    private static readonly string[] UpdateActions = ["c2pa.edited.metadata", "c2pa.opened", "c2pa.published", "c2pa.redacted"];

    public static void Run(ManifestResult result)
    {
        int parents = result.Ingredients.Count(ingredient => ingredient.Ingredient?.Relationship == Relationship.ParentOf);
        if (result.Manifest.Kind == ManifestKind.Update)
            CheckUpdate(result, parents);
        else if (parents > 1)
            result.Findings.Add(StatusCodes.ManifestMultipleParents, result.ClaimUri, $"one parent at most expected, {parents} found");
    }

    private static void CheckUpdate(ManifestResult result, int parents)
    {
        if (result.Ingredients.Count != 1 || parents != 1)
            result.Findings.Add(StatusCodes.ManifestUpdateWrongParents, result.ClaimUri, $"exactly one ingredient, the parent, expected; {result.Ingredients.Count} found, {parents} of them parents");
        foreach (var label in result.Claim!.Assertions.Select(reference => reference.Target?.Path is [_, var last] ? AssertionLabel.Parse(last) : default).Where(label => label.Full is not null))
        {
            if (AssertionLabels.IsHardBinding(label) || label.Base == AssertionLabels.MultiAssetHash || label.Base.StartsWith(AssertionLabels.Thumbnail, StringComparison.Ordinal))
                result.Findings.Add(StatusCodes.ManifestUpdateInvalid, result.ClaimUri, $"an update manifest holds no '{label.Full}' (§11.3)");
        }
        foreach (var action in result.Actions.SelectMany(list => list.Actions.Items).Where(action => !UpdateActions.Contains(action.Name)))
            result.Findings.Add(StatusCodes.ManifestUpdateInvalid, result.ClaimUri, $"an update manifest may not say '{action.Name}' (§11.3)");
    }

    /// <summary>
    /// The hard binding of the manifest that is bound to the content: exactly one, and in claim v2 among the signer's own statements
    /// (§14.12). Asked of that manifest only: an ingredient's content is not here.
    /// </summary>
    public static ClaimedAssertion? FindHardBinding(ManifestResult result)
    {
        var bindings = HardBindings(result);
        if (bindings.Count == 0)
            result.Findings.Add(StatusCodes.ClaimHardBindingsMissing, result.ClaimUri, "nothing among the signer's statements binds the manifest to content");
        else if (bindings.Count > 1)
            result.Findings.Add(StatusCodes.MultipleHardBindings, result.AssertionStoreUri, $"one hard binding expected, {bindings.Count} found");
        return bindings.Count == 1 ? bindings[0] : null;
    }

    /// <summary>Whether a manifest says, in one assertion that matches its hash, to which content it belongs.</summary>
    public static bool NamesContent(ManifestResult result) => result.Manifest.Kind == ManifestKind.Standard && HardBindings(result) is [{ Matches: true }];

    private static List<ClaimedAssertion> HardBindings(ManifestResult result) =>
        [.. result.Assertions.Where(claimed => claimed.IsCreated && claimed.Reference.Target?.Path is [_, var label] && AssertionLabels.IsHardBinding(AssertionLabel.Parse(label)))];
}
