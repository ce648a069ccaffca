using Newtonsoft.Json.Linq;
using Provenance.Metadata;
using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.House;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

/// <summary>Metadata in JSON and on the page, and what stays out of them.</summary>
public sealed class MetadataReportTests
{
    private static readonly TestCertificate Signer = TestAuthority.Root("Report Root").Intermediate("Report CA").Issue("Report Signer");

    private static readonly TestExif Exif = new TestExif().With(0x010F, "Maker").Taken(0xA430, "Ann Owner").Taken(0xA431, "B-1").At("N", [37, 30, 0], "E", [127, 0, 0]);

    private static ManifestBuilder Builder() => new ManifestBuilder("private").SignedBy(Signer).Created()
        .With(Assertion.Json("c2pa.metadata", "{\"@context\": {}, \"tiff:Model\": \"Model\", \"exif:GPSLatitude\": \"37,30.0N\", \"exifEX:BodySerialNumber\": \"S-2\"}"));

    private static Task<Verifier.VerificationReport> ReportAsync() => Reading.ReportAsync(Builder().Embed(TestJpeg.Small().WithExif(Exif.ToBytes())).Bytes);

    private static string Write(Verifier.VerificationReport report, PersonalData shown = PersonalData.None)
    {
        using var text = new StringWriter();
        ReportJson.Write(text, report, null, shown);
        return text.ToString();
    }

    [Theory]
    [InlineData(PersonalData.None, "location device owner", "location device", "camera.make", "camera.model")]
    [InlineData(PersonalData.Location, "device owner", "device", "camera.make location.latitude location.longitude", "camera.model location.latitude")]
    [InlineData(PersonalData.Device, "location", "location", "camera.make device.serial owner.name", "camera.model device.serial")]
    [InlineData(PersonalData.Location | PersonalData.Device, "", "", "camera.make location.latitude location.longitude device.serial owner.name", "camera.model location.latitude device.serial")]
    public async Task Personal_data_are_left_out_of_JSON_unless_asked_for_and_their_kind_is_told(PersonalData shown, string hidden, string hiddenSigned, string keys, string signedKeys)
    {
        string text = Write(await ReportAsync(), shown);
        var json = JObject.Parse(text);

        Assert.Equal(hidden, string.Join(' ', json["metadata"]!["hidden"]!));
        Assert.Equal(hiddenSigned, string.Join(' ', json["signedMetadata"]!["hidden"]!));
        Assert.Equal(keys, string.Join(' ', json["metadata"]!["fields"]!.Select(field => field["key"])));
        Assert.Equal(signedKeys, string.Join(' ', json["signedMetadata"]!["statements"]!.Select(statement => statement["key"])));
        Assert.Equal(shown.HasFlag(PersonalData.Location), text.Contains("37.5", StringComparison.Ordinal));
        Assert.Equal(shown.HasFlag(PersonalData.Device), text.Contains("B-1", StringComparison.Ordinal));
        Assert.Equal(shown.HasFlag(PersonalData.Device), text.Contains("Ann Owner", StringComparison.Ordinal));
        Assert.Equal(shown.HasFlag(PersonalData.Device), text.Contains("S-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_whose_metadata_nobody_read_is_the_same_but_for_that_member()
    {
        var report = await ReportAsync();
        var with = JObject.Parse(Write(report));
        report.Metadata = null;
        var without = JObject.Parse(Write(report));

        Assert.Equal(JTokenType.Null, without["metadata"]!.Type);
        with["metadata"] = null;
        Assert.Equal(without.ToString(), with.ToString());
    }

    [Fact]
    public async Task Nothing_that_is_read_changes_label_or_codes()
    {
        var signed = Builder().Embed(TestJpeg.Small().WithExif(Exif.ToBytes()).WithXmp("<broken"));
        var report = await Reading.ReportAsync(signed.Bytes);
        var (label, state, sentence) = (report.Label, report.State, report.SentenceIn(Words.English));
        report.Metadata = null;

        Assert.Equal((report.Label, report.State, report.SentenceIn(Words.English)), (label, state, sentence));
    }

    [Theory]
    [InlineData(Language.English, "recorded, hidden")]
    [InlineData(Language.Korean, "기록되어 있으나 숨김")]
    public async Task The_page_says_that_they_are_recorded(Language language, string hidden)
    {
        var report = await ReportAsync();
        var sections = ReportPage.Of(report, Words.Of(language), null).Sections.Where(section => section.Topic == PageTopic.Metadata).ToList();
        string all = string.Join('\n', sections.SelectMany(section => section.Rows));
        string shown = string.Join('\n', ReportPage.Of(report, Words.Of(language), null, PersonalData.Location | PersonalData.Device).Sections.SelectMany(section => section.Rows));

        Assert.Equal(2, sections.Count);
        Assert.Equal(5, sections.SelectMany(section => section.Rows).Count(row => row.Text == hidden));
        foreach (string secret in new[] { "37.5", "B-1", "S-2", "Ann Owner" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
            Assert.Contains(secret, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_tells_what_is_signed_apart_from_what_is_not_and_of_that_whether_it_is_covered()
    {
        var sections = ReportPage.Of(await ReportAsync(), Words.English, null).Sections.Where(section => section.Topic == PageTopic.Metadata).ToList();

        Assert.Equal(new PageRow("Camera", "Model"), sections[0].Rows[0]);
        Assert.StartsWith("unsigned: anybody can write it", sections[1].Rows[0].Text, StringComparison.Ordinal);
        Assert.Equal(new PageRow("Maker", "Maker (EXIF; unchanged since signing)"), sections[1].Rows[1]);
    }

    [Fact]
    public async Task A_file_without_metadata_has_no_such_section() =>
        Assert.DoesNotContain(ReportPage.Of(await Reading.ReportAsync(TestJpeg.Small().Bytes), Words.English, null).Sections, section => section.Topic == PageTopic.Metadata);

    [Fact]
    public async Task Hostile_text_is_cleaned_on_the_page_and_ASCII_in_JSON()
    {
        var report = await Reading.ReportAsync(TestPng.Small().WithChunk("iTXt", [.. "Title\0\0\0\0\0"u8, .. "a\u202Eb\u0007c"u8]).Bytes);
        var section = ReportPage.Of(report, Words.English, null).Sections.Single(section => section.Topic == PageTopic.Metadata);

        Assert.DoesNotContain(section.Rows, row => row.Text.Contains('\u202E', StringComparison.Ordinal) || row.Text.Contains('\u0007', StringComparison.Ordinal));
        Assert.Matches("^[\x20-\x7E]*$", Write(report));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Korean)]
    public void Every_key_kind_and_reason_has_its_words(Language language)
    {
        var words = Words.Of(language);
        Expect.None(MetadataKey.All.Select(key => "metadata." + key.Name)
            .Concat(Enum.GetValues<Verifier.Formats.MetadataBlockKind>().Select(kind => "metadata-block." + ReportMetadataJson.Block(kind)))
            .Concat(Enum.GetValues<UnreadableReason>().Select(reason => "metadata.not-read." + ReportMetadataJson.Reason(reason)))
            .Concat(Enum.GetValues<MetadataPrivacy>().Where(privacy => privacy != MetadataPrivacy.Open).Select(privacy => "metadata-privacy." + ReportMetadataJson.Privacy(privacy)))
            .Where(key => !words.Has(key)));
    }

    [Fact]
    public void Every_key_stands_in_the_schema()
    {
        var schema = JObject.Parse(Repository.Read("docs", "schema", "report.v1.schema.json"));
        Assert.Equal(MetadataKey.All.Select(key => key.Name), schema["$defs"]!["metadataKey"]!["enum"]!.Select(name => (string)name!));
    }

    [Fact]
    public async Task A_report_full_of_metadata_stays_under_a_mebibyte()
    {
        var png = TestPng.Small();
        for (int i = 0; i < 60; i++)
            png = png.WithChunk("tEXt", [.. "Title\0"u8, (byte)('0' + i), .. Enumerable.Repeat((byte)0xFC, 60_000)]);

        string text = Write(await Reading.ReportAsync(png.Bytes), PersonalData.Location | PersonalData.Device);

        Assert.True(text.Length < 1 << 20, $"{text.Length}");
        Assert.True((bool)JObject.Parse(text)["truncated"]!);
    }

    [Fact]
    public void The_library_knows_neither_the_reader_of_metadata_nor_its_package()
    {
        Expect.None(Repository.ReferencesOf(Repository.Library).Where(name => name is "Provenance.Metadata" or "MetadataExtractor" or "XmpCore" or "System.Private.Xml" or "System.Xml.ReaderWriter"));
        Assert.Contains("MetadataExtractor", typeof(UnsignedMetadata).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name));
    }

    [Fact]
    public void One_file_names_the_package() =>
        Assert.Equal(["verifier/Provenance.Metadata/Extractor.cs"], Repository.Files("*.cs").Where(file => file.StartsWith("verifier/", StringComparison.Ordinal))
            .Where(file => Repository.Read(file).Split('\n').Any(line => line.StartsWith("using MetadataExtractor", StringComparison.Ordinal) || line.StartsWith("using XmpCore", StringComparison.Ordinal))));

    [Fact]
    public async Task Reading_twice_tells_the_same()
    {
        byte[] file = Builder().Embed(TestJpeg.Small().WithExif(Exif.ToBytes()).WithXmp()).Bytes;
        Assert.Equal(Write(await Reading.ReportAsync(file)), Write(await Reading.ReportAsync(file)));
    }

    [Fact]
    public async Task A_source_in_pieces_gives_the_same_answer()
    {
        byte[] file = Builder().Embed(TestJpeg.Small().WithExif(Exif.ToBytes()).WithXmp()).Bytes;
        var report = await Reading.ReportAsync(file);
        await using var slow = new Hostile.AwkwardSource(file) { Most = _ => 1 };

        Assert.Equal(Reading.Told(report.Metadata!), Reading.Told(await UnsignedMetadata.ReadAsync(slow, report)));
    }
}
