using System.Security.Cryptography;
using Provenance.TestKit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Rules.Cases;

/// <summary>The BMFF hash over a file in one piece: its fields, and that it binds all of the file (C2PA 2.5 §14.12.2, §16.3.2).</summary>
internal static class BmffCases
{
    public static void Add(RuleCases cases)
    {
        Fields(cases);
        Content(cases);
        Coverage(cases);
    }

    /// <summary>The container, bound so.</summary>
    public static SignedAsset Signed(TestAsset image, BmffRecipe? recipe = null) => World.Sound().Embed(recipe is null ? image : ((TestBmff)image).BoundAs(recipe));

    private static void Fields(RuleCases cases)
    {
        cases.Add("bmff-hash", image => Signed(image));
        cases.Add("bmff-hash-v2", image => Signed(image, BmffRecipe.OfVersion(2)));
        cases.Add("bmff-hash-v1", image => Signed(image, BmffRecipe.OfVersion(1)));
        cases.Add("bmff-hash-sha512", image => Signed(image, new() { Algorithm = HashAlgorithmName.SHA512 }));
        cases.Add("bmff-hash-in-another-container", _ => World.Sound().BoundBy(HardBinding.Data()).Embed(World.Images["mp4"]));
        Change(cases, "bmff-hash-algorithm-of-the-claim", fields => fields.Omit("alg"));
        Change(cases, "bmff-hash-algorithm-sha1", fields => fields["alg"] = "sha1");
        Change(cases, "bmff-hash-without-name", fields => fields.Omit("name"));
        Change(cases, "bmff-hash-with-a-url", fields => fields.Add("url", "https://example.org/elsewhere.mp4"));
        Change(cases, "bmff-hash-without-hash", fields => fields.Omit("hash"));
        Change(cases, "bmff-hash-of-16-bytes", fields => fields["hash"] = ((byte[])fields["hash"]!)[..16]);
        Change(cases, "bmff-hash-of-no-bytes", fields => fields["hash"] = Array.Empty<byte>());
        Change(cases, "bmff-hash-of-zeros", fields => fields["hash"] = new byte[32]);
        Change(cases, "bmff-hash-of-text", fields => fields["hash"] = "text");
        Change(cases, "bmff-hash-without-exclusions", fields => fields.Omit("exclusions"));
        Change(cases, "bmff-hash-with-no-exclusion", fields => fields["exclusions"] = Array.Empty<object>());
        Change(cases, "bmff-hash-exclusions-no-list", fields => fields["exclusions"] = "/uuid");
        cases.Add("bmff-hash-not-a-map", image => World.Sound().BoundBy(Assertion.CborBytes("c2pa.hash.bmff.v3", [0x80])).Embed(image));
        cases.Add("bmff-hash-twice", image => World.Sound().BoundBy(HardBinding.Bmff(), HardBinding.Bmff(BmffRecipe.OfVersion(2))).Embed(image));
        cases.Add("bmff-hash-without-offsets", image => Signed(image, new() { Offsets = false }));
        cases.Add("bmff-hash-v2-without-offsets", image => Signed(image, BmffRecipe.OfVersion(2) with { Offsets = false }));
    }

    private static void Content(RuleCases cases)
    {
        cases.Add("bmff-media-changed", image => Signed(image).MediaChanged());
        cases.Add("bmff-file-type-changed", image => Signed(image).Bytes.BoxFlipped("ftyp", 12));
        cases.Add("bmff-bytes-appended", image => Signed(image).Bytes.Appended(1, 2, 3));
        cases.Add("bmff-seven-bytes-appended", image => Signed(image).Bytes.Appended(0, 0, 0, 0, 0, 0, 0));
        cases.Add("bmff-box-appended", image => Signed(image).Bytes.Appended(Box("free", [1, 2, 3])));
        cases.Add("bmff-box-inserted", image => Signed(image) is var asset ? asset.FillerInserted(asset.StoreExtent.End) : null!);
        cases.Add("bmff-box-moved", image => Signed(((TestBmff)image).InFront(Box("free", new byte[8])).AtTheEnd(Box("free", new byte[8]))).Bytes is var file ? Moved(file) : null!);
        cases.Add("bmff-free-filled", image => Signed(((TestBmff)image).InFront(Box("free", new byte[32]))).Bytes.BoxOverwritten("free", 8, [.. "<svg onload=1>"u8]));
        cases.Add("bmff-xmp-changed", image => Signed(((TestBmff)image).WithXmp()).Bytes is var file ? file.FlipBit(Xmp(file).Payload.Start + 100) : null!);
        cases.Add("bmff-title-and-length-of-track-changed", image => Signed(image).Bytes.BoxFlipped("moov/trak/mdia/mdhd", 27));
        cases.Add("bmff-edit-list-changed", image => Signed(Edited(image)).Bytes.BoxFlipped("moov/trak/edts/elst", 23));
        cases.Add("bmff-sample-description-changed", image => Signed(image).Bytes.BoxOverwritten("moov/trak/mdia/minf/stbl/stsd", 20, FourCc("avc1")));
        cases.Add("bmff-samples-elsewhere", image => Signed(image).Bytes is var file ? Repointed(file) : null!);
        cases.Add("bmff-second-track", image =>
        {
            SignedAsset asset = Signed(TwoTracks(image));
            // Both tracks show the second's media.
            byte[] other = Cut(asset.Bytes, asset.Bytes.Box("moov/trak[2]/mdia").Extent);
            return asset.Bytes.Overwritten(asset.Bytes.Box("moov/trak[1]/mdia").Extent.Start, other);
        });
        cases.Add("heif-another-item-is-shown", image => Signed(image).Bytes.BoxOverwritten("meta/pitm", 13, 2));
        cases.Add("heif-items-change-places", image => Signed(image).Bytes is var file ? Swapped(file) : null!);
        cases.Add("heif-items-refer-in-a-circle", image => Signed(((TestHeif)image) with { MetaChange = (meta, _) => Circle(meta) }));
    }

    // What is rendered, and what a decoder needs for it, may not be left out.
    private static void Coverage(RuleCases cases)
    {
        Excluding(cases, "bmff-media-left-out", new BmffExclusion("/mdat"));
        Excluding(cases, "bmff-media-left-out-but-for-their-header", new BmffExclusion("/mdat").Part(8, 0));
        Excluding(cases, "bmff-media-left-out-as-if-there-were-trees", BmffExclusion.Media);
        Excluding(cases, "bmff-one-byte-of-media-left-out", new BmffExclusion("/mdat").Part(100, 1));
        Excluding(cases, "bmff-film-left-out", new BmffExclusion("/moov"));
        Excluding(cases, "bmff-track-left-out", new BmffExclusion("/moov/trak[1]"));
        Excluding(cases, "bmff-media-description-left-out", new BmffExclusion("/moov/trak[1]/mdia"));
        Excluding(cases, "heif-meta-left-out", new BmffExclusion("/meta"));
        Excluding(cases, "bmff-file-type-left-out", new BmffExclusion("/ftyp"));
        Excluding(cases, "bmff-chunk-offsets-left-out", new BmffExclusion("/moov/trak/mdia/minf/stbl/stco").Part(16, 0));
        Excluding(cases, "heif-item-locations-left-out", new BmffExclusion("/meta/iloc"));
        Excluding(cases, "bmff-free-left-out", new BmffExclusion("/free"));
        cases.Add("bmff-free-left-out-and-filled", image =>
            Signed(((TestBmff)image).InFront(Box("free", new byte[32])), new BmffRecipe().Excluding(new BmffExclusion("/free"))).Bytes.BoxOverwritten("free", 8, 1, 2, 3));
        cases.Add("bmff-chunk-offsets-left-out-and-led-elsewhere", image => Repointed(Signed(image, new BmffRecipe().Excluding(new BmffExclusion("/moov/trak/mdia/minf/stbl/stco").Part(16, 0))).Bytes));
        cases.Add("bmff-chunk-offsets-left-out-and-led-into-free", image =>
        {
            byte[] file = Signed(((TestBmff)image).AtTheEnd(Box("free", new byte[8000])), new BmffRecipe().Excluding(new("/free"), new BmffExclusion("/moov/trak/mdia/minf/stbl/stco").Part(16, 0))).Bytes;
            return file.BoxOverwritten("moov/trak/mdia/minf/stbl/stco", 16, U32(file.Box("free").Payload.Start));
        });
        cases.Add("heif-item-locations-left-out-and-led-elsewhere", image =>
        {
            byte[] file = Signed(image, new BmffRecipe().Excluding(new BmffExclusion("/meta/iloc"))).Bytes;
            return file.BoxOverwritten("meta/iloc", 24, U32(file.C2paBox("manifest").Extent.Start + 100));
        });
        cases.Add("bmff-xmp-left-out-and-changed", image =>
        {
            byte[] file = Signed(((TestBmff)image).WithXmp(), new BmffRecipe().Excluding(new BmffExclusion("/uuid").Holding(8, XmpId))).Bytes;
            return file.FlipBit(Xmp(file).Payload.Start + 100);
        });
        cases.Add("bmff-no-store-left-out", image => Signed(image, new() { Exclusions = [new("/mfra")] }));
        cases.Add("bmff-only-the-store-left-out", image => Signed(image, new() { Exclusions = [BmffExclusion.Store] }));
        cases.Add("bmff-every-uuid-left-out", image => Signed(image, new() { Exclusions = [new("/uuid"), new("/mfra")] }));
        cases.Add("bmff-every-uuid-left-out-and-one-added", image => Signed(image, new() { Exclusions = [new("/uuid"), new("/mfra")] }).Bytes.Appended(UuidBox(new byte[16], [1, 2, 3])));
    }

    private static void Change(RuleCases cases, string name, Action<CborFields> change) => cases.Add(name, image => Signed(image, new BmffRecipe().With(change)));

    private static void Excluding(RuleCases cases, string name, BmffExclusion more) => cases.Add(name, image => Signed(image, new BmffRecipe().Excluding(more)));

    private static TestMovie Edited(TestAsset image) => (TestMovie)image is var movie ? movie with { Tracks = [.. movie.Tracks.Select(track => track with { EditStart = 40 })] } : null!;

    private static TestMovie TwoTracks(TestAsset image)
    {
        var movie = (TestMovie)image;
        MovieTrack track = movie.Tracks[0];
        return movie with { Tracks = [track, track with { Samples = [.. track.Samples.Reverse()] }] };
    }

    private static byte[] Cut(byte[] file, Extent extent) => file[(int)extent.Start..(int)extent.End];

    private static BmffNode Xmp(byte[] file) => BmffNode.Parse(file).First(root => root.Type == "uuid" && file.AsSpan((int)root.Payload.Start).StartsWith(XmpId));

    // The free box at the front and the one at the end are the same; what is between them is eight bytes longer or shorter.
    private static byte[] Moved(byte[] file)
    {
        BmffNode[] free = [.. BmffNode.Parse(file).Where(root => root.Type == "free")];
        return file.Removed(free[0].Extent).Appended(Cut(file, free[0].Extent));
    }

    // The chunk begins inside the box of the store.
    private static byte[] Repointed(byte[] file) => file.BoxOverwritten("moov/trak/mdia/minf/stbl/stco", 16, U32(file.C2paBox("manifest").Extent.Start + 100));

    // Offset and length of the first two items, exchanged: behind the header, version and flags, field sizes and count.
    private static byte[] Swapped(byte[] file)
    {
        long first = file.Box("meta/iloc").Extent.Start + 16 + 8, second = first + 16;
        byte[] one = Cut(file, new(first, 8)), two = Cut(file, new(second, 8));
        return file.Overwritten(first, two).Overwritten(second, one);
    }

    // The picture is said to be a thumbnail of its thumbnail.
    private static byte[] Circle(byte[] meta)
    {
        int at = meta.AsSpan().IndexOf("iref"u8);
        byte[] reference = Box("thmb", U16(1), U16(1), U16(2));
        byte[] grown = meta.Inserted(at + 8, reference);
        U32(grown.Length).CopyTo(grown, 0);
        U32(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(meta.AsSpan(at - 4)) + reference.Length).CopyTo(grown, at - 4);
        return grown;
    }
}
