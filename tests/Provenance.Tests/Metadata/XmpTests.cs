using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

public sealed class XmpTests
{
    private static Task<MetadataReport> OfAsync(byte[] packet) => Reading.OfAsync(TestWebP.Small().WithChunk("XMP ", packet).Bytes);

    private static Task<MetadataReport> OfAsync(string attributes, string content = "") => OfAsync(Encoding.UTF8.GetBytes(TestMetadata.XmpOf(attributes, content)));

    [Fact]
    public async Task Properties_are_read_as_attributes_and_as_elements()
    {
        string[] told = ["camera.make = Maker", "software = Tool 1"];

        Assert.Equal(told, Reading.Told(await OfAsync("tiff:Make=\"Maker\" xmp:CreatorTool=\"Tool 1\"")));
        Assert.Equal(told, Reading.Told(await OfAsync("", "<tiff:Make>Maker</tiff:Make><xmp:CreatorTool>Tool 1</xmp:CreatorTool>")));
        Assert.Equal(told, Reading.Told(await OfAsync("xmp:CreatorTool=\"Tool 1\"", "<tiff:Make>Maker</tiff:Make>")));
    }

    [Fact]
    public async Task Lists_languages_and_structures_are_told()
    {
        var metadata = await OfAsync("",
            """
            <dc:title><rdf:Alt><rdf:li xml:lang="de">Titel</rdf:li><rdf:li xml:lang="x-default">Title</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>A. First</rdf:li><rdf:li>B. Second</rdf:li></rdf:Seq></dc:creator>
            <xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="Editor 2" stEvt:when="2026-03-01T00:00:00Z"/><rdf:li rdf:parseType="Resource"><stEvt:action>converted</stEvt:action></rdf:li></rdf:Seq></xmpMM:History>
            <Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Seoul</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Korea</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>
            """);

        Assert.Equal(["location.name = Seoul, Korea", "software.history = saved, Editor 2, 2026-03-01T00:00:00Z", "software.history = converted", "caption.title = Title", "creator = A. First", "creator = B. Second"],
            Reading.Told(metadata));
    }

    [Fact]
    public async Task Positions_are_told_as_one_number()
    {
        var metadata = await OfAsync("exif:GPSLatitude=\"39,21.102N\" exif:GPSLongitude=\"74,26,34.422W\"");

        Assert.Equal(["location.latitude = 39.3517", "location.longitude = -74.442895"], Reading.Told(metadata));
    }

    [Fact]
    public async Task A_prefix_of_somebodys_own_is_no_hindrance()
    {
        string packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><r:Description xmlns:t=\"http://ns.adobe.com/tiff/1.0/\" t:Make=\"Maker\"/></r:RDF></x:xmpmeta>";
        Assert.Equal(["camera.make = Maker"], Reading.Told(await OfAsync(Encoding.UTF8.GetBytes(packet))));
    }

    [Fact]
    public async Task A_prefix_that_names_another_namespace_is_not_the_property() =>
        Assert.Empty((await OfAsync(Encoding.UTF8.GetBytes(TestMetadata.XmpOf("tiff:Make=\"Maker\"").Replace("http://ns.adobe.com/tiff/1.0/", "http://example.invalid/", StringComparison.Ordinal)))).Fields);

    [Theory]
    [InlineData("<!DOCTYPE x>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"Maker\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"http://127.0.0.1/\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a0 \"ha\"><!ENTITY a1 \"&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;\"><!ENTITY a2 \"&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;\">]>")]
    public async Task A_document_type_is_refused(string type)
    {
        string packet = TestMetadata.XmpOf("tiff:Make=\"Maker\"");
        packet = packet[packet.IndexOf("<x:", StringComparison.Ordinal)..packet.IndexOf("<?xpacket end", StringComparison.Ordinal)];

        Assert.Equal(["camera.make = Maker"], Reading.Told(await OfAsync(Encoding.UTF8.GetBytes(packet))));
        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var metadata = await OfAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(type + packet)]);
            Assert.Empty(metadata.Fields);
            Assert.Equal(UnreadableReason.Malformed, Assert.Single(metadata.Unreadable).Reason);
        }
    }

    [Fact]
    public async Task An_encoding_that_hides_a_document_type_is_refused()
    {
        string packet = "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE x+AD4-<a/>";
        Assert.Single((await OfAsync(Encoding.ASCII.GetBytes(packet))).Unreadable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("no XML")]
    [InlineData("<a>")]
    [InlineData("<a></b>")]
    [InlineData("<a>&unknown;</a>")]
    [InlineData("<rdf:RDF/>")]
    public async Task What_is_no_XML_is_told(string packet)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(packet);
        Assert.Equal(bytes.Length == 0 ? [] : [UnreadableReason.Malformed], (await OfAsync(bytes)).Unreadable.Select(block => block.Reason));
    }

    [Fact]
    public async Task RDF_that_breaks_its_rules_is_told()
    {
        var metadata = await OfAsync("tiff:Make=\"One\"", "<tiff:Make>Two</tiff:Make>");

        Assert.Empty(metadata.Fields);
        Assert.Equal(UnreadableReason.Malformed, Assert.Single(metadata.Unreadable).Reason);
    }

    [Fact]
    public async Task Zeros_behind_a_packet_are_padding() =>
        Assert.Equal(["camera.make = Maker"], Reading.Told(await OfAsync([.. Encoding.UTF8.GetBytes(TestMetadata.XmpOf("tiff:Make=\"Maker\"")), .. new byte[100]])));

    [Fact]
    public async Task Namespaces_of_a_file_are_not_remembered()
    {
        const string strange = "xmlns:strange=\"http://strange.example/1/\"";
        await OfAsync($"{strange} strange:a=\"1\" tiff:Make=\"Maker\"", "<strange:b>2</strange:b><dc:subject><rdf:Bag><rdf:li strange:c=\"3\">x</rdf:li></rdf:Bag></dc:subject>");

        Assert.DoesNotContain(XmpCore.XmpMetaFactory.SchemaRegistry.Namespaces.Keys, uri => uri.Contains("strange", StringComparison.Ordinal));
    }
}
