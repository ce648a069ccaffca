using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Tests.Formats;
using Provenance.Tests.Hostile;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;
using NamedBox = Provenance.TestKit.NamedBox;

namespace Provenance.Tests.Reports;

/// <summary>What the ranges that no hash covers mean to a reader.</summary>
public sealed class CoverageTests
{
    private static readonly byte[] s_exif = TestMetadata.Exif();

    private static async Task<VerificationReport> VerifyAsync(byte[] file)
    {
        await using var source = AssetSource.FromMemory(file);
        return await Verifier.Verifier.VerifyAsync(source, Subject.Trusting, TestContext.Current.CancellationToken);
    }

    /// <summary>A hash that leaves out the store and boxes of these names, or a part of each.</summary>
    private static Task<VerificationReport> LeavingOutAsync(TestAsset asset, Func<NamedBox, bool> which, Func<Extent, Extent>? part = null) => VerifyAsync(
        Subject.Manifest("coverage").Created().BoundBy(HardBinding.Data("c2pa.hash.data", c =>
            [.. c.Asset.Carrier.Boxes(c.Asset.Bytes).Where(which).Select(box => (part ?? (whole => whole))(box.Extent)).Append(c.Asset.Extent).OrderBy(range => range.Start)])).Embed(asset).Bytes);

    private static string Told(VerificationReport report) => string.Join("; ", report.Coverage.Select(part => $"{part.Meaning} {part.Coverage}"));

    private static string? Line(VerificationReport report, Words words) =>
        report.Labelling.Lines.FirstOrDefault(line => line.Axis == LabelAxis.Coverage) is { } line ? report.LineIn(line, words) : null;

    [Fact]
    public async Task A_camera_that_leaves_its_data_out_is_told_in_words()
    {
        var report = await LeavingOutAsync(TestJpeg.Small().WithExif(), box => box.Name == "APP1");

        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(CoverageFact.OnlyMetadataOpen, report.Facts.Coverage);
        Assert.Equal("Content Covered; CameraData NotCovered; Framing Covered", Told(report));
        Assert.Equal("Covered by the signature: the picture. Not covered: the camera data (EXIF).", Line(report, Words.English));
        Assert.Equal("서명 범위: 그림. 서명 범위 밖: 카메라 정보(EXIF).", Line(report, Words.Korean));
    }

    [Fact]
    public async Task A_camera_that_leaves_a_part_of_its_data_out_is_told_so()
    {
        var report = await LeavingOutAsync(TestJpeg.Small().WithExif(), box => box.Name == "APP1", whole => new(whole.Start + 20, 30));

        Assert.Equal("Content Covered; CameraData PartlyCovered; Framing Covered", Told(report));
        Assert.Equal(30, report.Coverage[1].OpenBytes);
        Assert.Equal("Covered by the signature: the picture. Not covered: parts of the camera data (EXIF).", Line(report, Words.English));
        Assert.Equal("서명 범위: 그림. 서명 범위 밖: 카메라 정보(EXIF)의 일부.", Line(report, Words.Korean));
    }

    [Fact]
    public async Task Where_every_byte_is_covered_no_line_is_needed()
    {
        var report = await VerifyAsync(Subject.Manifest("coverage").Created().Embed(TestJpeg.Small().WithExif().WithXmp().WithComment("c")).Bytes);

        Assert.Equal(CoverageFact.Complete, report.Facts.Coverage);
        Assert.Null(Line(report, Words.English));
        Assert.All(report.Coverage, part => Assert.Equal(FieldCoverage.Covered, part.Coverage));
        Assert.Equal([CoverageMeaning.Content, CoverageMeaning.CameraData, CoverageMeaning.Xmp, CoverageMeaning.OtherMetadata, CoverageMeaning.Framing], report.Coverage.Select(part => part.Meaning));
    }

    [Fact]
    public async Task Several_meanings_are_told_together()
    {
        var png = await LeavingOutAsync(TestPng.Small().WithExif().WithXmp().WithText("Author", "A"), box => box.Name is "eXIf" or "iTXt" or "tEXt");
        var jpeg = await LeavingOutAsync(TestJpeg.Small().WithExif().WithXmp().WithComment("c"), box => box.Name is "APP1" or "COM");

        foreach (var report in (VerificationReport[])[png, jpeg])
            Assert.Equal("Covered by the signature: the picture. Not covered: the camera data (EXIF), the metadata (XMP), comments and other metadata.", Line(report, Words.English));
    }

    [Fact]
    public async Task Bytes_behind_the_end_are_more_than_metadata()
    {
        var asset = TestJpeg.Small().WithTrailing(new byte[100]);
        var report = await VerifyAsync(Subject.Manifest("coverage").Created()
            .BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, new Extent(c.Asset.Bytes.Length - 100, 100)])).Embed(asset).Bytes);

        Assert.Equal(CoverageFact.OtherOpen, report.Facts.Coverage);
        Assert.Equal("Not covered by the signature: bytes behind the end of the content.", Line(report, Words.English));
    }

    [Fact]
    public async Task The_mark_of_a_films_type_is_left_out_by_nature_and_worth_no_line()
    {
        var report = await VerifyAsync(Subject.Manifest("coverage").Created().Embed(TestMovie.Mp4().BoundAs(new BmffRecipe().Excluding(new BmffExclusion("/ftyp")))).Bytes);

        Assert.Equal(CoverageFact.OnlyMarksOpen, report.Facts.Coverage);
        Assert.Null(Line(report, Words.English));
        Assert.Equal("partial", (string?)JObject.Parse(Subject.Json(report))["coverage"]!["result"]);
        Assert.Contains(report.Coverage, part => part is { Meaning: CoverageMeaning.Marks, Coverage: FieldCoverage.NotCovered });
    }

    [Fact]
    public async Task Nothing_is_told_of_coverage_where_the_credential_does_not_fit()
    {
        var asset = Subject.Manifest("coverage").Created().Embed(TestJpeg.Small());
        var report = await VerifyAsync(asset.MediaChanged());

        Assert.Empty(report.Coverage);
        Assert.Equal(CoverageFact.NotEstablished, report.Facts.Coverage);
        Assert.Null(JObject.Parse(Subject.Json(report))["coverage"]!["parts"]);
    }

    [Fact]
    public async Task Json_tells_meanings_with_their_bytes()
    {
        var report = await LeavingOutAsync(TestJpeg.Small().WithExif(), box => box.Name == "APP1");
        var parts = (JArray)JObject.Parse(Subject.Json(report))["coverage"]!["parts"]!;

        Assert.Equal(["content wholly 0", $"camera-data not {s_exif.Length + 10}", "framing wholly 0"], parts.Select(part => $"{part["meaning"]} {part["covered"]} {part["uncoveredBytes"]}"));
    }

    public static TheoryData<string> Names => [.. TestAssets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_byte_of_a_file_has_one_meaning(string name)
    {
        var asset = World.Sound(name).Embed(TestAssets.All[name]());
        var report = await new CaseFile(asset.Bytes).VerifyAsync();
        var map = await Sample.MapAsync(asset.Bytes);

        AssertApart(map.FineRegions, map.WalkedEnd);
        long told = report.Coverage.Sum(part => part.Bytes), stores = map.Regions.Where(region => region.Kind == RegionKind.ManifestStore).Sum(region => region.Range.Length);
        Assert.Equal(asset.Bytes.Length, told + stores);
        Assert.NotEqual(CoverageFact.NotEstablished, report.Facts.Coverage);
        Assert.All(report.Coverage, part => Assert.All((Words[])[Words.English, Words.Korean], words => Assert.NotEmpty(part.NameIn(words))));
    }

    [Fact]
    public async Task So_it_has_in_files_of_real_makers()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (var file in CorpusFile.All(".heic", ".avif", ".heif", ".tif", ".tiff", ".dng", ".webp", ".gif", ".jxl", ".mp4", ".mov", ".m4a", ".svg", ".wav", ".mp3", ".flac", ".avi", ".pdf"))
        {
            AssetMap map;
            try
            {
                map = await file.MapAsync();
            }
            catch (Exception e) when (e is MalformedDataException or InvalidOperationException)
            {
                continue;
            }
            AssertApart(map.FineRegions, map.WalkedEnd);
        }
    }

    [Theory]
    [InlineData("made-signed/avif_exif_xmp-signed.avif", RegionKind.Exif, RegionKind.Xmp)]
    public async Task Metadata_among_pictures_is_told_from_them(string path, params RegionKind[] kinds)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var map = await CorpusFile.One(path).MapAsync();

        Assert.DoesNotContain(map.Regions, region => kinds.Contains(region.Kind));
        Assert.Equal(kinds.Order(), map.FineRegions.Select(region => region.Kind).Where(kinds.Contains).Distinct().Order());
    }

    [Fact]
    public async Task An_XMP_item_of_a_HEIF_is_no_picture()
    {
        var map = await Sample.MapAsync(TestHeif.Heic().WithXmpItem().Bytes);

        Assert.Contains(map.FineRegions, region => region.Kind == RegionKind.Xmp && region.Range.Length == TestMetadata.Xmp().Length + 2);
    }

    [Theory]
    // region 10..30 (content), then 30..40 (EXIF already)
    [InlineData("", "10-30 Media, 30-40 Exif")]
    [InlineData("10-30", "10-30 Xmp, 30-40 Exif")]
    [InlineData("12-15", "10-12 Media, 12-15 Xmp, 15-30 Media, 30-40 Exif")]
    [InlineData("0-12", "10-12 Xmp, 12-30 Media, 30-40 Exif")]
    [InlineData("25-35", "10-25 Media, 25-30 Xmp, 30-35 Exif, 35-40 Exif")]
    [InlineData("12-20 15-18", "10-12 Media, 12-20 Xmp, 20-30 Media, 30-40 Exif")]
    [InlineData("12-18 15-20", "10-12 Media, 12-18 Xmp, 18-20 Xmp, 20-30 Media, 30-40 Exif")]
    [InlineData("50-60", "10-30 Media, 30-40 Exif")]
    public void What_lies_inside_a_region_is_cut_out_of_it(string inner, string expected)
    {
        AssetRegion[] regions = [new(ByteRange.FromTo(10, 30), RegionKind.Media, "m"), new(ByteRange.FromTo(30, 40), RegionKind.Exif, "e")];
        AssetRegion[] parts = [.. inner.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('-')).Select(ends => new AssetRegion(ByteRange.FromTo(int.Parse(ends[0], null), int.Parse(ends[1], null)), RegionKind.Xmp, "x"))];

        Assert.Equal(expected, string.Join(", ", FineRegions.Split(regions, parts).Select(region => $"{region.Range.Offset}-{region.Range.End} {region.Kind}")));
    }

    private static void AssertApart(IReadOnlyList<AssetRegion> regions, long end)
    {
        long at = 0;
        foreach (var region in regions)
        {
            Assert.Equal(at, region.Range.Offset);
            at = region.Range.End;
        }
        Assert.Equal(end, at);
    }
}
