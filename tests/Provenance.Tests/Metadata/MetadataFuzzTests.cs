using System.Text;
using Provenance.Metadata;
using Provenance.Tests.Hostile;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Metadata;

/// <summary>Damaged blocks through the reader: a report comes out whatever goes in, the same twice, cheaply.</summary>
[Long("fuzz", "damages signed files and their parts; only honest answers may come out, in bounded time and memory")]
public sealed class MetadataFuzzTests
{
    private static readonly byte[] Exif = new TestExif().With(0x010F, "Maker").With(0x0132, "2026:03:14 09:26:53").Taken(0x9003, "2026:03:14 09:26:53").Taken(0x829A, 1, 250)
        .Taken(0x9286, 7, 12, [.. "UNICODE\0a\0b\0"u8]).At("N", [1, 2, 3], "E", [4, 5, 6]).ToBytes();

    private static readonly byte[] Xmp = Encoding.UTF8.GetBytes(TestMetadata.XmpOf("tiff:Make=\"Maker\" exif:GPSLatitude=\"39,21.102N\"",
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Title</rdf:li></rdf:Alt></dc:title><xmpMM:History><rdf:Seq><rdf:li stEvt:action=\"saved\"/></rdf:Seq></xmpMM:History>"));

    private static readonly byte[] Iptc = TestMetadata.PhotoshopResources((0x03ED, [1, 2, 3]), (0x0404, TestMetadata.Iptc((2, 5, "Title"), (2, 25, "one"), (2, 25, "two"), (2, 55, "20260314"), (2, 60, "092653+0900"))));

    private static readonly byte[] Profile = TestMetadata.Profile("A profile");

    private static readonly byte[] Extended = [.. "0123456789ABCDEF0123456789ABCDEF"u8, .. BmffWriter.U32(Xmp.Length), .. BmffWriter.U32(0), .. Xmp];

    private static readonly byte[] Tags = BmffWriter.Box("udta", BmffWriter.Box("©xyz", BmffWriter.U16(24), BmffWriter.U16(0), "+37.5665-126.9780+025.5/"u8.ToArray()),
        BmffWriter.Box("meta", BmffWriter.FullBox("hdlr", 0, 0, new byte[20]), BmffWriter.FullBox("keys", 0, 0, BmffWriter.U32(1), BmffWriter.Box("mdta", "title"u8.ToArray())),
            BmffWriter.Box("ilst", BmffWriter.Box("\0\0\0\u0001", BmffWriter.Box("data", BmffWriter.U32(1), BmffWriter.U32(0), "Title"u8.ToArray())))));

    private static readonly IReadOnlyList<(string Name, byte[] Seed, Func<byte[], byte[]> File)> Places =
    [
        ("EXIF", Exif, block => TestWebP.Small().WithExif(block).Bytes),
        ("EXIF with offset", [0, 0, 0, 0, .. Exif], block => TestJxl.Small().WithBox(TestJxl.Box("Exif", block)).Bytes),
        ("packed EXIF", TestJxl.Packed("Exif", [0, 0, 0, 0, .. Exif])[8..], block => TestJxl.Small().WithBox(TestJxl.Box("brob", block)).Bytes),
        ("TIFF", TestTiff.Of(TestPicture.Gradient()).Bytes, block => block),
        ("XMP", Xmp, block => TestWebP.Small().WithChunk("XMP ", block).Bytes),
        ("extended XMP", Extended, block => TestJpeg.Small().WithSegment(0xE1, [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. block]).Bytes),
        ("resources", Iptc, block => TestJpeg.Small().WithSegment(0xED, [.. "Photoshop 3.0\0"u8, .. block]).Bytes),
        ("datasets", TestMetadata.Iptc((2, 5, "Title"), (2, 25, "one")), block => (TestTiff.Of(TestPicture.Gradient()) with { Entries = [(33723, 7, block)] }).Bytes),
        ("profile", Profile, block => TestWebP.Small().WithChunk("ICCP", block).Bytes),
        ("piece of a profile", [1, 1, .. Profile], block => TestJpeg.Small().WithSegment(0xE2, [.. "ICC_PROFILE\0"u8, .. block]).Bytes),
        ("packed profile", [.. "name\0\0"u8, .. ContainerTests.Zlib(Profile)], block => TestPng.Small().WithChunk("iCCP", block).Bytes),
        ("text", [.. "Title\0text"u8], block => TestPng.Small().WithChunk("tEXt", block).Bytes),
        ("packed text", [.. "Title\0\0"u8, .. ContainerTests.Zlib("text"u8)], block => TestPng.Small().WithChunk("zTXt", block).Bytes),
        ("international text", [.. "Title\0\u0001\0de\0Titel\0"u8, .. ContainerTests.Zlib("text"u8)], block => TestPng.Small().WithChunk("iTXt", block).Bytes),
        ("film", Tags, block => (TestMovie.Mov() with { MovieChange = (movie, _) => BmffWriter.Box("moov", movie[8..], block), MediaFirst = true }).Bytes),
    ];

    [Fact]
    public async Task Every_place_is_read()
    {
        foreach (var (name, seed, file) in Places.Where(place => place.Name != "TIFF"))
        {
            var metadata = await Reading.OfAsync(file(seed));
            Assert.True(metadata.Fields.Count > 0, name);
            Assert.True(metadata.Unreadable.Count == 0, name);
        }
    }

    [Fact]
    public async Task A_damaged_block_is_read_or_told()
    {
        foreach (int round in Long.Rounds("fuzz", small: 1500))
        {
            var (name, seed, make) = Places[round % Places.Count];
            var mutator = new Mutator(round);
            byte[] block = mutator.Bytes(seed);
            // What a segment of JPEG holds.
            byte[] file = make(block.Length > 60_000 ? block[..60_000] : block);
            string what = $"round {round}, {name}: {string.Join("; ", mutator.Told)}";
            try
            {
                var report = await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), Verifier.VerificationPolicy.WithoutTrustAnchorsUnsafe(Reading.Now));
                var (metadata, cost) = await Cost.OfAsync(() => UnsignedMetadata.ReadAsync(AssetSource.FromMemory(file), report));
                cost.AssertBounded(file.Length, what);
                Assert.Equal(Said(metadata), Said(await UnsignedMetadata.ReadAsync(AssetSource.FromMemory(file), report)));
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{what}: {e}");
            }
        }
    }

    private static string Said(MetadataReport metadata) => string.Join('\n', [.. metadata.Fields.Select(field => $"{field}"), .. metadata.Unreadable.Select(block => $"{block}"), .. metadata.Marks.Select(mark => $"{mark}")]);
}
