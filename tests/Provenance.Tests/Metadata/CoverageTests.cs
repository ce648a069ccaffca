using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

/// <summary>Whether the signature covers a field: of each that is shown.</summary>
public sealed class CoverageTests
{
    private static readonly TestCertificate Signer = TestAuthority.Root("Coverage Root").Intermediate("Coverage CA").Issue("Coverage Signer");
    private static readonly TestJpeg Photograph = TestJpeg.Small().WithExif(new TestExif().With(0x010F, "Maker").ToBytes()).WithXmp(TestMetadata.XmpOf("xmp:CreatorTool=\"Tool\""));

    private static ManifestBuilder Builder(string seed) => new ManifestBuilder(seed).SignedBy(Signer).Created();

    /// <summary>Where the EXIF segment lies.</summary>
    private static Extent Exif(BuildContext context) => context.Asset.Carrier.Boxes(context.Asset.Bytes).First(box => box.Name == "APP1").Extent;

    private static async Task<Dictionary<MetadataBlockKind, FieldCoverage>> OfAsync(byte[] file) =>
        (await Reading.OfAsync(file)).Fields.ToDictionary(field => field.Block, field => field.Coverage);

    [Fact]
    public async Task What_is_hashed_is_covered()
    {
        var coverage = await OfAsync(Builder("all").Embed(Photograph).Bytes);

        Assert.Equal(FieldCoverage.Covered, coverage[MetadataBlockKind.Exif]);
        Assert.Equal(FieldCoverage.Covered, coverage[MetadataBlockKind.Xmp]);
    }

    [Fact]
    public async Task What_was_left_out_is_not_and_the_rest_is()
    {
        var signed = Builder("hole").BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, Exif(c)])).Embed(Photograph);
        var coverage = await OfAsync(signed.Bytes);

        Assert.Equal(FieldCoverage.NotCovered, coverage[MetadataBlockKind.Exif]);
        Assert.Equal(FieldCoverage.Covered, coverage[MetadataBlockKind.Xmp]);

        byte[] changed = [.. signed.Bytes];
        "Faker"u8.CopyTo(changed.AsSpan(changed.AsSpan().IndexOf("Maker"u8)));
        var after = await Reading.OfAsync(changed);
        Assert.Equal(("Faker", FieldCoverage.NotCovered), (after.Fields[0].Value, after.Fields[0].Coverage));
    }

    [Fact]
    public async Task A_block_of_which_one_byte_was_left_out_is_covered_in_part()
    {
        var signed = Builder("part").BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, new(Exif(c).End - 1, 1)])).Embed(Photograph);

        Assert.Equal(FieldCoverage.PartlyCovered, (await OfAsync(signed.Bytes))[MetadataBlockKind.Exif]);
    }

    [Fact]
    public async Task Of_a_file_that_was_changed_nothing_is_known()
    {
        byte[] changed = [.. Builder("changed").Embed(Photograph).Bytes];
        changed[^100] ^= 1;

        Assert.All((await OfAsync(changed)).Values, coverage => Assert.Equal(FieldCoverage.NotEstablished, coverage));
        Assert.All((await OfAsync(Photograph.Bytes)).Values, coverage => Assert.Equal(FieldCoverage.NotEstablished, coverage));
    }

    [Fact]
    public async Task Bytes_of_the_store_are_covered_by_no_hash_of_the_content()
    {
        var signed = Builder("store").Embed(Photograph);
        var report = await Reading.ReportAsync(signed.Bytes);
        var (start, length) = (signed.StoreExtent.Start, signed.StoreExtent.Length);

        Assert.Equal(FieldCoverage.NotCovered, report.CoverageOf([new ByteRange(start, length)]));
        Assert.Equal(FieldCoverage.PartlyCovered, report.CoverageOf([new ByteRange(start - 1, 2)]));
        Assert.Equal(FieldCoverage.Covered, report.CoverageOf([new ByteRange(0, start)]));
        Assert.Equal(FieldCoverage.NotEstablished, report.CoverageOf([]));
        Assert.Equal(FieldCoverage.NotEstablished, report.CoverageOf([new ByteRange(5, 0)]));
    }

    [Fact]
    public async Task The_values_of_a_TIFF_are_looked_up_where_they_lie()
    {
        var tiff = TestTiff.Of(TestPicture.Gradient()) with { Entries = [(0x010F, 2, "A maker of some length\0"u8.ToArray()), (700, 1, Encoding.UTF8.GetBytes(TestMetadata.XmpOf("xmp:CreatorTool=\"Tool\"")))] };
        var signed = Builder("tiff").BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, new(c.Asset.Bytes.AsSpan().IndexOf("A maker"u8), 4)])).Embed(tiff);
        var coverage = await OfAsync(signed.Bytes);

        // Either the range is one that may be left out, and then it is told; or it is not, and nothing is known.
        Assert.Contains(coverage[MetadataBlockKind.Exif], (FieldCoverage[])[FieldCoverage.PartlyCovered, FieldCoverage.NotEstablished]);
        Assert.Equal(FieldCoverage.Covered, (await OfAsync(Builder("whole").Embed(tiff).Bytes))[MetadataBlockKind.Exif]);
    }

    [Theory]
    [InlineData("google-pixel10-PXL_20250818_155024632.jpg", FieldCoverage.Covered)]
    [InlineData("google-pixel10-PXL_20260208_202351558.jpg", FieldCoverage.Covered)]
    [InlineData("adobe-photoshop-27.4-remote-manifest.jpg", FieldCoverage.NotEstablished)]
    public async Task Files_of_the_corpus_tell_it_of_every_field(string file, FieldCoverage expected)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var metadata = await Reading.OfAsync(await File.ReadAllBytesAsync(Shared.Path("corpus", "real-world", file)));

        Assert.NotEmpty(metadata.Fields);
        Assert.All(metadata.Fields, field => Assert.Equal(expected, field.Coverage));
    }
}
