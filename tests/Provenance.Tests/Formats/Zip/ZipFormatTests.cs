using System.Buffers.Binary;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;
using ZipArchive = System.IO.Compression.ZipArchive;

namespace Provenance.Tests.Formats.Zip;

public sealed class ZipFormatTests
{
    private static Task<AssetMap> MapAsync(TestZip zip) => Sample.MapAsync(zip.Embed(Store()).Bytes);

    private static int EndOf(byte[] file) => file.AsSpan().LastIndexOf("PK\x05\x06"u8);

    [Theory]
    [InlineData("zip")]
    [InlineData("zip64")]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("odt")]
    [InlineData("epub")]
    public void What_the_test_kit_writes_others_can_read(string name)
    {
        var asset = TestAssets.All[name]().Embed(Store());
        using var archive = new ZipArchive(new MemoryStream(asset.Bytes));
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            content.CopyTo(Stream.Null);
        }
        using var store = archive.GetEntry("META-INF/content_credential.c2pa")!.Open();
        var copy = new MemoryStream();
        store.CopyTo(copy);
        Assert.Equal(Store(), copy.ToArray());
    }

    [Theory]
    [InlineData("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("xl/workbook.bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("FixedDocumentSequence.fdseq", "application/oxps")]
    [InlineData("other.xml", "application/zip")]
    public async Task An_office_document_is_told_by_its_main_part(string part, string expected)
    {
        var files = new[] { ZipFile.Text("[Content_Types].xml", "<Types/>"), ZipFile.Text(part, "<x/>") };
        Assert.Equal(expected, (await MapAsync(TestZip.Plain() with { Files = files })).MediaType);
        Assert.Equal("application/zip", (await MapAsync(TestZip.Plain() with { Files = files[1..] })).MediaType);
    }

    [Theory]
    [InlineData("application/epub+zip", "application/epub+zip")]
    [InlineData("application/epub+zip\n", "application/epub+zip")]
    [InlineData("application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation")]
    [InlineData("application/x-made-up", "application/zip")]
    public async Task A_first_file_called_mimetype_tells_the_type(string text, string expected)
    {
        Assert.Equal(expected, (await MapAsync(TestZip.Plain() with { Files = [ZipFile.Text("mimetype", text)] })).MediaType);
        Assert.Equal("application/zip", (await MapAsync(TestZip.Plain() with { Files = [ZipFile.Text("a", "a"), ZipFile.Text("mimetype", text)] })).MediaType);
    }

    [Fact]
    public async Task The_end_record_is_the_one_whose_comment_ends_with_the_file()
    {
        // A comment with the first bytes of an end record, whose own comment does not end there.
        byte[] comment = [.. "PK\x05\x06"u8, .. new byte[40]];
        Assert.Single((await MapAsync(TestZip.Plain() with { Comment = comment })).Stores);
        Assert.Single((await MapAsync(TestZip.Plain() with { Comment = new byte[0xFFFF] })).Stores);
    }

    [Fact]
    public async Task A_byte_behind_the_end_record_is_damage()
    {
        byte[] file = TestZip.Plain().Embed(Store()).Bytes;
        await Assert.ThrowsAsync<MalformedDataException>(() => Sample.MapAsync(file.Appended(0)));
        Assert.NotEmpty((await Sample.MapAsync(TestZip.Plain().Bytes.Appended(0))).Notes);
    }

    [Fact]
    public async Task A_file_before_the_first_file_moves_the_directory_and_is_damage()
    {
        byte[] file = [.. "PK\x03\x04"u8, .. new byte[60], .. TestZip.Plain().Embed(Store()).Bytes];
        await Assert.ThrowsAsync<MalformedDataException>(() => Sample.MapAsync(file));
        Assert.Equal(Label.Unreadable, (await new CaseFile(file).VerifyAsync()).Label);
    }

    [Fact]
    public async Task The_directory_says_how_many_files_there_are()
    {
        byte[] file = TestZip.Plain().Bytes;
        foreach (int count in (int[])[1, 3])
        {
            byte[] changed = [.. file];
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(EndOf(file) + 8), (ushort)count);
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(EndOf(file) + 10), (ushort)count);
            Assert.NotEmpty((await Sample.MapAsync(changed)).Notes);
        }
        Assert.Empty((await Sample.MapAsync(file)).Notes);
    }

    [Fact]
    public async Task There_are_as_many_files_as_the_limit_and_no_more()
    {
        byte[] file = TestZip.Plain().Bytes;
        Assert.Empty((await Sample.MapAsync(file, Limits.Default with { ContainerParts = 2 })).Notes);
        await Assert.ThrowsAsync<LimitExceededException>(() => Sample.MapAsync(file, Limits.Default with { ContainerParts = 1 }));
    }

    [Fact]
    public async Task The_store_is_stored_as_it_is()
    {
        var plain = TestZip.Plain();
        Assert.Null((await MapAsync(plain)).StoreFault);
        foreach (var entry in new[] { plain.StoreEntry with { Deflated = true }, plain.StoreEntry with { HasDescriptor = true } })
            Assert.Contains("stored as it is", (await MapAsync(plain with { StoreEntry = entry })).StoreFault?.Message);
        Assert.IsType<EncryptedDataException>((await MapAsync(plain with { StoreEntry = plain.StoreEntry with { Flags = 1 } })).StoreFault);
        var report = await new CaseFile((plain with { StoreEntry = plain.StoreEntry with { Flags = 1 } }).Embed(Store()).Bytes).VerifyAsync();
        Assert.Equal("manifest.inaccessible.encrypted", Assert.Single(report.Findings).Code.Text);
    }

    [Fact]
    public async Task The_stores_local_header_holds_nothing_the_directory_does_not()
    {
        var plain = TestZip.Plain();
        byte[] extra = [0x99, 0x99, 4, 0, 1, 2, 3, 4];
        byte[] file = (plain with { StoreEntry = plain.StoreEntry with { Extra = extra } }).Embed(Store()).Bytes;
        Assert.Null((await Sample.MapAsync(file)).StoreFault);
        int local = file.AsSpan().IndexOf(extra);
        Assert.Contains("extra field", (await Sample.MapAsync(file.FlipBit(local + 5))).StoreFault?.Message);
    }

    [Fact]
    public async Task A_file_that_its_own_header_calls_otherwise_is_no_store()
    {
        byte[] file = TestZip.Plain().Embed(Store()).Bytes;
        int local = file.AsSpan().IndexOf("META-INF/content_credential.c2pa"u8);
        Assert.NotNull((await Sample.MapAsync(file.FlipBit(local))).StoreFault);
    }

    [Fact]
    public async Task Two_stores_are_told()
    {
        var zip = TestZip.Plain() with { Files = [new ZipFile("META-INF/content_credential.c2pa", Store())] };
        Assert.Equal(2, (await MapAsync(zip)).Stores.Count);
        Assert.Contains("2 manifest stores", (await new CaseFile(zip.Embed(Store()).Bytes).VerifyAsync()).Error?.Rule);
        // The names of files are not folded.
        Assert.Single((await MapAsync(TestZip.Plain() with { Files = [new ZipFile("meta-inf/content_credential.c2pa", Store())] })).Stores);
    }
}
