using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>How a BMFF file is bound to its manifest: the assertion, and the boxes beside the store that go with it.</summary>
public sealed record BmffRecipe
{
    /// <summary><c>c2pa.hash.bmff.v3</c>, <c>.v2</c>, or <c>c2pa.hash.bmff</c>, which knows no offsets.</summary>
    public string Label { get; init; } = "c2pa.hash.bmff.v3";

    public IReadOnlyList<BmffExclusion> Exclusions { get; init; } = BmffExclusion.Mandatory;

    /// <summary>Whether there is one hash over the file.</summary>
    public bool HasHash { get; init; } = true;

    public HashAlgorithmName Algorithm { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Trees over the media.</summary>
    public MerkleRecipe? Merkle { get; init; }

    /// <summary>Changes the assertion before it is written.</summary>
    public Action<CborFields>? Change { get; init; }

    /// <summary>Whether root boxes are hashed with their offsets, if not as the version has it.</summary>
    public bool? Offsets { get; init; }

    /// <summary>Root boxes are hashed with their offsets; leaves are not where there is a hash over the file too.</summary>
    public bool HasOffsets => Offsets ?? Label != "c2pa.hash.bmff";

    public static BmffRecipe OfVersion(int version) => new() { Label = "c2pa.hash.bmff" + (version == 1 ? "" : ".v" + version) };

    /// <summary>One hash over the file, and trees over its media.</summary>
    public static BmffRecipe WithTrees(MerkleRecipe? merkle = null) =>
        new() { Exclusions = [.. BmffExclusion.Mandatory, BmffExclusion.Media], Merkle = merkle ?? new() };

    /// <summary>Trees over fragments, and no hash over the file.</summary>
    public static BmffRecipe OfFragments(MerkleRecipe? merkle = null) => new() { HasHash = false, Merkle = merkle ?? new() };

    public BmffRecipe Excluding(params BmffExclusion[] more) => this with { Exclusions = [.. Exclusions, .. more] };

    /// <summary>The same, and something in the assertion is not as it should be.</summary>
    public BmffRecipe With(Action<CborFields> change) => this with { Change = Change + change };

    /// <summary>The digest of the root boxes that begin in a range.</summary>
    public byte[] DigestOf(byte[] file, long from, long to) => TestHash.Of(Algorithm, BmffDigest.Input(file, Exclusions, HasOffsets, from, to));
}

/// <summary>How media are divided into leaves, and which row of the tree the assertion has.</summary>
public sealed record MerkleRecipe
{
    public long? FixedBlock { get; init; }

    /// <summary>Lengths of the leaves, given the length of the media.</summary>
    public Func<long, IReadOnlyList<long>>? VariableBlocks { get; init; }

    /// <summary>0: the leaves; a row above them needs boxes that prove each leaf.</summary>
    public int Row { get; init; }

    /// <summary>Whether there are such boxes.</summary>
    public bool HasBoxes { get; init; }

    /// <summary>Changes the content of the box of a leaf: tree, leaf, fields.</summary>
    public Action<int, int, CborFields>? BoxChange { get; init; }

    /// <summary>The trees, where the file alone does not show them: its fragments are files of their own.</summary>
    public Func<byte[], IReadOnlyList<BmffTree>>? Trees { get; init; }

    public static MerkleRecipe Blocks(long size) => new() { FixedBlock = size };

    public static MerkleRecipe BlocksOf(Func<long, IReadOnlyList<long>> sizes) => new() { VariableBlocks = sizes };

    public MerkleRecipe InRow(int row) => this with { Row = row, HasBoxes = true };
}
