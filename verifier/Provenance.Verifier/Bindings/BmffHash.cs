using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// The BMFF hash, versions 2 and 3, which are hashed alike (C2PA 2.5 §16.3.2, §14.12.2): one digest over the file's boxes without those it
/// names, Merkle trees over its media or fragments, or both.
/// <code>{ exclusions, ?alg, ?hash, ?merkle, ?name, ?sequenceNumber }</code>
/// </summary>
internal sealed record BmffHash(IReadOnlyList<BmffExclusion> Exclusions, string? Algorithm, ReadOnlyMemory<byte>? Hash, IReadOnlyList<MerkleRow> Trees) : HardBinding
{
    private const string Structure = "BMFF hash";

    /// <exception cref="MalformedDataException">No exclusions, or a field that breaks its rules.</exception>
    public static BmffHash Read(CborValue value, Limits limits)
    {
        if (value["exclusions"] is not { Kind: CborKind.Array, Items.Count: > 0 } exclusions)
            throw new MalformedDataException(Structure, value.Offset, "exclusions is an array of at least one entry (§14.12.2)");
        if (exclusions.Items.Count > limits.Exclusions)
            throw new LimitExceededException(Structure, exclusions.Offset, nameof(Limits.Exclusions), limits.Exclusions);
        var trees = new List<MerkleRow>();
        if (value["merkle"] is { IsNull: false } merkle)
        {
            if (merkle is not { Kind: CborKind.Array, Items.Count: > 0 })
                throw new MalformedDataException(Structure, merkle.Offset, "merkle is an array of at least one tree");
            if (merkle.Items.Count > limits.ContainerParts)
                throw new LimitExceededException(Structure, merkle.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
            trees.AddRange(merkle.Items.Select(item => MerkleRow.Read(item, limits)));
        }
        if (value["hash"] is { IsNull: false, Bytes: null } hash)
            throw new MalformedDataException(Structure, hash.Offset, "hash is a byte string");
        return new([.. exclusions.Items.Select(item => BmffExclusion.Read(item, limits))], value["alg"]?.Text is { Length: > 0 } alg ? alg : null, value["hash"]?.Bytes, trees);
    }

    /// <inheritdoc/>
    public override async ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (asset.Map.Format is not BmffFormat)
            return new(BindingOutcome.NotApplicable, $"BMFF hash: a {asset.Map.Format.Name} file has no BMFF boxes");
        foreach (string? alg in Trees.Select(tree => tree.Algorithm ?? Algorithm ?? claimAlgorithm).Concat(Hash is null ? [] : [Algorithm ?? claimAlgorithm]))
        {
            if (HashAlgorithms.FromC2pa(alg) is null)
                return new(BindingOutcome.AlgorithmUnsupported, $"BMFF hash: sha256, sha384 or sha512 expected, '{alg}' found");
        }
        if (Hash is not { IsEmpty: false } && Trees.Count == 0)
            return BindingResult.Mismatch("BMFF hash: neither a hash nor a Merkle tree");

        var check = new BmffCheck(this, asset, claimAlgorithm);
        var result = await check.RunAsync(cancellation).ConfigureAwait(false);
        return result with { AdditionalExclusions = Exclusions.Any(exclusion => !exclusion.IsExpected(Trees.Count > 0, ContentProvenanceBox.Id)) };
    }

    /// <summary>The algorithm of the hash, or of one of its trees, all of which <see cref="CheckAsync"/> has found to be known.</summary>
    public HashAlgorithm AlgorithmOf(MerkleRow? tree, string? claimAlgorithm) => HashAlgorithms.FromC2pa(tree?.Algorithm ?? Algorithm ?? claimAlgorithm)!.Value;
}
