using System.Diagnostics;
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

/// <summary>The hash of files in one piece: what it binds, and what of its exclusions counts.</summary>
public sealed class BmffHashTests
{
    private static SignedAsset Signed(TestBmff asset) => World.Sound("bmff").Embed(asset);

    private static async Task<VerificationReport> VerifyAsync(byte[] file, Limits? limits = null) => await (new CaseFile(file) with { Limits = limits ?? Limits.Default }).VerifyAsync();

    private static async Task TrustedAsync(byte[] file)
    {
        var report = await VerifyAsync(file);
        Assert.True(report.State == ValidationState.Trusted, string.Join("; ", report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Explanation)) + report.Error);
    }

    private static async Task FailsAsync(byte[] file, StatusCode code)
    {
        var report = await VerifyAsync(file);
        Assert.Equal(ValidationState.Invalid, report.State);
        Assert.Equal([code.Text], report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text));
    }

    private static Task DiffersAsync(byte[] file) => FailsAsync(file, StatusCodes.BmffHashMismatch);

    private static bool HasAdditional(VerificationReport report) => report.Findings.Any(finding => finding.Code == StatusCodes.BmffHashAdditionalExclusions);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Versions_2_and_3_are_hashed_alike(int version) => await TrustedAsync(Signed(TestMovie.Mp4().BoundAs(BmffRecipe.OfVersion(version))).Bytes);

    [Fact]
    public async Task Version_1_counts_as_absent() => await FailsAsync(Signed(TestMovie.Mp4().BoundAs(BmffRecipe.OfVersion(1))).Bytes, StatusCodes.ClaimHardBindingsMissing);

    [Fact]
    public async Task A_file_of_another_format_is_not_bound_by_boxes()
    {
        var assertion = Assertion.Cbor("c2pa.hash.bmff.v3", _ => new CborFields { { "exclusions", new[] { BmffExclusion.Store.Write() } }, { "alg", "sha256" }, { "hash", new byte[32] } });
        await DiffersAsync(World.Sound().BoundBy(assertion).Embed(World.Jpeg).Bytes);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("SHA256")]
    [InlineData("md5")]
    public async Task An_algorithm_the_standard_does_not_know_is_unsupported(string algorithm) =>
        await FailsAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().With(fields => fields.With("alg", algorithm)))).Bytes, StatusCodes.AlgorithmUnsupported);

    [Fact]
    public async Task The_algorithm_may_be_that_of_the_claim() => await TrustedAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().With(fields => fields.Omit("alg")))).Bytes);

    [Fact]
    public async Task Neither_a_hash_nor_a_tree_is_a_mismatch() => await DiffersAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().With(fields => fields.Omit("hash")))).Bytes);

    [Fact]
    public async Task An_empty_hash_is_a_mismatch() => await DiffersAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().With(fields => fields.With("hash", Array.Empty<byte>())))).Bytes);

    [Fact]
    public async Task Exclusions_must_be_there() =>
        await FailsAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().With(fields => fields.Omit("exclusions")))).Bytes, StatusCodes.BmffHashMalformed);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1024)]
    public async Task Bytes_behind_the_last_box_are_noticed(int count) => await DiffersAsync(Signed(TestMovie.Mp4()).Bytes.Appended(new byte[count]));

    [Fact]
    public async Task Bytes_behind_the_last_box_that_were_signed_are_bound()
    {
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd([1, 2, 3])).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.FlipBit(file.Length - 1));
    }

    [Fact]
    public async Task Zeros_at_the_end_are_a_box_or_none()
    {
        // The writer takes them for a box without type and size, and adds its offset; as older signers did not.
        byte[] zeros = new byte[500];
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(zeros)).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.FlipBit(file.Length - 1));
        await DiffersAsync(file[..^1]);
        await DiffersAsync(file.Appended(0));
    }

    [Fact]
    public async Task Boxes_keep_their_places()
    {
        byte[] file = Signed(TestMovie.Mp4().InFront(Box("free", new byte[8]), Box("free", new byte[16]))).Bytes;
        await TrustedAsync(file);
        var first = file.Box("free[1]").Extent;
        byte[] swapped = file.Overwritten(first.Start, Join(Box("free", new byte[16]), Box("free", new byte[8])));
        await DiffersAsync(swapped);
        // Moved as a whole.
        await DiffersAsync(file.Inserted(first.Start, Box("free")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_box_that_one_field_does_not_fit_is_hashed(bool hasOther, bool isShorter)
    {
        byte[] box = Box("free", [1, 2, 3, 4]);
        var exclusion = new BmffExclusion("/free").Holding(8, hasOther ? [1, 2, 3, 5] : [1, 2, 3, 4]) with { Length = isShorter ? 11 : 12 };
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(box).BoundAs(new BmffRecipe().Excluding(exclusion))).Bytes;
        await TrustedAsync(file);
        // The first four bytes must stay for the box to stay out; a byte that no field names may change where the box is left out.
        var report = await VerifyAsync(file);
        Assert.Equal(!hasOther && !isShorter, report.Uncovered!.Any(range => range.Name == "free"));
    }

    [Theory]
    [InlineData(0, "000001", null, true)]
    [InlineData(1, "000001", null, false)]
    [InlineData(0, "000003", null, false)]
    [InlineData(0, "000000", null, false)]
    [InlineData(0, "000001", true, true)]
    [InlineData(0, "000001", false, true)]
    [InlineData(0, "000000", false, true)]
    [InlineData(0, "000003", false, false)]
    public async Task Version_and_flags_are_those_of_the_box(int version, string flags, bool? exact, bool isLeftOut)
    {
        byte[] box = FullBox("emsg", 0, 1, new byte[8]);
        var exclusion = new BmffExclusion("/emsg") { Version = version, Flags = Convert.FromHexString(flags), Exact = exact };
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(box).BoundAs(new BmffRecipe().Excluding(exclusion))).Bytes;
        await TrustedAsync(file);
        Assert.Equal(isLeftOut, (await VerifyAsync(file)).Uncovered!.Any(range => range.Name == "emsg"));
        if (isLeftOut)
            await TrustedAsync(file.FlipBit(file.Length - 1));
        else
            await DiffersAsync(file.FlipBit(file.Length - 1));
    }

    [Fact]
    public async Task A_box_without_version_fits_no_entry_that_asks_for_one()
    {
        // By the text; the writer of the kit looks at the bytes of any box, so it must not find the box fitting either.
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(Box("free", [1, 0, 0, 0, 5])).BoundAs(new BmffRecipe().Excluding(new BmffExclusion("/free") { Version = 0 }))).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.FlipBit(file.Length - 1));
    }

    [Theory]
    [InlineData("/free[2]", 2)]
    [InlineData("/free[1]", 1)]
    [InlineData("/free[3]", 0)]
    [InlineData("/free", 3)]
    public async Task A_number_picks_one_of_the_boxes_of_a_type(string path, int leftOut)
    {
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(Box("free", [1]), Box("skip", [1]), Box("free", [2])).BoundAs(new BmffRecipe().Excluding(new BmffExclusion(path)))).Bytes;
        for (int number = 1; number <= 2; number++)
        {
            byte[] changed = file.BoxFlipped($"free[{number}]", 8);
            if ((leftOut & number) != 0)
                await TrustedAsync(changed);
            else
                await DiffersAsync(changed);
        }
    }

    [Theory]
    [InlineData(8, 2, 8, true)]
    [InlineData(8, 2, 9, true)]
    [InlineData(8, 2, 10, false)]
    [InlineData(10, 0, 11, true)]
    [InlineData(10, 0, 9, false)]
    [InlineData(10, 99, 11, true)]
    [InlineData(12, 5, 11, false)]
    public async Task A_subset_counts_from_the_start_of_the_box_and_ends_with_it(long offset, long length, int changed, bool isLeftOut)
    {
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(Box("free", [1, 2, 3, 4])).BoundAs(new BmffRecipe().Excluding(new BmffExclusion("/free").Part(offset, length)))).Bytes;
        await TrustedAsync(file);
        byte[] other = file.BoxFlipped("free", changed);
        if (isLeftOut)
            await TrustedAsync(other);
        else
            await DiffersAsync(other);
    }

    [Fact]
    public async Task A_nested_box_can_be_left_out_through_meta_of_either_kind()
    {
        byte[] handler = FullBox("hdlr", 0, 0, new byte[20]), note = Box("xml ", [1, 2, 3]);
        foreach (byte[] meta in new[] { FullBox("meta", 0, 0, handler, note), Box("meta", handler, note) })
        {
            byte[] file = Signed(TestMovie.Mp4().AtTheEnd(meta).BoundAs(new BmffRecipe().Excluding(new BmffExclusion("/meta/xml ")))).Bytes;
            await TrustedAsync(file);
            await TrustedAsync(file.FlipBit(file.Length - 1));
            await DiffersAsync(file.BoxFlipped("meta/hdlr", 20));
        }
    }

    [Fact]
    public async Task Only_what_need_not_be_left_out_is_additional()
    {
        Assert.False(HasAdditional(await VerifyAsync(Signed(TestMovie.Mp4()).Bytes)));
        foreach (string path in (string[])["/free", "/skip", "/moov/free"])
            Assert.False(HasAdditional(await VerifyAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().Excluding(new BmffExclusion(path)))).Bytes)));
        foreach (string path in (string[])["/ftyp", "/emsg", "/moov/pssh", "/uuid", "/moov/mfra"])
            Assert.True(HasAdditional(await VerifyAsync(Signed(TestMovie.Mp4().BoundAs(new BmffRecipe().Excluding(new BmffExclusion(path)))).Bytes)));
        Assert.False(HasAdditional(await VerifyAsync(Signed(TestMovie.Mp4().BoundAs(BmffRecipe.WithTrees())).Bytes)));
    }

    [Fact]
    public async Task What_is_left_out_is_told_range_by_range_and_the_store_is_not()
    {
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(Box("free", [1, 2])).BoundAs(new BmffRecipe().Excluding(new("/ftyp"), new("/free")))).Bytes;
        var report = await VerifyAsync(file);
        Assert.Equal(["ftyp", "free"], report.Uncovered!.Select(range => range.Name));
        Assert.Equal(file.Box("free").Extent.Start, report.Uncovered![1].Range.Offset);
        Assert.Empty((await VerifyAsync(Signed(TestMovie.Mp4()).Bytes)).Uncovered!);
    }

    [Fact]
    public async Task A_random_access_table_that_holds_something_else_is_noticed()
    {
        byte[] file = Signed(TestMovie.Mp4()).Bytes;
        await TrustedAsync(file.Appended(Box("mfra", FullBox("tfra", 1, 0, new byte[12]), FullBox("mfro", 0, 0, U32(44)))));
        await DiffersAsync(file.Appended(Box("mfra", "any bytes may stand here"u8.ToArray())));
        await DiffersAsync(file.Appended(Box("mfra", Box("free", new byte[4]), Box("evil", new byte[4]))));
        await DiffersAsync(file.Appended(Box("mfra", Box("free", new byte[4]), new byte[4])));
    }

    [Fact]
    public async Task Thousands_of_boxes_and_many_exclusions_cost_their_sum()
    {
        // 4,000 boxes × 8 exclusions took another reader 11 seconds (attack B12).
        byte[][] boxes = [.. Enumerable.Range(0, 4000).Select(i => Box(i % 2 == 0 ? "free" : "abcd"))];
        BmffExclusion[] exclusions = [.. Enumerable.Range(0, 8).Select(i => new BmffExclusion(i % 2 == 0 ? "/free" : "/abcd").Holding(4, [(byte)i]))];
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(boxes).BoundAs(new BmffRecipe().Excluding(exclusions))).Bytes;
        await TrustedAsync(file);
        var clock = Stopwatch.StartNew();
        await TrustedAsync(file);
        Assert.True(clock.ElapsedMilliseconds < 1000, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task The_limit_of_comparisons_holds()
    {
        byte[][] boxes = [.. Enumerable.Range(0, 10).Select(_ => Box("abcd"))];
        byte[] file = Signed(TestMovie.Mp4().AtTheEnd(boxes).BoundAs(new BmffRecipe().Excluding(new BmffExclusion("/abcd") { Length = 9 }))).Bytes;
        // Each of the ten and, in the entry that must be there, the store's box and its 16 bytes.
        Assert.Equal(ValidationState.Trusted, (await VerifyAsync(file, Limits.Default with { BmffExclusionMatches = 12 })).State);
        var report = await VerifyAsync(file, Limits.Default with { BmffExclusionMatches = 11 });
        Assert.Equal(Label.Unreadable, report.Label);
        Assert.Equal(nameof(Limits.BmffExclusionMatches), report.Error!.Limit);
    }

    [Theory]
    [InlineData("moov/trak/tkhd", 20)]
    [InlineData("moov/trak/edts/elst", 20)]
    [InlineData("moov/trak/mdia/minf/stbl/stsd", 30)]
    [InlineData("moov/trak/mdia/minf/stbl/stts", 19)]
    [InlineData("moov/trak/mdia/minf/stbl/stco", 19)]
    public async Task What_describes_the_samples_is_hashed(string path, int at)
    {
        var movie = TestMovie.Mp4();
        byte[] file = Signed(movie with { Tracks = [.. movie.Tracks.Select(track => track with { EditStart = 0 })] }).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.BoxFlipped(path, at));
    }

    [Theory]
    [InlineData("meta/pitm", 13)]
    [InlineData("meta/iloc", 30)]
    [InlineData("meta/iref", 18)]
    public async Task What_describes_the_items_is_hashed(string path, int at)
    {
        byte[] file = Signed(TestHeif.Heic()).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.BoxFlipped(path, at));
    }

    [Theory]
    [InlineData(MediaSize.Short)]
    [InlineData(MediaSize.Large)]
    [InlineData(MediaSize.ToEnd)]
    public async Task Media_of_any_size_field_are_bound(MediaSize size)
    {
        byte[] file = Signed(TestMovie.Mp4() with { MediaSize = size }).Bytes;
        await TrustedAsync(file);
        await DiffersAsync(file.FlipBit(file.Length - 1));
    }

    [Fact]
    public async Task A_detached_manifest_binds_a_file_without_a_store()
    {
        var signed = World.Sound().Embed(TestMovie.Mp4());
        // Without the store all boxes lie elsewhere, so it is bound as it is.
        byte[] bare = TestMovie.Mp4().Bytes;
        var detached = World.Sound().BoundBy(HardBinding.Bmff(new BmffRecipe().With(fields => fields.With("hash", new BmffRecipe().DigestOf(bare, 0, bare.Length))))).Embed(TestMovie.Mp4());
        Assert.Equal(ValidationState.Trusted, (await bare.Beside(detached).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await bare.Beside(signed).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_film_behind_a_picture_can_be_a_part_of_its_own()
    {
        // A motion photo: the picture is bound by its bytes, the film behind it by its boxes, and the film may be dropped.
        byte[] film = TestMovie.Mp4().Bytes;
        const string Picture = "c2pa.hash.data.part", Film = "c2pa.hash.bmff.v3.part";
        var recipe = new BmffRecipe();
        long PictureEnd(BuildContext context) => context.Asset.Bytes.Length - film.Length;
        var signed = World.Sound().BoundBy(
            HardBinding.Data(),
            Assertion.Cbor(Picture, context =>
            {
                var store = context.Asset.Extent;
                byte[] piece = (context.Asset with { Bytes = context.Asset.Bytes[..(int)PictureEnd(context)] }).Without(store);
                return new CborFields
                {
                    { "exclusions", new[] { new CborFields { { "start", store.Start }, { "length", store.Length } } } },
                    { "alg", "sha256" }, { "hash", System.Security.Cryptography.SHA256.HashData(piece) }, { "pad", Array.Empty<byte>() },
                };
            }),
            Assertion.Cbor(Film, _ => new CborFields { { "exclusions", recipe.Exclusions.Select(each => each.Write()).ToArray() }, { "alg", "sha256" }, { "hash", recipe.DigestOf(film, 0, film.Length) } }),
            Assertion.Cbor("c2pa.hash.multi-asset", context => new CborFields
            {
                {
                    "parts", new[]
                    {
                        new CborFields { { "location", new CborFields { { "byteOffset", 0 }, { "length", PictureEnd(context) } } }, { "hashAssertion", context.HashedUri(Picture) } },
                        new CborFields
                        {
                            { "location", new CborFields { { "byteOffset", PictureEnd(context) }, { "length", film.Length } } }, { "hashAssertion", context.HashedUri(Film) }, { "optional", true },
                        },
                    }
                },
            })).Embed(World.Jpeg.WithTrailing(film)).Bytes;
        await TrustedAsync(signed);
        await TrustedAsync(signed[..^film.Length]);
        await FailsAsync(signed[..^1], StatusCodes.MultiAssetHashMismatch);
        await FailsAsync(signed.FlipBit(signed.Length - film.Length / 2), StatusCodes.MultiAssetHashMismatch);
        // The part is asked where the whole differs: a film before a picture that was cut short is none of it.
        await FailsAsync(signed[..^film.Length].FlipBit(signed.Length - film.Length - 20), StatusCodes.MultiAssetHashMismatch);
    }
}
