using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Provenance.Verifier.Reports;

namespace Provenance.Verifier.History;

/// <summary>Makes the timeline: what each manifest that holds tells, closed by its signing.</summary>
internal static class TimelineBuilder
{
    private const string RedactedAction = "c2pa.redacted";

    public static IReadOnlyList<HistoryEvent> Build(Chapters chapters)
    {
        var events = new List<HistoryEvent>();
        foreach (var chapter in chapters.InOrder)
            new Teller(chapter, events).Tell();
        return events;
    }

    /// <summary>Tells one manifest.</summary>
    private sealed class Teller(Chapter chapter, List<HistoryEvent> events)
    {
        private readonly Dictionary<string, int> _ingredientByLabel = new(StringComparer.Ordinal);

        // Thousands of actions may share the one list of a template: it is looked up once.
        private readonly Dictionary<IReadOnlyList<HashedUri>, IReadOnlyList<IngredientSummary>> _found = [];
        private readonly HashSet<IngredientSummary> _actedOn = [];
        private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

        public void Tell()
        {
            var ingredients = chapter.Result.Ingredients;
            for (int i = 0; i < ingredients.Count; i++)
            {
                if (ingredients[i].Claimed.Assertion is { } assertion)
                    _ingredientByLabel.TryAdd(assertion.Label.Full, i);
            }
            var actions = new List<HistoryEvent>();
            foreach (var list in chapter.Actions)
            {
                foreach (var action in list.Actions.Actions)
                    AddAction(actions, list, action);
            }
            // Where the content came from, how it began, what was put into it, what else was done.
            int began = actions.Count > 0 && actions[0].Name is "c2pa.created" or "c2pa.opened" ? 1 : 0;
            TellWithheld();
            TellIngredients(isComponent: false);
            events.AddRange(actions[..began]);
            TellIngredients(isComponent: true);
            events.AddRange(actions[began..]);
            TellRedactions();
            TellSoftBindings();
            events.Add(new()
            {
                Kind = HistoryEventKind.Signing,
                Manifest = chapter.Summary,
                Uri = chapter.Result.SignatureUri,
                AllActionsIncluded = AllActionsIncluded(),
            });
        }

        private void AddAction(List<HistoryEvent> actions, ActionsModel list, ActionItem action)
        {
            actions.Add(EventOf(list, action, isRelated: false));
            foreach (var related in action.Related)
                actions.Add(EventOf(list, related, isRelated: true));
        }

        private HistoryEvent EventOf(ActionsModel list, ActionItem action, bool isRelated)
        {
            string? removed = action.Name == RedactedAction ? action.Parameters.Redacted : null;
            if (removed is not null)
                _removed.Add(removed);
            return new()
            {
                Kind = action.Name == RedactedAction ? HistoryEventKind.Redaction : HistoryEventKind.Action,
                Manifest = chapter.Summary,
                Uri = list.Uri,
                IsCreated = list.Claimed.IsCreated,
                Name = action.Name,
                IsRelated = isRelated,
                Agent = action.SoftwareAgent?.ToString(),
                Actors = action.Actors,
                When = action.When,
                Start = action.WhenStart,
                End = action.WhenEnd,
                DigitalSourceType = action.DigitalSourceType,
                Description = action.Description ?? action.Parameters.Description,
                Reason = action.Reason,
                Changed = action.Changed,
                Regions = action.Changes,
                MultipleInstances = action.Parameters.MultipleInstances,
                InstanceId = action.InstanceId,
                SourceLanguage = action.Parameters.SourceLanguage,
                TargetLanguage = action.Parameters.TargetLanguage,
                Ingredients = IngredientsOf(action.Parameters.Ingredients),
                Redacted = removed,
            };
        }

        private IReadOnlyList<IngredientSummary> IngredientsOf(IReadOnlyList<HashedUri> references)
        {
            if (references.Count == 0)
                return [];
            if (_found.TryGetValue(references, out var known))
                return known;
            var found = new List<IngredientSummary>();
            foreach (var reference in references)
            {
                if (found.Count == HistoryEvent.MostIngredients)
                    break;
                if (reference.Target is { Path: [Manifest.AssertionStoreLabel, var label] } target
                    && (target.Manifest is null || target.Manifest == chapter.Summary.Label) && _ingredientByLabel.TryGetValue(label, out int i))
                {
                    found.Add(chapter.Summary.Ingredients[i]);
                    _actedOn.Add(chapter.Summary.Ingredients[i]);
                }
            }
            _found.Add(references, found);
            return found;
        }

        /// <summary>Sources that have a credential of which nothing may be told.</summary>
        private void TellWithheld()
        {
            for (int i = 0; i < chapter.Sources.Length; i++)
            {
                var ingredient = chapter.Summary.Ingredients[i];
                if (chapter.Sources[i] is null && ingredient.Manifest is not null)
                    events.Add(OfIngredient(HistoryEventKind.Withheld, ingredient, chapter.States[i]));
            }
        }

        /// <summary>Ingredients that no action names.</summary>
        private void TellIngredients(bool isComponent)
        {
            foreach (var ingredient in chapter.Summary.Ingredients)
            {
                if (ingredient.Relationship == "componentOf" == isComponent && !_actedOn.Contains(ingredient))
                    events.Add(OfIngredient(HistoryEventKind.Ingredient, ingredient, null));
            }
        }

        private HistoryEvent OfIngredient(HistoryEventKind kind, IngredientSummary ingredient, CredentialState? state) => new()
        {
            Kind = kind,
            Manifest = chapter.Summary,
            Uri = ingredient.Uri,
            IsCreated = ingredient.IsCreated,
            DigitalSourceType = kind == HistoryEventKind.Ingredient ? ingredient.DigitalSourceType : null,
            Ingredients = [ingredient],
            State = state,
        };

        /// <summary>What the claim says was removed, where no action has told it with its reason.</summary>
        private void TellRedactions()
        {
            foreach (string redacted in chapter.Summary.Redactions)
            {
                if (_removed.Add(redacted))
                    events.Add(new() { Kind = HistoryEventKind.Redaction, Manifest = chapter.Summary, Uri = chapter.Result.ClaimUri, Name = RedactedAction, Redacted = redacted });
            }
        }

        private void TellSoftBindings()
        {
            foreach (var claimed in chapter.Result.Assertions)
            {
                if (claimed is not { Matches: true, Assertion: { Label.Base: AssertionLabels.SoftBinding } assertion } || chapter.Models.Of(assertion) is not SoftBindingAssertion binding)
                    continue;
                events.Add(new()
                {
                    Kind = HistoryEventKind.SoftBinding,
                    Manifest = chapter.Summary,
                    Uri = chapter.Result.Manifest.UriOf(assertion),
                    IsCreated = claimed.IsCreated,
                    Name = binding.Algorithm,
                    Description = binding.BindingDescription,
                    Regions = [.. binding.Blocks.Select(block => block.Region).OfType<RegionOfInterest>()],
                });
            }
        }

        /// <summary>Yes only where every list of actions says so, by the signer's own word.</summary>
        private bool? AllActionsIncluded()
        {
            bool? all = null;
            foreach (var list in chapter.Actions)
            {
                if (!list.Claimed.IsCreated)
                    return null;
                if (list.Actions.AllActionsIncluded is not true)
                    return list.Actions.AllActionsIncluded;
                all = true;
            }
            return all;
        }
    }
}
