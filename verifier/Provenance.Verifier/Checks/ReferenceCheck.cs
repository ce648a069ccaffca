using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>What the claim and its assertions refer to inside the store is there and has the hash they give (C2PA 2.5 §14.10.4.3).</summary>
internal static class ReferenceCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        foreach (var icon in result.Claim!.Generators.Select(generator => generator.Icon).OfType<HashedUri>())
            await CheckAsync(run, result, redactions, icon, result.ClaimUri, cancellation).ConfigureAwait(false);
        foreach (var ingredient in result.Ingredients.Where(ingredient => ingredient.Ingredient is not null))
        {
            var references = ((HashedUri?[])[ingredient.Ingredient!.Thumbnail, ingredient.Ingredient.Data]).OfType<HashedUri>();
            foreach (var reference in references.Concat(ReferencesIn(ingredient.Ingredient.Value["relatedAssertions"])))
                await CheckAsync(run, result, redactions, reference, ingredient.Uri, cancellation).ConfigureAwait(false);
        }
        foreach (var (claimed, actions) in result.Actions)
        {
            foreach (var reference in ReferencesIn(actions))
                await CheckAsync(run, result, redactions, reference, result.Manifest.UriOf(claimed.Assertion!), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Icons of programs and templates, and related assertions (§14.10.4.2.4, steps 2.7, 2.8 and 2.10). Ingredients have a rule of their own.</summary>
    private static IEnumerable<HashedUri> ReferencesIn(Actions actions)
    {
        var agents = actions.Items.Select(action => action.Value["softwareAgent"]).Concat(actions.Value["softwareAgents"]?.Items ?? []);
        var templates = actions.Value["templates"]?.Items ?? [];
        return agents.Select(agent => GeneratorInfo.Read(agent)?.Icon)
            .Concat(templates.Select(template => HashedUri.Read(template["icon"])))
            .OfType<HashedUri>()
            .Concat(actions.Items.SelectMany(action => ReferencesIn(action.Parameters?["relatedAssertions"])));
    }

    private static IEnumerable<HashedUri> ReferencesIn(CborValue? list) => (list?.Items ?? []).Select(HashedUri.Read).OfType<HashedUri>();

    private static async ValueTask CheckAsync(VerificationRun run, ManifestResult result, Redactions redactions, HashedUri reference, string uri, CancellationToken cancellation)
    {
        if (reference.Target is not { } target)
            return; // outside the store: fetched by nobody, and no failure (§14.10.5)
        var holder = target.Manifest is null ? result.Manifest : run.Store.Find(target.Manifest);
        if (holder is not null && target.Path is [Manifest.AssertionStoreLabel, var label] && redactions.Covers(holder, label))
        {
            result.Findings.Add(StatusCodes.AssertionRedacted, uri, $"'{reference.Url}' was removed and declared so");
            return;
        }
        if (run.Store.Resolve(target, result.Manifest) is not { } box)
        {
            result.Findings.Add(StatusCodes.HashedUriMissing, uri, $"'{reference.Url}' leads to no box, or to more than one");
            return;
        }
        string? name = reference.Algorithm ?? result.Claim!.Algorithm;
        if (HashAlgorithms.FromC2pa(name) is not { } algorithm)
        {
            result.Findings.Add(StatusCodes.AlgorithmUnsupported, uri, $"sha256, sha384 or sha512 expected, '{name}' found (§12.1)");
            return;
        }
        byte[] actual = await run.Digests.OfContentAsync(box, algorithm, cancellation).ConfigureAwait(false);
        if (!actual.AsSpan().SequenceEqual(reference.Hash.Span))
            result.Findings.Add(StatusCodes.HashedUriMismatch, uri, $"the {name} of '{reference.Url}' differs from the one given");
    }
}
