using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;

namespace Provenance.Verifier.Reports;

/// <summary>What signers declare about the use of AI. That none declares it proves nothing.</summary>
public enum AiDeclaration
{
    /// <summary>The credential does not hold, so nobody declared anything.</summary>
    NotChecked,

    /// <summary>No signer declares it.</summary>
    NotDeclared,

    /// <summary>Declared of something this file was made from.</summary>
    DeclaredInIngredient,

    /// <summary>Declared of this file by its signer.</summary>
    Declared,
}

/// <summary>What a statement about AI says.</summary>
public enum AiUse
{
    /// <summary>A trained model made all of it.</summary>
    Generated,

    /// <summary>A trained model made a part of it.</summary>
    Edited,

    /// <summary>A model was used; how much of it came from the model is not said (C2PA 2.5 §16.8.2).</summary>
    ModelUsed,
}

/// <summary>One statement of a signer about AI.</summary>
/// <param name="Use">What it says.</param>
/// <param name="Value">The term or model type as written.</param>
/// <param name="Tool">The program or model it names, as written; null where it names none.</param>
/// <param name="Uri">The assertion it stands in.</param>
/// <param name="Manifest">Label of the manifest whose signer states it.</param>
/// <param name="OfIngredient">Whether it is about something this file was made from.</param>
public sealed record AiStatement(AiUse Use, string Value, string? Tool, string Uri, string Manifest, bool OfIngredient);

/// <summary>
/// Gathers declarations of AI use: source types of actions and ingredients, and c2pa.ai-disclosure. Only statements of the signer count,
/// which match their hash, in manifests that hold.
/// </summary>
public sealed class AiDisclosure
{
    private static readonly string[] Prefixes =
    [
        "http://cv.iptc.org/newscodes/digitalsourcetype/", "https://cv.iptc.org/newscodes/digitalsourcetype/",
        "http://c2pa.org/digitalsourcetype/", "https://c2pa.org/digitalsourcetype/", "c2pa.",
    ];

    private const string Disclosure = "c2pa.ai-disclosure", IngredientDisclosure = "c2pa.ai-disclosure.ingredient";

    private AiDisclosure(AiDeclaration declaration, IReadOnlyList<AiStatement> statements) => (Declaration, Statements) = (declaration, statements);

    /// <summary>The strongest thing declared.</summary>
    public AiDeclaration Declaration { get; }

    /// <summary>The same, as an axis of the label.</summary>
    internal AiFact Fact => Declaration switch
    {
        AiDeclaration.Declared => Statements[0].Use switch { AiUse.Generated => AiFact.Generated, AiUse.Edited => AiFact.Edited, _ => AiFact.ModelUsed },
        AiDeclaration.DeclaredInIngredient => AiFact.InSource,
        AiDeclaration.NotDeclared => AiFact.NotDeclared,
        _ => AiFact.NotChecked,
    };

    /// <summary>Every statement, those about this file first.</summary>
    public IReadOnlyList<AiStatement> Statements { get; }

    internal static AiDisclosure Of(VerificationReport report)
    {
        if (report.Result is not { } result || report.Proven is not { Integrity: IntegrityFact.Intact, Revocation: RevocationFact.NotRevoked })
            return new(AiDeclaration.NotChecked, []);
        var statements = new List<AiStatement>();
        var linked = result.Reached.SelectMany(manifest => manifest.Ingredients).Where(ingredient => ingredient is { LinkHolds: true, Target: not null })
            .Select(ingredient => ingredient.Target!.Label).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < result.Reached.Count; i++)
        {
            var summary = report.Manifests[i];
            // The parents that an update rests on tell of this very content.
            bool ofThis = result.ContentChain.Contains(result.Reached[i]);
            bool holds = ofThis || (summary.Facts is { Integrity: IntegrityFact.Intact, Revocation: RevocationFact.NotRevoked } && linked.Contains(summary.Label));
            if (holds)
                statements.AddRange(StatementsOf(result.Reached[i], summary, !ofThis));
        }
        statements = [.. statements.Where(statement => !statement.OfIngredient), .. statements.Where(statement => statement.OfIngredient)];
        return new(statements.Count == 0 ? AiDeclaration.NotDeclared : statements[0].OfIngredient ? AiDeclaration.DeclaredInIngredient : AiDeclaration.Declared, statements);
    }

    private static IEnumerable<AiStatement> StatementsOf(ManifestResult result, ManifestSummary summary, bool ofIngredient)
    {
        // A generated thing that was placed or edited in is a part of this file; only what it was created by made all of it.
        foreach (var action in summary.Actions)
        {
            if (action.IsCreated && UseOf(action.DigitalSourceType) is { } use)
                yield return new(action.Name == "c2pa.created" ? use : AiUse.Edited, action.DigitalSourceType!, action.Agent ?? summary.Generator, action.Uri, summary.Label, ofIngredient);
        }
        foreach (var ingredient in summary.Ingredients)
        {
            if (ingredient.IsCreated && UseOf(ingredient.DigitalSourceType) is { } use)
                yield return new(use, ingredient.DigitalSourceType!, null, ingredient.Uri, summary.Label, OfIngredient: true);
        }
        foreach (var claimed in result.Assertions)
        {
            if (claimed is not { Matches: true, IsCreated: true, Assertion: { Label.Base: Disclosure or IngredientDisclosure } assertion }
                || ManifestSummaries.ValueOf(assertion) is not { } value || value["modelType"]?.Text is not { } type)
                continue;
            yield return new(AiUse.ModelUsed, type, value["modelName"]?.Text, result.Manifest.UriOf(assertion), summary.Label, ofIngredient || assertion.Label.Base == IngredientDisclosure);
        }
    }

    /// <summary>What a digitalSourceType says about AI; null for every other term of the IPTC's list, and for terms nobody knows.</summary>
    internal static AiUse? UseOf(string? sourceType)
    {
        if (sourceType is null)
            return null;
        string term = sourceType;
        foreach (string prefix in Prefixes)
        {
            if (sourceType.StartsWith(prefix, StringComparison.Ordinal))
            {
                term = sourceType[prefix.Length..];
                break;
            }
        }
        return term switch
        {
            "trainedAlgorithmicMedia" or "trainedAlgorithmicData" => AiUse.Generated,
            "compositeWithTrainedAlgorithmicMedia" => AiUse.Edited,
            _ => null,
        };
    }
}
