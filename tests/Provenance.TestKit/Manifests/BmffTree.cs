using System.Buffers.Binary;

namespace Provenance.TestKit;

/// <summary>One Merkle tree of a BMFF file: what the assertion says of it, and the boxes that prove its leaves.</summary>
public sealed record BmffTree(long UniqueId, long LocalId, MerkleTree Tree)
{
    /// <summary>Digest of what comes before the fragments; none for media in one piece.</summary>
    public byte[]? InitHash { get; init; }

    public long? FixedBlock { get; init; }

    public IReadOnlyList<long>? VariableBlocks { get; init; }

    /// <summary>One entry of <c>merkle</c>, with a row of the tree: 0 has the leaves.</summary>
    public CborFields Write(int row)
    {
        CborFields fields = new() { { "uniqueId", UniqueId }, { "localId", LocalId }, { "count", (long)Tree.Rows[0].Count } };
        fields.AddIfPresent("initHash", InitHash);
        fields.Add("hashes", Tree.Rows[Math.Min(row, Tree.Rows.Count - 1)].ToArray());
        fields.AddIfPresent("fixedBlockSize", FixedBlock);
        fields.AddIfPresent("variableBlockSizes", VariableBlocks);
        return fields;
    }

    /// <summary>One box for each leaf, all of one size.</summary>
    public IReadOnlyList<byte[]> Boxes(int row, Action<int, CborFields>? change = null)
    {
        row = Math.Min(row, Tree.Rows.Count - 1);
        byte[][] contents = [.. Enumerable.Range(0, Tree.Rows[0].Count).Select(leaf =>
        {
            CborFields fields = new() { { "uniqueId", UniqueId }, { "localId", LocalId }, { "location", leaf } };
            byte[][] proof = Tree.Proof(leaf, row);
            if (proof.Length > 0) fields.Add("hashes", proof);
            change?.Invoke(leaf, fields);
            return TestCbor.Encode(fields);
        })];
        int size = contents.Max(content => content.Length);
        return [.. contents.Select(content => BmffWriter.C2paBox("merkle", content, new byte[size - content.Length]))];
    }

    /// <summary>One tree for each <c>mdat</c>. Beside a hash of the file the leaves begin 16 bytes into the box.</summary>
    public static IReadOnlyList<BmffTree> OfMedia(BmffRecipe recipe, MerkleRecipe merkle, byte[] file)
    {
        List<BmffTree> trees = [];
        foreach (BmffNode media in BmffNode.Parse(file).Where(box => box.Type == "mdat"))
        {
            long start = recipe.HasHash ? Math.Min(media.Extent.Start + 16, media.Extent.End) : media.Payload.Start;
            byte[] bytes = file[(int)start..(int)media.Extent.End];
            IReadOnlyList<long>? sizes = merkle.VariableBlocks?.Invoke(bytes.Length);
            trees.Add(new(trees.Count + 1, trees.Count, new(recipe.Algorithm, [.. Blocks(bytes, merkle.FixedBlock, sizes).Select(block => TestHash.Of(recipe.Algorithm, block))]))
            {
                FixedBlock = merkle.FixedBlock,
                VariableBlocks = sizes,
            });
        }
        return trees;
    }

    /// <summary>One tree for each track of a file with fragments. A leaf runs from one <c>moof</c> to the next, or to the end.</summary>
    public static IReadOnlyList<BmffTree> OfFragments(BmffRecipe recipe, byte[] file)
    {
        BmffNode[] starts = [.. BmffNode.Parse(file).Where(box => box.Type == "moof")];
        long[] bounds = [.. starts.Select(box => box.Extent.Start), file.Length];
        var leaves = starts.Select((moof, i) => (Track: TrackOf(file, moof), Leaf: recipe.DigestOf(file, bounds[i], bounds[i + 1])));
        return [.. leaves.GroupBy(leaf => leaf.Track).Select((track, i) => new BmffTree(i + 1, track.Key, new(recipe.Algorithm, [.. track.Select(leaf => leaf.Leaf)]))
        {
            InitHash = recipe.DigestOf(file, 0, bounds[0]),
        })];
    }

    /// <summary>The track of a fragment: the number in its first <c>tfhd</c>.</summary>
    public static int TrackOf(byte[] file, BmffNode moof) =>
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan((int)moof.All.First(box => box.Type == "tfhd").Payload.Start + 4));

    private static IEnumerable<byte[]> Blocks(byte[] media, long? fixedBlock, IReadOnlyList<long>? variable)
    {
        if (media.Length == 0) return [];
        if (fixedBlock is { } size) return media.Chunk((int)Math.Min(size, int.MaxValue));
        if (variable is null) return [media];
        int at = 0;
        return [.. variable.Select(length =>
        {
            byte[] block = media[at..(int)(at + length)];
            at += (int)length;
            return block;
        })];
    }
}
