using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Checks;

/// <summary>
/// Assertions that an action or an ingredient says belong to it (C2PA 2.5 §14.10.4.2.4 step 8, §14.11.3.2): of the same manifest, and neither
/// actions nor ingredients. Their hashes are <see cref="ReferenceCheck"/>'s.
/// </summary>
internal static class RelatedAssertions
{
    /// <summary>What breaks the rules; null if nothing does, or if there are none.</summary>
    /// <param name="result">The manifest of the action or ingredient.</param>
    /// <param name="redactions">What outer claims removed.</param>
    /// <param name="related">The field "relatedAssertions".</param>
    /// <param name="ofIngredient">Each must say in its label that it is about an ingredient.</param>
    public static string? Fault(ManifestResult result, Redactions redactions, CborValue? related, bool ofIngredient)
    {
        if (related is null)
            return null;
        if (related is not { Kind: CborKind.Array, Items.Count: > 0 })
            return "relatedAssertions is a list of at least one reference";
        return related.Items.Select(item => FaultOf(result, redactions, HashedUri.Read(item), ofIngredient)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOf(ManifestResult result, Redactions redactions, HashedUri? reference, bool ofIngredient)
    {
        var manifest = result.Manifest;
        if (reference?.Target is not { Path: [Manifest.AssertionStoreLabel, var label] } target || (target.Manifest is not null && target.Manifest != manifest.Label))
            return $"'{reference?.Url}' is no assertion of this manifest";
        if (!manifest.ByLabel.ContainsKey(label) && !redactions.Covers(manifest, label))
            return $"'{reference.Url}' leads to no assertion, or to more than one";
        var parsed = AssertionLabel.Parse(label);
        if (parsed.Base is AssertionLabels.Actions or AssertionLabels.Ingredient)
            return $"'{reference.Url}' is an ingredient or actions assertion";
        if (ofIngredient && !parsed.Base.EndsWith(".ingredient", StringComparison.Ordinal))
            return $"the label of '{reference.Url}' does not end in .ingredient";
        return null;
    }
}
