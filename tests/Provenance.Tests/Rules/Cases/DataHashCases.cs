using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>The data hash (C2PA 2.5 §14.12.1, §16.3.1), and how many bindings a manifest has (§14.10.1.2, §14.12).</summary>
internal static class DataHashCases
{
    public static void Add(RuleCases cases)
    {
        Content(cases);
        StoreRange(cases);
        OtherRanges(cases);
        Ranges(cases);
        Fields(cases);
        Count(cases);
        SignaturePadding(cases);
    }

    private static void Content(RuleCases cases)
    {
        cases.Add("data-hash-pixels-changed", image => World.Sound().Embed(image).MediaChanged());
        cases.Add("data-hash-byte-appended", image => World.Sound().Embed(image).Bytes.Appended(0));
        cases.Add("data-hash-last-bytes-cut-off", image => Cut(World.Sound().Embed(image).Bytes));
        cases.Add("data-hash-trailing-bytes-signed", image => World.Sound().Embed(Trailing(image)));
        cases.Add("data-hash-trailing-bytes-changed", image =>
        {
            byte[] bytes = World.Sound().Embed(Trailing(image)).Bytes;
            return bytes.FlipBit(bytes.Length - 1);
        });
        cases.Add("data-hash-segment-inserted", image =>
        {
            SignedAsset asset = World.Sound().Embed(image);
            return asset.FillerInserted(Last(image, asset.Bytes, "C2PA").End);
        });
        cases.Add("data-hash-metadata-changed", image =>
        {
            SignedAsset asset = World.Sound().Embed(Exif(image));
            return asset.Bytes.FlipBit(ExifOf(asset.Carrier, asset.Bytes).End - 3);
        });
    }

    private static void StoreRange(RuleCases cases)
    {
        void Range(string name, int start, int end) => cases.Add(name, image => World.Sound()
            .BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start + start, c.Asset.Extent.Length - start + end)])).Embed(image));
        Range("data-hash-range-is-the-store", 0, 0);
        Range("data-hash-range-a-byte-longer", 0, 1);
        Range("data-hash-range-a-byte-shorter", 0, -1);
        Range("data-hash-range-a-byte-earlier", -1, 0);
        Range("data-hash-range-a-byte-later", 1, 0);
        Bound(cases, "data-hash-range-absent", c => []);
        Bound(cases, "data-hash-range-in-two-parts", c => [new(c.Asset.Extent.Start, 10), new(c.Asset.Extent.Start + 10, c.Asset.Extent.Length - 10)]);
        Bound(cases, "data-hash-range-and-file-header", c => [new(0, c.Asset.Extent.End)]);
        Bound(cases, "data-hash-range-with-a-hole", c => [new(c.Asset.Extent.Start, 10), new(c.Asset.Extent.Start + 11, c.Asset.Extent.Length - 11)]);
        cases.Add("data-hash-riff-size-left-out", image => World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(4, 4), c.Asset.Extent])).Embed(image));
        cases.Add("data-hash-riff-header-left-out", image => World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(4, 8), c.Asset.Extent])).Embed(image));
    }

    private static void OtherRanges(RuleCases cases)
    {
        cases.Add("data-hash-leaves-exif-out", image => Leaving(Exif(image), ExifOf));
        cases.Add("data-hash-leaves-exif-out-and-it-changed", image =>
        {
            SignedAsset asset = Leaving(Exif(image), ExifOf);
            return asset.Bytes.FlipBit(ExifOf(asset.Carrier, asset.Bytes).Start + (asset.Carrier is TestJpeg ? 20 : 12));
        });
        cases.Add("data-hash-leaves-xmp-out", image => Leaving(Xmp(image), (i, bytes) => Last(i, bytes, i is TestJpeg ? "APP1" : i is TestPng ? "iTXt" : "XMP ")));
        cases.Add("data-hash-leaves-trailing-bytes-out", image => Leaving(Trailing(image), (i, bytes) =>
        {
            long end = i.Boxes(bytes)[^1].Extent.End;
            return new(end, bytes.Length - end);
        }));
        cases.Add("data-hash-leaves-the-picture-out", image => Leaving(image, Picture));
        cases.Add("data-hash-leaves-one-byte-of-the-picture-out", image => Leaving(image, (i, bytes) => new(Picture(i, bytes).End - 20, 1)));
        cases.Add("data-hash-leaves-the-file-header-out", image => Leaving(image, (_, _) => new(0, 2)));
    }

    private static void Ranges(RuleCases cases)
    {
        // Ranges that break a rule stand where metadata may be left out, so that nothing else is wrong with them.
        void Malformed(string name, Func<Extent, object[]> more, byte[]? exif = null) => cases.Add(name, _ => World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, ExifOf(c.Asset.Carrier, c.Asset.Bytes)], fields =>
        {
            var ranges = ((IEnumerable<CborFields>)fields["exclusions"]!).ToList();
            Extent range = new(Convert.ToInt64(ranges[1]["start"], null), Convert.ToInt64(ranges[1]["length"], null));
            fields["exclusions"] = new object[] { ranges[0] }.Concat(more(range)).ToArray();
        })).Embed(World.Jpeg.WithExif(exif)));
        static CborFields Range(object? start, object? length) => new() { { "start", start }, { "length", length } };

        Malformed("data-hash-ranges-in-order", exif => [Range(exif.Start, 10L), Range(exif.Start + 10, exif.Length - 10)]);
        Malformed("data-hash-ranges-overlap", exif => [Range(exif.Start, 11L), Range(exif.Start + 10, exif.Length - 10)]);
        Malformed("data-hash-ranges-out-of-order", exif => [Range(exif.Start + 10, exif.Length - 10), Range(exif.Start, 10L)]);
        Malformed("data-hash-range-twice", exif => [Range(exif.Start, exif.Length), Range(exif.Start, exif.Length)]);
        Malformed("data-hash-range-empty", exif => [Range(exif.Start, exif.Length), Range(exif.End, 0L)]);
        Malformed("data-hash-range-start-negative", exif => [Range(-1L, 4L)]);
        Malformed("data-hash-range-length-negative", exif => [Range(exif.Start, -1L)]);
        Malformed("data-hash-range-overflows", exif => [Range(exif.Start, long.MaxValue)]);
        Malformed("data-hash-range-beyond-64-bits", exif => [Range(exif.Start, ulong.MaxValue)]);
        Malformed("data-hash-range-as-float", exif => [Range((double)exif.Start, (double)exif.Length)]);
        Malformed("data-hash-range-without-start", exif => [Range(exif.Start, exif.Length).Omit("start")]);
        Malformed("data-hash-range-without-length", exif => [Range(exif.Start, exif.Length).Omit("length")]);
        cases.Change("data-hash-ranges-not-a-list", m => m.BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent], fields => fields["exclusions"] = "none")));
        Bound(cases, "data-hash-range-up-to-the-end", c => [c.Asset.Extent, new(c.Asset.Bytes.Length - 3, 3)], Trailing);
        Bound(cases, "data-hash-range-beyond-the-end", c => [c.Asset.Extent, new(c.Asset.Bytes.Length - 3, 4)], Trailing);
        foreach (int count in (int[])[1024, 1025])
            Malformed($"data-hash-{count}-ranges", exif => [.. Enumerable.Range(0, count - 2).Select(i => Range(exif.Start + i, 1L)), Range(exif.Start + count - 2, exif.Length - count + 2)], new byte[2000]);
    }

    private static void Fields(RuleCases cases)
    {
        Field(cases, "data-hash-without-hash", fields => fields.Omit("hash"));
        Field(cases, "data-hash-empty", fields => fields["hash"] = Array.Empty<byte>());
        Field(cases, "data-hash-as-text", fields => fields["hash"] = Convert.ToBase64String((byte[])fields["hash"]!));
        Field(cases, "data-hash-of-16-bytes", fields => fields["hash"] = ((byte[])fields["hash"]!)[..16]);
        Field(cases, "data-hash-with-a-byte-more", fields => fields["hash"] = (byte[])[.. (byte[])fields["hash"]!, 0]);
        Field(cases, "data-hash-without-pad", fields => fields.Omit("pad"));
        Field(cases, "data-hash-pad-empty", fields => fields["pad"] = Array.Empty<byte>());
        Field(cases, "data-hash-pad-of-spaces", fields => fields["pad"] = "    "u8.ToArray());
        Field(cases, "data-hash-pad-of-text", fields => fields["pad"] = "text"u8.ToArray());
        Field(cases, "data-hash-pad2", fields => fields.Add("pad2", new byte[3]));
        Field(cases, "data-hash-pad2-of-text", fields => fields.Add("pad2", "text"u8.ToArray()));
        Field(cases, "data-hash-without-name", fields => fields.Omit("name"));
        Field(cases, "data-hash-without-algorithm", fields => fields.Omit("alg"));
        Field(cases, "data-hash-algorithm-empty", fields => fields["alg"] = "");
        Field(cases, "data-hash-algorithm-sha1", fields => fields["alg"] = "sha1");
        Field(cases, "data-hash-algorithm-unknown", fields => fields["alg"] = "blake9");
        cases.Change("data-hash-not-cbor", m => m.BoundBy(Assertion.CborBytes("c2pa.hash.data", "{\"hash\":1}"u8.ToArray())));
        cases.Change("data-hash-not-a-map", m => m.BoundBy(Assertion.CborBytes("c2pa.hash.data", [0x80])));
    }

    private static void Count(RuleCases cases)
    {
        cases.Change("binding-absent", m => m.BoundBy());
        cases.Change("binding-gathered", m => m.BoundBy(HardBinding.Data().Gathered()));
        cases.Change("binding-twice", m => m.BoundBy(HardBinding.Data(), HardBinding.Data("c2pa.hash.data__1", c => [c.Asset.Extent])));
        cases.Change("binding-of-two-kinds", m => m.BoundBy(HardBinding.Data(), HardBinding.Boxes()));
        cases.Change("binding-listed-twice", m => m.BoundBy(HardBinding.Data().ListedTwice()));
        cases.Change("binding-of-a-version-that-never-was", m => m.BoundBy(HardBinding.Data("c2pa.hash.data.v2", c => [c.Asset.Extent])));
        cases.Change("binding-of-a-part", m => m.BoundBy(HardBinding.Data("c2pa.hash.data.part", c => [c.Asset.Extent])));
        cases.Change("binding-missing-box", m => m.BoundBy(HardBinding.Data().Missing()));
        cases.Change("binding-changed", m => m.BoundBy(HardBinding.Data().Entry(entry => entry["hash"] = new byte[32])));
        cases.ChangeOld("binding-absent-v1", m => m.BoundBy());
        cases.Change("binding-of-bmff", m => m.BoundBy(Assertion.Cbor("c2pa.hash.bmff.v3", new CborFields { { "exclusions", new[] { BmffExclusion.Store.Write() } }, { "alg", "sha256" }, { "hash", new byte[32] } })));
        Foreign(cases, "binding-of-bmff-v1", "c2pa.hash.bmff");
        cases.Change("binding-of-a-collection", m => m.BoundBy(HardBinding.Folder(("a.txt", [1]))));
        cases.Change("binding-of-a-segment", m => m.BoundBy(Assertion.Cbor("c2pa.hash.segment",
            new CborFields { { "version", 1 }, { "alg", "sha256" }, { "hash", new byte[32] }, { "segmentStart", 0 }, { "segmentEnd", 100 } })));
    }

    private static void SignaturePadding(RuleCases cases)
    {
        cases.Add("signature-padding-shrunk-and-filled", image => World.Sound().Cose(cose => cose.Padding = 400).Embed(image).PadShrunkAndInjected(128, "<svg><rect/></svg>"u8));
        cases.Add("signature-padding-written-to", image => World.Sound().Cose(cose => cose.Padding = 400).Embed(image).StoreChanged(bytes =>
        {
            bytes[bytes.AsSpan().LastIndexOf("\x63pad"u8) + 100] = (byte)'<';
            return bytes;
        }));
        cases.Change("signature-padding-signed-with-text", m => m.Cose(cose => (cose.WithPad, cose.UnprotectedChange) = (false, header => header.Add("pad", "text"u8.ToArray()))));
        cases.Change("signature-without-padding", m => m.Cose(cose => cose.WithPad = false));
        cases.Change("signature-padding-that-is-no-bytes", m => m.Cose(cose => (cose.WithPad, cose.UnprotectedChange) = (false, header => header.Add("pad", "text"))));
    }

    internal static TestAsset Exif(TestAsset image) => image switch { TestJpeg jpeg => jpeg.WithExif(), TestPng png => png.WithExif(), _ => ((TestWebP)image).WithExif() };

    internal static TestAsset Trailing(TestAsset image)
    {
        byte[] bytes = [1, 2, 3, 4, 5];
        return image switch { TestJpeg jpeg => jpeg.WithTrailing(bytes), TestPng png => png.WithTrailing(bytes), _ => ((TestWebP)image).WithTrailing(bytes) };
    }

    internal static Extent ExifOf(TestAsset image, byte[] file) => Last(image, file, image is TestJpeg ? "APP1" : image is TestPng ? "eXIf" : "EXIF");

    internal static Extent Last(TestAsset image, byte[] file, string name) => image.Boxes(file).Last(box => box.Name == name).Extent;

    /// <summary>The box with most of the pixels.</summary>
    internal static Extent Picture(TestAsset image, byte[] file) => Last(image, file, image is TestJpeg ? "SOS" : image is TestPng ? "IDAT" : "VP8L");

    private static TestAsset Xmp(TestAsset image) => image switch { TestJpeg jpeg => jpeg.WithXmp(), TestPng png => png.WithXmp(), _ => ((TestWebP)image).WithXmp() };

    /// <summary>Signed with a second range left out of the hash.</summary>
    private static SignedAsset Leaving(TestAsset image, Func<TestAsset, byte[], Extent> range) => World.Sound()
        .BoundBy(HardBinding.Data("c2pa.hash.data", c => [.. ((Extent[])[c.Asset.Extent, range(c.Asset.Carrier, c.Asset.Bytes)]).OrderBy(e => e.Start)])).Embed(image);

    private static void Bound(RuleCases cases, string name, Func<BuildContext, IReadOnlyList<Extent>> ranges, Func<TestAsset, TestAsset>? change = null) =>
        cases.Add(name, image => World.Sound().BoundBy(HardBinding.Data("c2pa.hash.data", ranges)).Embed(change is null ? image : change(image)));

    private static void Field(RuleCases cases, string name, Action<CborFields> change) =>
        cases.Change(name, m => m.BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent], change)));

    private static void Foreign(RuleCases cases, string name, string label) =>
        cases.Change(name, m => m.BoundBy(Assertion.Cbor(label, new CborFields { { "alg", "sha256" }, { "hash", new byte[32] } })));

    private static byte[] Cut(byte[] bytes) => bytes.Truncated(bytes.Length - 2);
}
