using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Manifests.Assertions;

/// <summary>A value that a box must hold somewhere to be left out.</summary>
internal sealed record BmffExclusionValue(long Offset, ReadOnlyMemory<byte> Value);

/// <summary>Which boxes a BMFF hash leaves out, whole or in part.</summary>
/// <param name="Path">Path of the box.</param>
/// <param name="Length">The box has exactly this length.</param>
/// <param name="Version">The box has this version.</param>
/// <param name="Flags">The box has these flags.</param>
/// <param name="ExactFlags">And no others; so unless said otherwise.</param>
/// <param name="Values">The box holds these.</param>
/// <param name="Subset">Only these ranges of it are left out; none means all of it.</param>
internal sealed record BmffExclusion(
    string Path, long? Length, long? Version, ReadOnlyMemory<byte>? Flags, bool ExactFlags, IReadOnlyList<BmffExclusionValue> Values, IReadOnlyList<ByteRange> Subset)
{
    public static BmffExclusion? Read(Fields fields) => fields.Text("xpath") is not { } path ? null : new(
        path,
        fields.Integer("length"),
        fields.Integer("version"),
        fields.Bytes("flags"),
        fields.Boolean("exact") ?? true,
        fields.Maps("data", data => data.Integer("offset") is { } offset && data.Bytes("value") is { } value ? new BmffExclusionValue(offset, value) : null),
        Ranges.Read(fields, "subset", "offset"));
}

/// <summary>One Merkle tree of a BMFF hash: by shape.</summary>
/// <param name="UniqueId">Its number, for the boxes that prove leaves of it.</param>
/// <param name="LocalId">Which mdat box or track it is about.</param>
/// <param name="Count">How many leaves.</param>
/// <param name="Algorithm">Its own hash algorithm.</param>
/// <param name="InitHash">Digest of the initialisation segment.</param>
/// <param name="Row">The row of digests that is stored.</param>
/// <param name="FixedBlockSize">Bytes of each leaf but the last.</param>
/// <param name="VariableBlockSizes">Bytes of each leaf.</param>
internal sealed record MerkleTree(
    long? UniqueId, long? LocalId, long? Count, string? Algorithm, ReadOnlyMemory<byte>? InitHash, IReadOnlyList<ReadOnlyMemory<byte>> Row,
    long? FixedBlockSize, IReadOnlyList<long> VariableBlockSizes)
{
    public static MerkleTree Read(Fields fields) => new(
        fields.Integer("uniqueId"),
        fields.Integer("localId"),
        fields.Integer("count"),
        fields.Text("alg"),
        fields.Bytes("initHash"),
        fields.Values("hashes", "a byte string", value => value.Bytes),
        fields.Integer("fixedBlockSize"),
        fields.Values("variableBlockSizes", "an integer", value => value.Int64));
}

/// <summary>"c2pa.hash.bmff" (counts as absent since 2.0), ".v2" and ".v3" (C2PA 2.5 §16.3.2): by shape.</summary>
internal sealed record BmffHashAssertion(string? Algorithm) : ContentHashAssertion(Algorithm)
{
    public ReadOnlyMemory<byte>? Hash { get; init; }

    public IReadOnlyList<BmffExclusion> Exclusions { get; init; } = [];

    public IReadOnlyList<MerkleTree> Merkle { get; init; } = [];

    public string? Name { get; init; }

    /// <summary>Number of a live segment.</summary>
    public long? SequenceNumber { get; init; }

    public static BmffHashAssertion Read(AssertionReading reading)
    {
        var fields = reading.Map();
        return new(fields.Text("alg"))
        {
            Hash = fields.Bytes("hash"),
            Exclusions = fields.Maps("exclusions", BmffExclusion.Read),
            Merkle = fields.Maps("merkle", MerkleTree.Read),
            Name = fields.Text("name"),
            SequenceNumber = fields.Integer("sequenceNumber"),
        };
    }
}
