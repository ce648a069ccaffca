using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Status;

namespace Provenance.Verifier.Checks;

/// <summary>Every assertion the claim lists is there, in this manifest, with the hash of the claim; and none is there unlisted (C2PA 2.5 §14.10.4).</summary>
internal static class AssertionCheck
{
    public static async ValueTask RunAsync(VerificationRun run, ManifestResult result, Redactions redactions, CancellationToken cancellation)
    {
        var claim = result.Claim!;
        // An assertion that is listed again, and matches again, says nothing new: a claim of thousands of entries for one large assertion would
        // have it read as often (attack C10).
        var matched = new HashSet<Assertion>();
        foreach (bool created in new[] { true, false })
        {
            foreach (var reference in created ? claim.Created : claim.Gathered)
            {
                if (await CheckAsync(run, result, redactions, reference, created, matched, cancellation).ConfigureAwait(false) is { } claimed)
                    result.Assertions.Add(claimed);
            }
        }
        FindUndeclared(result);
    }

    /// <summary>Checks one entry; null where it repeats one of those <paramref name="matched"/>.</summary>
    private static async ValueTask<ClaimedAssertion?> CheckAsync(
        VerificationRun run, ManifestResult result, Redactions redactions, HashedUri reference, bool created, HashSet<Assertion> matched, CancellationToken cancellation)
    {
        var manifest = result.Manifest;
        if (reference.Target is { Manifest: { } named } && named != manifest.Label)
        {
            result.Findings.Add(StatusCodes.AssertionOutsideManifest, result.ClaimUri, $"the claim lists '{reference.Url}', which is no assertion of this manifest");
            return new(reference, created, null, false);
        }
        string? label = reference.Target is { Path: [Manifest.AssertionStoreLabel, var last] } && manifest.AssertionStores.Count == 1 ? last : null;
        var assertion = label is null ? null : manifest.ByLabel.GetValueOrDefault(label);
        // What an outer claim removed is judged there (RedactionCheck); its hash is not asked for (§14.10.4, step 1).
        if (label is not null && redactions.Covers(manifest, label))
            return new(reference, created, assertion, false);
        if (assertion is null)
        {
            result.Findings.Add(StatusCodes.AssertionMissing, result.ClaimUri, $"the claim lists '{reference.Url}'; no box, or more than one, carries that label");
            return new(reference, created, null, false);
        }

        string uri = manifest.UriOf(assertion);
        string? name = reference.Algorithm ?? result.Claim!.Algorithm;
        if (HashAlgorithms.FromC2pa(name) is not { } algorithm)
        {
            result.Findings.Add(StatusCodes.AlgorithmUnsupported, uri, $"sha256, sha384 or sha512 expected, '{name}' found (§12.1)");
            return new(reference, created, assertion, false);
        }
        byte[] actual = await run.Digests.OfContentAsync(assertion.Box, algorithm, cancellation).ConfigureAwait(false);
        if (!actual.AsSpan().SequenceEqual(reference.Hash.Span))
        {
            result.Findings.Add(StatusCodes.AssertionHashedUriMismatch, uri, $"the assertion's {name} differs from the one in the claim");
            return new(reference, created, assertion, false);
        }
        if (!matched.Add(assertion))
            return null;
        if (!HasOneContent(assertion))
        {
            // Hashed and signed, and yet two readers could see two contents.
            result.Findings.Add(StatusCodes.AssertionHashedUriMismatch, uri, "the box holds more than the one content its type promises (ISO 19566-5 Annex B)");
            return new(reference, created, assertion, false);
        }
        result.Findings.Add(StatusCodes.AssertionHashedUriMatch, uri, "the assertion matches the hash in the claim");
        return new(reference, created, assertion, true);
    }

    private static bool HasOneContent(Assertion assertion)
    {
        try
        {
            return assertion.Encoding switch
            {
                AssertionEncoding.EmbeddedFile => assertion.File() is not null,
                AssertionEncoding.Other => true,
                _ => assertion.Box.Children.Count == 1,
            };
        }
        catch (MalformedDataException)
        {
            return false;
        }
    }

    private static void FindUndeclared(ManifestResult result)
    {
        var manifest = result.Manifest;
        var listed = result.Assertions.Select(claimed => claimed.Assertion?.Box).Where(box => box is not null).ToHashSet();
        foreach (var box in manifest.AssertionStores.SelectMany(store => store.Children).Where(box => !listed.Contains(box)))
        {
            result.Findings.Add(StatusCodes.AssertionUndeclared,
                box.Label is { } label ? manifest.Uri(Manifest.AssertionStoreLabel, label) : result.AssertionStoreUri,
                $"the box at 0x{box.Offset:X} of the store is in the assertion store and not in the claim");
        }
    }
}
