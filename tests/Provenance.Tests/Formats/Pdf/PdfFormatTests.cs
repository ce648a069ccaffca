using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Pdf;

public sealed class PdfFormatTests
{
    private static Task<AssetMap> MapAsync(TestPdf pdf) => Sample.MapAsync(pdf.Embed(Store()).Bytes);

    private static SignedAsset Signed(TestPdf pdf) => World.Sound().Embed(pdf);

    private static ValueTask<VerificationReport> VerifyAsync(CaseFile file) => file.VerifyAsync();

    private static IEnumerable<string> Codes(VerificationReport report) => report.Findings.Select(finding => finding.Code.Text);

    [Theory]
    [InlineData("%PDF-1.7", true)]
    [InlineData("%PDF-2.0", true)]
    [InlineData("%PDF-x.7", false)]
    [InlineData("%PDF-1", false)]
    [InlineData("\uFEFF%PDF-1.4", true)]
    [InlineData("From: me\n%PDF-1.4", true)]
    [InlineData("In %PDF-1.4 things are", false)]
    public void A_header_stands_first_or_first_on_a_line(string text, bool expected) => Assert.Equal(expected, AssetFormats.Find(Encoding.UTF8.GetBytes(text))?.Name == "PDF");

    [Fact]
    public void A_header_ends_within_1024_bytes()
    {
        byte[] Behind(int spaces) => [.. Enumerable.Repeat((byte)' ', spaces), .. "%PDF-1.7"u8];
        Assert.Equal("PDF", AssetFormats.Find(Behind(1016))?.Name);
        Assert.NotEqual("PDF", AssetFormats.Find(Behind(1017))?.Name);
    }

    [Theory]
    [InlineData(PdfLayout.Table)]
    [InlineData(PdfLayout.Streams)]
    [InlineData(PdfLayout.Update)]
    public async Task Bytes_before_the_header_move_the_offsets(PdfLayout layout)
    {
        var asset = Signed(new TestPdf { Layout = layout, Prefix = [.. "HTTP/1.1 200 OK\r\n\r\n"u8] });
        var report = await VerifyAsync(asset);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Empty(report.Notes);
    }

    [Fact]
    public async Task The_length_of_the_store_may_be_an_object_of_its_own() =>
        Assert.Equal(ValidationState.Trusted, (await VerifyAsync(Signed(TestPdf.Small() with { IndirectLength = true }))).State);

    [Fact]
    public async Task The_store_ends_where_its_length_says_and_nowhere_else()
    {
        byte[] file = TestPdf.Small().Embed(Store()).Bytes;
        string right = $"/Length {Store().Length} ", wrong = $"/Length {Store().Length - 3} ";
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(right));
        Assert.Null((await Sample.MapAsync(file)).StoreFault);
        Assert.Contains("endstream", (await Sample.MapAsync(file.Overwritten(at, Ascii(wrong)))).StoreFault?.Message);
    }

    [Fact]
    public async Task A_packed_store_is_there_and_not_read()
    {
        var map = await MapAsync(TestPdf.Small() with { StreamEntries = "/Filter /FlateDecode" });
        Assert.Contains("FlateDecode", map.StoreFault?.Message);
        Assert.Null((await MapAsync(TestPdf.Small() with { StreamEntries = "/Filter [/Crypt] /DecodeParms [<< /Name /Identity >>]" })).StoreFault);
    }

    [Theory]
    [InlineData("/Filter /FlateDecode", "/Filter 40 0 R /DecodeParms 41 0 R", "/FlateDecode", "null")]
    [InlineData("/Filter /FlateDecode", "/Filter [40 0 R] /DecodeParms [41 0 R]", "/FlateDecode", "<< /Predictor 1 >>")]
    public async Task Filters_of_a_packed_packet_may_be_objects_of_their_own(string direct, string indirect, string filter, string parameters)
    {
        byte[] packed = Zip(Encoding.UTF8.GetBytes(TestMetadata.Xmp("https://example.org/a.c2pa")));
        foreach (string filters in (string[])[direct, indirect])
        {
            var writer = new PdfWriter().Raw("%PDF-1.7\n").Object(1, "<< /Type /Catalog /Metadata 2 0 R >>").Object(40, filter).Object(41, parameters);
            writer.Stream(2, "/Type /Metadata " + filters, packed);
            var report = await VerifyAsync(writer.Table("/Root 1 0 R", 50).ToArray());
            Assert.Equal("https://example.org/a.c2pa", report.RemoteManifest);
        }
    }

    private static byte[] Zip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    [Fact]
    public async Task Two_stores_in_one_update_section_are_none()
    {
        var map = await MapAsync(TestPdf.Small() with { Stores = 2 });
        Assert.Empty(map.Stores);
        Assert.Contains("2 manifest stores in one update section", map.StoreFault?.Message);
        var report = await VerifyAsync(TestPdf.Small() with { Stores = 2 } is var pdf ? pdf.Embed(Signed(pdf).Store).Bytes : []);
        Assert.Equal(ValidationState.Invalid, report.State);
    }

    [Theory]
    [InlineData(PdfLayout.Table)]
    [InlineData(PdfLayout.Streams)]
    public async Task A_store_that_the_catalogue_does_not_list_is_found_with_a_note(PdfLayout layout)
    {
        var report = await VerifyAsync(Signed(new TestPdf { Layout = layout, IsListed = false }));
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Contains("does not list", Assert.Single(report.Notes).Text);
    }

    [Fact]
    public async Task A_store_of_an_object_in_the_document_is_not_the_documents()
    {
        var report = await VerifyAsync((TestPdf.Small() with { IsOfPage = true }).Embed(Signed(TestPdf.Small()).Store).Bytes);
        Assert.Equal(Label.None, report.Label);
        Assert.Null(report.State);
    }

    [Fact]
    public async Task A_document_with_a_signed_picture_has_no_credentials_of_its_own()
    {
        byte[] picture = World.Sound().Embed(TestJpeg.Small()).Bytes;
        var writer = new PdfWriter().Raw("%PDF-1.7\n").Object(1, "<< /Type /Catalog >>");
        writer.Stream(2, "/Type /XObject /Subtype /Image /Filter /DCTDecode", picture);
        var report = await VerifyAsync(writer.Table("/Root 1 0 R", 3).ToArray());
        Assert.Equal(Label.None, report.Label);
    }

    [Fact]
    public async Task A_store_in_an_encrypted_document_is_read_if_it_is_clear()
    {
        var pdf = TestPdf.Small() with { TrailerEntries = "/Encrypt 40 0 R", MoreObjects = [(40, "<< /Filter /Standard /V 4 >>")] };
        Assert.Equal(ValidationState.Trusted, (await VerifyAsync(Signed(pdf))).State);
        var report = await VerifyAsync(pdf.Embed([.. Signed(pdf).Store.Select(b => (byte)(b ^ 0xA5))]).Bytes);
        Assert.Equal(ValidationState.Invalid, report.State);
        Assert.Equal(["manifest.inaccessible.encrypted"], Codes(report));
    }

    [Fact]
    public async Task The_value_of_a_signature_may_be_left_out_of_the_hash()
    {
        var pdf = TestPdf.Small() with
        {
            CatalogueEntries = "/AcroForm << /Fields [40 0 R] /SigFlags 3 >>",
            MoreObjects = [(40, "<< /FT /Sig /V 41 0 R >>"), (41, $"<< /Type /Sig /ByteRange [0 0 0 0] /Contents <{new string('0', 64)}> >>")],
        };
        Extent Contents(byte[] file) => new(file.AsSpan().IndexOf("<0000"u8), 66);
        var asset = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [Contents(c.Asset.Bytes), c.Asset.Extent])).Embed(pdf);
        var report = await VerifyAsync(asset);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal("signature Contents", Assert.Single(report.Uncovered!).Name);
        long at = Contents(asset.Bytes).Start;
        Assert.Equal(ValidationState.Trusted, (await VerifyAsync(asset.Bytes.Overwritten(at + 1, [.. "3082"u8]))).State);
        // Something else than a string in its place is content again.
        Assert.Equal(ValidationState.Invalid, (await VerifyAsync(asset.Bytes.Overwritten(at + 5, [.. ">/A<"u8]))).State);
    }

    [Fact]
    public async Task The_page_may_not_be_left_out_of_the_hash()
    {
        var asset = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(TestPdf.Small().MediaByte(c.Asset.Bytes), 4), c.Asset.Extent])).Embed(TestPdf.Small());
        Assert.Contains("assertion.dataHash.mismatch", Codes(await VerifyAsync(asset)));
    }

    [Fact]
    public async Task The_packet_may_be_left_out_of_the_hash()
    {
        var pdf = TestPdf.Small() with { Xmp = TestMetadata.Xmp() };
        var asset = World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(pdf.Xmp)), 10), c.Asset.Extent])).Embed(pdf);
        var report = await VerifyAsync(asset);
        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Equal(RegionKind.Xmp, Assert.Single(report.Uncovered!).Kind);
    }

    [Fact]
    public async Task Bytes_behind_the_end_are_noticed()
    {
        var asset = Signed(TestPdf.Small());
        Assert.Equal(ValidationState.Invalid, (await VerifyAsync(asset.Bytes.Appended(new byte[2000]))).State);
        Assert.Equal(ValidationState.Invalid, (await VerifyAsync(asset.Bytes.Appended(0))).State);
    }
}
