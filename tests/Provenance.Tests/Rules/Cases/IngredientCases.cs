using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>What a picture was made of (C2PA 2.5 §14.11).</summary>
internal static class IngredientCases
{
    public static void Add(RuleCases cases)
    {
        Links(cases);
        Fields(cases);
        Sources(cases);
        Recorded(cases);
        Graphs(cases);
    }

    private static void Links(RuleCases cases)
    {
        foreach (int version in (int[])[1, 2, 3])
        {
            cases.Add($"ingredient-v{version}", image => Of(image, Ingredient.Component(World.Source(image: image)) with { Version = version }));
            cases.Add($"ingredient-v{version}-hash-differs", image => Of(image, (Ingredient.Component(World.Source(image: image)) with { Version = version })
                .Fields(fields => Manifest(fields)["hash"] = new byte[32])));
            cases.Add($"ingredient-v{version}-without-hash", image => Of(image, (Ingredient.Component(World.Source(image: image)) with { Version = version })
                .Fields(fields => Manifest(fields).Omit("hash"))));
        }
        cases.Add("ingredient-of-claim-v1", image => World.Old().From(Ingredient.Component(World.OldSource(image: image))).Embed(image));
        cases.Add("ingredient-by-the-formula-of-1-0", image => ByClaim(World.Old(), Ingredient.Component(World.OldSource(image: image)), image));
        cases.Add("ingredient-by-the-formula-of-1-0-claim-changed", image =>
        {
            SignedAsset source = World.OldSource(image: image, how: m => m.Titled("a title"));
            return ByClaim(World.Old(), Ingredient.Component(source), image).StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("a title"u8)));
        });
        cases.Add("ingredient-by-the-formula-of-1-0-assertion-changed", image =>
        {
            SignedAsset source = World.OldSource(image: image, how: m => m.With(AssertionCases.Note()));
            return ByClaim(World.Old(), Ingredient.Component(source), image).StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("hello"u8)));
        });
        cases.Add("ingredient-by-the-formula-of-1-0-in-claim-v2", image => ByClaim(World.Sound(), Ingredient.Component(World.OldSource(image: image)) with { Version = 1 }, image));
        cases.Add("ingredient-changed", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.Titled("a title"));
            return Of(image, Ingredient.Component(source)).StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("a title"u8)));
        });
        cases.Add("ingredient-manifest-missing", image => World.Sound().From(Ingredient.Component(World.Source(image: image))).Store(store => store.Children.RemoveAt(0)).Embed(image));
        cases.Add("ingredient-manifest-outside-the-store", image => Of(image, Ingredient.Component(World.Source(image: image))
            .Fields(fields => Manifest(fields)["url"] = "https://example.org/manifest")));
        cases.Add("ingredient-manifest-names-an-assertion", image => Of(image, Ingredient.Component(World.Source(image: image))
            .Fields(fields => Manifest(fields)["url"] = Manifest(fields)["url"] + "/c2pa.assertions/c2pa.actions.v2")));
        cases.Add("ingredient-hash-algorithm-unknown", image => Of(image, Ingredient.Component(World.Source(image: image)).Fields(fields => Manifest(fields).Add("alg", "sha1"))));
        cases.Add("ingredient-claim-signature-hash-differs", image => Of(image, Ingredient.Component(World.Source(image: image))
            .Fields(fields => ((CborFields)fields["claimSignature"]!)["hash"] = new byte[32])));
        cases.Add("ingredient-compressed", image => Of(image, Ingredient.Component(World.Source(image: image, how: m => m.BoundBy(HardBinding.Boxes()).Compressed()))));
        cases.Add("ingredient-compressed-hash-as-unpacked", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.BoundBy(HardBinding.Boxes()).Compressed());
            return Of(image, Ingredient.Component(source).Fields(fields => Manifest(fields)["hash"] = SHA256.HashData(source.ActiveManifest.HashedBytes())));
        });
        cases.Add("ingredient-compressed-unreadable", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.BoundBy(HardBinding.Boxes()).Compressed());
            return Of(image, Ingredient.Component(source)).BoxesChanged(store =>
            {
                TestBox stream = store.Children[0].Children[0];
                stream.Payload = [1, 2, 3, .. new byte[stream.Payload.Length - 3]];
            });
        });
        cases.Change("ingredient-without-manifest", m => m.Placed(null, "part"));
        cases.Change("input-without-manifest", m => m.From(Ingredient.Input()));
        cases.Add("input-changed", image => World.Sound().From(Ingredient.Input(World.Source(image: image, how: m => m.Titled("a title")))).Embed(image)
            .StoreChanged(bytes => bytes.FlipBit(bytes.AsSpan().IndexOf("a title"u8))));
    }

    private static void Fields(RuleCases cases)
    {
        static Ingredient Part(TestAsset image) => Ingredient.Component(World.Source(image: image));
        void Change(string name, Action<CborFields> change) => cases.Add(name, image => World.Sound().From(Part(image).Fields(change)).Embed(image));
        void Bare(string name, Action<CborFields> change) => cases.Change(name, m => m.From(Ingredient.Component().Fields(change)));

        Change("ingredient-without-relationship", fields => fields.Omit("relationship"));
        Change("ingredient-of-unknown-relationship", fields => fields["relationship"] = "childOf");
        Change("ingredient-with-manifest-and-source-type", fields => fields.Add("digitalSourceType", DigitalSource.Camera));
        Change("ingredient-with-manifest-and-related-assertions", fields => fields.Add("relatedAssertions", new object[] { new CborFields { { "url", "self#jumbf=c2pa.assertions/x.ingredient" }, { "hash", new byte[32] } } }));
        Change("ingredient-naming-two-manifests", fields => fields.Add("c2pa_manifest", fields["activeManifest"]));
        Change("ingredient-without-results", fields => fields.Omit("validationResults"));
        Bare("ingredient-without-manifest-or-results", fields => { });
        Bare("ingredient-with-source-type", fields => fields.Add("digitalSourceType", DigitalSource.Camera));
        cases.Change("ingredient-as-json", m => m.With(Assertion.Json("c2pa.ingredient.v3", "{\"relationship\":\"componentOf\"}")));

        void Related(string name, string label, Func<SignedAsset, object>? list = null) => cases.Add(name, image =>
        {
            Assertion about = AssertionCases.Note(label);
            SignedAsset plain = World.Sound().With(about).Embed(image);
            object references = list?.Invoke(plain) ?? new object[] { ActionCases.Reference(plain, label).With("url", "self#jumbf=c2pa.assertions/" + label) };
            return World.Sound().With(about).From(Ingredient.Component().Fields(fields => fields.Add("relatedAssertions", references))).Embed(image);
        });
        Related("ingredient-related-assertions", "c2pa.ai-disclosure.ingredient");
        Related("ingredient-related-assertions-second-instance", "c2pa.ai-disclosure.ingredient__1");
        Related("ingredient-related-assertions-empty", "c2pa.ai-disclosure.ingredient", _ => Array.Empty<object>());
        Related("ingredient-related-assertions-of-another-kind", "c2pa.ai-disclosure");
        Related("ingredient-related-assertions-of-an-ingredient", "c2pa.ai-disclosure.ingredient", plain => new object[] { new CborFields { { "url", "self#jumbf=c2pa.assertions/c2pa.ingredient.v3" }, { "hash", new byte[32] } } });
        Related("ingredient-related-assertions-absent", "c2pa.ai-disclosure.ingredient", plain => new object[] { new CborFields { { "url", "self#jumbf=c2pa.assertions/x.ingredient" }, { "hash", new byte[32] } } });

        cases.Add("ingredient-thumbnail", image => World.Sound().From(Ingredient.Component() with { Thumbnail = World.Jpeg }).Embed(image));
        cases.Add("ingredient-thumbnail-absent", image => World.Sound().From((Ingredient.Component() with { Thumbnail = World.Jpeg })
            .Fields(fields => ((CborFields)fields["thumbnail"]!)["url"] = "self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient__7")).Embed(image));
        cases.Add("ingredient-thumbnail-changed", image => World.Sound().From((Ingredient.Component() with { Thumbnail = World.Jpeg })
            .Fields(fields => ((CborFields)fields["thumbnail"]!)["hash"] = new byte[32])).Embed(image));
        cases.Add("ingredient-thumbnail-in-its-own-manifest", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.With(StandardAssertions.Thumbnail(World.Jpeg)));
            return Of(image, Ingredient.Component(source).Fields(fields => fields.Add("thumbnail", ActionCases.Reference(source, "c2pa.thumbnail.claim"))));
        });
        cases.Add("two-parents", image => World.Silent().Opened(World.Source(image: image)).From(Ingredient.Parent()).Embed(image));
        cases.Add("a-parent-and-two-parts", image => World.Silent().Opened(World.Source(image: image)).Placed(null, "first").Placed(null, "second").Embed(image));
    }

    private static void Sources(RuleCases cases)
    {
        cases.Add("source-of-a-stranger", image => Of(image, Ingredient.Component(World.Source(image: image, how: m => m.SignedBy(World.Stranger.Issue("Stranger"))))));
        cases.Add("source-expired", image => Of(image, Ingredient.Component(World.Source(image: image, how: Expired))));
        cases.Add("source-expired-stamped-in-time", image => Of(image, Ingredient.Component(World.Source(image: image, how: m => Expired(m).TimeStampedBy(World.Tsa.At("2024-06-01"))))));
        cases.Add("source-revoked", image => Of(image, Ingredient.Component(World.Source(image: image, how: m => m
            .Stapled(TestOcspResponder.Delegated(World.Authority).Respond(World.Camera, OcspAnswer.Revoked))))));
        cases.Add("source-with-a-wrong-signature", image => Of(image, Ingredient.Component(Damaged(image))));
        cases.Add("source-that-breaks-a-rule", image => Of(image, Ingredient.Component(World.Silent("source").SignedBy(World.Camera).Embed(image))));
        cases.Add("source-with-other-pixels", image => Of(image, Ingredient.Component(World.Source(image: image) with { Embedding = image.Embed(new byte[64]) })));
        cases.Add("source-of-a-source-with-a-wrong-signature", image => Of(image, Ingredient.Component(World.Source("middle", image, m => m.Placed(Damaged(image), "part")))));
    }

    private static void Recorded(RuleCases cases)
    {
        static (string, string)[] Known(SignedAsset source, string code = "claimSignature.mismatch") => [(code, $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.signature")];

        cases.Add("recorded-failure", image => Of(image, Ingredient.Component(Damaged(image)) with { RecordedFailures = Known(Damaged(image)) }));
        cases.Add("recorded-failure-in-v1", image => World.Old().From(Ingredient.Component(Damaged(image)) with { RecordedFailures = Known(Damaged(image)) }).Embed(image));
        cases.Add("recorded-failure-by-relative-url", image => Of(image, Ingredient.Component(Damaged(image)) with { RecordedFailures = [("claimSignature.mismatch", "self#jumbf=c2pa.signature")] }));
        cases.Add("recorded-failure-of-another-box", image => Of(image, Ingredient.Component(Damaged(image)) with { RecordedFailures = [("claimSignature.mismatch", "self#jumbf=/c2pa/urn:c2pa:other/c2pa.signature")] }));
        cases.Add("recorded-failure-of-another-code", image => Of(image, Ingredient.Component(Damaged(image)) with { RecordedFailures = Known(Damaged(image), "signingCredential.untrusted") }));
        cases.Add("recorded-failure-and-the-link-breaks", image => Of(image, (Ingredient.Component(Damaged(image)) with { RecordedFailures = Known(Damaged(image)) })
            .Fields(fields => Manifest(fields)["hash"] = new byte[32])));
        cases.Add("recorded-failure-that-is-none", image => Of(image, Ingredient.Component(World.Source(image: image)) with
        { RecordedFailures = [("assertion.dataHash.mismatch", "self#jumbf=c2pa.assertions/c2pa.hash.data")] }));
        cases.Add("recorded-failure-in-an-unreferenced-manifest", image =>
        {
            SignedAsset excuse = World.Source("excuse", image, m => m.From(Ingredient.Component(Damaged(image)) with { RecordedFailures = Known(Damaged(image)) }));
            return World.Sound().CarryingAlong(excuse).Placed(Damaged(image), "part").Embed(image);
        });
        cases.Add("recorded-untrusted", image =>
        {
            SignedAsset source = World.Source(image: image, how: m => m.SignedBy(World.Stranger.Issue("Stranger")));
            return Of(image, Ingredient.Component(source) with { RecordedFailures = Known(source, "signingCredential.untrusted") });
        });
        cases.Add("recorded-expired-by-the-older-name", image =>
        {
            SignedAsset source = World.Source(image: image, how: Expired);
            return Of(image, Ingredient.Component(source) with { RecordedFailures = [.. Known(source, "signingCredential.expired"), .. Known(source, "signingCredential.untrusted")] });
        });
    }

    private static void Graphs(RuleCases cases)
    {
        cases.Add("ingredient-is-itself", image =>
        {
            ManifestBuilder manifest = World.Sound();
            return manifest.From(Ingredient.Component(World.Source(image: image)).Fields(fields => Manifest(fields)["url"] = "self#jumbf=/c2pa/" + manifest.Label)).Embed(image);
        });
        cases.Add("ingredients-of-each-other", image =>
        {
            string outer = World.Sound().Label;
            SignedAsset other = World.Source("other", image);
            SignedAsset inner = World.Source("inner", image, m => m.From(Ingredient.Component(other).Fields(fields => Manifest(fields)["url"] = "self#jumbf=/c2pa/" + outer)));
            return Of(image, Ingredient.Component(inner));
        });
        cases.Add("ingredient-used-twice", image =>
        {
            SignedAsset source = World.Source(image: image);
            return World.Sound().Placed(source, "left").Placed(source, "right").Embed(image);
        });
        cases.Add("diamonds-22-levels", Diamonds(22));
        cases.Add("diamonds-30-levels", Diamonds(30));
        cases.Add("chain-of-64", Chain(64));
        cases.Add("chain-of-65", Chain(65));
        cases.Add("unreferenced-manifest", image => World.Sound().CarryingAlong(World.Source(image: image)).Embed(image));
        cases.Add("unreferenced-manifest-with-a-wrong-signature", image => World.Sound().CarryingAlong(Damaged(image)).Embed(image));
        cases.Add("unreferenced-manifest-last", image => World.Sound().Embed(image).BoxesChanged(store => store.Children.Add(World.Source(image: image).Manifests[0])));
    }

    internal static Func<TestAsset, CaseFile> Diamonds(int levels) => image =>
    {
        SignedAsset asset = World.Sound("level 0").Embed(image);
        for (int level = 1; level < levels; level++)
            asset = World.Sound($"level {level}").Placed(asset, "left").Placed(asset, "right").Embed(image);
        return asset;
    };

    private static Func<TestAsset, CaseFile> Chain(int length) => image =>
    {
        SignedAsset asset = World.Sound("link 0").Embed(image);
        for (int link = 1; link <= length; link++)
            asset = World.Silent($"link {link}").Opened(asset).Embed(image);
        return asset;
    };

    private static SignedAsset Of(TestAsset image, Ingredient ingredient) => World.Sound().From(ingredient).Embed(image);

    private static ManifestBuilder Expired(ManifestBuilder manifest) => manifest.SignedBy(World.Authority.Issue("Expired camera", change: c => c.Valid("2024-01-01", "2025-01-01")));

    /// <summary>A source that was damaged before it was used: whoever uses it hashes it as it is.</summary>
    private static SignedAsset Damaged(TestAsset image)
    {
        SignedAsset source = World.Source("damaged", image);
        return source with { Store = source.Store.FlipBit(source.CosePart.End - 1) };
    }

    private static CborFields Manifest(CborFields fields) => (CborFields)(fields["activeManifest"] ?? fields["c2pa_manifest"])!;

    /// <summary>The hash is that of the claim's CBOR alone.</summary>
    private static SignedAsset ByClaim(ManifestBuilder manifest, Ingredient ingredient, TestAsset image)
    {
        byte[] claim = ingredient.Source!.ActiveManifest.Children.Find(ClaimCases.IsClaim)!.Children[0].Payload;
        return manifest.From(ingredient.Fields(fields => Manifest(fields)["hash"] = SHA256.HashData(claim))).Embed(image);
    }
}
