using Provenance.Verifier.Checks;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;

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
/// <param name="OfEarlierVersion">Whether that something is this file as it was before it was opened and worked on; else it became a part of it, or served as input.</param>
public sealed record AiStatement(AiUse Use, string Value, string? Tool, string Uri, string Manifest, bool OfIngredient, bool OfEarlierVersion);

/// <summary>
/// Gathers declarations of AI use: source types of actions, ingredients and metadata, and c2pa.ai-disclosure. Only statements of the signer
/// count, which match their hash, in manifests that hold and to which a road of such manifests leads.
/// </summary>
public sealed class AiDisclosure
{
    private AiDisclosure(AiDeclaration declaration, IReadOnlyList<AiStatement> statements) => (Declaration, Statements) = (declaration, statements);

    /// <summary>The strongest thing declared.</summary>
    public AiDeclaration Declaration { get; }

    /// <summary>Every statement: those about this file first, and of each the widest first.</summary>
    public IReadOnlyList<AiStatement> Statements { get; }

    /// <summary>The widest statement about this file; of what it was made from only where none is about it.</summary>
    public AiFact Fact => Declaration switch
    {
        AiDeclaration.Declared => Statements[0].Use switch { AiUse.Generated => AiFact.Generated, AiUse.Edited => AiFact.Edited, _ => AiFact.ModelUsed },
        AiDeclaration.DeclaredInIngredient => AiFact.InSource,
        AiDeclaration.NotDeclared => AiFact.NotDeclared,
        _ => AiFact.NotChecked,
    };

    internal static AiDisclosure Of(VerificationReport report)
    {
        if (report.Result is not { } result || !CredentialStates.Of(report.Proven).Holds())
            return new(AiDeclaration.NotChecked, []);
        var about = new List<AiStatement>();
        var below = new List<AiStatement>();
        for (int i = 0; i < result.Reached.Count; i++)
        {
            if (!report.Holding.Contains(result.Reached[i].Manifest))
                continue;
            foreach (var statement in StatementsOf(report, result.Reached[i], report.Manifests[i]))
                (statement.OfIngredient ? below : about).Add(statement);
        }
        var declaration = about.Count > 0 ? AiDeclaration.Declared : below.Count > 0 ? AiDeclaration.DeclaredInIngredient : AiDeclaration.NotDeclared;
        return new(declaration, [.. WidestFirst(about), .. WidestFirst(below)]);
    }

    private static IEnumerable<AiStatement> WidestFirst(List<AiStatement> statements) => statements.Where(statement => statement.Use == AiUse.Generated)
        .Concat(statements.Where(statement => statement.Use == AiUse.Edited)).Concat(statements.Where(statement => statement.Use == AiUse.ModelUsed));

    private static IEnumerable<AiStatement> StatementsOf(VerificationReport report, ManifestResult result, ManifestSummary summary)
    {
        // The parents that an update rests on tell of this very content.
        bool ofThis = report.Result!.ContentChain.Contains(result), isEarlier = report.Holding.IsEarlierVersion(result.Manifest);
        foreach (var declaration in report.Models.DeclarationsOf(result))
        {
            if (declaration.Extent == AiExtent.None)
                continue;
            string? tool = declaration.Tool ?? (declaration.Place == DeclarationPlace.Action ? summary.Generator : null);
            bool ofIngredient = !ofThis || declaration.OfIngredient;
            yield return new(UseOf(declaration.Extent), declaration.Value, tool, result.Manifest.Uri(Manifest.AssertionStoreLabel, declaration.Assertion.Full), summary.Label,
                ofIngredient, ofIngredient && isEarlier && !declaration.OfIngredient);
        }
    }

    private static AiUse UseOf(AiExtent extent) => extent switch
    {
        AiExtent.Full => AiUse.Generated,
        AiExtent.Partial => AiUse.Edited,
        _ => AiUse.ModelUsed,
    };
}
