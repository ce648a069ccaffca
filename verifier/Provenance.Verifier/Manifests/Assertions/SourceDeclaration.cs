namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>Where a declaration stands.</summary>
internal enum DeclarationPlace
{
    Action,
    Ingredient,
    Metadata,
    AiDisclosure,
}

/// <summary>What an assertion declares about the kind of source (C2PA 2.5 §16.4.1.4.5, §16.5.12, §16.8.2): a claim, worth what its signer is.</summary>
/// <param name="Assertion">The assertion it stands in.</param>
/// <param name="Place">What kind of assertion that is.</param>
/// <param name="Index">Which action, from 0; null elsewhere.</param>
/// <param name="Value">The source type, or the type of the model, as written.</param>
/// <param name="Extent">What that says of trained models: how much of the content, or of the ingredient, they made.</param>
/// <param name="Tool">The program or model named beside it.</param>
/// <param name="OfIngredient">Whether it is about an ingredient.</param>
internal sealed record SourceDeclaration(
    AssertionLabel Assertion, DeclarationPlace Place, int? Index, string Value, AiExtent Extent, string? Tool, bool OfIngredient);

/// <summary>
/// Gathers declared source types. Which assertions count — that they match their hash, that the signer states them, that the manifest holds —
/// is for the caller to know. That none declares a model proves nothing.
/// </summary>
internal static class SourceDeclarations
{
    /// <summary>What one assertion declares.</summary>
    public static IEnumerable<SourceDeclaration> In(AssertionModel model)
    {
        bool ofIngredient = model.Subject == AssertionSubject.Ingredient;
        return model switch
        {
            ActionsAssertion actions =>
                from primary in actions.Actions
                // A related action has what its primary one says, unless it says otherwise.
                from action in primary.Related.Where(related => related.DigitalSourceType != primary.DigitalSourceType).Prepend(primary)
                where action.DigitalSourceType is not null
                select DeclareAction(action),
            IngredientAssertion { DigitalSourceType: { } type } => [Declare(DeclarationPlace.Ingredient, null, type, null) with { OfIngredient = true }],
            MetadataAssertion { DigitalSourceType: { } type } => [Declare(DeclarationPlace.Metadata, null, type, null)],
            AiDisclosureAssertion { ModelType: { } type } disclosure =>
                [Declare(DeclarationPlace.AiDisclosure, null, type, disclosure.ModelName) with { Extent = AiExtent.Unstated }],
            _ => [],
        };

        // Only what the content was created by made all of it: a generated thing that was placed or edited in is a part.
        SourceDeclaration DeclareAction(ActionItem action)
        {
            var declaration = Declare(DeclarationPlace.Action, action.Index, action.DigitalSourceType!, action.SoftwareAgent?.ToString());
            return declaration.Extent == AiExtent.Full && action.Name != "c2pa.created" ? declaration with { Extent = AiExtent.Partial } : declaration;
        }

        SourceDeclaration Declare(DeclarationPlace place, int? index, string value, string? tool) =>
            new(model.Label, place, index, value, DigitalSourceType.ExtentOf(value), string.IsNullOrEmpty(tool) ? null : tool, ofIngredient);
    }
}
