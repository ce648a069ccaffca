using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Bindings;

/// <summary>Merkle trees: over the media of one file, over fragments in one file, over segments (attack B08).</summary>
public sealed class BmffMerkleTests
{
    private static byte[] Signed(TestBmff asset, BmffRecipe recipe) => World.Sound("bmff").Embed(asset.BoundAs(recipe)).Bytes;

    private static byte[] Signed(MerkleRecipe merkle, Action<CborFields>? change = null) => Signed(TestMovie.Mp4(), BmffRecipe.WithTrees(merkle) with { Change = change });

    /// <summary>Changes the first tree of the assertion.</summary>
    private static Action<CborFields> Tree(Action<CborFields> change) => fields => change(((CborFields[])fields["merkle"]!)[0]);

    private static async Task OutcomeAsync(StatusCode? expected, CaseFile file)
    {
        var report = await file.VerifyAsync();
        string told = string.Join("; ", report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Explanation)) + report.Error;
        Assert.True((expected is null ? ValidationState.Trusted : ValidationState.Invalid) == report.State, told);
        Assert.Equal(expected is null ? [] : [expected.Text], report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text));
    }

    private static Task TrustedAsync(CaseFile file) => OutcomeAsync(null, file);

    private static Task DiffersAsync(CaseFile file) => OutcomeAsync(StatusCodes.BmffHashMismatch, file);

    private static Task MalformedAsync(CaseFile file) => OutcomeAsync(StatusCodes.BmffHashMalformed, file);

    // The media of one file

    public static TheoryData<string> Shapes => ["whole", "fixed", "fixed in row 1", "fixed in row 2", "the root", "variable", "variable in row 1", "fixed, larger than the media"];

    private static MerkleRecipe Shape(string name) => name switch
    {
        "whole" => new MerkleRecipe(),
        "fixed" => MerkleRecipe.Blocks(700),
        "fixed in row 1" => MerkleRecipe.Blocks(700).InRow(1),
        "fixed in row 2" => MerkleRecipe.Blocks(700).InRow(2),
        "the root" => MerkleRecipe.Blocks(700).InRow(9),
        "variable" => MerkleRecipe.BlocksOf(length => [5, 1, length - 6]),
        "variable in row 1" => MerkleRecipe.BlocksOf(length => [5, 1, length - 6]).InRow(1),
        _ => MerkleRecipe.Blocks(1 << 30),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Media_are_bound_whatever_the_leaves(string shape)
    {
        foreach (var size in (MediaSize[])[MediaSize.Short, MediaSize.Large])
        {
            byte[] file = Signed(TestMovie.Mp4() with { MediaSize = size }, BmffRecipe.WithTrees(Shape(shape)));
            await TrustedAsync(file);
            // The bytes behind the header that the hash of the file has, the first of the tree, and the last.
            long start = file.Box("mdat").Extent.Start, end = file.Box("mdat").Extent.End;
            long[] headed = size == MediaSize.Short ? [start + 8, start + 15] : [];
            foreach (long at in (long[])[.. headed, start + 16, (start + end) / 2, end - 1])
                await DiffersAsync(file.FlipBit(at));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Small_media_have_no_leaves_or_one(int length)
    {
        // The first 8 bytes behind the header are the hash's of the file; where there are no more, the reference writes a tree without leaves.
        var movie = TestMovie.Mp4([]) with { MoreMedia = new byte[length] };
        byte[] file = Signed(movie, BmffRecipe.WithTrees(MerkleRecipe.Blocks(1024)));
        await TrustedAsync(file);
    }

    [Fact]
    public async Task Each_of_several_media_boxes_has_a_tree_of_its_own()
    {
        var movie = TestMovie.Mp4().AtTheEnd(Box("mdat", Seeded.Bytes("more", 3000)));
        byte[] file = Signed(movie, BmffRecipe.WithTrees(MerkleRecipe.Blocks(1000).InRow(1)));
        await TrustedAsync(file);
        await DiffersAsync(file.FlipBit(file.Box("mdat[2]").Extent.Start + 500));
        // A box without a tree is in no hash behind its first 16 bytes.
        byte[] one = Signed(movie, BmffRecipe.WithTrees(MerkleRecipe.Blocks(1000)) with { Change = fields => fields.With("merkle", ((CborFields[])fields["merkle"]!)[..1]) });
        await DiffersAsync(one);
        byte[] three = Signed(movie, BmffRecipe.WithTrees(MerkleRecipe.Blocks(1000)) with { Change = fields => fields.With("merkle", ((CborFields[])fields["merkle"]!).Append(((CborFields[])fields["merkle"]!)[0]).ToArray()) });
        await MalformedAsync(three);
    }

    [Fact]
    public async Task Sizes_of_blocks_add_up()
    {
        await TrustedAsync(Signed(MerkleRecipe.BlocksOf(length => [10, length - 10])));
        await MalformedAsync(Signed(MerkleRecipe.BlocksOf(length => [10, length - 11])));
        await MalformedAsync(Signed(MerkleRecipe.BlocksOf(length => [10, length - 10]), Tree(tree => tree.With("variableBlockSizes", new long[] { 10, long.MaxValue }))));
        await MalformedAsync(Signed(MerkleRecipe.BlocksOf(length => [10, length - 10]), Tree(tree => tree.With("variableBlockSizes", new long[] { 10 }))));
        await MalformedAsync(Signed(MerkleRecipe.BlocksOf(length => [10, length - 10]), Tree(tree => tree.With("fixedBlockSize", 10))));
    }

    [Fact]
    public async Task The_number_of_leaves_is_that_of_the_media()
    {
        await MalformedAsync(Signed(MerkleRecipe.Blocks(700), Tree(tree =>
        {
            var hashes = (byte[][])tree["hashes"]!;
            tree.With("count", hashes.Length - 1).With("hashes", hashes[..^1]);
        })));
        await DiffersAsync(Signed(MerkleRecipe.Blocks(700), Tree(tree =>
        {
            var hashes = (byte[][])tree["hashes"]!;
            tree.With("count", hashes.Length + 1).With("hashes", hashes.Append(hashes[0]).ToArray());
        })));
    }

    [Fact]
    public async Task Proofs_are_there_in_order_and_complete()
    {
        static byte[] Made(Action<int, CborFields> change) => Signed(MerkleRecipe.Blocks(700).InRow(1) with { BoxChange = (_, leaf, fields) => change(leaf, fields) });
        byte[] file = Made((_, _) => { });
        await TrustedAsync(file);
        await DiffersAsync(Made((leaf, fields) => fields.With("location", leaf == 0 ? 1 : leaf == 1 ? 0 : leaf)));
        await DiffersAsync(Made((leaf, fields) => { if (leaf == 1) fields.With("location", 1L << 40); }));
        await DiffersAsync(Made((leaf, fields) => { if (leaf == 1) fields.Omit("hashes"); }));
        await DiffersAsync(Made((leaf, fields) => { if (leaf == 1) fields.With("hashes", ((byte[][])fields["hashes"]!).Append(new byte[32]).ToArray()); }));
        await DiffersAsync(Made((leaf, fields) => { if (leaf == 1) fields.With("uniqueId", 77); }));
        await DiffersAsync(Made((leaf, fields) => { if (leaf == 1) fields.With("location", "1"); }));
        // One gone, and all of them.
        var last = file.C2paBox("merkle", 2).Extent;
        await DiffersAsync(file.Overwritten(last.Start + 4, "free"u8.ToArray()));
        byte[] without = Signed(MerkleRecipe.Blocks(700) with { Row = 1 });
        await MalformedAsync(without);
    }

    [Fact]
    public async Task Padding_behind_a_proof_is_not_looked_at()
    {
        byte[] file = Signed(MerkleRecipe.Blocks(700).InRow(1));
        int leaves = Enumerable.Range(0, 99).TakeWhile(i => BmffNode.Parse(file).Count(root => TestBmff.IsC2pa(file, root, "merkle")) > i).Count();
        var padded = file.C2paBox("merkle", leaves - 1);
        await TrustedAsync(file.Overwritten(padded.Extent.End - 1, [file[^1]]));
    }

    [Fact]
    public async Task Trees_alone_bind_no_file_in_one_piece() =>
        await DiffersAsync(Signed(TestMovie.Mp4(), BmffRecipe.WithTrees() with { Change = fields => fields.Omit("hash") }));

    // Fragments in one file

    private static readonly MerkleRecipe s_proven = new() { HasBoxes = true };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(2, 0)]
    [InlineData(2, 2)]
    public async Task Fragments_of_one_file_are_bound(int tracks, int row)
    {
        byte[] file = Signed(TestFragmentedMovie.Small(tracks), BmffRecipe.OfFragments(s_proven with { Row = row }));
        await TrustedAsync(file);
        await DiffersAsync(file.BoxFlipped("moov/mvhd", 20));
        for (int fragment = 1; fragment <= 5 * tracks; fragment++)
            await DiffersAsync(file.BoxFlipped($"mdat[{fragment}]", 100));
    }

    [Fact]
    public async Task A_fragment_that_is_gone_doubled_or_moved_is_noticed()
    {
        byte[] file = Signed(TestFragmentedMovie.Small(), BmffRecipe.OfFragments(s_proven));
        var bounds = Enumerable.Range(0, 5).Select(i => file.C2paBox("merkle", i).Extent.Start).Append(file.Length).ToArray();
        byte[] Fragments(params int[] order) => Join([file[..(int)bounds[0]], .. order.Select(i => file[(int)bounds[i]..(int)bounds[i + 1]])]);
        await TrustedAsync(Fragments(0, 1, 2, 3, 4));
        // Each one's place in the file is hashed; so a cut at the end is the one that must be found by counting.
        await DiffersAsync(Fragments(0, 1, 2, 3));
        // Without any it looks like the start of a stream.
        Assert.Equal(Label.NotChecked, (await new CaseFile(Fragments()).VerifyAsync()).Label);
        await DiffersAsync(Fragments(0, 2, 3, 4));
        await DiffersAsync(Fragments(1, 2, 3, 4));
        await DiffersAsync(Fragments(0, 1, 2, 3, 4, 4));
        await DiffersAsync(Fragments(0, 1, 3, 2, 4));
        await DiffersAsync(file.Appended(Box("free")));
    }

    [Fact]
    public async Task Boxes_before_a_fragment_belong_to_the_one_before()
    {
        byte[] file = Signed(TestFragmentedMovie.Small() with { FragmentFront = [Box("styp", FourCc("msdh"), U32(7))] }, BmffRecipe.OfFragments(s_proven));
        await TrustedAsync(file);
        await DiffersAsync(file.BoxFlipped("styp[1]", 15));
        await DiffersAsync(file.BoxFlipped("styp[3]", 15));
    }

    [Fact]
    public async Task A_hash_and_trees_of_fragments_exclude_each_other() =>
        await MalformedAsync(Signed(TestFragmentedMovie.Small(), BmffRecipe.OfFragments(s_proven) with { Change = fields => fields.With("hash", new byte[32]) }));

    [Fact]
    public async Task A_hash_alone_binds_a_file_of_fragments()
    {
        byte[] file = Signed(TestFragmentedMovie.Small(), new BmffRecipe());
        await TrustedAsync(file);
        await DiffersAsync(file.BoxFlipped("mdat[3]", 100));
    }

    [Fact]
    public async Task Trees_of_fragments_need_the_hash_of_what_comes_before() =>
        await MalformedAsync(Signed(TestFragmentedMovie.Small(), BmffRecipe.OfFragments(s_proven) with { Change = Tree(tree => tree.Omit("initHash")) }));

    [Fact]
    public async Task Two_trees_of_one_number_are_malformed() =>
        await MalformedAsync(Signed(TestFragmentedMovie.Small(), BmffRecipe.OfFragments(s_proven) with { Change = fields => fields.With("merkle", ((CborFields[])fields["merkle"]!).Append(((CborFields[])fields["merkle"]!)[0]).ToArray()) }));

    // Segments

    private static readonly SignedSegments s_leaves = TestSegments.Small().Sign(World.Sound("segments"));
    private static readonly SignedSegments s_inRow = TestSegments.Small(BmffRecipe.OfFragments(new MerkleRecipe { Row = 1 })).Sign(World.Sound("segments"));

    private static CaseFile Stream(SignedSegments stream, params int[] order) =>
        new CaseFile(stream.Init.Bytes) with { Fragments = [.. order.Select(i => stream.Segments[i])] };

    private static CaseFile All(SignedSegments stream) => new CaseFile(stream.Init.Bytes) with { Fragments = stream.Segments };

    [Fact]
    public async Task An_initialization_segment_alone_is_not_checked()
    {
        var report = await Stream(s_leaves).VerifyAsync();
        Assert.Equal(Label.NotChecked, report.Label);
        Assert.DoesNotContain(report.Findings, finding => finding.IsFailure);
        await DiffersAsync(s_leaves.Init.Bytes.BoxFlipped("moov/mvhd", 20));
    }

    [Fact]
    public async Task Segments_are_bound()
    {
        foreach (var stream in new[] { s_leaves, s_inRow })
        {
            await TrustedAsync(All(stream));
            await DiffersAsync(All(stream) with { Bytes = stream.Init.Bytes.BoxFlipped("moov/mvhd", 20) });
            for (int i = 0; i < stream.Segments.Count; i++)
            {
                await DiffersAsync(All(stream.WithSegment(i, segment => segment.BoxFlipped("mdat", 100))));
                await DiffersAsync(All(stream.WithSegment(i, segment => segment.Appended(Box("free")))));
            }
        }
    }

    [Theory]
    [InlineData(null, 0, 1, 2, 3, 4)]
    [InlineData("only 1 to 3 are here", 0, 1, 2)]
    [InlineData("only 3 to 5 are here", 2, 3, 4)]
    [InlineData("only 2 to 2 are here", 1)]
    public async Task Segments_in_a_row_match_and_those_that_are_not_here_are_told(string? told, params int[] order)
    {
        foreach (var stream in new[] { s_leaves, s_inRow })
        {
            await TrustedAsync(Stream(stream, order));
            var report = await Stream(stream, order).VerifyAsync();
            string explanation = report.Findings.Single(finding => finding.Code == StatusCodes.BmffHashMatch).Explanation!;
            Assert.Equal(told is not null, explanation.Contains("are here", StringComparison.Ordinal));
            Assert.Contains(told ?? "", explanation, StringComparison.Ordinal);
            Assert.Equal(told is null, report.NotHere is null);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, 1, 3, 4)]
    [InlineData(0, 0)]
    [InlineData(0, 1, 1, 2)]
    [InlineData(1, 0)]
    [InlineData(0, 1, 2, 4, 3)]
    [InlineData(4, 3, 2, 1, 0)]
    public async Task A_break_in_the_order_of_segments_is_noticed(params int[] order)
    {
        await DiffersAsync(Stream(s_leaves, order));
        await DiffersAsync(Stream(s_inRow, order));
    }

    [Fact]
    public async Task A_segment_of_another_stream_is_noticed()
    {
        var other = (TestSegments.Small() with { Track = MovieTrack.OfJpegs(64, 64, [.. TestMovie.Frames(9).TakeLast(5)], quickTime: false) }).Sign(World.Sound("other"));
        await TrustedAsync(All(other));
        await DiffersAsync(All(s_leaves) with { Fragments = other.Segments });
        await DiffersAsync(All(s_leaves.WithSegment(2, _ => other.Segments[2])));
        await DiffersAsync(All(s_leaves) with { Bytes = other.Init.Bytes });
    }

    [Fact]
    public async Task A_segment_without_its_proof_is_noticed()
    {
        static byte[] Without(byte[] segment) => segment.Overwritten(segment.C2paBox("merkle").Extent.Start + 4, "free"u8.ToArray());
        static byte[] Twice(byte[] segment) => segment.Inserted(segment.C2paBox("merkle").Extent.Start, segment[(int)segment.C2paBox("merkle").Extent.Start..(int)segment.C2paBox("merkle").Extent.End]);
        await DiffersAsync(All(s_leaves.WithSegment(1, Without)));
        await MalformedAsync(All(s_inRow.WithSegment(1, Without)));
        await MalformedAsync(All(s_leaves.WithSegment(1, Twice)));
    }

    [Fact]
    public async Task A_leaf_that_the_tree_does_not_have_is_noticed()
    {
        static SignedSegments Made(Action<CborFields> change) => TestSegments.Small(BmffRecipe.OfFragments(new MerkleRecipe { Row = 1, BoxChange = (_, leaf, fields) => { if (leaf == 4) change(fields); } })).Sign(World.Sound("segments"));
        await DiffersAsync(All(Made(fields => fields.With("location", 5))));
        await DiffersAsync(All(Made(fields => fields.With("location", long.MaxValue))));
        await DiffersAsync(All(Made(fields => fields.With("localId", 1L << 40))));
        await DiffersAsync(All(Made(fields => fields.With("location", -1))));
        await DiffersAsync(All(Made(fields => fields.With("hashes", new[] { new byte[32] }))));
    }

    [Fact]
    public async Task Segments_beside_a_file_that_binds_none_are_in_no_hash()
    {
        byte[] film = World.Sound().Embed(TestMovie.Mp4()).Bytes;
        await TrustedAsync(film);
        await DiffersAsync(new CaseFile(film) with { Fragments = s_leaves.Segments });
    }

    [Fact]
    public async Task A_segment_that_is_no_file_of_boxes_is_noticed()
    {
        await DiffersAsync(All(s_leaves.WithSegment(1, _ => "nothing of the kind"u8.ToArray())));
        await DiffersAsync(All(s_leaves.WithSegment(1, _ => [])));
        await DiffersAsync(All(s_leaves.WithSegment(1, segment => segment[..^1])));
    }

    // Real files

    [Theory]
    [InlineData("made-variants/frag-leaves", "", "seg1.m4s", "seg2.m4s")]
    [InlineData("made-variants/frag-sha512", "", "seg1.m4s", "seg2.m4s")]
    [InlineData("made-variants/frag-foreign-segment", "", "seg1.m4s", "seg2.m4s")]
    [InlineData("made-variants/frag-foreign-segment", "assertion.bmffHash.mismatch", "seg1.m4s", "seg2.m4s", "seg3.m4s")]
    [InlineData("made-variants/frag-hash-and-merkle", "assertion.bmffHash.malformed", "seg1.m4s")]
    [InlineData("made-variants/frag-no-inithash", "assertion.bmffHash.malformed", "seg1.m4s")]
    [InlineData("made-variants/frag-no-merkle-box", "assertion.bmffHash.mismatch", "seg1.m4s")]
    [InlineData("made-variants/frag-proof-flipped", "assertion.bmffHash.mismatch", "seg1.m4s")]
    [InlineData("made-variants/frag-tam-segment", "assertion.bmffHash.mismatch", "seg1.m4s")]
    [InlineData("c2pa-rs", "", "dash1.m4s")]
    public async Task Streams_of_the_corpus_are_judged_as_their_makers_say(string folder, string failure, params string[] segments)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        string Path(string name) => Shared.Path(["corpus", .. folder.Split('/'), name]);
        var file = new CaseFile(await File.ReadAllBytesAsync(Path(folder == "c2pa-rs" ? "dashinit.mp4" : "init.mp4"))) with { Fragments = [.. segments.Select(name => File.ReadAllBytes(Path(name)))] };
        var report = await file.Trusting().VerifyAsync();
        Assert.Equal(failure.Length == 0 ? ValidationState.Valid : ValidationState.Invalid, report.State);
        Assert.Equal(failure.Length == 0 ? [] : [failure], report.Findings.Where(finding => finding.IsFailure && finding.Code != StatusCodes.SigningCredentialUntrusted).Select(finding => finding.Code.Text));
    }
}
