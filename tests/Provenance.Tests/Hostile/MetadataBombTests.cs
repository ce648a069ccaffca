using System.Text;
using Provenance.Metadata;
using Provenance.TestKit;
using Provenance.Tests.Metadata;
using Provenance.Verifier.Bytes;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Metadata of small files that unpacks, nests or repeats: all blocks of a file together cost what one may.</summary>
public sealed class MetadataBombTests
{
    private const int Blocks = 64;

    [Theory]
    [InlineData("fields of a structure")]
    [InlineData("attributes of a structure")]
    [InlineData("kept and dropped attributes")]
    [InlineData("kept and dropped elements")]
    [InlineData("items")]
    [InlineData("languages")]
    [InlineData("dropped elements")]
    [InlineData("text")]
    [InlineData("attributes")]
    [InlineData("prefixes")]
    [InlineData("elements with attributes")]
    public async Task Packed_XMP_packets_by_the_dozen(string shape)
    {
        string Many(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));
        string packet = shape switch
        {
            "fields of a structure" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq><rdf:li rdf:parseType=\"Resource\">{Many(8000, i => $"<stEvt:a{i}/>")}</rdf:li></rdf:Seq></xmpMM:History>"),
            "attributes of a structure" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq><rdf:li {Many(16000, i => $"stEvt:a{i}=\"\" ")}/></rdf:Seq></xmpMM:History>"),
            "kept and dropped attributes" => TestMetadata.XmpOf("", $"<xmpMM:History xmlns:z=\"z\"><rdf:Seq><rdf:li {Many(8000, i => $"stEvt:a{i}=\"\" ")}{Many(8000, i => $"z:a{i}=\"\" ")}/></rdf:Seq></xmpMM:History>"),
            "kept and dropped elements" => TestMetadata.XmpOf("", $"<xmpMM:History xmlns:z=\"z\"><rdf:Seq><rdf:li rdf:parseType=\"Resource\">{Many(8000, i => $"<stEvt:a{i}/>")}{Many(8000, _ => "<z:a/>")}</rdf:li></rdf:Seq></xmpMM:History>"),
            "items" => TestMetadata.XmpOf("", $"<dc:subject><rdf:Bag>{Many(5000, _ => "<rdf:li>x</rdf:li>")}</rdf:Bag></dc:subject>"),
            "languages" => TestMetadata.XmpOf("", $"<dc:description><rdf:Alt>{Many(4000, i => $"<rdf:li xml:lang=\"x-{i}\">x</rdf:li>")}</rdf:Alt></dc:description>"),
            "dropped elements" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq>{Many(6000, _ => "<rdf:li/>")}</rdf:Seq></xmpMM:History>{Many(8000, _ => "<dc:z/>")}"),
            "attributes" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq><rdf:li {Many(1000, i => $"stEvt:a{i}=\"\" ")}/></rdf:Seq></xmpMM:History>"),
            "prefixes" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq>{Many(16, _ => $"<rdf:li {Many(1000, i => $"xmlns:n{i}=\"http://purl.org/dc/elements/1.1/\" ")}/>")}</rdf:Seq></xmpMM:History>"),
            "elements with attributes" => TestMetadata.XmpOf("", $"<xmpMM:History><rdf:Seq>{Many(15, _ => $"<rdf:li stEvt:action=\"\" {Many(1000, i => $"a{i}=\"\" ")}/>")}</rdf:Seq></xmpMM:History>"),
            _ => TestMetadata.XmpOf("", $"<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{new string('x', 1_000_000)}</rdf:li></rdf:Alt></dc:description>"),
        };
        byte[] chunk = [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. ContainerTests.Zlib(Encoding.UTF8.GetBytes(packet))];

        await SetOffAsync("iTXt", chunk);
    }

    [Theory]
    [InlineData("parameters\0\0", "{")]
    [InlineData("prompt\0\0", "{\"1\":")]
    [InlineData("prompt\0\0", "[{},")]
    [InlineData("parameters\0\0", "Steps: 20, ")]
    [InlineData("workflow\0\0", "{\"class_type\":\"KSampler\",")]
    [InlineData("Title\0\0", "\u0301")]
    [InlineData("Software\0\0", "Stable Diffusion ")]
    [InlineData("Comment\0\0", "\uFFFD\u200B ")]
    [InlineData("Raw profile type exif\0\0", "45786966")]
    [InlineData("Raw profile type iptc\0\0", "\n")]
    public async Task Packed_texts_by_the_dozen(string start, string part)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / Encoding.UTF8.GetByteCount(part))));
        await SetOffAsync("zTXt", [.. Encoding.UTF8.GetBytes(start), .. ContainerTests.Zlib(text)]);
    }

    private static async Task SetOffAsync(string type, byte[] chunk)
    {
        var png = TestPng.Small();
        for (int i = 0; i < Blocks; i++)
            png = png.WithChunk(type, chunk);
        byte[] file = png.Bytes;
        var report = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), Verifier.VerificationPolicy.WithoutTrustAnchorsUnsafe(Reading.Now));
        var (read, cost) = await Cost.OfAsync(() => UnsignedMetadata.ReadAsync(AssetSource.FromMemory(file), report));
        Assert.NotEmpty(read!.Unreadable);
        cost.AssertBounded(file.Length, $"{Blocks} blocks");
    }
}
