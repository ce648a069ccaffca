using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>A Merkle tree over digests of leaves (C2PA A.5.4): an odd node at the end of a row moves up as it is.</summary>
public sealed class MerkleTree
{
    public MerkleTree(HashAlgorithmName algorithm, IReadOnlyList<byte[]> leaves)
    {
        List<IReadOnlyList<byte[]>> rows = [leaves];
        while (rows[^1].Count > 1)
            rows.Add([.. rows[^1].Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : TestHash.Of(algorithm, [.. pair[0], .. pair[1]]))]);
        Rows = rows;
    }

    /// <summary>The leaves first, the root last.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Rows { get; }

    /// <summary>The neighbours that lead from a leaf to a row, leaf first.</summary>
    public byte[][] Proof(int leaf, int row)
    {
        List<byte[]> proof = [];
        for (int level = 0; level < row; level++, leaf /= 2)
            if ((leaf ^ 1) < Rows[level].Count) proof.Add(Rows[level][leaf ^ 1]);
        return [.. proof];
    }
}
