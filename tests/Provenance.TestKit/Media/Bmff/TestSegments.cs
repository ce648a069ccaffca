using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>A film in several files: an initialization segment with the store, and segments, each with a box that proves it (C2PA A.5.4.1.2).</summary>
public sealed record TestSegments(MovieTrack Track, BmffRecipe Recipe)
{
    /// <summary>Five pictures, each a segment.</summary>
    public static TestSegments Small(BmffRecipe? recipe = null) =>
        new(MovieTrack.OfJpegs(64, 64, TestMovie.Frames(5), quickTime: false), recipe ?? BmffRecipe.OfFragments());

    /// <summary>Number of the track, in both kinds of file.</summary>
    public int TrackId => 1;

    public SignedSegments Sign(ManifestBuilder manifest)
    {
        byte[][][] parts = [.. Track.Samples.Select((_, i) => (byte[][])[Box("styp", FourCc("msdh"), U32(0), FourCc("msdh")), .. Track.Fragment(i + 1, TrackId, i, 1)])];
        byte[] File(int i, byte[] proof) => Join(parts[i][0], proof, parts[i][1], parts[i][2]);

        // The digests know where boxes lie, so boxes of the right sizes are put in first.
        MerkleRecipe merkle = Recipe.Merkle ?? new();
        MerkleTree tree = TreeOf([.. parts.Select((_, i) => File(i, []))]);
        for (int pass = 0; pass < 2; pass++)
        {
            IReadOnlyList<byte[]> sized = new BmffTree(1, TrackId, tree).Boxes(merkle.Row);
            tree = TreeOf([.. parts.Select((_, i) => File(i, sized[i]))]);
        }
        IReadOnlyList<byte[]> proofs = new BmffTree(1, TrackId, tree).Boxes(merkle.Row, (leaf, fields) => merkle.BoxChange?.Invoke(0, leaf, fields));
        byte[][] segments = [.. parts.Select((_, i) => File(i, proofs[i]))];

        BmffRecipe recipe = Recipe with
        {
            Merkle = merkle with { HasBoxes = false, Trees = init => [new BmffTree(1, TrackId, tree) { InitHash = Recipe.DigestOf(init, 0, init.Length) }] },
        };
        return new(manifest.Embed(TestMovie.Initialization(Track).BoundAs(recipe)), segments);
    }

    private MerkleTree TreeOf(byte[][] files) => new(Recipe.Algorithm, [.. files.Select(file => Recipe.DigestOf(file, 0, file.Length))]);
}

/// <summary>The signed initialization segment, and the segments that follow it, in order.</summary>
public sealed record SignedSegments(SignedAsset Init, IReadOnlyList<byte[]> Segments)
{
    /// <summary>The same with other segments.</summary>
    public SignedSegments With(Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> change) => this with { Segments = change(Segments) };

    /// <summary>The same with one segment changed.</summary>
    public SignedSegments WithSegment(int number, Func<byte[], byte[]> change) => With(all => [.. all.Select((segment, i) => i == number ? change(segment) : segment)]);
}
