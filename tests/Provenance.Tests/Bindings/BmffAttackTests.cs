using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Xunit;
using static Provenance.TestKit.BmffWriter;
using BmffExclusion = Provenance.TestKit.BmffExclusion;

namespace Provenance.Tests.Bindings;

/// <summary>Files that are signed as they are, and would let a stranger change what is shown (attacks B03 to B06, B11, H02 in BMFF).</summary>
public sealed class BmffAttackTests
{
    private const string SampleTable = "moov/trak/mdia/minf/stbl/";

    private static readonly BmffExclusion s_free = new("/free");

    private static byte[] Signed(TestBmff asset, params BmffExclusion[] excluding) => World.Sound("bmff").Embed(asset.BoundAs(asset.Recipe.Excluding(excluding))).Bytes;

    private static async Task<VerificationReport> ReportAsync(ValidationState? expected, CaseFile file)
    {
        var report = await file.VerifyAsync();
        Assert.True(expected == report.State, $"{report.State}: " + string.Join("; ", report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Explanation)) + report.Error);
        return report;
    }

    private static Task<VerificationReport> TrustedAsync(CaseFile file) => ReportAsync(ValidationState.Trusted, file);

    private static async Task DiffersAsync(CaseFile file)
    {
        var report = await ReportAsync(ValidationState.Invalid, file);
        Assert.Equal([StatusCodes.BmffHashMismatch.Text], report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text));
    }

    private static byte[] Patched(byte[] box, string path, int at, byte[] value)
    {
        var node = BmffNode.Parse(box).SelectMany(root => root.All).First(new BmffExclusion("/" + path).IsAt);
        return box.Overwritten(node.Extent.Start + at, value);
    }

    /// <summary>A film whose samples lie in the box behind its media.</summary>
    private static TestMovie Elsewhere(byte[] box, int header = 8)
    {
        var movie = TestMovie.Mp4();
        long length = movie.Tracks[0].Media.Length;
        return (TestMovie)(movie with { MovieChange = (moov, media) => Patched(moov, SampleTable + "stco", 16, U32(media + length + header)) }).AtTheEnd(box);
    }

    [Fact]
    public async Task Samples_in_free_space_that_is_left_out_are_in_no_hash()
    {
        byte[] media = TestMovie.Mp4().Tracks[0].Media;
        foreach (string type in (string[])["free", "skip"])
        {
            var movie = Elsewhere(Box(type, media));
            await DiffersAsync(Signed(movie, new BmffExclusion("/" + type)));
        }
        // Hashed, they may lie there, and the film's own place may be anywhere.
        await TrustedAsync(Signed(Elsewhere(Box("free", media))));
        await TrustedAsync(Signed((TestMovie)TestMovie.Mp4().AtTheEnd(Box("free", media)), s_free));
    }

    [Fact]
    public async Task The_last_byte_of_the_samples_counts()
    {
        byte[] media = TestMovie.Mp4().Tracks[0].Media;
        // One box is hashed and the next is not: samples that fill the first, and those that end a byte later.
        await TrustedAsync(Signed((TestMovie)Elsewhere(Box("skip", media)).AtTheEnd(Box("free", new byte[10])), s_free));
        await DiffersAsync(Signed((TestMovie)Elsewhere(Box("skip", media), 8 + 8 + 1).AtTheEnd(Box("free", new byte[10])), s_free));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Offsets_of_either_width_are_followed(bool isLong)
    {
        var movie = TestMovie.Mp4();
        movie = movie with { Tracks = [.. movie.Tracks.Select(track => track with { HasLongOffsets = isLong })] };
        long length = movie.Tracks[0].Media.Length;
        movie = movie with { MovieChange = (moov, media) => Patched(moov, SampleTable + (isLong ? "co64" : "stco"), 16, isLong ? U64(media + length + 8) : U32(media + length + 8)) };
        var asset = movie.AtTheEnd(Box("free", movie.Tracks[0].Media));
        await TrustedAsync(Signed(asset));
        await DiffersAsync(Signed(asset, s_free));
    }

    [Fact]
    public async Task Samples_in_the_store_s_own_box_are_in_no_hash()
    {
        var movie = TestMovie.Mp4() with { StorePadding = 5000 };
        byte[] file = Signed(movie);
        await TrustedAsync(file);
        long padding = file.C2paBox("manifest").Extent.End - 5000;
        var pointing = movie with { MovieChange = (moov, _) => Patched(moov, SampleTable + "stco", 16, U32(padding)) };
        await DiffersAsync(Signed(pointing));
    }

    [Theory]
    [InlineData("stsz")]
    [InlineData("stz2 16")]
    [InlineData("stz2 8")]
    [InlineData("stz2 4")]
    [InlineData("fixed")]
    public async Task Sizes_of_every_kind_are_added_up(string kind)
    {
        // Three samples of 12 bytes; the chunk starts 36 or 35 bytes before a free box that is left out.
        byte[] table = kind switch
        {
            "stsz" => Join(U32(0), U32(3), U32(12), U32(12), U32(12)),
            "fixed" => Join(U32(12), U32(3)),
            "stz2 16" => Join(U32(16), U32(3), U16(12), U16(12), U16(12)),
            "stz2 8" => Join(U32(8), U32(3), [12, 12, 12]),
            _ => Join(U32(4), U32(3), [0xCC, 0xC0]),
        };
        // The box keeps its length; what is left of it says nothing.
        byte[] sizes = FullBox(kind[..4] == "stz2" ? "stz2" : "stsz", 0, 0, table, new byte[20 - table.Length]);
        TestBmff Movie(int before)
        {
            var movie = TestMovie.Mp4();
            long length = movie.Tracks[0].Media.Length;
            byte[] Change(byte[] moov, long media)
            {
                var old = BmffNode.Parse(moov).SelectMany(root => root.All).First(new BmffExclusion("/" + SampleTable + "stsz").IsAt).Extent;
                return Patched(moov.Overwritten(old.Start, sizes), SampleTable + "stco", 16, U32(media + length - before));
            }
            return (movie with { MovieChange = Change }).AtTheEnd(Box("free", new byte[50]));
        }
        await TrustedAsync(Signed(Movie(36), s_free));
        await DiffersAsync(Signed(Movie(35), s_free));
    }

    [Fact]
    public async Task Samples_of_one_byte_count_by_where_they_start()
    {
        // QuickTime sound of any width says 1: the true length is in the description of the codec.
        byte[] Fixed(byte[] moov, long offset) => Patched(Patched(moov, SampleTable + "stsz", 12, U32(1)), SampleTable + "stco", 16, U32(offset));
        var movie = TestMovie.Mp4();
        long length = movie.Tracks[0].Media.Length;
        TestBmff At(long back) => (movie with { MovieChange = (moov, media) => Fixed(moov, media + length - back) }).AtTheEnd(Box("free", new byte[50]));
        await TrustedAsync(Signed(At(1), s_free));
        await DiffersAsync(Signed(At(0), s_free));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task An_item_in_bytes_left_out_is_in_no_hash(int item, bool isRendered)
    {
        // The picture, or its XMP, in free space behind the media.
        var heif = TestHeif.Heic();
        heif = isRendered ? heif : heif.WithXmpItem();
        int index = isRendered ? item : 2;
        byte[] Change(byte[] meta, long media)
        {
            var locations = BmffNode.Parse(meta).SelectMany(root => root.All).First(node => node.Type == "iloc").Extent;
            long end = media + heif.Items.Sum(each => (long)each.Length) + (heif.XmpItem?.Length ?? 0);
            // Behind header, version, sizes and count: 16 bytes an item, the offset behind the first 8.
            return meta.Overwritten(locations.Start + 8 + 4 + 2 + 2 + 16 * index + 8, U32(end + 8));
        }
        var asset = (heif with { MetaChange = Change }).AtTheEnd(Box("free", new byte[2000]));
        await TrustedAsync(Signed(asset));
        if (isRendered)
            await DiffersAsync(Signed(asset, s_free));
        else
            await TrustedAsync(Signed(asset, s_free));
    }

    [Fact]
    public async Task A_run_of_samples_in_bytes_left_out_is_in_no_hash()
    {
        // data_offset of the second fragment's run leads back into the free box before its moof.
        byte[] padding = Box("free", new byte[5000]);
        var movie = TestFragmentedMovie.Small() with { FragmentFront = [padding] };
        var recipe = BmffRecipe.OfFragments(new MerkleRecipe { HasBoxes = true });
        await TrustedAsync(World.Sound().Embed(movie.BoundAs(recipe.Excluding(s_free))).Bytes);
        byte[] file = World.Sound().Embed(new Back(movie, recipe.Excluding(s_free))).Bytes;
        await DiffersAsync(file);
    }

    /// <summary>A fragmented film whose runs lead back: changed before it is hashed.</summary>
    private sealed record Back : TestBmff
    {
        private readonly TestBmff _movie;

        public Back(TestBmff movie, BmffRecipe recipe) => (_movie, Recipe) = (movie, new BmffRecipe { Exclusions = recipe.Exclusions });

        public override string Format => _movie.Format;

        public override string MediaType => _movie.MediaType;

        public override string Extension => _movie.Extension;

        protected override IReadOnlyList<string> Brands => ["iso5"];

        protected override IReadOnlyList<byte[]> Roots(long start)
        {
            byte[] film = _movie.Bytes;
            var roots = BmffNode.Parse(film).Skip(1).Select(root => film[(int)root.Extent.Start..(int)root.Extent.End]).ToArray();
            return [.. roots.Select(box => box.AsSpan(4, 4).SequenceEqual("moof"u8) ? Patched(box, "moof/traf/trun", 16, [0xFF, 0xFF, 0xF0, 0x60]) : box)];
        }
    }

    [Theory]
    [InlineData("/mdat")]
    [InlineData("/moov")]
    [InlineData("/moov/trak")]
    [InlineData("/moov/trak[1]/mdia")]
    [InlineData("/moov/trak/mdia/minf/stbl")]
    [InlineData("/moov/trak/mdia/minf/stbl/stsd")]
    [InlineData("/moov/trak/mdia/minf/stbl/stsz")]
    [InlineData("/moov/trak/tkhd")]
    public async Task What_it_takes_to_render_a_film_may_not_be_left_out(string path)
    {
        await DiffersAsync(Signed(TestMovie.Mp4(), new BmffExclusion(path)));
        await DiffersAsync(Signed(TestMovie.Mp4(), new BmffExclusion(path).Part(8, 0)));
    }

    [Theory]
    [InlineData("/mdat")]
    [InlineData("/meta")]
    [InlineData("/meta/pitm")]
    [InlineData("/meta/iinf")]
    [InlineData("/meta/iprp/ipco")]
    public async Task What_it_takes_to_render_a_picture_may_not_be_left_out(string path) => await DiffersAsync(Signed(TestHeif.Heic(), new BmffExclusion(path)));

    [Fact]
    public async Task A_path_to_whatever_subset_of_the_film_leaves_the_samples_bound()
    {
        // All but the header of mdat, and of what moov holds.
        await DiffersAsync(Signed(TestMovie.Mp4(), new BmffExclusion("/mdat").Part(16, 0)));
        await DiffersAsync(Signed(TestMovie.Mp4(), new BmffExclusion("/moov").Part(20, 0)));
    }

    [Theory]
    [InlineData("/moov/trak/mdia/minf/stbl/stco", 16, 0)]
    [InlineData("/moov/trak/tkhd", 48, 36)]
    [InlineData("/moov/udta", 0, 0)]
    [InlineData("/emsg", 0, 0)]
    public async Task What_cameras_and_older_lists_leave_out_is_told_and_no_failure(string path, long offset, long length)
    {
        var exclusion = new BmffExclusion(path);
        var report = await ReportAsync(ValidationState.Trusted, Signed(TestMovie.Mp4(), offset > 0 ? exclusion.Part(offset, length) : exclusion));
        Assert.Contains(report.Findings, finding => finding.Code == StatusCodes.BmffHashAdditionalExclusions);
    }

    [Fact]
    public async Task Offsets_that_are_left_out_may_lead_to_hashed_bytes_only()
    {
        byte[] file = Signed(TestMovie.Mp4() with { StorePadding = 5000 }, new BmffExclusion("/" + SampleTable + "stco").Part(16, 0));
        await TrustedAsync(file);
        // Nobody needs a key to change them.
        await DiffersAsync(file.BoxOverwritten(SampleTable + "stco", 16, U32(file.C2paBox("manifest").Extent.End - 5000)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task Offsets_into_another_file_lead_nowhere_in_this_one(byte inThisFile, bool isTrusted)
    {
        var movie = TestMovie.Mp4();
        long length = movie.Tracks[0].Media.Length;
        // The flag of the one data reference, the last byte of dref.
        byte[] Change(byte[] moov, long media) => Patched(Patched(moov, "moov/trak/mdia/minf/dinf/dref", 27, [inThisFile]), SampleTable + "stco", 16, U32(media + length + 8));
        byte[] file = Signed((movie with { MovieChange = Change }).AtTheEnd(Box("free", new byte[50])), s_free);
        if (isTrusted)
            await TrustedAsync(file);
        else
            await DiffersAsync(file);
    }

    [Fact]
    public async Task Metadata_of_a_film_may_be_left_out_with_its_box()
    {
        byte[] notes = FullBox("meta", 0, 0, FullBox("hdlr", 0, 0, U32(0), FourCc("nrtm"), new byte[12], [0]), Box("xml ", new byte[50]));
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(notes), new BmffExclusion("/meta/xml "), new BmffExclusion("/meta").Part(0, 4));
        await TrustedAsync(file);
        await TrustedAsync(file.FlipBit(file.Length - 1));
        await TrustedAsync(Signed(TestMovie.Mp4().AtTheEnd(notes), new BmffExclusion("/meta")));
    }

    [Fact]
    public async Task Free_space_that_is_filled_is_told_as_in_no_hash()
    {
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(Box("free", new byte[100])), s_free);
        byte[] filled = file.Overwritten(file.Length - 50, "somebody was here"u8.ToArray());
        var report = await ReportAsync(ValidationState.Trusted, filled);
        Assert.Contains(report.Uncovered!, range => range.Name == "free" && range.Range.Length == 108);
    }

    [Fact]
    public async Task Padding_behind_the_store_that_is_filled_is_told_as_in_no_hash()
    {
        byte[] file = Signed(TestMovie.Mp4() with { StorePadding = 70_000 });
        Assert.Empty((await ReportAsync(ValidationState.Trusted, file)).Uncovered!);
        byte[] filled = file.FlipBit(file.C2paBox("manifest").Extent.End - 1);
        Assert.Equal(70_000, Assert.Single((await ReportAsync(ValidationState.Trusted, filled)).Uncovered!).Range.Length);
    }

    // Purposes

    [Theory]
    [InlineData("original")]
    [InlineData("xxxxxxxx")]
    public async Task A_purpose_changed_never_makes_the_credentials_vanish(string purpose)
    {
        byte[] file = Signed(TestMovie.Mp4()).Retagged("manifest", purpose);
        var report = await ReportAsync(ValidationState.Invalid, file);
        Assert.Equal(ManifestOrigin.Embedded, report.Origin);
        Assert.NotEqual(Label.None, report.Label);
    }

    [Fact]
    public async Task Two_stores_are_never_chosen_from()
    {
        byte[] file = Signed(TestMovie.Mp4());
        var store = file.C2paBox("manifest").Extent;
        var report = await ReportAsync(ValidationState.Invalid, file.Appended(file[(int)store.Start..(int)store.End]));
        Assert.NotEqual(Label.None, report.Label);
    }

    // Updates

    private static SignedAsset Updated(SignedAsset original, bool hasOffset) =>
        World.Silent("update").From(Ingredient.Parent(original)).Opened().Update().Embed(original.Carrier).AsUpdateOf(original, hasOffset);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_update_in_a_box_of_its_own_rests_on_the_original(bool hasOffset)
    {
        var original = World.Sound("original").Embed(TestMovie.Mp4());
        var updated = Updated(original, hasOffset);
        await TrustedAsync(updated.Bytes);
        var report = await new CaseFile(updated.Bytes).VerifyAsync();
        Assert.Equal(updated.ActiveLabel, report.ActiveManifest);
        Assert.Empty(report.Uncovered!);
        await DiffersAsync(updated.Bytes.BoxFlipped("mdat", 100));
        await DiffersAsync(updated.Bytes.Appended(Box("abcd")));
        // Cut off again, the original is one without its update, and nobody says that it is alone.
        await ReportAsync(ValidationState.Invalid, updated.Bytes[..(int)updated.Bytes.C2paBox("update").Extent.Start]);
        await ReportAsync(ValidationState.Invalid, updated.Bytes.Retagged("original", "manifest"));
        await ReportAsync(ValidationState.Invalid, updated.Bytes.Retagged("update", "merkle"));
    }

    // Damage

    [Theory]
    [InlineData("moov", 0)]
    [InlineData("moov", 7)]
    [InlineData("moov", 0x7FFFFFFF)]
    [InlineData("mdat", 9)]
    [InlineData("moov/trak", 4)]
    [InlineData("moov/trak", 0x7FFFFFFF)]
    [InlineData("moov/trak/mdia/minf/stbl/stsz", 0)]
    [InlineData("moov/trak/mdia/minf/stbl/stsz", 0x7FFFFFFF)]
    public async Task Sizes_that_lie_are_noticed(string path, uint size)
    {
        byte[] file = Signed(TestMovie.Mp4());
        await TrustedAsync(file);
        await DiffersAsync(file.BoxResized(path, size));
    }

    [Fact]
    public async Task Boxes_nested_deeper_than_the_limit_are_refused()
    {
        static byte[] Nested(int depth) => depth == 0 ? Box("free") : Box("udta", Nested(depth - 1));
        await TrustedAsync(Signed(TestMovie.Mp4().AtTheEnd(Nested(Limits.Default.BmffDepth - 1))));
        var report = await ReportAsync(null, Signed(TestMovie.Mp4().AtTheEnd(Nested(Limits.Default.BmffDepth))));
        Assert.Equal(nameof(Limits.BmffDepth), report.Error!.Limit);
        // Ten thousand levels are refused as fast.
        byte[] deep = Box("free");
        var bytes = new byte[8 * 10_000];
        for (int i = 0; i < 10_000; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8 * i), 8 * (10_000 - i) + deep.Length);
            "udta"u8.CopyTo(bytes.AsSpan(8 * i + 4));
        }
        await ReportAsync(null, Signed(TestMovie.Mp4().AtTheEnd([.. bytes, .. deep])));
    }

    public static TheoryData<string> Films => [.. TestAssets.All.Where(asset => asset.Value() is TestBmff).Select(asset => asset.Key)];

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Whatever_is_written_over_a_file_the_answer_is_a_report(string name)
    {
        // The tables that lead to the content are read before anything is hashed.
        byte[] file = World.Sound(name).Embed(TestAssets.All[name]()).Bytes;
        var store = file.C2paBox("manifest").Extent;
        var random = new Random(20261122);
        byte[] interesting = [0x00, 0x01, 0x02, 0x7F, 0x80, 0xFE, 0xFF];
        for (int round = 0; round < 400; round++)
        {
            byte[] changed = [.. file];
            for (int change = random.Next(6); change >= 0; change--)
            {
                int at = random.Next(changed.Length - 8);
                if (at > store.Start - 8 && at < store.End)
                    continue;
                for (int i = random.Next(2) == 0 ? 0 : 7; i >= 0; i--)
                    changed[at + i] = random.Next(2) == 0 ? interesting[random.Next(interesting.Length)] : (byte)random.Next(256);
            }
            if (changed.AsSpan().SequenceEqual(file))
                continue;
            var report = await new CaseFile(changed).VerifyAsync();
            // What proves a tree may be padded with anything.
            Assert.True(report.State != ValidationState.Trusted || report.Uncovered!.Count > 0 || name is "mp4-trees" or "mp4-fragmented", $"round {round}");
        }
    }
}
