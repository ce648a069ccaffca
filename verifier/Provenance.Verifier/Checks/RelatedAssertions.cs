using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Checks;

/// <summary>
/// A "relatedAssertions" list, of an action (C2PA 2.5 §14.10.4.2.4, step 2.8) or of an ingredient (§14.11.3.2): references to assertions of
/// the same manifest that are neither actions nor ingredients. That their hashes match is asked elsewhere.
/// </summary>
internal static class RelatedAssertions
{
    /// <summary>Why the list breaks a rule; null where it does not.</summary>
    /// <param name="list">The list as written.</param>
    /// <param name="holder">The manifest that holds it.</param>
    /// <param name="redactions">What was removed: such an assertion counts as being there.</param>
    /// <param name="aboutIngredient">Of an ingredient: then the assertions are those that speak of an ingredient.</param>
    public static string? Fault(CborValue list, Manifest holder, Redactions redactions, bool aboutIngredient)
    {
        if (list.Kind != CborKind.Array || list.Items.Count == 0)
            return "relatedAssertions is an array of at least one reference";
        foreach (var item in list.Items)
        {
            var reference = HashedUri.Read(item);
            if (reference?.Target is not { Path: [Manifest.AssertionStoreLabel, var name] } target || (target.Manifest ?? holder.Label) != holder.Label
                || (!holder.ByLabel.ContainsKey(name) && !redactions.Covers(holder, name)))
                return $"relatedAssertions: '{reference?.Url}' is no assertion of this manifest";
            var label = AssertionLabel.Parse(name);
            if (label.Base is AssertionLabels.Actions or AssertionLabels.Ingredient)
                return $"relatedAssertions: '{name}' is not one to be related";
            if (aboutIngredient && !label.WithoutInstance.EndsWith(".ingredient", StringComparison.Ordinal))
                return $"relatedAssertions: '{name}' does not speak of an ingredient";
        }
        return null;
    }
}
