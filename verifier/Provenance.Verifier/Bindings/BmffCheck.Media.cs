using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>Merkle trees over the mdat boxes of a file in one piece (C2PA 2.5 §14.12.2.1).</summary>
internal sealed partial class BmffCheck
{
    /// <summary>Beside a hash of the file, which has the first 16 bytes of each mdat, a tree has the rest, be the header 8 bytes long or 16.</summary>
    private const int MediaHead = 16;

    /// <summary>Checks each mdat against its tree; adds what they cover. Null where all match.</summary>
    private async ValueTask<BindingResult?> CheckMediaAsync(BmffLayout layout, List<ByteRange> bound, CancellationToken cancellation)
    {
        var media = layout.Media;
        if (binding.Trees.Count > media.Count)
            return BindingResult.Malformed($"BMFF hash: {binding.Trees.Count} Merkle trees for {media.Count} mdat boxes");
        var proofs = new Proofs(this, layout, cancellation);
        for (int i = 0; i < binding.Trees.Count; i++)
        {
            // In the order of the boxes: localId should say so too, and a camera counts it from 1.
            var range = ByteRange.FromTo(Math.Min(media[i].Start + MediaHead, media[i].End), media[i].End);
            if (await CheckMediumAsync(binding.Trees[i], range, proofs, cancellation).ConfigureAwait(false) is { } failed)
                return failed with { Explanation = $"BMFF hash, Merkle tree {i + 1}: {failed.Explanation}" };
            if (binding.Trees[i].NeedsProofs && await proofs.IsNextOfAsync(binding.Trees[i]).ConfigureAwait(false))
                return BindingResult.Malformed($"BMFF hash, Merkle tree {i + 1}: more boxes that prove leaves than the {binding.Trees[i].Count} leaves (§14.12.2.1)");
            bound.Add(range);
        }
        // An mdat without a tree must be in the hash of the file, all of it: what is left out of one is asked for behind this.
        return null;
    }

    private async ValueTask<BindingResult?> CheckMediumAsync(MerkleRow tree, ByteRange media, Proofs proofs, CancellationToken cancellation)
    {
        if (CountLeaves(tree, media) is not { } count)
            return BindingResult.Malformed($"the sizes of the blocks do not add up to the {media.Length} bytes of mdat (§14.12.2.1)");
        if (count > tree.Count)
            return BindingResult.Malformed($"{tree.Count} leaves, mdat has {count} (§14.12.2.1)");
        if (count < tree.Count)
            return BindingResult.Mismatch($"{tree.Count} leaves, mdat has {count}");
        if (tree.NeedsProofs && !proofs.Exist)
            return BindingResult.Malformed("the boxes that prove its leaves are absent (§14.12.2.1)");

        var algorithm = binding.AlgorithmOf(tree, claimAlgorithm);
        var window = new ReadWindow(asset.Source, cancellation);
        long at = media.Offset;
        for (int leaf = 0; leaf < count; leaf++)
        {
            long length = tree.VariableBlocks?[leaf] ?? Math.Min(tree.FixedBlock ?? media.Length, media.End - at);
            byte[] digest = await HashLeafAsync(algorithm, window, new ByteRange(at, length), cancellation).ConfigureAwait(false);
            var proof = tree.NeedsProofs ? await proofs.NextAsync(tree, leaf).ConfigureAwait(false) : [];
            if (proof is null)
                return BindingResult.Mismatch($"the box that proves leaf {leaf} is absent");
            if (!await tree.HoldsAsync(asset, algorithm, leaf, digest, proof, cancellation).ConfigureAwait(false))
                return BindingResult.Mismatch($"leaf {leaf}, {length} bytes at 0x{at:X}, does not match");
            at += length;
        }
        return null;
    }

    /// <summary>Small leaves lie side by side and are read many at once.</summary>
    private async ValueTask<byte[]> HashLeafAsync(HashAlgorithm algorithm, ReadWindow window, ByteRange leaf, CancellationToken cancellation)
    {
        var part = leaf.Length <= ReadWindow.Size / 2 ? DigestPart.Of(await window.AtAsync(leaf.Offset, (int)leaf.Length).ConfigureAwait(false)) : DigestPart.Of(leaf);
        return await asset.HashAsync(algorithm, [part], cancellation).ConfigureAwait(false);
    }

    /// <summary>The number of blocks; null where variable ones do not fit. An mdat of no more than 16 bytes has none, or one that is empty.</summary>
    private static long? CountLeaves(MerkleRow tree, ByteRange media)
    {
        if (tree.VariableBlocks is { } sizes)
            return sizes.Count == tree.Count && Fill(sizes, media.Length) ? sizes.Count : null;
        if (tree.FixedBlock is { } size)
            return media.Length / size + (media.Length % size == 0 ? 0 : 1);
        return media.Length == 0 ? tree.Count == 0 ? 0 : 1 : 1;
    }

    private static bool Fill(IReadOnlyList<long> sizes, long length)
    {
        foreach (long size in sizes)
        {
            if (size > length)
                return false;
            length -= size;
        }
        return length == 0;
    }

    /// <summary>The boxes that prove leaves, in the order of the file: those of one tree stand together, and begin at leaf 0 (§A.5.3.1.1).</summary>
    private sealed class Proofs(BmffCheck check, BmffLayout layout, CancellationToken cancellation)
    {
        private int _next;
        private MerkleProof? _read;

        public bool Exist => layout.Proofs.Count > 0;

        /// <summary>Whether the next box proves one more leaf of a tree.</summary>
        public async ValueTask<bool> IsNextOfAsync(MerkleRow tree)
        {
            if (_read is null && _next < layout.Proofs.Count)
                _read = await MerkleProof.ReadAsync(check.Asset.Source, layout.Proofs[_next++], check.Asset.Limits, cancellation).ConfigureAwait(false);
            return _read?.IsOf(tree) == true;
        }

        /// <summary>The proof of a leaf; null where the next box proves another.</summary>
        public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> NextAsync(MerkleRow tree, long leaf)
        {
            while (_read is not null || _next < layout.Proofs.Count)
            {
                _read ??= await MerkleProof.ReadAsync(check.Asset.Source, layout.Proofs[_next++], check.Asset.Limits, cancellation).ConfigureAwait(false);
                var proof = _read;
                // Boxes of a tree that stores its leaves are there for nobody.
                if (!proof.IsOf(tree) && leaf == 0)
                {
                    _read = null;
                    continue;
                }
                if (!proof.IsOf(tree) || proof.Location != leaf)
                    return null;
                _read = null;
                return proof.Hashes;
            }
            return null;
        }
    }

    private BoundAsset Asset => asset;
}
