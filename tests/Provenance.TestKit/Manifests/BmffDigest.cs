using System.Security.Cryptography;

namespace Provenance.TestKit;

/// <summary>What a BMFF hash says a file's bytes are (C2PA 16.3.2.2): plainly, one flag for each byte.</summary>
public static class BmffDigest
{
    /// <summary>All of a file.</summary>
    public static byte[] Of(HashAlgorithmName algorithm, byte[] file, IReadOnlyList<BmffExclusion> exclusions, bool offsets = true) =>
        TestHash.Of(algorithm, Input(file, exclusions, offsets, 0, file.Length));

    /// <summary>The bytes that are hashed of the root boxes that begin in a range of the file.</summary>
    public static byte[] Input(byte[] file, IReadOnlyList<BmffExclusion> exclusions, bool offsets, long from, long to)
    {
        IReadOnlyList<BmffNode> roots = BmffNode.Parse(file);
        bool[] left = new bool[file.Length];
        foreach (BmffExclusion exclusion in exclusions)
            foreach (BmffNode box in roots.SelectMany(root => root.All).Where(box => exclusion.Fits(file, box)))
                foreach (Extent part in exclusion.Parts(box))
                    Array.Fill(left, true, (int)part.Start, (int)part.Length);

        var input = new MemoryStream();
        foreach (BmffNode root in roots.Where(root => root.Extent.Start >= from && root.Extent.Start < to))
        {
            byte[] kept = [.. Enumerable.Range((int)root.Extent.Start, (int)root.Extent.Length).Where(at => !left[at]).Select(at => file[at])];
            if (kept.Length == 0) continue;
            if (offsets) input.Write(BmffWriter.U64(root.Extent.Start));
            input.Write(kept);
        }
        long end = roots.Count > 0 ? roots[^1].Extent.End : 0;
        if (to == file.Length) input.Write(file.AsSpan((int)end));
        return input.ToArray();
    }
}
