using Provenance.Verifier.Crypto;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Checks;

/// <summary>What a hashed reference led to.</summary>
internal enum BoxReferenceOutcome
{
    /// <summary>A box with the hash given.</summary>
    Match,

    /// <summary>No box, or more than one.</summary>
    Missing,

    /// <summary>A box with another hash.</summary>
    Mismatch,

    /// <summary>Nothing may be there: an outer claim removed it and says so.</summary>
    Redacted,

    /// <summary>The hash cannot be computed.</summary>
    AlgorithmUnsupported,

    /// <summary>Somewhere outside the store, where nobody looks.</summary>
    Outside,
}

/// <summary>Follows one hashed_uri (C2PA 2.5 §14.10.4.3); which status code the outcome means is for the check that asks.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Explanation">In words.</param>
internal sealed record BoxReference(BoxReferenceOutcome Outcome, string Explanation)
{
    public static async ValueTask<BoxReference> CheckAsync(
        VerificationRun run, ManifestResult result, Redactions redactions, HashedUri reference, CancellationToken cancellation)
    {
        if (reference.Target is not { } target)
            return new(BoxReferenceOutcome.Outside, "the reference leads outside the store");
        var holder = target.Manifest is null ? result.Manifest : run.Store.Find(target.Manifest);
        if (holder is not null && target.Path is [Manifest.AssertionStoreLabel, var label] && redactions.Covers(holder, label))
            return new(BoxReferenceOutcome.Redacted, $"'{reference.Url}' was removed and declared so");
        if (run.Store.Resolve(target, result.Manifest) is not { } box)
            return new(BoxReferenceOutcome.Missing, $"'{reference.Url}' leads to no box, or to more than one");
        string? name = reference.Algorithm ?? result.Claim!.Algorithm;
        if (HashAlgorithms.FromC2pa(name) is not { } algorithm)
            return new(BoxReferenceOutcome.AlgorithmUnsupported, $"sha256, sha384 or sha512 expected, '{name}' found (§12.1)");
        byte[] actual = await run.Digests.OfContentAsync(box, algorithm, cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(reference.Hash.Span)
            ? new(BoxReferenceOutcome.Match, $"'{reference.Url}' matches the hash given")
            : new(BoxReferenceOutcome.Mismatch, $"the {name} of '{reference.Url}' differs from the one given");
    }
}
