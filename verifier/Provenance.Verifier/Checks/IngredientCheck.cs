using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>Ingredient assertions follow their rules, and the manifest each names is the one its signer saw (C2PA 2.5 §14.11).</summary>
internal static class IngredientCheck
{
    /// <summary>Reads the ingredient assertions that match their hash.</summary>
    public static void Read(VerificationRun run, ManifestResult result)
    {
        foreach (var claimed in result.Matching(AssertionLabels.Ingredient).Where(claimed => !claimed.Assertion!.IsBlanked))
        {
            var assertion = claimed.Assertion!;
            var ingredient = new IngredientResult(claimed, result.Manifest.UriOf(assertion));
            result.Ingredients.Add(ingredient);
            if (AssertionContentCheck.Cbor(result, assertion) is not { } value)
                continue;
            try
            {
                ingredient.Ingredient = Ingredient.Read(value, assertion.Label.Version);
            }
            catch (MalformedDataException fault) when (fault is not LimitExceededException)
            {
                result.Findings.Add(StatusCodes.IngredientMalformed, ingredient.Uri, fault.Message);
                continue;
            }
            if (ingredient.Ingredient is { Manifest: not null } withManifest)
                ingredient.Target = withManifest.ManifestLabel is { } label ? run.Store.Find(label) : null;
        }
    }

    /// <summary>Checks the hash link of each ingredient to its manifest.</summary>
    public static async ValueTask CheckLinksAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        foreach (var ingredient in result.Ingredients.Where(ingredient => ingredient.Ingredient is not null))
        {
            if (ingredient.Ingredient!.Manifest is not { } reference)
            {
                if (ingredient.Ingredient.Relationship != Relationship.InputTo)
                    ingredient.Link.Add(StatusCodes.IngredientUnknownProvenance, ingredient.Uri, "the ingredient came without a manifest");
            }
            else if (ingredient.Target is null)
            {
                result.Findings.Add(StatusCodes.IngredientManifestMissing, ingredient.Uri, $"'{reference.Url}' is no manifest of the store that can be read");
                ingredient.Link.Add(StatusCodes.IngredientManifestMissing, ingredient.Uri, $"'{reference.Url}' is no manifest of the store that can be read");
            }
            else if (redactions.Touch(ingredient.Target))
            {
                await CheckSignatureLinkAsync(run, result, ingredient, cancellation).ConfigureAwait(false);
            }
            else
            {
                await CheckManifestLinkAsync(run, result, ingredient, reference, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>After a redaction the manifest's own hash no longer holds; that of its signature box does (§14.11.3.2).</summary>
    private static async ValueTask CheckSignatureLinkAsync(VerificationRun run, ManifestResult result, IngredientResult ingredient, CancellationToken cancellation)
    {
        var reference = ingredient.Ingredient!.ClaimSignature;
        var box = run.Store.Resolve(reference?.Target, result.Manifest);
        if (reference is null || box is null || !ingredient.Target!.Signatures.Contains(box))
        {
            ingredient.Link.Add(StatusCodes.IngredientClaimSignatureMissing, ingredient.Uri, "an assertion was removed from the ingredient's manifest, so its signature box must be named by hash (§14.11.3.2)");
            return;
        }
        await CompareAsync(run, result, ingredient, reference, box, StatusCodes.IngredientClaimSignatureValidated, StatusCodes.IngredientClaimSignatureMismatch, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask CheckManifestLinkAsync(VerificationRun run, ManifestResult result, IngredientResult ingredient, HashedUri reference, CancellationToken cancellation)
    {
        var target = ingredient.Target!;
        if (await MatchesOldFormulaAsync(run, result, ingredient, reference, cancellation).ConfigureAwait(false))
        {
            ingredient.LinkHolds = true;
            ingredient.Link.Add(StatusCodes.IngredientManifestValidated, ingredient.Uri, "the claim of the ingredient's manifest matches, by the formula of C2PA 1.0");
            return;
        }
        await CompareAsync(run, result, ingredient, reference, target.Stored, StatusCodes.IngredientManifestValidated, StatusCodes.IngredientManifestMismatch, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask CompareAsync(
        VerificationRun run, ManifestResult result, IngredientResult ingredient, HashedUri reference, JumbfBox box, StatusCode good, StatusCode bad, CancellationToken cancellation)
    {
        string? name = reference.Algorithm ?? result.Claim!.Algorithm;
        if (HashAlgorithms.FromC2pa(name) is not { } algorithm)
        {
            ingredient.Link.Add(StatusCodes.AlgorithmUnsupported, ingredient.Uri, $"sha256, sha384 or sha512 expected, '{name}' found (§12.1)");
            return;
        }
        byte[] actual = await run.Digests.OfContentAsync(box, algorithm, cancellation).ConfigureAwait(false);
        ingredient.LinkHolds = actual.AsSpan().SequenceEqual(reference.Hash.Span);
        ingredient.Link.Add(ingredient.LinkHolds ? good : bad, ingredient.Uri, ingredient.LinkHolds
            ? "the ingredient's manifest is the one this signer saw"
            : $"the {name} of '{box.Label}' differs from the one this signer recorded");
    }

    /// <summary>
    /// C2PA 1.0 hashed only the claim of the ingredient's manifest, which in turn binds its assertions. Leniency for ingredients of version
    /// 1 in claims of version 1 (ten corpus files of 2022); it may go when those no longer matter. The manifest itself is checked like any other.
    /// </summary>
    private static async ValueTask<bool> MatchesOldFormulaAsync(VerificationRun run, ManifestResult result, IngredientResult ingredient, HashedUri reference, CancellationToken cancellation)
    {
        if (result.Claim!.Version != 1 || ingredient.Ingredient!.Version != 1
            || ingredient.Target!.Claims is not [var box] || box.OnlyContent(JumbfType.Cbor) is not { } claim
            || HashAlgorithms.FromC2pa(reference.Algorithm ?? result.Claim.Algorithm) is not { } algorithm)
            return false;
        byte[] actual = await run.Digests.OfBytesAsync(box, claim, algorithm, cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(reference.Hash.Span);
    }
}
