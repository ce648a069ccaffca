using System.Buffers.Binary;
using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Font;

public sealed class FontFormatTests
{
    private const string Url = "https://example.invalid/font.c2pa";

    private static Task<AssetMap> MapAsync(Func<byte[], byte[]>? change, string? url = null) =>
        Sample.MapAsync((TestFont.Small() with { Url = url, TableChange = change }).Embed(Store()).Bytes);

    private static Func<byte[], byte[]> With(int at, uint value) => table =>
    {
        byte[] changed = [.. table];
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), value);
        return changed;
    };

    private static async Task<ValidationState?> StateAsync(byte[] file) => (await new CaseFile(file).VerifyAsync()).State;

    [Theory]
    [InlineData("00010000", true)]
    [InlineData("4F54544F", true)]
    [InlineData("74727565", true)]
    [InlineData("74746366", false)]
    [InlineData("774F4646", false)]
    [InlineData("00020000", false)]
    public void A_font_is_told_by_its_version_and_its_first_record(string version, bool expected)
    {
        byte[] font = [.. Convert.FromHexString(version), .. TestFont.Small().Bytes[4..]];
        Assert.Equal(expected, AssetFormats.Find(font)?.Name == "font");
        Assert.NotEqual("font", AssetFormats.Find([.. font[..12], 0x1F, .. font[13..]])?.Name);
        Assert.NotEqual("font", AssetFormats.Find([.. font[..4], 0, 0, .. font[6..]])?.Name);
    }

    [Fact]
    public async Task The_store_is_the_one_the_table_tells_of()
    {
        var embedded = (TestFont.Small() with { Url = Url }).Embed(Store());
        var map = await Sample.MapAsync(embedded.Bytes);
        Assert.Equal(Store(), Cut(embedded.Bytes, Assert.Single(map.Stores).Payload));
        Assert.Equal(Url, map.ManifestUrl);
        Assert.Equal("font/ttf", map.MediaType);
        Assert.Equal("font/otf", (await Sample.MapAsync([.. "OTTO"u8, .. embedded.Bytes[4..]])).MediaType);
    }

    [Fact]
    public async Task A_table_with_a_URL_alone_says_where_the_store_is()
    {
        var report = await new CaseFile((TestFont.Small() with { Url = Url }).Bytes).VerifyAsync();
        Assert.Equal(Label.NotChecked, report.Label);
        Assert.Equal(Url, report.RemoteManifest);
    }

    [Fact]
    public async Task A_store_from_elsewhere_binds_a_font_whose_table_has_a_URL()
    {
        var font = TestFont.Small() with { Url = Url };
        byte[] store = World.Sound().BoundBy(HardBinding.Boxes(oneByOne: true)).Sidecar(font).Store;
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(font.Bytes) { Detached = store }.VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(font.MediaChanged(font.Bytes)) { Detached = store }.VerifyAsync()).State);
    }

    [Fact]
    public async Task The_parts_of_the_table_lie_in_it_and_do_not_overlap()
    {
        int length = Store().Length;
        Assert.Null((await MapAsync(null)).StoreFault);
        Assert.Null((await MapAsync(With(0, 1))).StoreFault);
        Assert.Null((await MapAsync(With(0, 0x00010000))).StoreFault);
        Assert.NotNull((await MapAsync(With(0, 0x00020000))).StoreFault);
        Assert.NotNull((await MapAsync(With(12, 19))).StoreFault);
        Assert.NotNull((await MapAsync(With(16, (uint)length + 4))).StoreFault);
        Assert.NotNull((await MapAsync(With(16, 0))).StoreFault);
        Assert.NotNull((await MapAsync(With(4, 21), Url)).StoreFault);
        Assert.NotNull((await MapAsync(table => table[..19])).StoreFault);
    }

    [Fact]
    public async Task Nothing_but_zeros_stands_beside_the_parts()
    {
        Assert.Null((await MapAsync(table => [.. table, .. new byte[40]])).StoreFault);
        Assert.Contains("belong to nothing", (await MapAsync(table => [.. table, .. new byte[40], 1])).StoreFault?.Message);
    }

    [Fact]
    public async Task A_URL_is_printable() => Assert.NotNull((await MapAsync(null, "https://example.invalid/ä".Replace('ä', '\n'))).StoreFault);

    [Fact]
    public async Task Two_tables_are_two_stores()
    {
        byte[] file = TestFont.Small().Embed(Store()).Bytes;
        // The record of "OS/2" becomes another of the table C2PA.
        byte[] twice = file.Overwritten(28, file[12..28]);
        Assert.Equal(2, (await Sample.MapAsync(twice)).Stores.Count);
        Assert.Equal(ValidationState.Invalid, await StateAsync(twice));
    }

    [Fact]
    public async Task The_checksum_that_follows_from_the_store_counts_as_zero()
    {
        var asset = World.Sound().Embed(TestFont.Small());
        long head = TestFont.Small().Boxes(asset.Bytes).Single(box => box.Name == "head").Extent.Start;
        Assert.Equal(ValidationState.Trusted, await StateAsync(asset.Bytes.FlipBit(head + 8)));
        Assert.Equal(ValidationState.Trusted, await StateAsync(asset.Bytes.FlipBit(head + 11)));
        Assert.Equal(ValidationState.Invalid, await StateAsync(asset.Bytes.FlipBit(head + 7)));
        Assert.Equal(ValidationState.Invalid, await StateAsync(asset.Bytes.FlipBit(head + 12)));
    }

    [Fact]
    public async Task A_table_more_or_less_is_noticed()
    {
        var asset = World.Sound().Embed(TestFont.Small());
        // The last record is "post": first it gets another name, then the directory says there is one less.
        int last = 12 + 16 * 10;
        Assert.Equal("post", Encoding.ASCII.GetString(asset.Bytes, last, 4));
        Assert.Equal(ValidationState.Invalid, await StateAsync(asset.Bytes.Overwritten(last, Ascii("pos2"))));
        Assert.Equal(ValidationState.Invalid, await StateAsync(asset.Bytes.Overwritten(4, [0, 10])));
    }

    [Fact]
    public async Task Tables_do_not_overlap()
    {
        var asset = World.Sound().Embed(TestFont.Small());
        // "OS/2" shares its first byte with the store's last.
        byte[] overlapping = asset.Bytes.Overwritten(28 + 8, Big((uint)asset.StoreExtent.End - 1));
        Assert.Equal(ValidationState.Invalid, await StateAsync(overlapping));
    }

    [Fact]
    public async Task Boxes_listed_together_follow_each_other_in_the_file()
    {
        var sorted = World.Sound().BoundBy(HardBinding.Boxes()).Embed(TestFont.Small());
        Assert.Equal(ValidationState.Trusted, await StateAsync(sorted.Bytes));
        var unsorted = World.Sound().Embed(TestFont.Small() with { IsOrderedForSpeed = true });
        Assert.Equal(ValidationState.Trusted, await StateAsync(unsorted.Bytes));
    }

    [Fact]
    public async Task The_one_public_font_with_the_older_names_is_sound()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] font = await File.ReadAllBytesAsync(Shared.Path("corpus", "public-testfiles", "monotype-20240712-monotype_sans.ttf"), TestContext.Current.CancellationToken);
        var file = new CaseFile(font) { Lists = [], Time = World.Utc("2026-11-21T12:00:00Z") };
        var report = await file.VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code.Text == "assertion.boxesHash.match");
        int glyphs = 4996 + 100;
        report = await (file with { Bytes = font.FlipBit(glyphs) }).VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code.Text == "assertion.boxesHash.mismatch");
        // Four bytes of "head" are in no hash, the others are.
        Assert.Contains((await (file with { Bytes = font.FlipBit(300 + 8) }).VerifyAsync()).Findings, finding => finding.Code.Text == "assertion.boxesHash.match");
        Assert.Contains((await (file with { Bytes = font.FlipBit(300 + 12) }).VerifyAsync()).Findings, finding => finding.Code.Text == "assertion.boxesHash.mismatch");
    }
}
