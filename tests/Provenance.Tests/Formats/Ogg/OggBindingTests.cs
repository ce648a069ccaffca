using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Formats.Ogg;

/// <summary>What the hashes of an Ogg file bind, whose streams lie in pieces (docs/decisions/0012).</summary>
public sealed class OggBindingTests
{
    private static TestOgg Kit { get; } = TestOgg.Small() with { Interleaved = true, StorePageSegments = 5 };

    private static async Task<string> VerifyAsync(byte[] file)
    {
        var report = await new CaseFile(file).VerifyAsync();
        return report.State is ValidationState.Invalid ? string.Join(' ', report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text)) : report.State?.ToString() ?? "none";
    }

    private static SignedAsset Signed(TestOgg kit, Action<IReadOnlyList<CborFields>>? change = null) => World.Sound("ogg").BoundBy(kit.Streams(change)).Embed(kit);

    private static byte[][] Pages(byte[] file) => [.. TestOgg.AllPages(file).Select(page => file[(int)page.Extent.Start..(int)page.Extent.End])];

    [Fact]
    public async Task Streams_in_pieces_are_bound_whole()
    {
        byte[] file = Signed(Kit).Bytes;
        Assert.Equal("Trusted", await VerifyAsync(file));
        byte[][] pages = Pages(file);
        // The last page of the sound, and the one before it, change places.
        int last = Array.FindLastIndex(pages, page => page[14] == pages[0][14]), before = Array.FindLastIndex(pages, last - 1, page => page[14] == pages[0][14]);
        (pages[last], pages[before]) = (pages[before], pages[last]);
        Assert.Equal("assertion.boxesHash.mismatch", await VerifyAsync([.. pages.SelectMany(page => page)]));
    }

    [Fact]
    public async Task Another_stream_is_a_box_nobody_listed()
    {
        byte[] file = Signed(Kit).Bytes;
        byte[] other = TestOgg.Page(2 | 4, 0, 99, 0, [3], [1, 2, 3]);
        Assert.Equal("assertion.boxesHash.unknownBox", await VerifyAsync([.. file, .. other]));
        Assert.Equal("assertion.boxesHash.unknownBox", await VerifyAsync([.. file, 0]));
    }

    [Fact]
    public async Task Pages_of_another_stream_under_the_number_of_the_store_are_no_store()
    {
        byte[] file = Signed(Kit).Bytes;
        byte[] sound = TestOgg.Page(2, 0, Kit.StoreSerial, 0, [19], [.. "OpusHead"u8, .. new byte[11]]);
        Assert.Equal("manifest.inaccessible.malformed", await VerifyAsync([.. file, .. sound]));
    }

    [Fact]
    public async Task A_stream_of_sound_is_not_left_out()
    {
        Assert.Equal("assertion.boxesHash.mismatch", await VerifyAsync(Signed(Kit, boxes => boxes[0].Add("excluded", true)).Bytes));
        Assert.Equal("assertion.boxesHash.mismatch", await VerifyAsync(Signed(Kit, boxes => boxes[0].Add("exclusions", new[] { new CborFields { { "start", 40 }, { "length", 1 } } })).Bytes));
        // Nor where it is in one piece.
        var whole = TestOgg.Small();
        Assert.Equal("Trusted", await VerifyAsync(Signed(whole with { StorePageSegments = 255 }).Bytes));
        Assert.Equal("assertion.boxesHash.mismatch", await VerifyAsync(Signed(whole, boxes => boxes[^1].Add("excluded", true)).Bytes));
    }

    [Fact]
    public async Task The_store_is_the_store_under_its_name_only()
    {
        Assert.Equal("assertion.boxesHash.unknownBox", await VerifyAsync(Signed(Kit, boxes => boxes[1]["names"] = new[] { $"Stream-{Kit.StoreSerial}" }).Bytes));
        Assert.Equal("assertion.boxesHash.unknownBox", await VerifyAsync(Signed(Kit, boxes => boxes[0]["names"] = new[] { "C2PA" }).Bytes));
    }

    [Fact]
    public async Task A_data_hash_leaves_out_every_page_of_the_store_and_no_other()
    {
        Assert.Equal("Trusted", await VerifyAsync(World.Sound("ogg").Embed(Kit with { HashesData = true }).Bytes));
        Assert.Equal("assertion.dataHash.mismatch", await VerifyAsync(Signed(runs => [.. runs.Skip(1)]).Bytes));
        Assert.Equal("assertion.dataHash.mismatch", await VerifyAsync(Signed(runs => [new(runs[0].Start, runs[^1].End - runs[0].Start)]).Bytes));
        Assert.Equal("assertion.dataHash.mismatch", await VerifyAsync(Signed(runs => [new(0, 10), .. runs]).Bytes));

        static SignedAsset Signed(Func<IReadOnlyList<Extent>, IReadOnlyList<Extent>> change) =>
            World.Sound("ogg").BoundBy(HardBinding.Data("c2pa.hash.data", c => change(TestOgg.Runs(c.Asset.Bytes, Kit.StoreSerial)))).Embed(Kit);
    }
}
