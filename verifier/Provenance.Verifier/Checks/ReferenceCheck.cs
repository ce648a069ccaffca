using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// What the claim and its assertions refer to inside the store is there and has the hash they give (C2PA 2.5 §14.10.4.3). Left to others are
/// the links of ingredients to their manifests (§14.11.3), linked resources (§14.10.4.2.3) and kept originals (§14.10.4.2.8). The standard
/// exempts activeManifest alone; that the reference never looks at claimSignature without a redaction, and early writers hashed it
/// differently, exempts it here.
/// </summary>
internal static class ReferenceCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        foreach (var (field, uri) in ReferencesOf(result))
        {
            if (field is null or { IsNull: true })
                continue;
            // Data boxes, where icons and thumbnails stood before 2.2, are found and hashed like assertions.
            var found = HashedUri.Read(field) is { } reference
                ? await BoxReference.CheckAsync(run, result, redactions, reference, cancellation).ConfigureAwait(false)
                : new(BoxReferenceOutcome.Missing, "a reference without url");
            if (CodeFor(found.Outcome) is { } code)
                result.Findings.Add(code, uri, found.Explanation);
        }
    }

    private static StatusCode? CodeFor(BoxReferenceOutcome outcome) => outcome switch
    {
        BoxReferenceOutcome.Missing => StatusCodes.HashedUriMissing,
        BoxReferenceOutcome.Mismatch => StatusCodes.HashedUriMismatch,
        BoxReferenceOutcome.Redacted => StatusCodes.AssertionRedacted,
        BoxReferenceOutcome.AlgorithmUnsupported => StatusCodes.AlgorithmUnsupported,
        _ => null, // what lies outside is fetched by nobody, and no failure (§14.10.5)
    };

    private static IEnumerable<(CborValue? Field, string Uri)> ReferencesOf(ManifestResult result)
    {
        foreach (var generator in OneOrMany(result.Claim!.Value["claim_generator_info"]))
            yield return (generator["icon"], result.ClaimUri);
        foreach (var ingredient in result.Ingredients.Where(ingredient => ingredient.Ingredient is not null))
        {
            var value = ingredient.Ingredient!.Value;
            foreach (var field in OneOrMany(value["relatedAssertions"]).Append(value["thumbnail"]).Append(value["data"]))
                yield return (field, ingredient.Uri);
        }
        foreach (var (claimed, actions) in result.Actions)
        {
            foreach (var field in ReferencesOf(actions, result.Claim.Version))
                yield return (field, result.Manifest.UriOf(claimed.Assertion!));
        }
        foreach (var (label, find) in OtherReferences)
        {
            foreach (var claimed in result.Matching(label).Where(claimed => !claimed.Assertion!.IsBlanked))
            {
                foreach (var field in AssertionContentCheck.Cbor(result, claimed.Assertion!) is { } value ? find(value) : [])
                    yield return (field, result.Manifest.UriOf(claimed.Assertion!));
            }
        }
    }

    private static readonly (string Label, Func<CborValue, IEnumerable<CborValue?>> Find)[] OtherReferences =
    [
        ("c2pa.assertion.metadata", value => [value["reference"]]),
        // An example of §16.3.5 has bare text there, without a hash to compare.
        (AssertionLabels.MultiAssetHash, value => OneOrMany(value["parts"]).Select(part => part["hashAssertion"]).Where(reference => reference?.Text is null)),
    ];

    /// <summary>Icons of programs and templates, ingredients acted on, related assertions (§14.10.4.2.4, steps 7, 8 and 10).</summary>
    private static IEnumerable<CborValue?> ReferencesOf(Actions actions, int claimVersion)
    {
        var templates = OneOrMany(actions.Value["templates"]).ToList();
        var agents = OneOrMany(actions.Value["softwareAgents"]).Concat(templates.Concat(actions.Items.Select(action => action.Value)).Select(item => item["softwareAgent"]));
        return agents.Select(agent => agent?["icon"])
            .Concat(templates.Select(template => template["icon"]))
            .Concat(actions.Items.SelectMany(action => OneOrMany(action.Parameters?["relatedAssertions"])))
            .Concat(claimVersion == 1 ? [] : actions.Items.SelectMany(IngredientsOf));
    }

    // Writers of 2022 hashed the ingredients of an action in a way of their own (eight files of the corpus, all with claims of version 1);
    // what they name is bound by the claim anyway.
    private static IEnumerable<CborValue> IngredientsOf(EditAction action) =>
        OneOrMany(action.Parameters?["ingredients"]).Concat(OneOrMany(action.Parameters?["ingredient"]));

    private static IEnumerable<CborValue> OneOrMany(CborValue? value) => value?.Kind switch
    {
        null => [],
        CborKind.Array => value.Items,
        CborKind.Map => [value],
        _ => [],
    };
}
