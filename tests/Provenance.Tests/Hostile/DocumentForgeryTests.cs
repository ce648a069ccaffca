using System.Buffers.Binary;
using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Signed documents changed without a key, where no hash reaches: what another reader would show must not be called intact.</summary>
public sealed class DocumentForgeryTests
{
    private static ValueTask<VerificationReport> VerifyAsync(byte[] file) => new CaseFile(file).VerifyAsync();

    /// <summary>Asserts that the signed file is trusted, the changed one not, and that it still says that there is a store.</summary>
    private static async Task AssertNoticedAsync(byte[] signed, byte[] forged)
    {
        Assert.NotEqual(signed, forged);
        Assert.Equal(ValidationState.Trusted, (await VerifyAsync(signed)).State);
        var report = await VerifyAsync(forged);
        Assert.True(report.State is not (ValidationState.Trusted or ValidationState.Valid), $"{report.State}, {report.Label}");
        Assert.NotEqual(Label.None, report.Label);
    }

    private static byte[] Replaced(byte[] file, ReadOnlySpan<byte> old, ReadOnlySpan<byte> by)
    {
        int at = file.AsSpan().LastIndexOf(old);
        return [.. file[..at], .. by, .. file[(at + old.Length)..]];
    }

    // Text: the lines of a block are left out with it.

    [Theory]
    [InlineData("<!-- ", " -->", "   <!", "    ")] // the delimiter's dashes make "<!--": Markdown hides all up to the next "-->"
    [InlineData("# ", "", " {", "")] // Haskell's "{-"
    [InlineData("<%-- ", " --%>", "   <%", "     ")]
    [InlineData("### ", "", ":<< ", "")] // a here-document: the shell skips all that follows
    [InlineData("### ", "", "``` ", "")]
    [InlineData("### ", "", "~~~ ", "")]
    [InlineData("# ", "", "` ", "")]
    public async Task A_comment_that_becomes_the_start_of_something_longer(string open, string close, string forgedOpen, string forgedClose)
    {
        byte[] signed = World.Sound("text").Embed(new TestStructuredText { Open = open, Close = close }).Bytes;
        byte[] forged = Replaced(signed, Encoding.UTF8.GetBytes(open + "-----BEGIN"), Encoding.UTF8.GetBytes(forgedOpen + "-----BEGIN"));
        if (close.Length > 0)
            forged = Replaced(forged, Encoding.UTF8.GetBytes("MANIFEST-----" + close), Encoding.UTF8.GetBytes("MANIFEST-----" + forgedClose));
        Assert.Equal(signed.Length, forged.Length);
        await AssertNoticedAsync(signed, forged);
    }

    [Fact]
    public async Task A_checkpoint_line_with_something_behind_the_reference()
    {
        byte[] signed = World.Sound("json-lines").Embed(TestAssets.All["json-lines"]()).Bytes;
        await AssertNoticedAsync(signed, Replaced(signed, "\"}"u8, "\",\"a\":1}"u8));
        await AssertNoticedAsync(signed, [.. signed, .. "{\"a\":1}\n"u8]);
    }

    // ZIP: neither the store's own header nor, where the end record alone is hashed, the records of ZIP64 are in a hash.

    [Theory]
    [InlineData(6, 0x0008)] // a descriptor follows
    [InlineData(18, 10)] // the packed size: the next file would lie in the store
    [InlineData(22, 10)]
    [InlineData(18, 1_000_000)] // or those that follow would not be files
    public async Task The_header_of_a_store_that_misleads_readers_from_the_start(int field, int value)
    {
        byte[] signed = World.Sound("zip").Embed(TestZip.Plain()).Bytes;
        int header = signed.AsSpan().IndexOf("META-INF/content_credential.c2pa"u8) - 30;
        byte[] forged = [.. signed];
        if (field == 6)
            BinaryPrimitives.WriteUInt16LittleEndian(forged.AsSpan(header + field), (ushort)value);
        else
            BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(header + field), value);
        await AssertNoticedAsync(signed, forged);
    }

    [Fact]
    public async Task The_header_of_a_folder_that_swallows_the_files_behind_it()
    {
        byte[] signed = World.Sound("odt").Embed(TestZip.Odt() with { WithStoreFolder = true }).Bytes;
        byte[] mark = [.. "PK\x03\x04"u8];
        int header = signed.AsSpan().IndexOf("META-INF/PK\x03\x04"u8) - 30;
        Assert.True(signed.AsSpan(header).StartsWith(mark));
        byte[] forged = [.. signed];
        BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(header + 18), 500);
        await AssertNoticedAsync(signed, forged);
    }

    [Fact]
    public async Task A_second_archive_in_the_zip64_end_record()
    {
        byte[] signed = World.Sound("zip").Embed(TestZip.Plain() with { Zip64 = true }).Bytes;
        int record = signed.AsSpan().LastIndexOf("PK\x06\x06"u8), locator = signed.AsSpan().LastIndexOf("PK\x06\x07"u8);
        // Readers that do not follow the locator take the 56 bytes before it for the record; these tell of an empty archive.
        byte[] other = [.. signed[record..(record + 56)]];
        other.AsSpan(24, 24).Clear();
        byte[] forged = signed.Inserted(locator, other);
        BinaryPrimitives.WriteInt64LittleEndian(forged.AsSpan(record + 4), 44 + other.Length);
        await AssertNoticedAsync(signed, forged);
    }

    [Fact]
    public async Task A_second_directory_behind_the_first()
    {
        byte[] signed = World.Sound("zip").Embed(TestZip.Plain()).Bytes;
        byte[] other = TestZip.Plain().Bytes;
        await AssertNoticedAsync(signed, [.. signed, .. other]);
        await AssertNoticedAsync(signed, signed.Inserted(signed.AsSpan().LastIndexOf("PK\x05\x06"u8), other[other.AsSpan().IndexOf("PK\x01\x02"u8)..]));
    }

    // WARC: the header of the store's record is in no hash.

    [Theory]
    [InlineData("WARC-Target-URI: http://example.org/\r\n")]
    [InlineData("WARC-Target-URI : http://example.org/\r\n")] // read without the space by some
    [InlineData("X-A: b\nWARC-Target-URI: http://example.org/\r\n")] // a line for those who end lines at a line feed
    [InlineData("X-A: b\rWARC-Target-URI: http://example.org/\r\n")]
    [InlineData("WARC-Type : resource\r\n")]
    [InlineData("Content-Type\t: text/html\r\n")]
    public async Task A_record_of_a_store_that_passes_for_a_page(string field)
    {
        byte[] signed = World.Sound("warc").Embed(TestWarc.Small()).Bytes;
        int at = signed.AsSpan().LastIndexOf("WARC/1.1\r\n"u8) + 10;
        await AssertNoticedAsync(signed, signed.Inserted(at, Encoding.ASCII.GetBytes(field)));
    }

    [Fact]
    public async Task A_record_that_nobody_signed()
    {
        byte[] signed = World.Sound("warc").Embed(TestWarc.Small()).Bytes;
        byte[] record = TestWarc.Record("urn:x:1", "resource", "text/html", [.. "<p>other</p>"u8], "WARC-Target-URI: http://example.org/\r\n");
        await AssertNoticedAsync(signed, [.. signed, .. record]);
        await AssertNoticedAsync(signed, [.. record, .. signed]);
        await AssertNoticedAsync(signed, [.. signed, .. TestWarc.Record("urn:x:1", "c2pa-provenance", "application/c2pa", [.. "<p>other</p>"u8])]);
    }

    // PDF: an update adds pages.

    [Theory]
    [InlineData("pdf")]
    [InlineData("pdf-streams")]
    [InlineData("pdf-update")]
    public async Task An_update_behind_a_signed_document(string name)
    {
        byte[] signed = World.Sound(name).Embed(TestAssets.All[name]()).Bytes;
        string text = Encoding.Latin1.GetString(signed);
        string start = text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Trim().Split('\n')[0].Trim();
        byte[] update = Encoding.Latin1.GetBytes($"\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n1 1\n{signed.Length + 1:0000000000} 00000 n \ntrailer\n<< /Size 99 /Root 1 0 R /Prev {start} >>\nstartxref\n{signed.Length + 42}\n%%EOF\n");
        await AssertNoticedAsync(signed, [.. signed, .. update]);
        await AssertNoticedAsync(signed, [.. signed, .. "\n%%EOF\n"u8]);
        await AssertNoticedAsync(signed, [.. "%PDF-1.7\n"u8, .. signed]);
    }

    // HTML, SVG, TTML: what is left out holds Base64 and nothing else.

    [Theory]
    [InlineData("html", "</script>", "<!--<script></script>")]
    [InlineData("html", "</script>", "</script><script>alert(1)</script>")]
    [InlineData("html", "<script", "<script onload=alert(1)")]
    [InlineData("svg", "</c2pa:manifest>", "<text>other</text></c2pa:manifest>")]
    [InlineData("svg", "</c2pa:manifest>", "&#65;</c2pa:manifest>")]
    [InlineData("svg", "</c2pa:manifest>", "<!-- --></c2pa:manifest>")]
    [InlineData("ttml", "<c2pa:manifest", "<c2pa:manifest begin=\"1s\"")]
    [InlineData("ttml", "</c2pa:manifest>", "<p>other</p></c2pa:manifest>")]
    public async Task Markup_where_the_store_is_left_out(string name, string old, string by)
    {
        byte[] signed = World.Sound(name).Embed(TestAssets.All[name]()).Bytes;
        await AssertNoticedAsync(signed, Replaced(signed, Encoding.ASCII.GetBytes(old), Encoding.ASCII.GetBytes(by)));
    }

    // Fonts: the directory is in no hash, so everything in it must lead to tables that are.

    [Fact]
    public async Task A_table_directory_that_leads_elsewhere()
    {
        byte[] signed = World.Sound("ttf").Embed(TestFont.Small()).Bytes;
        int tables = BinaryPrimitives.ReadUInt16BigEndian(signed.AsSpan(4));
        for (int i = 0; i < tables; i++)
        {
            // Without its own table the store is gone, and with it the credentials.
            if (signed.AsSpan(12 + 16 * i).StartsWith("C2PA"u8))
                continue;
            byte[] copied = [.. signed, .. new byte[64]];
            // The table's offset leads to zeros behind the file; its tag is another; it is not there at all.
            BinaryPrimitives.WriteInt32BigEndian(copied.AsSpan(12 + 16 * i + 8), signed.Length);
            BinaryPrimitives.WriteInt32BigEndian(copied.AsSpan(12 + 16 * i + 12), 60);
            await AssertNoticedAsync(signed, copied);
            await AssertNoticedAsync(signed, signed.FlipBit(12 + 16 * i + 3));
        }
        byte[] fewer = [.. signed];
        BinaryPrimitives.WriteUInt16BigEndian(fewer.AsSpan(4), (ushort)(tables - 1));
        await AssertNoticedAsync(signed, fewer);
    }

    // Files made to cost much.

    [Fact]
    public async Task Headers_of_a_web_archive_that_are_folded_without_end()
    {
        string folded = string.Concat(Enumerable.Repeat("\r\n x", 16_000));
        byte[] record = Encoding.ASCII.GetBytes($"WARC/1.1\r\nWARC-Record-ID: <a>{folded}\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
        await AssertCheapAsync("WARC", [.. Enumerable.Repeat(record, 80).SelectMany(bytes => bytes)]);
    }

    [Fact]
    public async Task Elements_that_each_ask_for_their_namespace()
    {
        string attributes = string.Concat(Enumerable.Range(0, 200).Select(i => $" xmlns:p{i}=\"{new string('a', 200)}\""));
        await AssertCheapAsync("SVG", Encoding.ASCII.GetBytes($"<svg{attributes}><metadata>" + string.Concat(Enumerable.Repeat("<a:manifest/>", 300_000)) + "</metadata></svg>"));
    }

    [Fact]
    public async Task Cross_reference_runs_that_every_look_up_passes()
    {
        var text = new StringBuilder("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% jumdc2pa\0\u0011\0\u0010\n");
        int start = text.Length;
        text.Append("xref\n");
        for (int i = 60_000; i > 0; i--)
            text.Append(i).Append(" 1\n0000000009 00000 ").Append(i == 1 ? 'n' : 'f').Append(" \n");
        text.Append("trailer\n<< /Size 60001 /Root 1 0 R >>\nstartxref\n").Append(start).Append("\n%%EOF\n");
        await AssertCheapAsync("PDF", Encoding.Latin1.GetBytes(text.ToString()));
    }

    [Fact]
    public async Task A_letter_with_marks_without_end()
    {
        byte[] signed = World.Sound("text").Embed(TestText.Small()).Bytes;
        await AssertCheapAsync("text", [.. "a"u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\u0301\u0316", 250_000))), .. signed]);
    }

    private static async Task AssertCheapAsync(string what, byte[] file)
    {
        var (_, cost) = await Cost.OfAsync(() => VerifyAsync(file));
        cost.AssertBounded(file.Length, what);
    }
}
