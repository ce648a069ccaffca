using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>Checks one BMFF hash against one asset: in one piece, in fragments, or an initialization segment with the segments beside it.</summary>
internal sealed partial class BmffCheck(BmffHash binding, BoundAsset asset, string? claimAlgorithm)
{
    private readonly BmffExclusions _exclusions = new(binding.Exclusions, asset.Limits);

    public async ValueTask<BindingResult> RunAsync(CancellationToken cancellation)
    {
        var layout = await BmffLayout.ReadAsync(asset.Source, _exclusions, asset.Limits, cancellation).ConfigureAwait(false);
        bool isFragmented = layout.Fragments.Count > 0 || asset.Fragments.Count > 0 || (layout.AnnouncesFragments && layout.Media.Count == 0);
        if (binding.Hash is { } hash)
        {
            // The digest of a film in fragments is one of all of them, or there is none (§14.12.2).
            if (isFragmented && binding.Trees.Count > 0)
                return BindingResult.Malformed("BMFF hash: both a hash and Merkle trees for a file in fragments");
            if (asset.Fragments.Count > 0)
                return BindingResult.Mismatch("BMFF hash: the segments beside the file are in no hash");
            return await CheckWholeAsync(layout, hash, cancellation).ConfigureAwait(false);
        }
        if (isFragmented)
            return await CheckFragmentsAsync(layout, cancellation).ConfigureAwait(false);
        return BindingResult.Mismatch("BMFF hash: Merkle trees alone, in a file without fragments, bind nothing but mdat");
    }

    private async ValueTask<BindingResult> CheckWholeAsync(BmffLayout layout, ReadOnlyMemory<byte> hash, CancellationToken cancellation)
    {
        var bound = new List<ByteRange>();
        if (binding.Trees.Count > 0 && await CheckMediaAsync(layout, bound, cancellation).ConfigureAwait(false) is { } failed)
            return failed;
        var unhashed = Without(layout.LeftOut, bound);
        if (await new UnhashedContent(asset.Source, unhashed, asset.Limits, cancellation).FindAsync().ConfigureAwait(false) is { } content)
            return BindingResult.Mismatch($"BMFF hash: {content}");

        var algorithm = binding.AlgorithmOf(null, claimAlgorithm);
        byte[] actual = await asset.HashAsync(algorithm, layout.Parts(0, layout.Length), cancellation).ConfigureAwait(false);
        bool matches = actual.AsSpan().SequenceEqual(hash.Span);
        string note = "";
        if (!matches && layout.EndsInZeros)
        {
            // Zeros at the end read as a box without a type that runs to the end of the file, or as no box at all; releases of the reference
            // differ. Leniency: a match under either is one, since both bind every byte; it may go when files that end so and were hashed without the
            // offset (one in the corpus, c2pa-rs's own) no longer matter. The finding says so.
            actual = await asset.HashAsync(algorithm, layout.Parts(0, layout.Length, zerosAreNoBox: true), cancellation).ConfigureAwait(false);
            matches = actual.AsSpan().SequenceEqual(hash.Span);
            note = ", the zeros at the end of the file taken for no box";
        }
        return matches
            ? new(BindingOutcome.Match, $"BMFF hash: the boxes that are not left out match{note}") { Uncovered = await UncoveredAsync(layout, unhashed, cancellation).ConfigureAwait(false) }
            : BindingResult.Mismatch("BMFF hash: the boxes that are not left out do not match");
    }

    /// <summary>
    /// What is in no hash. C2PA's own boxes count for the padding behind their store alone, which a reader ignores (§A.5.2), and only where it
    /// holds something.
    /// </summary>
    private async ValueTask<IReadOnlyList<ByteRange>> UncoveredAsync(BmffLayout layout, IReadOnlyList<ByteRange> unhashed, CancellationToken cancellation)
    {
        var uncovered = new List<ByteRange>(Without(unhashed, layout.Provenance));
        var window = new ReadWindow(asset.Source, cancellation);
        foreach (var store in asset.Stores)
        {
            var padding = ByteRange.FromTo(store.Payload[^1].End, store.Extent[^1].End);
            if (await HoldsSomethingAsync(window, padding).ConfigureAwait(false))
                uncovered.Add(padding);
        }
        return ByteRange.Merge(uncovered);
    }

    private static async ValueTask<bool> HoldsSomethingAsync(ReadWindow window, ByteRange range)
    {
        for (long at = range.Offset; at < range.End;)
        {
            var bytes = await window.AtAsync(at, (int)Math.Min(ReadWindow.Size, range.End - at)).ConfigureAwait(false);
            if (bytes.Span.ContainsAnyExcept((byte)0))
                return true;
            at += bytes.Length;
        }
        return false;
    }

    private static IReadOnlyList<ByteRange> Without(IReadOnlyList<ByteRange> ranges, IReadOnlyList<ByteRange> holes) =>
        holes.Count == 0 || ranges.Count == 0 ? ranges : ByteRange.Subtract(ranges, holes);
}
