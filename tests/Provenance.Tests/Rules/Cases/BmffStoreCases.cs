using Provenance.TestKit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Rules.Cases;

/// <summary>C2PA's boxes: where they are, what they are for, and updates in a box of their own (C2PA 2.5 A.5). Boxes that lie about their size.</summary>
internal static class BmffStoreCases
{
    public static void Add(RuleCases cases)
    {
        Boxes(cases);
        Updates(cases);
        Sizes(cases);
        Many(cases);
    }

    private static void Boxes(RuleCases cases)
    {
        cases.Add("bmff-no-store", image => image.Bytes);
        cases.Add("bmff-store-padded", image => BmffCases.Signed(((TestBmff)image) with { StorePadding = 300 }));
        cases.Add("bmff-store-last", image => BmffCases.Signed(((TestBmff)image) with { StoreLast = true }));
        cases.Add("bmff-store-behind-xmp", image => World.Sound().Embed(((TestBmff)image).WithXmp() with { StoreLast = true }));
        cases.Add("bmff-media-to-the-end-of-the-file", image => BmffCases.Signed(((TestBmff)image) with { MediaSize = MediaSize.ToEnd }));
        cases.Add("bmff-media-to-the-end-of-the-file-and-more", image => BmffCases.Signed(((TestBmff)image) with { MediaSize = MediaSize.ToEnd }).Bytes.Appended(0));
        cases.Add("bmff-store-cut-out", image => BmffCases.Signed(image).StoreRemoved());
        cases.Add("bmff-store-twice", image => BmffCases.Signed(image) is var asset ? asset.Bytes.Inserted(asset.StoreExtent.End, StoreBox(asset)) : null!);
        cases.Add("bmff-store-twice-apart", image => BmffCases.Signed(image) is var asset ? asset.Bytes.Appended(StoreBox(asset)) : null!);
        cases.Add("bmff-store-of-another-file", image => BmffCases.Signed(image).WithStoreOf(World.Source(image: ((TestBmff)image).WithXmp())));
        cases.Add("bmff-detached", image => image.Bytes.Beside(World.Sound().BoundBy(((TestBmff)image).Binding()).Sidecar(image)));
        cases.Add("bmff-manifest-elsewhere", image => ((TestBmff)image).WithXmp(TestMetadata.Xmp("https://example.org/manifest.c2pa")).Bytes);
        Purpose(cases, "unknown", file => file.Retagged("manifest", "xxxxxxxx"));
        Purpose(cases, "empty", file => file.Overwritten(file.C2paBox("manifest").Payload.Start + 20, [0]));
        Purpose(cases, "merkle", file => file.Overwritten(file.C2paBox("manifest").Payload.Start + 20, [.. "merkle\0"u8]));
        Purpose(cases, "original-alone", file => file.Retagged("manifest", "original"));
        Purpose(cases, "update-alone", file => file.Overwritten(file.C2paBox("manifest").Payload.Start + 20, [.. "update\0"u8]));
        Purpose(cases, "in-capitals", file => file.Retagged("manifest", "MANIFEST"));
        // The word runs on to the end of the box.
        Purpose(cases, "without-end", file =>
        {
            Extent box = file.C2paBox("manifest").Payload;
            return file.Overwritten(box.Start + 20, [.. Enumerable.Repeat((byte)'a', (int)box.Length - 20)]);
        });
        Purpose(cases, "of-20-MB", file => file.Appended(C2paBox(new string('a', 20_000_000))));
        Purpose(cases, "box-version-one", file => file.Overwritten(file.C2paBox("manifest").Payload.Start + 16, [1]));
        Purpose(cases, "box-flags", file => file.Overwritten(file.C2paBox("manifest").Payload.Start + 19, [1]));
        cases.Add("bmff-store-box-of-nothing", image => ((TestBmff)image).InFront(UuidBox(C2paId)).Bytes);
        cases.Add("bmff-store-empty", image => ((TestBmff)image).InFront(C2paBox("manifest", U64(0))).Bytes);
        cases.Add("bmff-store-without-offset", image => ((TestBmff)image).InFront(C2paBox("manifest")).Bytes);
        cases.Add("bmff-merkle-box-of-200-MB", image => BmffCases.Signed(image).Bytes.Appended(Join(U32(200_000_000), FourCc("uuid"), C2paId, U32(0), NulText("merkle"))));
        cases.Add("bmff-merkle-boxes-nobody-asked-for", image => BmffCases.Signed(image).Bytes.Appended(C2paBox("merkle", TestCbor.Encode(new CborFields { { "uniqueId", 1 }, { "localId", 0 }, { "location", 0 } }))));
        cases.Add("bmff-store-in-the-film", image => ((TestMovie)image with { MovieChange = (moov, _) => Inside(moov, C2paBox("manifest", U64(0), BmffCases.Signed(image).Store)) }).Bytes);
    }

    private static void Updates(RuleCases cases)
    {
        cases.Add("bmff-update", image => Updated(image));
        cases.Add("bmff-update-with-an-offset", image => Updated(image, hasOffset: true));
        cases.Add("bmff-update-twice", image => Update(Updated(image), "again"));
        cases.Add("bmff-update-in-one-store", image => World.Silent().Update().Opened(Standard(image)).Embed(image));
        cases.Add("bmff-update-of-trees", image => Updated(((TestBmff)image).BoundAs(BmffRecipe.WithTrees(MerkleRecipe.Blocks(500).InRow(1)))));
        cases.Add("bmff-update-and-media-changed", image => Updated(image).MediaChanged());
        cases.Add("bmff-update-removed", image => Updated(image) is var asset ? asset.Bytes[..(int)asset.StoreExtent.Start] : null!);
        cases.Add("bmff-update-original-called-manifest", image => Updated(image).Bytes.Retagged("original", "manifest"));
        cases.Add("bmff-update-original-cut-out", image => Updated(image).Bytes is var file ? file.Removed(file.C2paBox("original").Extent) : null!);
        cases.Add("bmff-update-original-made-free", image => Updated(image).Bytes is var file ? file.Overwritten(file.C2paBox("original").Extent.Start + 4, FourCc("free")) : null!);
        cases.Add("bmff-update-original-of-unknown-purpose", image => Updated(image).Bytes.Retagged("original", "xxxxxxxx"));
        cases.Add("bmff-update-twice-in-the-file", image => Updated(image) is var asset ? asset.Bytes.Appended(StoreBox(asset)) : null!);
        cases.Add("bmff-update-and-box-behind", image => Updated(image).Bytes.Appended(Box("free", [1])));
        cases.Add("bmff-update-and-bytes-behind", image => Updated(image).Bytes.Appended(1, 2, 3));
        cases.Add("bmff-update-of-another-file", image => World.Silent().Update().Opened(World.Source(image: ((TestBmff)image).WithXmp())).Embed(image).AsUpdateOf(Standard(image)));
        cases.Add("bmff-update-that-is-standard", image => Standard(image) is var standard ? World.Silent().BoundBy(image.Binding()).Opened(standard).Embed(image).AsUpdateOf(standard) : null!);
    }

    private static void Sizes(RuleCases cases)
    {
        foreach (uint size in (uint[])[0, 1, 2, 7, 8, int.MaxValue, uint.MaxValue])
        {
            cases.Add($"bmff-size-of-film-{size}", image => BmffCases.Signed(image).Bytes.BoxResized("moov", size));
            cases.Add($"bmff-size-of-inner-box-{size}", image => BmffCases.Signed(image).Bytes.BoxResized("moov/trak/mdia", size));
            cases.Add($"bmff-size-of-store-{size}", image => BmffCases.Signed(image).Bytes is var file ? file.Overwritten(file.C2paBox("manifest").Extent.Start, U32(size)) : null!);
        }
        foreach (long size in (long[])[0, 8, 15, 16, long.MinValue, long.MaxValue])
            cases.Add($"bmff-long-size-{unchecked((ulong)size)}", image => BmffCases.Signed(((TestBmff)image) with { MediaSize = MediaSize.Large }).Bytes.BoxOverwritten("mdat", 8, U64(size)));
        cases.Add("bmff-box-cut-in-its-header", image => BmffCases.Signed(image).Bytes.Appended(Box("free")[..7]));
        cases.Add("bmff-box-beyond-the-file", image => BmffCases.Signed(image).Bytes.Appended(Join(U32(9), FourCc("free"))));
        cases.Add("bmff-no-file-type", image => BmffCases.Signed(image).Bytes is var file ? file[(int)file.Box("ftyp").Extent.End..] : null!);
        cases.Add("bmff-file-type-of-4-GB", image => BmffCases.Signed(image).Bytes.BoxResized("ftyp", uint.MaxValue));
    }

    private static void Many(RuleCases cases)
    {
        cases.Add("bmff-films-in-films", image => BmffCases.Signed(((TestBmff)image).AtTheEnd(Nested("moov", 10_000))));
        cases.Add("bmff-films-in-films-changed", image => BmffCases.Signed(((TestBmff)image).AtTheEnd(Nested("moov", 10_000))).Bytes is var file ? file.FlipBit(file.Length - 1) : null!);
        cases.Add("bmff-metas-in-metas", image => BmffCases.Signed(((TestBmff)image).AtTheEnd(Nested("meta", 10_000))));
        cases.Add("bmff-boxes-100000", image => BmffCases.Signed(((TestBmff)image).AtTheEnd(Join([.. Enumerable.Repeat(Box("free"), 100_000)]))));
        cases.Add("bmff-boxes-4000-exclusions-8", image => BmffCases.Signed(((TestBmff)image).AtTheEnd([.. Enumerable.Repeat(Box("free"), 4000)]),
            new BmffRecipe().Excluding([.. Enumerable.Range(1, 8).Select(i => new BmffExclusion($"/skip[{i}]"))])));
        cases.Add("bmff-exclusions-100000", image => BmffCases.Signed(image, new BmffRecipe().With(fields =>
            fields["exclusions"] = ((IEnumerable<object>)fields["exclusions"]!).Concat(Enumerable.Repeat(new CborFields { { "xpath", "/skip" } }, 100_000)).ToArray())));
    }

    private static void Purpose(RuleCases cases, string name, Func<byte[], byte[]> change) => cases.Add("bmff-purpose-" + name, image => change(BmffCases.Signed(image).Bytes));

    private static byte[] StoreBox(SignedAsset asset) => asset.Bytes[(int)asset.StoreExtent.Start..(int)asset.StoreExtent.End];

    private static SignedAsset Standard(TestAsset image) => World.Sound("standard").Embed(image);

    private static SignedAsset Updated(TestAsset image, bool hasOffset = false) => Update(Standard(image), "active", hasOffset);

    private static SignedAsset Update(SignedAsset before, string seed, bool hasOffset = false) =>
        World.Silent(seed).Update().Opened(before).Embed(before.Carrier).AsUpdateOf(before, hasOffset);

    private static byte[] Nested(string type, int depth)
    {
        // Eight bytes of header each, twelve where version and flags stand before the boxes.
        int header = type == "meta" ? 12 : 8;
        byte[] bytes = new byte[depth * header + 8];
        for (int i = 0; i < depth; i++)
        {
            U32(bytes.Length - i * header).CopyTo(bytes, i * header);
            FourCc(type).CopyTo(bytes, i * header + 4);
        }
        U32(8).CopyTo(bytes, bytes.Length - 8);
        FourCc("free").CopyTo(bytes, bytes.Length - 4);
        return bytes;
    }

    private static byte[] Inside(byte[] moov, byte[] box)
    {
        byte[] grown = [.. moov, .. box];
        U32(grown.Length).CopyTo(grown, 0);
        return grown;
    }
}
