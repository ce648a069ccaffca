using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// What a box of the purpose "merkle" says of one leaf (C2PA 2.5 §A.5.3.2): <c>{ uniqueId, localId, location, ?hashes }</c>. It is signed by
/// nobody; what it leads to is.
/// </summary>
/// <param name="UniqueId">The tree's number.</param>
/// <param name="LocalId">The tree's mdat box or track.</param>
/// <param name="Location">Which leaf, from 0.</param>
/// <param name="Hashes">Neighbours on the way up.</param>
internal sealed record MerkleProof(long UniqueId, long LocalId, long Location, IReadOnlyList<ReadOnlyMemory<byte>> Hashes)
{
    private const string Structure = "BMFF Merkle box";

    /// <summary>Bytes that are read of one box: thirty neighbours of 64 bytes take two thousand, the rest is padding (attack B13).</summary>
    private const int ContentLength = 16 << 10;

    /// <exception cref="MalformedDataException">The box does not hold such a map.</exception>
    public static async ValueTask<MerkleProof> ReadAsync(AssetSource source, ContentProvenanceBox box, Limits limits, CancellationToken cancellation)
    {
        var content = await source.ReadAsync(box.Payload with { Length = Math.Min(box.Payload.Length, ContentLength) }, cancellation).ConfigureAwait(false);
        var value = CborReader.ReadFirst(content, Structure, new CborBudget(limits), out _);
        if (value["uniqueId"]?.Int64 is not { } uniqueId || value["localId"]?.Int64 is not { } localId || value["location"]?.Int64 is not (>= 0 and var location))
            throw new MalformedDataException(Structure, box.Payload.Offset, "uniqueId, localId and location are integers");
        return new(uniqueId, localId, location, value["hashes"] is { Kind: CborKind.Array } hashes
            ? [.. hashes.Items.Select(hash => hash.Bytes ?? throw new MalformedDataException(Structure, box.Payload.Offset, "a hash is a byte string"))]
            : []);
    }

    /// <summary>Whether the proof speaks of this tree.</summary>
    public bool IsOf(MerkleRow tree) => UniqueId == tree.UniqueId && LocalId == tree.LocalId;
}
