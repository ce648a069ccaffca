using Provenance.Verifier.Bytes;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>
/// The rules for actions (C2PA 2.5 §14.10.4.4, §14.10.1.2). Claims of version 1 had none of them but one: valid files of those years break
/// every other.
/// </summary>
internal static class ActionCheck
{
    private const string Created = "c2pa.created", Opened = "c2pa.opened";

    public static void Run(VerificationRun run, ManifestResult result, Redactions redactions)
    {
        Read(run, result);
        var listed = result.Assertions.Select(claimed => claimed.Reference.Target?.Path is [_, var label] ? label : "")
            .Where(label => AssertionLabel.Parse(label).Base == AssertionLabels.Actions).ToList();
        if (result.Claim!.Version == 1)
        {
            if (listed.Count > 1)
                result.Findings.Add(StatusCodes.ActionMalformed, result.Manifest.Uri(Manifest.AssertionStoreLabel, listed[1]), "a claim of version 1 has one actions assertion at most");
            return;
        }
        // An actions assertion that differs from its hash or cannot be read has been reported; what it would have said is not known.
        if (result.Actions.Count == listed.Count)
            CheckInception(result);
        foreach (var (claimed, actions) in result.Actions)
        {
            string uri = result.Manifest.UriOf(claimed.Assertion!);
            var templates = new ActionTemplates(actions.Value["templates"]);
            foreach (var action in actions.Items)
                CheckAction(run, result, redactions, claimed, action, templates, uri);
        }
    }

    /// <summary>Reads every actions assertion that matches its hash; §14.10.4.4 asks that each be a list of actions.</summary>
    private static void Read(VerificationRun run, ManifestResult result)
    {
        foreach (var claimed in result.Matching(AssertionLabels.Actions))
        {
            string uri = result.Manifest.UriOf(claimed.Assertion!);
            if (AssertionContentCheck.Cbor(result, claimed.Assertion!) is not { } value)
                continue;
            try
            {
                result.Actions.Add(new(claimed, Actions.Read(value, run.Limits)));
            }
            catch (MalformedDataException fault) when (fault is not LimitExceededException)
            {
                result.Findings.Add(StatusCodes.ActionMalformed, uri, fault.Message);
            }
        }
    }

    /// <summary>
    /// How the content came to be stands first, and once: c2pa.created or c2pa.opened (§14.10.1.2). An update manifest need not say it
    /// again; where it does, it stands first as well (§14.10.4.2.4, step 2.3).
    /// </summary>
    private static void CheckInception(ManifestResult result)
    {
        bool required = result.Manifest.Kind == ManifestKind.Standard;
        if (result.Actions.Count == 0)
        {
            if (required)
                result.Findings.Add(StatusCodes.ClaimActionsMissing, result.ClaimUri, "an actions assertion is missing");
            return;
        }
        // The first action of the first assertion of each of the two lists.
        var firsts = new[] { result.Actions.Find(list => list.Claimed.IsCreated), result.Actions.Find(list => !list.Claimed.IsCreated) }
            .Where(list => list is not null && IsInception(list.Actions.Items[0])).ToList();
        int all = result.Actions.SelectMany(list => list.Actions.Items).Count(IsInception);
        if (all > firsts.Count || firsts.Count > 1 || (required && all == 0))
            result.Findings.Add(StatusCodes.ActionMalformed, result.Manifest.UriOf(result.Actions[0].Claimed.Assertion!),
                $"exactly one c2pa.created or c2pa.opened expected, first in the first actions assertion; {all} found, {firsts.Count} of them there");
    }

    private static void CheckAction(VerificationRun run, ManifestResult result, Redactions redactions, ClaimedAssertion claimed, EditAction action, ActionTemplates templates, string uri)
    {
        if (action.Name == Created && (action.DigitalSourceType ?? templates.Below(Created)["digitalSourceType"]?.Text) is not { Length: > 0 })
            result.Findings.Add(StatusCodes.ActionMalformed, uri, "c2pa.created says of what kind the source is: digitalSourceType is missing (§16.4.1.2)");
        if (Start(action) is { } start && End(action) is { } end && start > end)
            result.Findings.Add(StatusCodes.ActionMalformed, uri, $"'{action.Name}' ends before it starts");
        CheckIngredients(run, result, redactions, claimed, action, uri);
        if (RelatedAssertions.Fault(result, redactions, action.Parameters?["relatedAssertions"], ofIngredient: false) is { } fault) // §14.10.4.2.4, step 8
            result.Findings.Add(StatusCodes.ActionMalformed, uri, $"'{action.Name}': {fault}");
        switch (action.Name)
        {
            case "c2pa.redacted":
                if (action.RedactedUri is not { } redacted
                    || (!result.Claim!.Redacted.Contains(redacted, StringComparer.Ordinal) && run.Store.Resolve(JumbfUri.Parse(redacted), result.Manifest) is null))
                    result.Findings.Add(StatusCodes.ActionRedactionMismatch, uri, "c2pa.redacted names an assertion that was removed: parameters.redacted is missing or leads nowhere");
                if (action.Reason is not { Length: > 0 })
                    result.Findings.Add(StatusCodes.ActionMalformed, uri, "c2pa.redacted gives a reason (§16.4.1)");
                break;
            case "c2pa.watermarked" or "c2pa.watermarked.bound" when !result.Matching(AssertionLabels.SoftBinding).Any():
                result.Findings.Add(StatusCodes.ActionSoftBindingMissing, uri, $"'{action.Name}' goes with a soft-binding assertion");
                break;
        }
    }

    private static void CheckIngredients(VerificationRun run, ManifestResult result, Redactions redactions, ClaimedAssertion claimed, EditAction action, string uri)
    {
        // Which relationship each of these needs, whether here or in another manifest, and whether a reference must be there at all.
        (Relationship Relationship, bool Here, bool Required)? rule = action.Name switch
        {
            Opened => (Relationship.ParentOf, true, true),
            "c2pa.placed" => (Relationship.ComponentOf, true, true),
            "c2pa.removed" => (Relationship.ComponentOf, false, true),
            "c2pa.deleted" => (Relationship.ComponentOf, false, false),
            "c2pa.transcoded" or "c2pa.repackaged" => (Relationship.ParentOf, true, false),
            _ => null,
        };
        if (rule is null || (!rule.Value.Required && !action.NamesIngredients))
            return;
        var found = action.Ingredients.Select(reference => Find(run, result, redactions, reference)).ToList();
        bool right = found.Count > 0 && found.TrueForAll(one => one is { } at && at.Here == rule.Value.Here && (at.Ingredient is null || at.Ingredient.Relationship == rule.Value.Relationship));
        if (!right || (action.Name == Opened && found.Count != 1))
        {
            result.Findings.Add(StatusCodes.ActionIngredientMismatch, uri,
                $"'{action.Name}' needs {(action.Name == Opened ? "exactly one" : "at least one")} {rule.Value.Relationship} ingredient of {(rule.Value.Here ? "this" : "another")} manifest");
            return;
        }
        if (action.Name is Opened or "c2pa.placed" && found.Exists(one => one!.Claimed is { } other && other.IsCreated != claimed.IsCreated))
            result.Findings.Add(StatusCodes.ActionIngredientLocationMismatch, uri, $"'{action.Name}' and its ingredient stand in different lists of the claim");
    }

    /// <summary>What a reference of an action leads to.</summary>
    /// <param name="Here">Whether it stands in this manifest.</param>
    /// <param name="Ingredient">Its content; null where it was removed.</param>
    /// <param name="Claimed">The claim's entry, where it stands here.</param>
    private sealed record NamedIngredient(bool Here, Ingredient? Ingredient, ClaimedAssertion? Claimed);

    /// <summary>The ingredient a reference names: null if there is none; without content if it was removed and declared so.</summary>
    private static NamedIngredient? Find(VerificationRun run, ManifestResult result, Redactions redactions, HashedUri reference)
    {
        if (reference.Target is not { Path: [Manifest.AssertionStoreLabel, var label] } target)
            return null;
        bool here = target.Manifest is null || target.Manifest == result.Manifest.Label;
        if (here && redactions.Covers(result.Manifest, label))
            return new(true, null, null);
        if (here)
        {
            var own = result.Ingredients.Find(ingredient => ingredient.Claimed.Assertion?.Label.Full == label);
            return own?.Ingredient is null ? null : new(true, own.Ingredient, own.Claimed);
        }
        if (run.Store.Find(target.Manifest!) is not { } other)
            return null;
        if (redactions.Covers(other, label))
            return new(false, null, null);
        if (other.ByLabel.GetValueOrDefault(label) is not { } assertion || assertion.Label.Base != AssertionLabels.Ingredient)
            return null;
        try
        {
            return new(false, Ingredient.Read(assertion.Cbor(), assertion.Label.Version), null);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return null;
        }
    }

    private static bool IsInception(EditAction action) => action.Name is Created or Opened;

    private static DateTimeOffset? Start(EditAction action) => DateText.Parse(EditAction.TimeText(action.Value["whenStart"]) ?? EditAction.TimeText(action.Value["whenStart"]?["value"]));

    private static DateTimeOffset? End(EditAction action) => DateText.Parse(EditAction.TimeText(action.Value["whenEnd"]) ?? EditAction.TimeText(action.Value["whenEnd"]?["value"]));
}
