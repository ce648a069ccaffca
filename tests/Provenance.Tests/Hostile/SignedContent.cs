using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Checks;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;

namespace Provenance.Tests.Hostile;

/// <summary>
/// Says whether a changed file may still be Valid or Trusted: everything that the first file's hashes and signature covered must be there
/// byte for byte, and nothing that is told as proven may differ. It compares bytes and knows nothing of the checks.
/// </summary>
internal static class SignedContent
{
    /// <summary>What the changed file got away with; null where every covered byte is as it was, or nothing good was said of it.</summary>
    public static async Task<string?> FindFaultAsync(byte[] original, VerificationReport before, byte[] changed, VerificationReport after)
    {
        if (after.State is not (ValidationState.Valid or ValidationState.Trusted) || original.AsSpan().SequenceEqual(changed))
            return null;
        if (after.State == ValidationState.Trusted && before.State != ValidationState.Trusted)
            return "the change made it Trusted";
        return SignedFault(before, after) ?? await ContentFaultAsync(original, before, changed, after);
    }

    /// <summary>What of the statements differs, or is told as proven and was not; null where all of it is as it was.</summary>
    /// <param name="before">The report on the file.</param>
    /// <param name="after">The report on the changed one.</param>
    /// <param name="alsoUnproven">
    /// Whether certificates must be the same that no list vouches for: beside claims of version 1 they lie outside of what is signed, and only
    /// their issuer's signature binds what they say.
    /// </param>
    public static string? SignedFault(VerificationReport before, VerificationReport after, bool alsoUnproven = true) =>
        StoreFault(before.Result!, after.Result!, alsoUnproven) ?? ToldFault(before, after);

    private static string? StoreFault(StoreResult before, StoreResult after, bool alsoUnproven)
    {
        if (!SameManifest(before.Active, after.Active, alsoUnproven))
            return "claim, signature or an assertion of the active manifest differs";
        // Each of these is hashed as a whole by the ingredient assertion that leads to it.
        var known = before.Reached.Skip(1).ToDictionary(result => result.Manifest.Label);
        if (after.Reached.Count != before.Reached.Count)
            return "another number of manifests was reached";
        foreach (var result in after.Reached.Skip(1))
        {
            if (!known.TryGetValue(result.Manifest.Label, out var same) || !SameManifest(same, result, alsoUnproven))
                return $"the ingredient's manifest {result.Manifest.Label} differs";
        }
        return null;
    }

    private static bool SameManifest(ManifestResult before, ManifestResult after, bool alsoUnproven) =>
        Same(before.ClaimBytes, after.ClaimBytes)
        && before.Manifest.Kind == after.Manifest.Kind
        && before.Claim?.Version == after.Claim?.Version
        && Same(before.Cose?.ProtectedBytes, after.Cose?.ProtectedBytes)
        && Same(before.Cose?.Signature, after.Cose?.Signature)
        && ((!alsoUnproven && after is { Signature: not null, Trust: null }) || Same(before.Signature?.Signer.Raw, after.Signature?.Signer.Raw))
        && before.Assertions.Count == after.Assertions.Count
        && before.Assertions.Zip(after.Assertions).All(pair =>
            pair.First.Assertion?.Label == pair.Second.Assertion?.Label && Same(pair.First.Assertion?.Box.Payload, pair.Second.Assertion?.Box.Payload));

    private static string? ToldFault(VerificationReport before, VerificationReport after) =>
        after.Signer is not null && after.Signer != before.Signer ? "another signer is named"
        : after.SignedAt is not null && after.SignedAt != before.SignedAt ? "another time is told"
        : after.ClaimGenerator != before.ClaimGenerator ? "another program is named"
        : null;

    /// <summary>Outside the store and what the report calls uncovered, every byte is as it was.</summary>
    private static async Task<string?> ContentFaultAsync(byte[] original, VerificationReport before, byte[] changed, VerificationReport after)
    {
        var (first, _) = await CoveredAsync(original, before);
        var (second, framing) = await CoveredAsync(changed, after);
        if (!first.AsSpan().SequenceEqual(second))
            return "bytes of the content differ that are not told to be uncovered";
        return framing;
    }

    private static async Task<(byte[] Covered, string? FramingFault)> CoveredAsync(byte[] file, VerificationReport report)
    {
        var source = AssetSource.FromMemory(file);
        var format = AssetFormats.Find(file.AsSpan(0, Math.Min(file.Length, AssetFormats.HeadLength)))!;
        var map = await format.MapAsync(source, Limits.Default, default);
        var store = map.Stores.SingleOrDefault();
        // A proof of a tree is in a box beside the store: what it leads to is hashed.
        var proofs = map.Regions.Where(region => region is { Kind: RegionKind.ManifestStore, Name: "uuid" }).Select(region => region.Range);
        var uncovered = (report.Uncovered ?? []).Select(range => range.Range).ToList();
        var holes = (store?.Extent ?? []).Concat(proofs).Concat(uncovered);
        byte[] covered = [.. ByteRange.Complement(holes, file.Length).SelectMany(range => file[(int)range.Offset..(int)range.End])];
        return (covered, store is null ? null : FramingFault(format.Name, store, uncovered));
    }

    /// <summary>The store's extent holds the store and the container's headers for it, and room for nothing else.</summary>
    private static string? FramingFault(string format, StoreLocation store, List<ByteRange> uncovered)
    {
        // Padding in the store's own box is zeros, or told to be in no hash.
        long framing = store.Extent.Sum(range => range.Length) - store.PayloadLength - uncovered.Where(range => store.Extent.Any(range.Overlaps)).Sum(range => range.Length);
        // FF EB, Le, CI, En, Z in each segment; in all but the first LBox and TBox once more. A segment holds 65,517 bytes at most, or 1.
        long expected = format switch
        {
            "JPEG" => 12 + (20L * (store.Payload.Count - 1)),
            "PNG" => 12,
            "WebP" => 8,
            // Size, "uuid", its type, version and flags, purpose, offset.
            "MP4" => 8 + 16 + 4 + 9 + 8,
            _ => 0,
        };
        return framing == expected ? null : $"{framing} bytes of framing, {expected} expected";
    }

    private static bool Same(ReadOnlyMemory<byte>? a, ReadOnlyMemory<byte>? b) => a is { } left && b is { } right ? left.Span.SequenceEqual(right.Span) : a is null && b is null;
}
