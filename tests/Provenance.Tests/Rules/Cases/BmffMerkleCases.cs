using Provenance.TestKit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Trees over the media of a file in one piece (C2PA 2.5 §14.12.2.1, A.5.3).</summary>
internal static class BmffMerkleCases
{
    private const int Block = 500;

    public static void Add(RuleCases cases)
    {
        Sound(cases);
        Media(cases);
        Trees(cases);
        Proofs(cases);
    }

    private static void Sound(RuleCases cases)
    {
        Sound(cases, "whole", new());
        Sound(cases, "fixed-blocks", MerkleRecipe.Blocks(Block));
        Sound(cases, "fixed-block-greater-than-all", MerkleRecipe.Blocks(1 << 20));
        Sound(cases, "fixed-block-huge", MerkleRecipe.Blocks(long.MaxValue));
        Sound(cases, "fixed-blocks-of-one-byte", MerkleRecipe.Blocks(1));
        Sound(cases, "variable-blocks", MerkleRecipe.BlocksOf(Thirds));
        Sound(cases, "leaves-with-boxes", MerkleRecipe.Blocks(Block).InRow(0));
        Sound(cases, "row-one", MerkleRecipe.Blocks(Block).InRow(1));
        Sound(cases, "row-two", MerkleRecipe.Blocks(Block).InRow(2));
        Sound(cases, "root", MerkleRecipe.Blocks(Block).InRow(64));
        Sound(cases, "root-of-variable-blocks", MerkleRecipe.BlocksOf(Thirds).InRow(64));
        // The last block is as long as the others.
        cases.Add("bmff-tree-blocks-without-rest", image => Signed(Sized(image, 4 * Block), MerkleRecipe.Blocks(Block)));
        cases.Add("bmff-tree-of-two-media", image => Signed(TwoMedia(image), MerkleRecipe.Blocks(Block).InRow(1)));
        cases.Add("bmff-tree-of-two-media-second-changed", image => Signed(TwoMedia(image), MerkleRecipe.Blocks(Block).InRow(1)).Bytes is var file ? file.FlipBit(BmffNode.Parse(file).Last(root => root.Type == "mdat").Extent.End - 1) : null!);
        cases.Add("bmff-tree-of-nothing", image => Signed(((TestBmff)image).AtTheEnd(Box("mdat", new byte[8])), new()));
        cases.Add("bmff-tree-in-v2", image => BmffCases.Signed(image, BmffRecipe.WithTrees(MerkleRecipe.Blocks(Block)) with { Label = "c2pa.hash.bmff.v2" }));
        cases.Add("bmff-tree-where-the-boxes-are-not-told", image => Signed(((TestBmff)image) with { MerkleOffset = 0 }, MerkleRecipe.Blocks(Block).InRow(1)));
        cases.Add("bmff-tree-where-the-boxes-are-told-wrongly", image => Signed(((TestBmff)image) with { MerkleOffset = long.MaxValue }, MerkleRecipe.Blocks(Block).InRow(1)));
        cases.Add("bmff-tree-counted-from-one", image => Signed(image, MerkleRecipe.Blocks(Block), tree => tree["localId"] = 1));
        cases.Add("bmff-tree-and-all-media-hashed-too", image => BmffCases.Signed(image, new() { Merkle = MerkleRecipe.Blocks(Block) }));
        cases.Add("bmff-tree-algorithm-of-its-own", image => Signed(image, new(), tree => tree.Add("alg", "sha256")));
        cases.Add("bmff-tree-algorithm-sha1", image => Signed(image, new(), tree => tree.Add("alg", "sha1")));
    }

    private static void Media(RuleCases cases)
    {
        // Behind the sixteenth byte of the box the tree is all that binds.
        cases.Add("bmff-tree-first-byte-changed", image => Signed(image, MerkleRecipe.Blocks(Block)).Bytes.BoxFlipped("mdat", 16));
        cases.Add("bmff-tree-byte-before-changed", image => Signed(image, MerkleRecipe.Blocks(Block)).Bytes.BoxFlipped("mdat", 15));
        cases.Add("bmff-tree-last-byte-changed", image => Signed(image, MerkleRecipe.Blocks(Block)).Bytes is var file ? file.FlipBit(file.Box("mdat").Extent.End - 1) : null!);
        cases.Add("bmff-tree-two-blocks-exchanged", image => Signed(image, MerkleRecipe.Blocks(Block)).Bytes is var file ? Exchanged(file, file.Box("mdat").Extent.Start + 16, Block) : null!);
        cases.Add("bmff-tree-two-blocks-and-their-proofs-exchanged", image =>
        {
            byte[] file = Signed(image, MerkleRecipe.Blocks(Block).InRow(64)).Bytes;
            file = Exchanged(file, file.Box("mdat").Extent.Start + 16, Block);
            Extent first = file.C2paBox("merkle").Extent;
            return Exchanged(file, first.Start, (int)first.Length);
        });
        cases.Add("bmff-tree-media-longer", image =>
        {
            // One more whole block; the box before grows with it, so that no root box moves.
            SignedAsset asset = Signed(Sized(image, 4 * Block), MerkleRecipe.Blocks(Block));
            byte[] file = asset.Bytes.Inserted(asset.Bytes.Box("mdat").Extent.End, new byte[Block]);
            return file.BoxResized("mdat", (uint)(asset.Bytes.Box("mdat").Extent.Length + Block));
        });
    }

    private static void Trees(RuleCases cases)
    {
        Tree(cases, "both-kinds-of-blocks", tree => tree.Add("variableBlockSizes", new long[] { Block }));
        Tree(cases, "block-of-zero-bytes", tree => tree["fixedBlockSize"] = 0);
        Tree(cases, "block-of-negative-size", tree => tree["fixedBlockSize"] = -1);
        Tree(cases, "count-one-more", tree => tree["count"] = (long)tree["count"]! + 1);
        Tree(cases, "count-one-less", tree => tree["count"] = (long)tree["count"]! - 1);
        Tree(cases, "count-huge", tree => tree["count"] = 1L << 32);
        Tree(cases, "count-greatest", tree => tree["count"] = long.MaxValue);
        Tree(cases, "count-negative", tree => tree["count"] = -1);
        Tree(cases, "without-count", tree => tree.Omit("count"));
        Tree(cases, "without-hashes", tree => tree.Omit("hashes"));
        Tree(cases, "without-local-id", tree => tree.Omit("localId"));
        Tree(cases, "one-hash-more", tree => tree["hashes"] = ((byte[][])tree["hashes"]!).Append(new byte[32]).ToArray());
        Tree(cases, "one-hash-less", tree => tree["hashes"] = ((byte[][])tree["hashes"]!)[..^1]);
        Tree(cases, "hash-of-16-bytes", tree => tree["hashes"] = ((byte[][])tree["hashes"]!).Select(hash => hash[..16]).ToArray());
        Tree(cases, "init-hash", tree => tree.Add("initHash", new byte[32]));
        Variable(cases, "one-size-more", sizes => [.. sizes, 1]);
        Variable(cases, "one-size-less", sizes => [.. sizes.SkipLast(1)]);
        Variable(cases, "sum-one-more", sizes => [.. sizes.SkipLast(1), sizes[^1] + 1]);
        Variable(cases, "sum-one-less", sizes => [.. sizes.SkipLast(1), sizes[^1] - 1]);
        Variable(cases, "size-negative", sizes => [sizes[0] + sizes[1] + 1, -1, .. sizes.Skip(2)]);
        Variable(cases, "sum-overflows", sizes => [long.MaxValue, long.MaxValue, .. sizes.Skip(2)]);
        Assertion(cases, "no-tree", fields => fields["merkle"] = Array.Empty<object>());
        Assertion(cases, "without-trees", fields => fields.Omit("merkle"));
        Assertion(cases, "trees-that-are-no-list", fields => fields["merkle"] = 1);
        Assertion(cases, "same-tree-twice", fields => fields["merkle"] = ((CborFields[])fields["merkle"]!).Append(((CborFields[])fields["merkle"]!)[0]).ToArray());
        Assertion(cases, "without-file-hash", fields => fields.Omit("hash"));
        cases.Add("bmff-tree-for-one-of-two-media", image => BmffCases.Signed(TwoMedia(image), BmffRecipe.WithTrees(MerkleRecipe.Blocks(Block)).With(fields => fields["merkle"] = ((CborFields[])fields["merkle"]!)[..1])));
        cases.Add("bmff-trees-of-two-media-exchanged", image => BmffCases.Signed(TwoMedia(image), BmffRecipe.WithTrees(MerkleRecipe.Blocks(Block)).With(fields => fields["merkle"] = ((CborFields[])fields["merkle"]!).Reverse().ToArray())));
        cases.Add("bmff-tree-above-the-leaves-without-boxes", image => Signed(image, MerkleRecipe.Blocks(Block) with { Row = 1 }));
    }

    private static void Proofs(RuleCases cases)
    {
        Proof(cases, "location-of-another", (_, leaf, fields) => fields["location"] = leaf ^ 1);
        Proof(cases, "location-twice", (_, leaf, fields) => fields["location"] = Math.Min(leaf, 1));
        Proof(cases, "location-behind-the-last", (_, leaf, fields) => fields["location"] = leaf == 0 ? 1000 : leaf);
        Proof(cases, "location-negative", (_, leaf, fields) => fields["location"] = leaf == 0 ? -1 : leaf);
        Proof(cases, "location-huge", (_, leaf, fields) => fields["location"] = leaf == 0 ? long.MaxValue : (object)leaf);
        Proof(cases, "without-location", (_, leaf, fields) => fields.Omit("location"));
        Proof(cases, "one-hash-more", (_, leaf, fields) => fields["hashes"] = ((byte[][])fields["hashes"]!).Append(new byte[32]).ToArray());
        Proof(cases, "one-hash-less", (_, leaf, fields) => fields["hashes"] = ((byte[][])fields["hashes"]!)[1..]);
        Proof(cases, "without-hashes", (_, leaf, fields) => fields.Omit("hashes"));
        Proof(cases, "hash-changed", (_, leaf, fields) => fields["hashes"] = ((byte[][])fields["hashes"]!).Select(hash => hash.FlipBit(0)).ToArray());
        Proof(cases, "hash-of-16-bytes", (_, leaf, fields) => fields["hashes"] = ((byte[][])fields["hashes"]!).Select(hash => hash[..16]).ToArray());
        Proof(cases, "of-another-tree", (_, leaf, fields) => fields["uniqueId"] = 7);
        Proof(cases, "of-another-media", (_, leaf, fields) => fields["localId"] = 7);
        Boxes(cases, "first-withheld", boxes => [.. boxes.Skip(1)]);
        Boxes(cases, "last-withheld", boxes => [.. boxes.SkipLast(1)]);
        Boxes(cases, "all-withheld", _ => []);
        Boxes(cases, "last-twice", boxes => [.. boxes, boxes[^1]]);
        Boxes(cases, "first-instead-of-second", boxes => [boxes[0], boxes[0], .. boxes.Skip(2)]);
        Boxes(cases, "two-exchanged", boxes => [boxes[1], boxes[0], .. boxes.Skip(2)]);
        Boxes(cases, "another-box-between", boxes => [boxes[0], Box("free", new byte[4]), .. boxes.Skip(1)]);
        Boxes(cases, "content-no-map", boxes => [C2paBox("merkle", [0x80]), .. boxes.Skip(1)]);
        Boxes(cases, "content-empty", boxes => [C2paBox("merkle"), .. boxes.Skip(1)]);
        Boxes(cases, "padding-written-to", boxes => [.. boxes.Select(box => Grown(box, [1, 2, 3, 4]))]);
        Boxes(cases, "padding-of-zeros", boxes => [.. boxes.Select(box => Grown(box, [0, 0, 0, 0]))]);
    }

    private static void Sound(RuleCases cases, string name, MerkleRecipe merkle)
    {
        cases.Add("bmff-tree-" + name, image => Signed(image, merkle));
        cases.Add($"bmff-tree-{name}-changed", image => Signed(image, merkle).MediaChanged());
    }

    private static void Tree(RuleCases cases, string name, Action<CborFields> change) => cases.Add("bmff-tree-" + name, image => Signed(image, MerkleRecipe.Blocks(Block), change));

    private static void Variable(RuleCases cases, string name, Func<IReadOnlyList<long>, long[]> change) => cases.Add("bmff-tree-variable-" + name,
        image => Signed(image, MerkleRecipe.BlocksOf(Thirds), tree => tree["variableBlockSizes"] = change((IReadOnlyList<long>)tree["variableBlockSizes"]!)));

    private static void Assertion(RuleCases cases, string name, Action<CborFields> change) => cases.Add("bmff-tree-" + name,
        image => BmffCases.Signed(image, BmffRecipe.WithTrees(MerkleRecipe.Blocks(Block)).With(change)));

    // The first row above the leaves is in the assertion, so each leaf but an odd last one has one neighbour in its proof.
    private static void Proof(RuleCases cases, string name, Action<int, int, CborFields> change) => cases.Add("bmff-proof-" + name,
        image => Signed(Sized(image, 4 * Block), MerkleRecipe.Blocks(Block).InRow(1) with { BoxChange = change }));

    // The boxes stand at the end, so nothing else moves.
    private static void Boxes(RuleCases cases, string name, Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> change) => cases.Add("bmff-proofs-" + name, image =>
    {
        byte[] file = Signed(Sized(image, 4 * Block), MerkleRecipe.Blocks(Block).InRow(1)).Bytes;
        BmffNode[] boxes = [.. BmffNode.Parse(file).Where(root => TestBmff.IsC2pa(file, root, "merkle"))];
        return Join([file[..(int)boxes[0].Extent.Start], .. change([.. boxes.Select(box => file[(int)box.Extent.Start..(int)box.Extent.End])])]);
    });

    private static SignedAsset Signed(TestAsset image, MerkleRecipe merkle, Action<CborFields>? change = null) =>
        BmffCases.Signed(image, BmffRecipe.WithTrees(merkle).With(fields =>
        {
            if (change is not null) Array.ForEach((CborFields[])fields["merkle"]!, tree => change(tree));
        }));

    private static IReadOnlyList<long> Thirds(long length) => [length / 3, length / 3, length - length / 3 * 2];

    // Behind the sixteenth byte of the box there are as many bytes as said.
    private static TestMovie Sized(TestAsset image, int bytes)
    {
        var movie = (TestMovie)image;
        MovieTrack track = movie.Tracks[0];
        return movie with { Tracks = [track with { Samples = [Seeded.Bytes("sized", bytes + 8)] }] };
    }

    private static TestBmff TwoMedia(TestAsset image) => ((TestBmff)image).AtTheEnd(Box("mdat", Seeded.Bytes("more media", 1700)));

    private static byte[] Grown(byte[] box, byte[] more)
    {
        byte[] grown = [.. box, .. more];
        U32(grown.Length).CopyTo(grown, 0);
        return grown;
    }

    private static byte[] Exchanged(byte[] file, long at, int length)
    {
        byte[] first = file[(int)at..(int)(at + length)], second = file[(int)(at + length)..(int)(at + 2 * length)];
        return file.Overwritten(at, second).Overwritten(at + length, first);
    }
}
