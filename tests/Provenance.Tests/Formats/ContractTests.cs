using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Formats;

/// <summary>What must hold of a signed file of every format, whoever made the format: <see cref="TestAssets.All"/>.</summary>
public sealed class ContractTests
{
    private const int Cuts = 20, Flips = 200;

    public static TheoryData<string> Names => [.. TestAssets.All.Keys];

    private static SignedAsset Signed(string name) => World.Sound(name).Embed(TestAssets.All[name]());

    [Fact]
    public void Every_format_with_a_place_for_a_store_has_a_file_here()
    {
        var made = TestAssets.All.Values.Select(make => make().Format).ToHashSet();
        // A manifest store alone is nothing to sign into.
        Assert.Empty(AssetFormats.All.Where(format => format is { Placement.Kind: PlacementKind.Embedded, Name: not "C2PA manifest store" }).Select(format => format.Name).Except(made));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_signed_file_is_trusted(string name)
    {
        var asset = Signed(name);
        var report = await VerifyAsync(asset.Bytes);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal(asset.Carrier.MediaType, report.MediaType);
        Assert.Equal(Label.IntactKnown, report.Label);
        var map = await Sample.MapAsync(asset.Bytes);
        Assert.Equal(asset.Carrier.Format, map.Format.Name);
        Assert.Equal(asset.StoreExtent, new Extent(map.Stores[0].Extent[0].Offset, map.Stores[0].Extent.Sum(range => range.Length)));
        Assert.Null(AssetFormats.Disagreement(map.Format, "a." + asset.Carrier.Extension));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_changed_byte_of_the_content_is_noticed(string name)
    {
        var asset = Signed(name);
        var report = await VerifyAsync(asset.MediaChanged());
        Assert.Equal(ValidationState.Invalid, report.State);
        Assert.Equal(Label.Broken, report.Label);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_without_a_store_has_no_credentials(string name)
    {
        var report = await VerifyAsync(TestAssets.All[name]().Bytes);
        Assert.Null(report.State);
        Assert.Equal(Label.None, report.Label);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_cut_short_is_never_intact(string name)
    {
        var asset = Signed(name);
        var random = new Random(20261122);
        long[] edges = [.. asset.Carrier.Edges(asset.Bytes), asset.StoreExtent.Start, asset.StoreExtent.End];
        long[] lengths = [.. edges.Concat(edges.Select(edge => edge - 1)), .. Enumerable.Range(0, Cuts).Select(_ => random.NextInt64(asset.Bytes.Length))];
        foreach (long length in lengths.Where(length => length >= 0 && length < asset.Bytes.Length))
        {
            var report = await VerifyAsync(asset.Bytes.Truncated(length));
            Assert.True(report.State is not (ValidationState.Trusted or ValidationState.Valid), $"cut at {length} of {asset.Bytes.Length}: {report.State}");
        }
    }

    /// <summary>The claim of c2pa-rs issue 1555, for every format: what no hash covers is told.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_flipped_bit_is_noticed_or_lies_where_the_report_says_that_nothing_is_covered(string name)
    {
        var asset = Signed(name);
        var sound = await VerifyAsync(asset.Bytes);
        var map = await Sample.MapAsync(asset.Bytes);
        var known = map.Stores.SelectMany(store => store.Extent.Concat(store.LengthFields)).Concat(sound.Uncovered!.Select(part => part.Range)).ToList();
        var random = new Random(1555);
        long[] edges = [.. asset.Carrier.Edges(asset.Bytes), asset.StoreExtent.Start, asset.StoreExtent.End];
        var places = edges.SelectMany(edge => Enumerable.Range(-8, 16).Select(step => edge + step)).Concat(Enumerable.Range(0, Flips).Select(_ => random.NextInt64(asset.Bytes.Length)));
        var missed = new List<string>();
        foreach (long at in places.Where(at => at >= 0 && at < asset.Bytes.Length && !known.Exists(range => at >= range.Offset && at < range.End)).Distinct())
        {
            int bit = random.Next(8);
            var report = await VerifyAsync(asset.Bytes.FlipBit(at, bit));
            if (report.State is ValidationState.Trusted or ValidationState.Valid)
                missed.Add($"bit {bit} of 0x{at:X}: {report.State}");
        }
        Assert.Empty(missed);
    }

    private static ValueTask<VerificationReport> VerifyAsync(byte[] bytes) => new CaseFile(bytes).VerifyAsync();
}
