using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>What could happen to a BMFF file, signed or not.</summary>
public static class BmffMutations
{
    /// <summary>The first box of a path, each node of which may have a number: <c>moov/trak[2]/tkhd</c>.</summary>
    public static BmffNode Box(this byte[] file, string path) =>
        BmffNode.Parse(file).SelectMany(root => root.All).First(new BmffExclusion("/" + path).IsAt);

    /// <summary>The <paramref name="number"/>th of C2PA's boxes of a purpose.</summary>
    public static BmffNode C2paBox(this byte[] file, string purpose, int number = 0) =>
        BmffNode.Parse(file).Where(root => TestBmff.IsC2pa(file, root, purpose)).ElementAt(number);

    /// <summary>Another purpose of the same length in a C2PA box.</summary>
    public static byte[] Retagged(this byte[] file, string from, string to, int number = 0)
    {
        if (from.Length != to.Length) throw new ArgumentException("the box must keep its length", nameof(to));
        return file.Overwritten(file.C2paBox(from, number).Payload.Start + 20, Encoding.ASCII.GetBytes(to));
    }

    /// <summary>Bytes inside a box, counted from its first byte.</summary>
    public static byte[] BoxOverwritten(this byte[] file, string path, int at, params byte[] bytes) => file.Overwritten(file.Box(path).Extent.Start + at, bytes);

    /// <summary>One bit inside a box, counted from its first byte.</summary>
    public static byte[] BoxFlipped(this byte[] file, string path, int at) => file.FlipBit(file.Box(path).Extent.Start + at);

    /// <summary>The size field of a box says something else.</summary>
    public static byte[] BoxResized(this byte[] file, string path, uint size)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, size);
        return file.BoxOverwritten(path, 0, bytes);
    }

    /// <summary>
    /// An update as A.5.3 has it: the first store stays where it is and is called original, the update's manifests are in a store of
    /// their own, in the last box. <paramref name="whole"/> holds both, as the builder makes it.
    /// </summary>
    /// <param name="original">The file as it was before the update.</param>
    /// <param name="whole">The update, signed, with the manifests of the original before it.</param>
    /// <param name="hasOffset">Eight zeros before the store, as the reference writer has them and A.5 has not.</param>
    public static SignedAsset AsUpdateOf(this SignedAsset whole, SignedAsset original, bool hasOffset = false)
    {
        byte[] file = original.Bytes;
        // A further update takes the place of the one before, and has its manifests too.
        if (BmffNode.Parse(file).FirstOrDefault(root => TestBmff.IsC2pa(file, root, "update")) is { } before) file = file[..(int)before.Extent.Start];
        else file = file.Retagged("manifest", "original");
        // Behind the type, version and flags, purpose and offset.
        BmffNode first = file.C2paBox("original");
        HashSet<string> known = [.. TestBox.Parse(file.AsSpan((int)first.Payload.Start + 20 + 9 + 8, (int)first.Payload.Length - 37)).Children.Select(manifest => manifest.Label)];
        TestBox store = TestBox.Parse(whole.Store);
        store.Children.RemoveAll(manifest => known.Contains(manifest.Label));
        byte[] bytes = store.ToBytes();
        byte[] box = BmffWriter.C2paBox("update", hasOffset ? new byte[8] : [], bytes);
        Embedding embedding = new(original.Carrier, [.. file, .. box], new(file.Length, box.Length), [new(0, file.Length + box.Length - bytes.Length, bytes.Length)]);
        return new(embedding, whole.Store, whole.ActiveLabel);
    }
}
