using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Where a store is, and what if it is not there (C2PA 2.5 §14.5, Appendix A).</summary>
internal static class StoreCases
{
    public static void Add(RuleCases cases)
    {
        cases.Add("no-store", image => image.Bytes);
        cases.Add("store-cut-out", image => World.Sound().Embed(image).StoreRemoved());
        cases.Add("store-twice", image => World.Sound().Embed(image).StoreTwice());
        cases.Add("store-of-another-file", image => World.Sound().Embed(image).WithStoreOf(World.Source(image: DataHashCases.Exif(image))));
        cases.Add("file-empty", _ => Array.Empty<byte>());
        cases.Add("file-of-unknown-kind", _ => "\0\x1this is no picture"u8.ToArray());

        cases.Add("detached", image => image.Bytes.Beside(World.Sound().Sidecar(image)));
        cases.Add("detached-of-another-file", image => image.Bytes.FlipBit(image.MediaByte(image.Bytes)).Beside(World.Sound().Sidecar(image)));
        cases.Add("detached-and-embedded", image => World.Sound().Embed(image).Bytes.Beside(World.Source("other", DataHashCases.Exif(image))));
        cases.Add("detached-unreadable", image => new CaseFile(image.Bytes) with { Detached = [1, 2, 3] });
        cases.Add("detached-that-was-embedded", image =>
        {
            SignedAsset asset = World.Sound().Embed(image);
            return asset.StoreRemoved().Beside(asset);
        });
        cases.Add("detached-and-its-place-overwritten", image =>
        {
            SignedAsset asset = World.Sound().Embed(image);
            return asset.Bytes.Overwritten(asset.StoreExtent.Start, [.. Pixels(image, (int)asset.StoreExtent.Length)]).Beside(asset);
        });

        cases.Add("manifest-elsewhere", Pointing);
        cases.Add("manifest-elsewhere-not-reachable", image => Pointing(image) with { Fetched = Elsewhere });
        cases.Add("manifest-elsewhere-fetched", image => Pointing(image) with { Detached = World.Sound().Sidecar(WithXmp(image, TestMetadata.Xmp(Elsewhere))).Store, Fetched = Elsewhere });
        cases.Add("manifest-elsewhere-fetched-malformed", image => Pointing(image) with { Detached = [0, 0, 0, 8, .. "jumb"u8], Fetched = Elsewhere });
        cases.Add("manifest-elsewhere-that-means-here", image => WithXmp(image, TestMetadata.Xmp("self#jumbf=/c2pa/urn:uuid:1")).Bytes);
        cases.Add("manifest-elsewhere-and-embedded", image => World.Sound().Embed(WithXmp(image, TestMetadata.Xmp("https://example.org/manifest.c2pa"))));

        cases.Add("png-store-behind-the-picture", _ => World.Sound().Embed(TestPng.Small().StoreAt(PngPlace.BehindImageData)));
        cases.Add("png-checksum-of-the-store-wrong", _ => World.Sound().Embed(TestPng.Small() with { WrongCrc = true }));
        cases.Add("webp-store-first", _ => World.Sound().Embed(TestWebP.Small() with { StoreFirst = true }));
        cases.Add("jpeg-other-app11-behind-the-store", _ => World.Sound().Embed(World.Jpeg.WithSegment(0xEB, "other"u8.ToArray())));
        cases.Add("jpeg-one-piece-from-zero", _ => World.Sound().Embed(World.Jpeg with { FirstPacket = 0 }));
        Pieces(cases, "jpeg-pieces-from-zero", jpeg => jpeg with { FirstPacket = 0 });
        Pieces(cases, "jpeg-piece-missing", jpeg => jpeg with { SegmentsChange = pieces => [.. pieces.Take(1), .. pieces.Skip(2)] });
        Pieces(cases, "jpeg-piece-twice", jpeg => jpeg with { SegmentsChange = pieces => [pieces[0], pieces[0], .. pieces.Skip(1)] });
        Pieces(cases, "jpeg-segment-between-pieces", jpeg => jpeg with { SegmentsChange = pieces => [pieces[0], [0xFF, 0xFE, 0, 6, 1, 2, 3, 4], .. pieces.Skip(1)] });
        Pieces(cases, "jpeg-pieces-out-of-order", jpeg => jpeg with { SegmentsChange = pieces => [.. pieces.Reverse()] });
    }

    private const string Elsewhere = "https://example.org/manifest.c2pa";

    private static CaseFile Pointing(TestAsset image) => WithXmp(image, TestMetadata.Xmp(Elsewhere)).Bytes;

    private static void Pieces(RuleCases cases, string name, Func<TestJpeg, TestJpeg> how) => cases.Add(name, _ => World.Sound().Embed(how(World.Jpeg.InPiecesOf(700))));

    private static TestAsset WithXmp(TestAsset image, string packet) => image switch { TestJpeg jpeg => jpeg.WithXmp(packet), TestPng png => png.WithXmp(packet), _ => ((TestWebP)image).WithXmp(packet) };

    /// <summary>So many bytes of another picture of the same kind.</summary>
    private static byte[] Pixels(TestAsset image, int length)
    {
        byte[] bytes = image.Bytes;
        return [.. Enumerable.Range(0, length).Select(i => bytes[i % bytes.Length])];
    }
}
