using Provenance.TestKit;
using Provenance.Verifier.Formats;
using Provenance.Verifier.History;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.History;

public sealed class MetadataConflictTests
{
    [Theory]
    [InlineData("A. Photographer", FieldCoverage.NotCovered, false)]
    [InlineData(" A.  Photographer ", FieldCoverage.NotCovered, false)]
    [InlineData("Somebody Else", FieldCoverage.NotCovered, true)]
    [InlineData("Somebody Else", FieldCoverage.PartlyCovered, true)]
    [InlineData("Somebody Else", FieldCoverage.Covered, false)] // it stood there when the signer signed both
    public async Task A_creator_who_is_not_the_signed_one_is_shown_where_it_may_have_been_written_since(string found, FieldCoverage coverage, bool isConflict)
    {
        var report = await Made.Builder("creator").Created().With(StandardAssertions.Metadata()).ReportAsync();
        report.Metadata = new() { Fields = [new(MetadataKey.Creator, found, MetadataBlockKind.Xmp, coverage)] };

        Assert.Equal(isConflict ? ["A. Photographer", found] : [], report.History.Conflicts.SelectMany(conflict => conflict.Evidence).Select(evidence => evidence.Value));
    }

    [Fact]
    public async Task Metadata_beside_nothing_signed_conflicts_with_nothing()
    {
        var report = await Made.Builder("bare").Created().ReportAsync();
        report.Metadata = new() { Fields = [new(MetadataKey.Creator, "Anybody", MetadataBlockKind.Xmp, FieldCoverage.NotCovered)] };

        Assert.Empty(report.History.Conflicts);
    }

    [Fact]
    public async Task A_title_that_IPTC_cut_is_the_same_title()
    {
        string title = new('t', 100);
        var report = await Made.Builder("cut").Created().With(StandardAssertions.Metadata($"\"dc:title\": \"{title}\"")).ReportAsync();
        report.Metadata = new() { Fields = [new(MetadataKey.CaptionTitle, title[..64], MetadataBlockKind.Iptc, FieldCoverage.NotCovered)] };
        Assert.Empty(report.History.Conflicts);

        report.Metadata = new() { Fields = [new(MetadataKey.CaptionTitle, "t", MetadataBlockKind.Iptc, FieldCoverage.NotCovered)] };
        Assert.Equal(ConflictKind.CaptionDiffers, Assert.Single(report.History.Conflicts).Kind);
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00", false)]
    [InlineData("2025-02-01T12:00:00", false)]
    [InlineData("2025-01-30T12:00:00", true)]
    [InlineData("2019-06-01T12:00:00", true)]
    [InlineData("2026-02-02T09:00:00", false)] // of a clock somewhere to the east
    [InlineData("2026-02-02T11:00:00", true)]
    public async Task A_date_years_before_signing_or_after_it_is_shown(string taken, bool isConflict)
    {
        var report = await Made.Builder("dated").Created().StampedAt("2026-02-01T08:00:00Z").ReportAsync(withTrust: true);
        var time = new MetadataTime(DateTime.Parse(taken, System.Globalization.CultureInfo.InvariantCulture), null);
        report.Metadata = new() { Fields = [new(MetadataKey.TimeOriginal, taken, MetadataBlockKind.Exif, FieldCoverage.Covered) { Time = time }] };

        Assert.Equal(isConflict ? [EvidenceKind.UnsignedMetadata, EvidenceKind.ProvenTime] : [], report.History.Conflicts.SelectMany(conflict => conflict.Evidence).Select(evidence => evidence.Kind));
    }

    [Fact]
    public async Task Metadata_that_comes_later_is_not_missed()
    {
        var report = await Made.Builder("later").Created().With(StandardAssertions.Metadata()).ReportAsync();
        Assert.Empty(report.History.Conflicts);
        report.Metadata = new() { Fields = [new(MetadataKey.Creator, "Somebody Else", MetadataBlockKind.Xmp, FieldCoverage.NotCovered)] };
        Assert.Single(report.History.Conflicts);
    }
}
