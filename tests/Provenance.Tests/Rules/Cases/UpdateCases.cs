using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Manifests that add to their parent and leave the content alone (C2PA 2.5 §11.3, §14.10.1.3, §14.12).</summary>
internal static class UpdateCases
{
    public static void Add(RuleCases cases)
    {
        Growth(cases);
        Parents(cases);
        Contents(cases);
        Chain(cases);
    }

    private static void Growth(RuleCases cases)
    {
        cases.Add("update", image => Updating(Standard(image)).EmbedEven(image));
        cases.Add("update-twice", image => Updating(Updating(Standard(image), "middle").EmbedEven(image)).EmbedEven(image));
        cases.Add("update-of-a-riff-that-binds-its-size", image => Updating(World.Sound("standard").EmbedEven(image)).EmbedEven(image));
        cases.Add("update-and-pixels-changed", image => Updating(Standard(image)).EmbedEven(image).MediaChanged());
        cases.Add("update-and-bytes-appended", image => Updating(Standard(image)).EmbedEven(image).Bytes.Appended(0));
        cases.Add("update-with-the-store-elsewhere", image =>
        {
            TestAsset exif = DataHashCases.Exif(image);
            return Updating(Standard(exif)).EmbedEven(exif is TestJpeg jpeg ? jpeg with { Place = JpegPlace.BeforeScanTables }
                : exif is TestPng png ? png.StoreAt(PngPlace.BeforeImageData) : ((TestWebP)exif) with { StoreFirst = true });
        });
        cases.Add("update-with-another-range-behind-the-store", image =>
        {
            TestAsset withComment = ((TestJpeg)image).WithComment("may change");
            SignedAsset standard = World.Sound("standard").BoundBy(HardBinding.Data("c2pa.hash.data", c => [c.Asset.Extent, withComment.Boxes(c.Asset.Bytes).First(b => b.Name == "COM").Extent])).Embed(withComment);
            return Updating(standard).Embed(withComment);
        });
        cases.Add("update-of-a-box-hash", image => Updating(World.Sound("standard").BoundBy(HardBinding.Boxes(oneByOne: true)).EmbedEven(image)).EmbedEven(image));
    }

    private static void Parents(RuleCases cases)
    {
        cases.Add("update-without-parent", image => World.Silent().Update().With(AssertionCases.Note()).EmbedEven(image));
        cases.Add("update-of-a-component", image => World.Silent().Update().From(Ingredient.Component(Standard(image))).EmbedEven(image));
        cases.Add("update-with-a-second-ingredient", image => Updating(Standard(image)).From(Ingredient.Component()).EmbedEven(image));
        cases.Add("update-with-two-parents", image => Updating(Standard(image)).From(Ingredient.Parent(World.Sound("another").EmbedEven(image))).EmbedEven(image));
        cases.Add("update-of-a-parent-without-manifest", image => World.Silent().Update().From(Ingredient.Parent()).Opened().EmbedEven(image));
        cases.Add("update-of-a-parent-that-is-missing", image => Updating(Standard(image)).Store(store => store.Children.RemoveAt(0)).EmbedEven(image));
        cases.Add("update-of-a-parent-whose-hash-differs", image => World.Silent().Update().From(Ingredient.Parent(Standard(image))
            .Fields(fields => ((CborFields)fields["activeManifest"]!)["hash"] = new byte[32])).Opened().EmbedEven(image));
        cases.Add("update-of-itself", image =>
        {
            ManifestBuilder manifest = World.Silent().Update();
            return manifest.From(Ingredient.Parent(Standard(image)).Fields(fields => ((CborFields)fields["activeManifest"]!)["url"] = "self#jumbf=/c2pa/" + manifest.Label)).EmbedEven(image);
        });
        cases.Add("update-of-a-parent-with-a-wrong-signature", image =>
        {
            SignedAsset standard = Standard(image);
            return Updating(standard with { Store = standard.Store.FlipBit(standard.CosePart.End - 1) }).EmbedEven(image);
        });
        cases.Add("update-of-a-parent-of-a-stranger", image => Updating(Standard(image, m => m.SignedBy(World.Stranger.Issue("Stranger")))).EmbedEven(image));
        cases.Add("update-of-a-parent-without-binding", image => Updating(World.Sound("standard").BoundBy().EmbedEven(image)).EmbedEven(image));
        cases.Add("update-of-a-parent-with-two-bindings", image => Updating(World.Sound("standard").BoundBy(Binding(image), HardBinding.Boxes()).EmbedEven(image)).EmbedEven(image));
        cases.Add("standard-manifest-without-binding-of-its-own", image => World.Silent().Opened(Standard(image)).BoundBy().EmbedEven(image));
    }

    private static void Contents(RuleCases cases)
    {
        cases.Add("update-with-a-hard-binding", image => Updating(Standard(image)).BoundBy(HardBinding.Data()).EmbedEven(image));
        cases.Add("update-with-a-multi-asset-hash", image => Updating(Standard(image)).With(Assertion.Cbor("c2pa.hash.multi-asset", new CborFields { { "parts", Array.Empty<object>() } })).EmbedEven(image));
        cases.Add("update-with-a-thumbnail", image => Updating(Standard(image)).With(StandardAssertions.Thumbnail(World.Jpeg)).EmbedEven(image));
        cases.Add("update-without-actions", image => World.Silent().Update().From(Ingredient.Parent(Standard(image))).EmbedEven(image));
        foreach (string name in (string[])["edited.metadata", "published"])
            cases.Add("update-that-" + name.Replace('.', '-'), image => Updating(Standard(image)).Action("c2pa." + name).EmbedEven(image));
        cases.Add("update-that-edits", image => Updating(Standard(image)).Action("c2pa.cropped").EmbedEven(image));
        cases.Add("update-that-creates", image => World.Silent().Update().From(Ingredient.Parent(Standard(image))).Created().EmbedEven(image));
        cases.Add("update-that-opens-second", image => World.Silent().Update().From(Ingredient.Parent(Standard(image))).Action("c2pa.published").Opened().EmbedEven(image));
        cases.Add("update-that-redacts", image =>
        {
            SignedAsset standard = Standard(image, m => m.With(AssertionCases.Note()));
            return Updating(standard).Redacts(standard.ActiveLabel, "org.example.note").Action("c2pa.redacted", a => a.With("reason", "c2pa.PII.present")
                .Add("parameters", new CborFields { { "redacted", $"self#jumbf=/c2pa/{standard.ActiveLabel}/c2pa.assertions/org.example.note" } })).EmbedEven(image);
        });
    }

    private static void Chain(RuleCases cases)
    {
        cases.Add("update-as-an-ingredient", image => World.Silent().Opened(Updating(Standard(image), "middle").EmbedEven(image)).EmbedEven(image));
        cases.Add("update-of-claim-v1", image => Updating(World.Old("standard").BoundBy(Binding(image)).EmbedEven(image)).EmbedEven(image));
    }

    private static ManifestBuilder Updating(SignedAsset standard, string seed = "active") => World.Silent(seed).Update().Opened(standard);

    private static SignedAsset Standard(TestAsset image, Func<ManifestBuilder, ManifestBuilder>? how = null) =>
        (how ?? (m => m))(World.Sound("standard").BoundBy(Binding(image))).EmbedEven(image);

    /// <summary>
    /// A store of even length. In RIFF a byte follows one of odd length, and is hashed: an update keeps what its standard manifest had.
    /// </summary>
    private static SignedAsset EmbedEven(this ManifestBuilder manifest, TestAsset image)
    {
        SignedAsset asset = manifest.Embed(image);
        return asset.Store.Length % 2 == 0 ? asset : manifest.Cose(cose => cose.Padding++).Embed(image);
    }

    /// <summary>A data hash that lets the store grow: in RIFF it leaves the file's size out too (§16.3.1.6).</summary>
    private static Assertion Binding(TestAsset image) => image is TestWebP ? HardBinding.Data("c2pa.hash.data", c => [new(4, 4), c.Asset.Extent]) : HardBinding.Data();
}
