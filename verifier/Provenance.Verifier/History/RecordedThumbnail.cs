using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;

namespace Provenance.Verifier.History;

/// <summary>
/// A small picture that a manifest keeps of the file, as recorded: it may show something else than the file (attack H14). Its bytes are
/// those that were signed, and nothing here decodes them.
/// </summary>
/// <param name="Uri">The assertion it is kept in.</param>
/// <param name="MediaType">Told by its first bytes: JPEG, PNG, GIF, WebP or AVIF, never SVG, which could carry a program.</param>
/// <param name="Bytes">The picture, at most <see cref="MostBytes"/>.</param>
public sealed record RecordedThumbnail(string Uri, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The largest that is passed on; those of real files have up to some 300 KB.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>What a manifest shows of its own content.</summary>
    internal static RecordedThumbnail? OfClaim(ManifestResult result)
    {
        foreach (var claimed in result.Assertions)
        {
            if (claimed is { Matches: true, Assertion: { } assertion } && assertion.Label.Base.StartsWith(AssertionLabels.ClaimThumbnail, StringComparison.Ordinal))
                return Read(result, assertion);
        }
        return null;
    }

    /// <summary>What a manifest shows of its ingredient.</summary>
    /// <param name="holder">The manifest.</param>
    /// <param name="ingredient">Its ingredient.</param>
    /// <param name="find">Finds a manifest that holds by its label.</param>
    internal static RecordedThumbnail? OfIngredient(ManifestResult holder, IngredientResult ingredient, Func<string, ManifestResult?> find)
    {
        if (ingredient.Ingredient?.Thumbnail?.Target is not { Path: [Manifest.AssertionStoreLabel, var label] } target)
            return null;
        var keeper = target.Manifest is null ? holder : find(target.Manifest);
        foreach (var claimed in keeper?.Assertions ?? [])
        {
            if (claimed is { Matches: true, Assertion: { } assertion } && assertion.Label.Full == label)
                return Read(keeper!, assertion);
        }
        return null;
    }

    private static RecordedThumbnail? Read(ManifestResult result, Assertion assertion)
    {
        if (assertion.Encoding != AssertionEncoding.EmbeddedFile)
            return null;
        EmbeddedFile file;
        try
        {
            file = assertion.File();
        }
        catch (MalformedDataException)
        {
            return null; // the checks say what is wrong with it
        }
        return file.Data.Length <= MostBytes && MediaSignature.Find(file.Data.Span) is "image/jpeg" or "image/png" or "image/gif" or "image/webp" or "image/avif"
            ? new(result.Manifest.UriOf(assertion), MediaSignature.Find(file.Data.Span)!, file.Data)
            : null;
    }
}
