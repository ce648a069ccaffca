using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// One Merkle tree of a BMFF hash, of which one row is stored (C2PA 2.5 §16.3.2.3). A node without a right neighbour moves up as it is.
/// <code>{ uniqueId, localId, count, ?alg, ?initHash, hashes, ?fixedBlockSize, ?variableBlockSizes }</code>
/// </summary>
/// <param name="UniqueId">Its number, with <paramref name="LocalId"/>, for the boxes that prove leaves of it.</param>
/// <param name="LocalId">Which mdat box, from 0, or the number of the track.</param>
/// <param name="Count">Its leaves.</param>
/// <param name="Hashes">The row.</param>
internal sealed record MerkleRow(long UniqueId, long LocalId, long Count, IReadOnlyList<ReadOnlyMemory<byte>> Hashes)
{
    private const string Structure = "BMFF Merkle tree";

    public string? Algorithm { get; init; }

    /// <summary>Digest of what comes before the fragments; absent for a file in one piece.</summary>
    public ReadOnlyMemory<byte>? InitHash { get; init; }

    /// <summary>Bytes of each leaf but the last.</summary>
    public long? FixedBlock { get; init; }

    /// <summary>Bytes of each leaf.</summary>
    public IReadOnlyList<long>? VariableBlocks { get; init; }

    /// <summary>Leaves need a proof: the row stored is not theirs.</summary>
    public bool NeedsProofs => Hashes.Count < Count;

    /// <exception cref="MalformedDataException">A field is missing or of another type, or the row is none of a tree of so many leaves.</exception>
    public static MerkleRow Read(CborValue value, Limits limits)
    {
        if (value["uniqueId"]?.Int64 is not { } uniqueId || value["localId"]?.Int64 is not { } localId || value["count"]?.Int64 is not (>= 0 and var count))
            throw new MalformedDataException(Structure, value.Offset, "uniqueId, localId and count are integers");
        if (count > limits.MerkleLeaves)
            throw new LimitExceededException(Structure, value.Offset, nameof(Limits.MerkleLeaves), limits.MerkleLeaves);
        if (value["hashes"] is not { Kind: CborKind.Array } hashes)
            throw new MalformedDataException(Structure, value.Offset, "hashes is an array of byte strings");
        var tree = new MerkleRow(uniqueId, localId, count, [.. hashes.Items.Select(BytesOf)])
        {
            Algorithm = value["alg"]?.Text is { Length: > 0 } alg ? alg : null,
            // The cast matters: a bare null would become an empty memory.
            InitHash = value["initHash"] is { IsNull: false } initHash ? BytesOf(initHash) : (ReadOnlyMemory<byte>?)null,
            FixedBlock = value["fixedBlockSize"] is { IsNull: false } size ? LengthOf(size) : null,
            VariableBlocks = value["variableBlockSizes"] is { Kind: CborKind.Array } sizes ? [.. sizes.Items.Select(LengthOf)] : null,
        };
        if (tree.FixedBlock is not null && tree.VariableBlocks is not null)
            throw new MalformedDataException(Structure, value.Offset, "blocks are of a fixed size or of variable sizes, not both (C2PA 2.5 §14.12.2.1)");
        if (!IsRow(tree.Hashes.Count, count))
            throw new MalformedDataException(Structure, hashes.Offset, $"{tree.Hashes.Count} hashes are no row of a tree of {count} leaves");
        return tree;
    }

    /// <summary>Whether a tree of so many leaves has a row of so many nodes. One without leaves has none; the reference writes it for an empty mdat.</summary>
    private static bool IsRow(long nodes, long leaves)
    {
        while (leaves > nodes && leaves > 1)
            leaves = (leaves + 1) / 2;
        return nodes == leaves;
    }

    private static ReadOnlyMemory<byte> BytesOf(CborValue value) => value.Bytes ?? throw new MalformedDataException(Structure, value.Offset, "a hash is a byte string");

    private static long LengthOf(CborValue value) => value.Int64 is > 0 and var length ? length : throw new MalformedDataException(Structure, value.Offset, "a block has a size of 1 or more");

    /// <summary>Whether a leaf and its proof lead to the row (§16.3.2.6.1): every hash of the proof is used, and none is missing.</summary>
    /// <param name="asset">Hashes.</param>
    /// <param name="algorithm">The tree's algorithm.</param>
    /// <param name="location">Which leaf, below <see cref="Count"/>.</param>
    /// <param name="leaf">Its digest.</param>
    /// <param name="proof">Neighbours on the way up, the leaf's own first.</param>
    /// <param name="cancellation">Honoured while hashing.</param>
    public async ValueTask<bool> HoldsAsync(BoundAsset asset, HashAlgorithm algorithm, long location, byte[] leaf, IReadOnlyList<ReadOnlyMemory<byte>> proof, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> node = leaf;
        long index = location, width = Count;
        int used = 0;
        while (width > Hashes.Count)
        {
            if (index % 2 == 1 || index + 1 < width)
            {
                if (used == proof.Count)
                    return false;
                var neighbour = proof[used++];
                node = await asset.HashAsync(algorithm, index % 2 == 1 ? Join(neighbour, node) : Join(node, neighbour), cancellation).ConfigureAwait(false);
            }
            index /= 2;
            width = (width + 1) / 2;
        }
        return used == proof.Count && Hashes[(int)index].Span.SequenceEqual(node.Span);
    }

    private static byte[] Join(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        byte[] joined = new byte[left.Length + right.Length];
        left.CopyTo(joined);
        right.CopyTo(joined.AsMemory(left.Length));
        return joined;
    }
}
