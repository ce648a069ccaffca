using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.Reports;

/// <summary>What the assertions of a report say, read for display once and when asked for.</summary>
internal sealed class AssertionModels(Limits limits)
{
    private readonly Dictionary<Assertion, AssertionModel?> _models = [];

    /// <summary>What the assertion says; null where it cannot be read, which the checks have told.</summary>
    public AssertionModel? Of(Assertion assertion)
    {
        if (_models.TryGetValue(assertion, out var known))
            return known;
        AssertionModel? model;
        try
        {
            model = StandardAssertions.Read(assertion, limits);
        }
        catch (MalformedDataException)
        {
            model = null;
        }
        _models.Add(assertion, model);
        return model;
    }

    /// <summary>What the signer of a manifest declares about kinds of sources: what is passed on, or does not match its hash, declares nothing.</summary>
    public IEnumerable<SourceDeclaration> DeclarationsOf(ManifestResult result)
    {
        foreach (var claimed in result.Assertions)
        {
            if (claimed is not { Matches: true, IsCreated: true, Assertion: { } assertion } || !MayDeclare(assertion) || Of(assertion) is not { } model)
                continue;
            foreach (var declaration in SourceDeclarations.In(model))
                yield return declaration;
        }
    }

    /// <summary>Most assertions cannot: hashes and pictures are not read for this, and metadata only where the word stands in it.</summary>
    private static bool MayDeclare(Assertion assertion) => assertion.Label.Base switch
    {
        AssertionLabels.Actions or AssertionLabels.Ingredient or AssertionLabels.AiDisclosure or AssertionLabels.AiDisclosure + ".ingredient" => true,
        _ => assertion.Encoding is AssertionEncoding.Json or AssertionEncoding.Cbor && assertion.Box.Raw.Span.IndexOf("DigitalSourceType"u8) >= 0,
    };

    /// <summary>The actions assertions of a manifest that were read and match their hash, in the order of the claim's lists.</summary>
    public IEnumerable<ActionsModel> ActionsOf(ManifestResult result)
    {
        foreach (var list in result.Actions)
        {
            if (Of(list.Claimed.Assertion!) is ActionsAssertion actions)
                yield return new(list.Claimed, actions, result.Manifest.UriOf(list.Claimed.Assertion!));
        }
    }
}

/// <summary>An actions assertion for display.</summary>
/// <param name="Claimed">Its entry in the claim.</param>
/// <param name="Actions">What it says.</param>
/// <param name="Uri">Its store-absolute URI.</param>
internal sealed record ActionsModel(ClaimedAssertion Claimed, ActionsAssertion Actions, string Uri);
