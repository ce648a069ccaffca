namespace Provenance.TestKit;

/// <summary>An MP4 in fragments, all in one file: a film without samples, then <c>moof</c> and <c>mdat</c> again and again (C2PA A.5.4.1.2).</summary>
public sealed record TestFragmentedMovie : TestMovie
{
    private TestFragmentedMovie(IReadOnlyList<MovieTrack> tracks) : base("MP4", "video/mp4", "mp4", ["iso5", "iso6", "mp41"], tracks) =>
        Recipe = BmffRecipe.OfFragments(new MerkleRecipe { HasBoxes = true });

    /// <summary>Samples in each fragment.</summary>
    public int FragmentLength { get; init; } = 1;

    /// <summary>Root boxes before each fragment and its Merkle box, as segments have them: <c>styp</c>.</summary>
    public IReadOnlyList<byte[]> FragmentFront { get; init; } = [];

    /// <summary>Five pictures, each a fragment.</summary>
    public static TestFragmentedMovie Small(int tracks = 1) =>
        new([.. Enumerable.Range(0, tracks).Select(_ => MovieTrack.OfJpegs(64, 64, Frames(5), quickTime: false))]);

    protected override IReadOnlyList<byte[]> Roots(long start) =>
        [MovieTrack.FragmentedMovie(Tracks), .. Fragments().SelectMany(fragment => (byte[][])[.. FragmentFront, .. fragment.Boxes])];

    // Right before each moof. The digests say where each fragment lies, so boxes of the right sizes are put in first.
    protected override byte[] Proven(byte[] file, MerkleRecipe merkle)
    {
        IReadOnlyList<byte[]> Boxes(byte[] of)
        {
            var trees = HardBinding.TreesOf(Recipe, merkle, of).Select((tree, i) => new Queue<byte[]>(tree.Boxes(merkle.Row, (leaf, fields) => merkle.BoxChange?.Invoke(i, leaf, fields)))).ToList();
            return [.. Fragments().Select(fragment => trees[fragment.Track - 1].Dequeue())];
        }
        return Inserted(file, Boxes(Inserted(file, Boxes(file))));
    }

    private static byte[] Inserted(byte[] file, IReadOnlyList<byte[]> boxes)
    {
        var output = new MemoryStream();
        int at = 0;
        foreach ((int i, BmffNode moof) in BmffNode.Parse(file).Where(root => root.Type == "moof").Index())
        {
            output.Write(file.AsSpan(at, (int)moof.Extent.Start - at));
            output.Write(boxes[i]);
            at = (int)moof.Extent.Start;
        }
        output.Write(file.AsSpan(at));
        return output.ToArray();
    }

    // The tracks take turns.
    private IEnumerable<(int Track, byte[][] Boxes)> Fragments()
    {
        int sequence = 0;
        for (int first = 0; first < Tracks.Max(track => track.Samples.Count); first += FragmentLength)
            foreach ((int i, MovieTrack track) in Tracks.Index())
                if (first < track.Samples.Count) yield return (i + 1, track.Fragment(++sequence, i + 1, first, FragmentLength));
    }
}
