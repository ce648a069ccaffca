using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>What the hashes of sound and film bind: the store alone is left out, metadata may be and are told of, content may not (attacks A01 to A05, A14, A18).</summary>
public sealed class SoundBindingTests
{
    private static TestWav Broadcast => TestWav.Broadcast();

    private static TestMp3 Mp3 => TestMp3.Small() with { Frames = [("TIT2", [0, .. "Silence"u8]), ("APIC", new byte[20])] };

    private static async Task<VerificationReport> VerifyAsync(byte[] file) => await new CaseFile(file).VerifyAsync();

    private static async Task AssertAsync(string expected, byte[] file)
    {
        var report = await VerifyAsync(file);
        Assert.Equal(expected, report.State is ValidationState.Trusted ? "Trusted" : string.Join(' ', report.Findings.Where(finding => finding.IsFailure).Select(finding => finding.Code.Text)));
    }

    private static SignedAsset LeavingOut(TestAsset kit, params Extent[] also) => World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [.. also.Append(c.Asset.Extent).OrderBy(range => range.Start)])).Embed(kit);

    private static Extent Box(TestAsset kit, string name) => kit.Boxes(kit.Bytes).Single(box => box.Name == name).Extent;

    [Theory]
    [InlineData("wav")]
    [InlineData("wav-broadcast")]
    [InlineData("wav-rf64")]
    [InlineData("avi")]
    [InlineData("avi-opendml")]
    public async Task The_general_box_hash_binds_every_chunk(string name)
    {
        foreach (bool oneByOne in new[] { false, true })
        {
            // Odd and even stores: the pad byte belongs to the box and not to the extent.
            for (int padding = 0; padding < 2; padding++)
            {
                var asset = World.Sound().With(Assertion.Cbor("org.example.pad", new CborFields { { "a", new byte[padding] } })).BoundBy(HardBinding.Boxes(oneByOne)).Embed(TestAssets.All[name]());
                await AssertAsync("Trusted", asset.Bytes);
                await AssertAsync("assertion.boxesHash.mismatch", asset.MediaChanged());
                await AssertAsync("assertion.boxesHash.unknownBox", [.. asset.Bytes, 0]);
            }
        }
    }

    [Fact]
    public async Task A_box_hash_that_leaves_sound_out_is_refused()
    {
        var asset = World.Sound().BoundBy(HardBinding.Boxes(oneByOne: true, entries: boxes => boxes.Single(box => ((string[])box["names"]!)[0] == "data").Add("excluded", true))).Embed(TestWav.Small());
        await AssertAsync("assertion.boxesHash.mismatch", asset.Bytes);
    }

    [Fact]
    public async Task The_size_of_a_RIFF_file_may_be_left_out()
    {
        await AssertAsync("Trusted", LeavingOut(TestWav.Small(), new Extent(4, 4)).Bytes);
        Assert.Empty((await VerifyAsync(LeavingOut(TestWav.Small(), new Extent(4, 4)).Bytes)).Uncovered!);
        var wide = TestWav.Wide(WavForm.Rf64);
        await AssertAsync("Trusted", LeavingOut(wide, new Extent(20, 8)).Bytes);
        // There the placeholder is no size, and the sound's size no matter of the store's.
        await AssertAsync("assertion.dataHash.mismatch", LeavingOut(wide, new Extent(4, 4)).Bytes);
        await AssertAsync("assertion.dataHash.mismatch", LeavingOut(wide, new Extent(28, 8)).Bytes);
    }

    [Fact]
    public async Task Metadata_left_out_are_told_of_and_content_left_out_is_refused()
    {
        var report = await VerifyAsync(LeavingOut(Broadcast, Box(Broadcast, "bext")).Bytes);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal("bext", Assert.Single(report.Uncovered!).Name);
        foreach (string name in new[] { "fmt ", "data", "WAVE" })
            await AssertAsync("assertion.dataHash.mismatch", LeavingOut(Broadcast, Box(Broadcast, name)).Bytes);
        await AssertAsync("assertion.dataHash.mismatch", LeavingOut(TestAvi.OpenDml(), Box(TestAvi.Small(), "hdrl")).Bytes);
    }

    [Fact]
    public async Task Frames_of_a_tag_left_out_are_told_of_unless_they_are_shown()
    {
        // 10 bytes of tag header; TIT2 takes 18, APIC 30, the store's header and names stand behind them.
        var report = await VerifyAsync(LeavingOut(Mp3, new Extent(10, 18)).Bytes);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal("TIT2", Assert.Single(report.Uncovered!).Name);
        foreach (var range in new Extent[] { new(0, 10), new(28, 30), new(58, 10) })
            await AssertAsync("assertion.dataHash.mismatch", LeavingOut(Mp3, range).Bytes);
    }

    [Theory]
    [InlineData("wav")]
    [InlineData("avi")]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("midi")]
    [InlineData("ogg-data-hash")]
    public async Task An_exclusion_wider_or_narrower_than_the_store_is_refused(string name)
    {
        foreach (var (before, behind) in new[] { (1, 0), (0, 1), (-1, 0), (0, -1) })
        {
            var asset = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(Math.Max(0, c.Asset.Extent.Start - before), c.Asset.Extent.Length + before + behind)])).Embed(TestAssets.All[name]());
            if (asset.StoreExtent.Start - before < 0)
                continue;
            var report = await VerifyAsync(asset.Bytes);
            Assert.True(report.State == ValidationState.Invalid, $"{before} before, {behind} behind: {report.State}");
        }
    }

    [Theory]
    [InlineData("wav")]
    [InlineData("avi")]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("midi")]
    [InlineData("ogg-data-hash")]
    public async Task Bytes_behind_the_end_are_bound(string name)
    {
        var asset = World.Sound().Embed(TestAssets.All[name]());
        await AssertAsync("assertion.dataHash.mismatch", [.. asset.Bytes, 0]);
        await AssertAsync("assertion.dataHash.mismatch", [.. asset.Bytes, .. "<script>"u8]);
    }

    [Theory]
    [InlineData("wav")]
    [InlineData("mp3-id3v2.3-unsynchronised")]
    [InlineData("midi")]
    [InlineData("ogg")]
    public async Task A_store_taken_out_and_given_beside_the_file_does_not_let_its_hole_be_filled(string name)
    {
        var asset = World.Sound().Embed(TestAssets.All[name]());
        byte[] filled = [.. asset.Bytes];
        filled.AsSpan((int)asset.StoreExtent.Start, (int)asset.StoreExtent.Length).Fill(0x20);
        var report = await new CaseFile(filled) { Detached = asset.Store }.VerifyAsync();
        Assert.False(report.State is ValidationState.Trusted or ValidationState.Valid, $"{report.State}");
    }
}
