using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Bindings;

/// <summary>Merkle trees over fragments, in one file or in many (C2PA 2.5 §14.12.2.2, §A.5.3.1.2).</summary>
internal sealed partial class BmffCheck
{
    private async ValueTask<BindingResult> CheckFragmentsAsync(BmffLayout layout, CancellationToken cancellation)
    {
        if (binding.Trees.Any(tree => tree.InitHash is null))
            return BindingResult.Malformed("BMFF hash: a Merkle tree over fragments needs initHash (§16.3.2.3)");
        if (binding.Trees.DistinctBy(tree => (tree.UniqueId, tree.LocalId)).Count() < binding.Trees.Count)
            return BindingResult.Malformed("BMFF hash: two Merkle trees of one number");

        bool isOneFile = layout.Fragments.Count > 0 && asset.Fragments.Count == 0;
        var head = new Head(this, layout, isOneFile ? layout.Fragments[0] : layout.Length);
        var content = new UnhashedContent(asset.Source, layout.LeftOut, asset.Limits, cancellation);
        if (await content.FindAsync().ConfigureAwait(false) is { } unhashed)
            return BindingResult.Mismatch($"BMFF hash: {unhashed}");
        if (isOneFile)
            return await CheckOneFileAsync(layout, head, cancellation).ConfigureAwait(false);
        if (asset.Fragments.Count > 0)
            return await CheckSegmentsAsync(layout, head, content, cancellation).ConfigureAwait(false);

        // Nothing to compare but the start itself, which the trees of other tracks need not know.
        foreach (var tree in binding.Trees)
        {
            if (await head.MatchesAsync(tree, cancellation).ConfigureAwait(false))
                return new(BindingOutcome.ContentAbsent, "this is the initialization segment of a stream, unchanged; the segments that its credentials speak of are not here");
        }
        return BindingResult.Mismatch("BMFF hash: the initialization segment does not match");
    }

    private async ValueTask<BindingResult> CheckOneFileAsync(BmffLayout layout, Head head, CancellationToken cancellation)
    {
        var order = new FragmentOrder();
        int nextProof = 0;
        for (int i = 0; i < layout.Fragments.Count; i++)
        {
            // The one box between this moof and the one before proves this fragment.
            long start = layout.Fragments[i], end = i + 1 < layout.Fragments.Count ? layout.Fragments[i + 1] : layout.Length;
            int first = nextProof;
            while (nextProof < layout.Proofs.Count && layout.Proofs[nextProof].Box.Start < start)
                nextProof++;
            var proofs = layout.Proofs.Skip(first).Take(nextProof - first).ToList();
            var fragment = new Fragment($"fragment {i + 1}", asset.Source, layout, new ByteRange(start, end - start));
            if (await CheckFragmentAsync(fragment, proofs, head, order, cancellation).ConfigureAwait(false) is { } failed)
                return failed;
        }
        // The whole film is here: what is not, is gone.
        foreach (var tree in binding.Trees)
        {
            if (order.NextOf(tree) is var next && next < tree.Count)
                return BindingResult.Mismatch($"BMFF hash: fragment {next + 1} of {tree.Count} of track {tree.LocalId} is missing");
        }
        return new(BindingOutcome.Match, $"BMFF hash: the start of the file and {layout.Fragments.Count} fragments match")
        {
            Uncovered = await UncoveredAsync(layout, layout.LeftOut, cancellation).ConfigureAwait(false),
        };
    }

    private async ValueTask<BindingResult> CheckSegmentsAsync(BmffLayout layout, Head head, UnhashedContent content, CancellationToken cancellation)
    {
        var order = new FragmentOrder();
        foreach (var named in asset.Fragments)
        {
            cancellation.ThrowIfCancellationRequested();
            var source = await named.OpenAsync(cancellation).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                var segment = await BmffLayout.ReadAsync(source, _exclusions, asset.Limits, cancellation).ConfigureAwait(false);
                if (await content.ForSegment(source, segment.LeftOut).FindAsync().ConfigureAwait(false) is { } unhashed)
                    return BindingResult.Mismatch($"BMFF hash, {named.Name}: {unhashed}");
                var fragment = new Fragment(named.Name, source, segment, new ByteRange(0, source.Length));
                if (await CheckFragmentAsync(fragment, segment.Proofs, head, order, cancellation).ConfigureAwait(false) is { } failed)
                    return failed;
            }
        }
        var notHere = order.Partial(binding.Trees);
        return new(BindingOutcome.Match, $"BMFF hash: the initialization segment and {asset.Fragments.Count} segments match" + (notHere is null ? ""
            : "; " + string.Join(", ", notHere.Select(track => $"of {track.Count} segments of track {track.Track} only {track.First} to {track.Last} are here"))))
        {
            NotHere = notHere,
            Uncovered = await UncoveredAsync(layout, layout.LeftOut, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>Checks one fragment and its place in its track. Null where both are right.</summary>
    private async ValueTask<BindingResult?> CheckFragmentAsync(
        Fragment fragment, IReadOnlyList<Formats.Bmff.ContentProvenanceBox> proofs, Head head, FragmentOrder order, CancellationToken cancellation)
    {
        if (proofs.Count != 1)
        {
            // Where the leaves themselves are stored, a fragment that does not say which it is, is none of them; else the proof is missing (§14.12.2.2).
            string found = $"BMFF hash, {fragment.Name}: one box that says which fragment this is expected, {proofs.Count} found";
            return proofs.Count > 1 || binding.Trees.Any(tree => tree.NeedsProofs) ? BindingResult.Malformed(found) : BindingResult.Mismatch(found);
        }
        var proof = await MerkleProof.ReadAsync(fragment.Source, proofs[0], asset.Limits, cancellation).ConfigureAwait(false);
        if (binding.Trees.FirstOrDefault(proof.IsOf) is not { } tree)
            return BindingResult.Mismatch($"BMFF hash, {fragment.Name}: no Merkle tree of number {proof.UniqueId}, {proof.LocalId}");
        if (!await head.MatchesAsync(tree, cancellation).ConfigureAwait(false))
            return BindingResult.Mismatch("BMFF hash: what comes before the fragments does not match initHash");
        if (proof.Location >= tree.Count)
            return BindingResult.Mismatch($"BMFF hash, {fragment.Name}: its place is {proof.Location}, the track has {tree.Count} fragments");

        var algorithm = binding.AlgorithmOf(tree, claimAlgorithm);
        byte[] leaf = await asset.HashAsync(algorithm, fragment.Source, fragment.Layout.Parts(fragment.Range.Offset, fragment.Range.End), cancellation).ConfigureAwait(false);
        if (!await tree.HoldsAsync(asset, algorithm, proof.Location, leaf, proof.Hashes, cancellation).ConfigureAwait(false))
            return BindingResult.Mismatch($"BMFF hash, {fragment.Name}: fragment {proof.Location + 1} of {tree.Count} does not match");
        return order.Add(tree, proof.Location) is { } disorder ? BindingResult.Mismatch($"BMFF hash, {fragment.Name}: {disorder} (§14.12.2)") : null;
    }

    /// <summary>A fragment: a segment file, or the part of a file from one moof to the next.</summary>
    private sealed record Fragment(string Name, AssetSource Source, BmffLayout Layout, ByteRange Range);

    /// <summary>What comes before the fragments, hashed once for each algorithm and compared with each tree.</summary>
    private sealed class Head(BmffCheck check, BmffLayout layout, long length)
    {
        private readonly Dictionary<Crypto.HashAlgorithm, byte[]> _digests = [];

        public async ValueTask<bool> MatchesAsync(MerkleRow tree, CancellationToken cancellation)
        {
            var algorithm = check.Binding.AlgorithmOf(tree, check.ClaimAlgorithm);
            if (!_digests.TryGetValue(algorithm, out byte[]? digest))
                _digests.Add(algorithm, digest = await check.Asset.HashAsync(algorithm, layout.Parts(0, length), cancellation).ConfigureAwait(false));
            return tree.InitHash is { } expected && expected.Span.SequenceEqual(digest);
        }
    }

    private BmffHash Binding => binding;

    private string? ClaimAlgorithm => claimAlgorithm;
}
