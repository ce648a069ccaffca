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
            // The field came with version 3; in an older assertion it is nobody's.
            if (ingredient.Ingredient!.Version >= 3 && RelatedAssertions.Fault(result, redactions, ingredient.Ingredient.Value["relatedAssertions"], ofIngredient: true) is { } fault) // §14.11.3.2
                result.Findings.Add(StatusCodes.IngredientMalformed, ingredient.Uri, fault);
            if (ingredient.Ingredient.Manifest is not { } reference)
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
        if (await MatchesOtherFormulaAsync(run, result, ingredient, reference, cancellation).ConfigureAwait(false))
            return;
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
    /// Two formulas besides that of §9.4.2.3, each a leniency that may go with the files that need it. C2PA 1.0 hashed only the claim, which
    /// in turn binds its assertions (version 1 in both; ten corpus files of 2022). The reference hashes a compressed manifest as unpacked,
    /// §11.5.2 as stored: either binds every byte that is read.
    /// </summary>
    private static async ValueTask<bool> MatchesOtherFormulaAsync(VerificationRun run, ManifestResult result, IngredientResult ingredient, HashedUri reference, CancellationToken cancellation)
    {
        var target = ingredient.Target!;
        if (HashAlgorithms.FromC2pa(reference.Algorithm ?? result.Claim!.Algorithm) is not { } algorithm)
            return false;
        string? formula = null;
        if (result.Claim!.Version == 1 && ingredient.Ingredient!.Version == 1 && target.Claims is [var box] && box.OnlyContent(JumbfType.Cbor) is { } claim)
            formula = await MatchesAsync(box, claim).ConfigureAwait(false) ? "the claim of the ingredient's manifest matches, by the formula of C2PA 1.0" : null;
        else if (target.IsCompressed)
            formula = await MatchesAsync(target.Box, target.Box.Payload).ConfigureAwait(false) ? "the ingredient's manifest matches as unpacked" : null;
        if (formula is null)
            return false;
        ingredient.LinkHolds = true;
        ingredient.Link.Add(StatusCodes.IngredientManifestValidated, ingredient.Uri, formula);
        return true;

        async ValueTask<bool> MatchesAsync(JumbfBox box, ReadOnlyMemory<byte> bytes) =>
            (await run.Digests.OfBytesAsync(box, bytes, algorithm, cancellation).ConfigureAwait(false)).AsSpan().SequenceEqual(reference.Hash.Span);
    }
}
