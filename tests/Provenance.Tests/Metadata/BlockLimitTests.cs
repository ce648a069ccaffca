using Provenance.Metadata;
using Provenance.TestKit;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

/// <summary>The last that is read, and the first that is told as not read.</summary>
public sealed class BlockLimitTests
{
    private const int Mebibyte = 1 << 20;

    [Theory]
    [InlineData(Mebibyte, null)]
    [InlineData(Mebibyte + 1, UnreadableReason.TooLarge)]
    public async Task A_block_has_at_most_a_mebibyte(int length, UnreadableReason? reason)
    {
        byte[] chunk = [.. "Title\0"u8, .. Enumerable.Repeat((byte)'t', length - 6)];
        Expect(await Reading.OfAsync(TestPng.Small().WithChunk("tEXt", chunk).Bytes), MetadataKey.CaptionTitle, MetadataBlockKind.PngText, reason);
    }

    [Theory]
    [InlineData(Mebibyte, null)]
    [InlineData(Mebibyte + 1, UnreadableReason.TooLarge)]
    public async Task A_packed_block_unpacks_to_at_most_a_mebibyte(int length, UnreadableReason? reason)
    {
        byte[] chunk = [.. "Title\0\0"u8, .. ContainerTests.Zlib(Enumerable.Repeat((byte)'t', length).ToArray())];
        Expect(await Reading.OfAsync(TestPng.Small().WithChunk("zTXt", chunk).Bytes), MetadataKey.CaptionTitle, MetadataBlockKind.PngText, reason);
    }

    [Theory]
    [InlineData(Mebibyte, null)]
    [InlineData(Mebibyte + 1, UnreadableReason.TooLarge)]
    public async Task An_EXIF_block_of_a_WebP_has_at_most_a_mebibyte(int length, UnreadableReason? reason)
    {
        byte[] exif = new TestExif().With(0x010F, "Maker").ToBytes();
        Expect(await Reading.OfAsync(TestWebP.Small().WithExif([.. exif, .. new byte[length - exif.Length]]).Bytes), MetadataKey.CameraMake, MetadataBlockKind.Exif, reason);
    }

    [Theory]
    [InlineData(Mebibyte, null)]
    [InlineData(Mebibyte + 1, UnreadableReason.TooLarge)]
    public async Task A_profile_has_at_most_a_mebibyte(int length, UnreadableReason? reason) =>
        Expect(await Reading.OfAsync(TestWebP.Small().WithChunk("ICCP", TestMetadata.Profile("Long", length)).Bytes), MetadataKey.ColourProfile, MetadataBlockKind.ColourProfile, reason);

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, UnreadableReason.TooMany)]
    public async Task At_most_64_blocks_are_read(int count, UnreadableReason? reason)
    {
        var png = TestPng.Small();
        for (int i = 0; i < count; i++)
            png = png.WithText("Title", $"title {i}");
        var metadata = await Reading.OfAsync(png.Bytes);

        Assert.Equal(Math.Min(count, 64), metadata.Fields.Count);
        Assert.Equal(reason is { } why ? [why] : [], metadata.Unreadable.Select(block => block.Reason));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, UnreadableReason.TooCostly)]
    public async Task All_blocks_together_have_at_most_4_mebibytes(int count, UnreadableReason? reason)
    {
        var png = TestPng.Small();
        for (int i = 0; i < count; i++)
            png = png.WithChunk("tEXt", [.. "Title\0"u8, (byte)('a' + i), .. new byte[Mebibyte - 7]]);
        var metadata = await Reading.OfAsync(png.Bytes);

        Assert.Equal(4, metadata.Fields.Count);
        Assert.Equal(reason is { } why ? [why] : [], metadata.Unreadable.Select(block => block.Reason));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, UnreadableReason.TooCostly)]
    public async Task An_XMP_packet_has_at_most_16384_nodes(int more, UnreadableReason? reason)
    {
        // What stands in the packet besides the items: elements, their ends, attributes.
        const string frame = "<dc:subject><rdf:Bag></rdf:Bag></dc:subject>";
        int rest = Nodes(TestMetadata.XmpOf("", frame));
        string Packet(int items) => TestMetadata.XmpOf("", frame.Replace("</rdf:Bag>", string.Concat(Enumerable.Repeat("<rdf:li/>", items)) + "</rdf:Bag>", StringComparison.Ordinal));
        var metadata = await Reading.OfAsync(TestWebP.Small().WithXmp(Packet(MetadataLimits.XmlNodes - rest + more)).Bytes);

        Assert.Equal(reason is { } why ? [why] : [], metadata.Unreadable.Select(block => block.Reason));
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, UnreadableReason.TooCostly)]
    public async Task An_XMP_packet_is_nested_at_most_32_deep(int depth, UnreadableReason? reason)
    {
        // xmpmeta, RDF, Description and the property are the first four.
        string nested = string.Concat(Enumerable.Repeat("<rdf:li>", depth - 3)) + string.Concat(Enumerable.Repeat("</rdf:li>", depth - 3));
        var metadata = await Reading.OfAsync(TestWebP.Small().WithXmp(TestMetadata.XmpOf("", $"<dc:subject>{nested}</dc:subject>")).Bytes);

        Assert.DoesNotContain(metadata.Unreadable, block => block.Reason == UnreadableReason.TooCostly && reason is null);
        Assert.Equal(reason is not null, metadata.Unreadable.Any(block => block.Detail!.Contains(nameof(MetadataLimits.XmlDepth), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    public async Task At_most_32_values_of_a_property_are_shown(int count)
    {
        string items = string.Concat(Enumerable.Range(0, count).Select(i => $"<rdf:li>word {i}</rdf:li>"));
        var xmp = await Reading.OfAsync(TestWebP.Small().WithXmp(TestMetadata.XmpOf("", $"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")).Bytes);
        byte[] datasets = TestMetadata.Iptc([.. Enumerable.Range(0, count).Select(i => (2, 25, $"word {i}"))]);
        var iptc = await Reading.OfAsync(TestJpeg.Small().WithSegment(0xED, [.. "Photoshop 3.0\0"u8, .. TestMetadata.PhotoshopResources((0x0404, datasets))]).Bytes);

        Assert.Equal(32, xmp.Fields.Count);
        Assert.Equal(32, iptc.Fields.Count);
    }

    [Theory]
    [InlineData(4096, false)]
    [InlineData(4097, true)]
    public async Task A_value_is_cut_behind_4096_characters(int length, bool isCut)
    {
        string value = Assert.Single((await Reading.OfAsync(TestPng.Small().WithText("Title", new string('t', length)).Bytes)).Fields).Value;

        Assert.Equal(4096, value.Length);
        Assert.Equal(isCut, value.EndsWith('…'));
    }

    [Fact]
    public async Task A_mebibyte_of_the_costliest_shapes_is_told_or_read_in_bounded_time_and_memory()
    {
        byte[] keywords = [.. Enumerable.Repeat(TestMetadata.Dataset(2, 25, []), Mebibyte / 5).SelectMany(bytes => bytes)];
        byte[] resources = TestMetadata.PhotoshopResources((0x0404, keywords[..(Mebibyte - 12)]));
        string Repeat(string shape) => string.Concat(Enumerable.Repeat(shape, (Mebibyte - 2000) / shape.Length));
        var files = new Dictionary<string, byte[]>
        {
            ["datasets of one kind"] = (TestTiff.Of(TestPicture.Gradient()) with { Entries = [(34377, 7, resources)] }).Bytes,
            ["XML elements"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf("", Repeat("<a/>"))).Bytes,
            ["XML attributes"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"dc:a{i}=\"\" ")))).Bytes,
            ["namespaces"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf(string.Concat(Enumerable.Range(0, 16_000).Select(i => $"xmlns:n{i}=\"u{i}\" ")))).Bytes,
            ["open elements"] = TestWebP.Small().WithXmp(Repeat("<a>")).Bytes,
            ["properties"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf("", string.Concat(Enumerable.Range(0, 7000).Select(i => $"<dc:p{i}>x</dc:p{i}>")))).Bytes,
            ["items"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf("", $"<dc:subject><rdf:Bag>{string.Concat(Enumerable.Repeat("<rdf:li>x</rdf:li>", 5000))}</rdf:Bag></dc:subject>")).Bytes,
            ["steps"] = TestWebP.Small().WithXmp(TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq>{string.Concat(Enumerable.Repeat("<rdf:li stEvt:action=\"saved\"/>", 4000))}</rdf:Seq></xmpMM:History>")).Bytes,
            ["tags over each other"] = TestWebP.Small().WithExif(Overlapping()).Bytes,
        };
        foreach (var (name, file) in files)
        {
            var report = await Verifier.Verifier.VerifyAsync(Verifier.Bytes.AssetSource.FromMemory(file), Verifier.VerificationPolicy.WithoutTrustAnchorsUnsafe(Reading.Now));
            var (_, cost) = await Hostile.Cost.OfAsync(() => UnsignedMetadata.ReadAsync(Verifier.Bytes.AssetSource.FromMemory(file), report));
            cost.AssertBounded(file.Length, name);
        }
    }

    /// <summary>65,535 entries, each with the whole block for its value.</summary>
    private static byte[] Overlapping()
    {
        byte[] block = new byte[Mebibyte];
        "MM\0*\0\0\0\b\xFF\xFF"u8.CopyTo(block);
        new byte[] { 0xFF, 0xFF }.CopyTo(block, 8);
        for (int i = 0; i < 65_535; i++)
        {
            byte[] entry = [(byte)(i >> 8), (byte)(i & 0xFF), 0, 7, 0, 0x0F, 0, 0, 0, 0, 0, 0];
            entry.CopyTo(block, 10 + 12 * i);
        }
        return block;
    }

    private static int Nodes(string packet)
    {
        int nodes = 0;
        using var reader = System.Xml.XmlReader.Create(new StringReader(packet), new System.Xml.XmlReaderSettings { IgnoreComments = true, IgnoreWhitespace = true, IgnoreProcessingInstructions = true });
        while (reader.Read())
            nodes += 1 + reader.AttributeCount;
        return nodes;
    }

    private static void Expect(MetadataReport metadata, MetadataKey key, MetadataBlockKind kind, UnreadableReason? reason)
    {
        Assert.Equal(reason is null ? [key] : [], metadata.Fields.Select(field => field.Key));
        Assert.Equal(reason is { } why ? [(kind, why)] : [], metadata.Unreadable.Select(block => (block.Block, block.Reason)));
    }
}
