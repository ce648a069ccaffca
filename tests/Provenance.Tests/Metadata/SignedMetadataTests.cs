using Provenance.TestKit;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Metadata;

/// <summary>What signers state, apart from what unsigned blocks say.</summary>
public sealed class SignedMetadataTests
{
    private static readonly TestCertificate Signer = TestAuthority.Root("Statement Root").Intermediate("Statement CA").Issue("Statement Signer");

    private static ManifestBuilder Builder(string seed) => new ManifestBuilder(seed).SignedBy(Signer);

    private static Assertion Json(string label, string members) => Assertion.Json(label, $"{{\"@context\": {{}}, {members}}}");

    private static async Task<IReadOnlyList<MetadataStatement>> OfAsync(params Assertion[] assertions) => (await ReportAsync(assertions)).SignedMetadata;

    private static Task<VerificationReport> ReportAsync(params Assertion[] assertions)
    {
        var builder = Builder("one").Created();
        foreach (var assertion in assertions)
            builder.With(assertion);
        return Reading.ReportAsync(builder.Embed(TestJpeg.Small().WithExif(new TestExif().With(0x010F, "Unsigned Maker").ToBytes())).Bytes);
    }

    private static IEnumerable<string> Told(IEnumerable<MetadataStatement> statements) => statements.Select(statement => $"{statement.Key} = {statement.Value}");

    [Theory]
    [InlineData("c2pa.metadata")]
    [InlineData("cawg.metadata")]
    [InlineData("org.example.metadata")]
    [InlineData("stds.exif")]
    [InlineData("stds.iptc")]
    [InlineData("stds.iptc.photo-metadata")]
    public async Task Properties_are_told_under_the_common_keys(string label)
    {
        var statements = await OfAsync(Json(label, "\"tiff:Make\": \"Signed Maker\", \"EXIF:GPSLatitude\": \"42.9598013\", \"exif:GPSLongitude\": \"77,28.0W\", \"exif:ISOSpeedRatings\": [100, 200], \"dc:title\": {\"x-default\": \"Title\", \"de\": \"Titel\"}, \"ex:unknown\": \"x\""));

        Assert.Equal(["camera.make = Signed Maker", "location.latitude = 42.959801", "location.longitude = -77.466667", "camera.iso = 100", "camera.iso = 200", "caption.title = Title"], Told(statements));
        Assert.All(statements, statement => Assert.EndsWith(label, statement.Uri, StringComparison.Ordinal));
        Assert.Equal("EXIF:GPSLatitude", statements[1].Property);
        Assert.Equal(MetadataPrivacy.Location, statements[1].Privacy);
    }

    [Theory]
    [InlineData("c2pa.hash.metadatas")]
    [InlineData("c2pa.assertion.metadata")]
    [InlineData("metadata")]
    [InlineData("org.example.note")]
    public async Task Other_assertions_are_no_metadata(string label) => Assert.Empty(await OfAsync(Json(label, "\"tiff:Make\": \"Maker\"")));

    [Fact]
    public async Task A_creative_work_names_its_authors()
    {
        var work = Json("stds.schema-org.CreativeWork", "\"@type\": \"CreativeWork\", \"author\": [{\"@type\": \"Person\", \"name\": \"A. Author\"}, {\"name\": \"B. Author\"}], \"copyrightNotice\": \"© A\"");
        var review = Json("stds.schema-org.ClaimReview", "\"@type\": \"ClaimReview\", \"author\": {\"name\": \"A. Critic\"}");

        Assert.Equal(["creator = A. Author", "creator = B. Author", "rights = © A"], Told(await OfAsync(work)));
        Assert.Empty(await OfAsync(review));
    }

    [Fact]
    public async Task Unsigned_blocks_are_not_among_them_and_they_are_not_among_those()
    {
        var report = await ReportAsync(Json("c2pa.metadata", "\"tiff:Make\": \"Signed Maker\""));

        Assert.Equal(["camera.make = Signed Maker"], Told(report.SignedMetadata));
        Assert.Equal(["camera.make = Unsigned Maker"], Reading.Told(report.Metadata!));
    }

    [Fact]
    public async Task What_is_passed_on_is_told_as_that()
    {
        Assert.True((await OfAsync(Json("c2pa.metadata", "\"tiff:Make\": \"Maker\"")))[0].IsCreated);
        Assert.False((await OfAsync(Json("c2pa.metadata", "\"tiff:Make\": \"Maker\"").Gathered()))[0].IsCreated);
    }

    [Fact]
    public async Task Times_are_typed_too()
    {
        var statements = await OfAsync(Json("c2pa.metadata", "\"exif:DateTimeOriginal\": \"2022-10-25T11:27:32,78-05:00\", \"photoshop:DateCreated\": \"2026-11-20\""));

        Assert.Equal(new DateTimeOffset(2022, 10, 25, 11, 27, 32, TimeSpan.FromHours(-5)), statements[0].Time!.Exact);
        Assert.Equal((new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified), null), (statements[1].Time!.Local, statements[1].Time!.Offset));
    }

    [Fact]
    public async Task A_credential_that_does_not_hold_states_nothing()
    {
        byte[] file = [.. Builder("torn").Created().With(Json("c2pa.metadata", "\"tiff:Make\": \"Maker\"")).Embed(TestJpeg.Small()).Bytes];
        Assert.Single((await Reading.ReportAsync(file)).SignedMetadata);
        file[^100] ^= 1;
        Assert.Empty((await Reading.ReportAsync(file)).SignedMetadata);
    }

    [Fact]
    public async Task Statements_about_a_source_come_last_and_are_told_as_that()
    {
        var source = Builder("source").Created().With(Json("c2pa.metadata", "\"tiff:Make\": \"Source\"")).Embed(TestJpeg.Small());
        var statements = (await Reading.ReportAsync(Builder("outer").Opened(source).With(Json("c2pa.metadata", "\"tiff:Make\": \"Outer\"")).Embed(TestJpeg.Small()).Bytes)).SignedMetadata;

        Assert.Equal([("Outer", false), ("Source", true)], statements.Select(statement => (statement.Value, statement.OfIngredient)));
    }

    [Fact]
    public async Task Values_nested_too_deep_are_left_out()
    {
        Assert.Equal(["camera.make = Maker"], Told(await OfAsync(Json("c2pa.metadata", "\"tiff:Make\": [[[\"Maker\"]]]"))));
        Assert.Empty(await OfAsync(Json("c2pa.metadata", "\"tiff:Make\": [[[[\"Maker\"]]]]")));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1025)]
    public async Task At_most_1024_statements_are_told(int count)
    {
        string values = string.Join(", ", Enumerable.Range(0, count / 2).Select(i => $"\"{i}\""));
        string rest = string.Join(", ", Enumerable.Range(0, count - count / 2).Select(i => $"\"{i}\""));
        Assert.Equal(1024, (await OfAsync(Json("c2pa.metadata", $"\"dc:subject\": [{values}], \"dc:creator\": [{rest}]"))).Count);
    }
}
