using System.Text;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Assertions are there, unchanged, listed, and written as their clause says (C2PA 2.5 §14.10.4).</summary>
internal static class AssertionCases
{
    public static void Add(RuleCases cases)
    {
        Listing(cases);
        Uris(cases);
        Contents(cases);
        Json(cases);
        Elsewhere(cases);
        LinkedResources(cases);
        AlternativeContent(cases);
        Icons(cases);
    }

    internal static Assertion Note(string label = "org.example.note") => Assertion.Cbor(label, new CborFields { { "text", "hello" } });

    private static void Listing(RuleCases cases)
    {
        cases.Add("assertion-changed", image =>
        {
            SignedAsset asset = World.Sound().With(Note()).Embed(image);
            return asset.FlipBit(asset.AssertionPart("org.example.note"), -1);
        });
        cases.Change("assertion-missing", m => m.With(Note().Missing()));
        cases.Change("assertion-undeclared", m => m.With(Note().Unlisted()));
        cases.Change("assertion-listed-twice", m => m.With(Note().ListedTwice()));
        cases.Change("assertion-label-twice", m => m.With(Note(), Note()));
        cases.Change("assertion-store-twice", m => m.Manifest(manifest => manifest.Children.Add(manifest.Child("c2pa.assertions"))));
        cases.Change("assertion-store-of-another-label", m => m.Manifest(manifest => manifest.Child("c2pa.assertions").Label = "c2pa.asserts"));
        cases.Change("box-in-the-assertion-store", m => m.Manifest(manifest => manifest.Child("c2pa.assertions").Children.Add(TestBox.Content("free", new byte[4]))));
        cases.Change("assertion-hash-empty", m => m.With(Note().Entry(entry => entry["hash"] = Array.Empty<byte>())));
        cases.Change("assertion-hash-absent", m => m.With(Note().Entry(entry => entry.Omit("hash"))));
        cases.Change("assertion-hash-of-16-bytes", m => m.With(Note().Entry(entry => entry["hash"] = ((byte[])entry["hash"]!)[..16])));
        cases.Change("assertion-hash-with-a-byte-more", m => m.With(Note().Entry(entry => entry["hash"] = (byte[])[.. (byte[])entry["hash"]!, 0])));
        cases.Change("assertion-gathered", m => m.With(Note().Gathered()));
        cases.Change("assertion-with-an-algorithm-of-its-own", m => m.With(Note().HashedWith(System.Security.Cryptography.HashAlgorithmName.SHA512)));
    }

    private static void Uris(RuleCases cases)
    {
        cases.Change("assertion-urls-absolute", m => m.Uris(UriStyle.Absolute));
        cases.Change("assertion-urls-without-slash", m => m.Uris(UriStyle.AbsoluteWithoutSlash));
        cases.Add("assertion-outside-manifest", image =>
        {
            SignedAsset source = World.Source(image: image);
            return World.Sound().CarryingAlong(source).With(Url($"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.assertions/c2pa.actions.v2").Missing()).Embed(image);
        });
        cases.Change("assertion-url-of-another-scheme", m => m.With(Url("https://example.org/note").Missing()));
        cases.Change("assertion-url-without-scheme", m => m.With(Url("c2pa.assertions/org.example.note")));
        cases.Change("assertion-url-to-the-claim", m => m.With(Url("self#jumbf=c2pa.claim.v2").Missing()));
        cases.Change("assertion-url-with-dots", m => m.With(Url("self#jumbf=c2pa.assertions/../c2pa.assertions/org.example.note")));
        cases.Change("assertion-url-percent-encoded", m => m.With(Url("self#jumbf=c2pa.assertions/org%2Eexample.note")));
        cases.Change("assertion-url-in-other-case", m => m.With(Url("self#jumbf=c2pa.assertions/org.example.Note")));
    }

    private static void Contents(RuleCases cases)
    {
        cases.Change("assertion-cbor-invalid", m => m.With(Assertion.CborBytes("c2pa.soft-binding", [0xFF])));
        cases.Change("assertion-cbor-trailing-byte", m => m.With(Assertion.CborBytes("c2pa.soft-binding", [0xA0, 0x00])));
        cases.Change("assertion-cbor-key-twice", m => m.With(Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", "a" }, { "alg", "b" } })));
        cases.Change("assertion-cbor-in-a-json-box", m => m.With(Assertion.Json("c2pa.soft-binding", "{}")));
        cases.Change("assertion-cbor-sound", m => m.With(SoftBinding()));
        cases.Change("custom-assertion-not-cbor", m => m.With(Assertion.CborBytes("org.example.note", [0xFF])));
        cases.Change("custom-assertion-not-json", m => m.With(Assertion.Json("org.example.note", "{")));
        cases.Change("assertion-two-contents", m => m.With(Assertion.Boxes("org.example.note", "cbor", TestBox.Content("cbor", [0xA0]), TestBox.Content("cbor", [0xA1, 0x61, 0x61, 0x01]))));
        cases.Change("assertion-of-uuid-content", m => m.With(Assertion.Uuid("org.example.note", "40CB0C32-BB8A-489D-A70B-2AD6F47F4360", [1, 2, 3])));
        cases.Change("thumbnail", m => m.With(StandardAssertions.Thumbnail(World.Jpeg)));
        cases.Change("embedded-file-with-a-name", m => m.With(Assertion.File("c2pa.embedded-data", "text/plain", "hi"u8.ToArray(), "hi.txt")));
        cases.Change("embedded-file-without-data", m => m.With(Assertion.Boxes("c2pa.embedded-data", "40CB0C32-BB8A-489D-A70B-2AD6F47F4369", TestBox.Content("bfdb", [0, .. "text/plain\0"u8]))));
        cases.Change("embedded-file-elsewhere", m => m.With(Assertion.Boxes("c2pa.embedded-data", "40CB0C32-BB8A-489D-A70B-2AD6F47F4369",
            TestBox.Content("bfdb", [2, .. "text/plain\0"u8]), TestBox.Content("bidb", "https://example.org/\0"u8.ToArray()))));
        cases.Change("metadata-start-before-end", m => m.With(Process("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")));
        cases.Change("metadata-start-after-end", m => m.With(Process("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z")));
    }

    private static void Json(RuleCases cases)
    {
        cases.Change("json-sound", m => m.With(StandardAssertions.Metadata()));
        cases.Change("json-cut-short", m => m.With(Assertion.Json("c2pa.metadata", "{\"a\":")));
        cases.Change("json-empty", m => m.With(Assertion.Json("c2pa.metadata", "")));
        cases.Change("json-with-more-behind", m => m.With(Assertion.Json("c2pa.metadata", "{} {}")));
        cases.Change("json-with-nan", m => m.With(Assertion.Json("c2pa.metadata", "{\"a\":NaN}")));
        cases.Change("json-with-comment", m => m.With(Assertion.Json("c2pa.metadata", "{} // nothing")));
        cases.Change("json-not-utf8", m => m.With(Assertion.JsonBytes("c2pa.metadata", [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8])));
        cases.Change("json-depth", m => m.With(Assertion.Json("c2pa.metadata", Nested(64))));
        cases.Change("json-depth-over-limit", m => m.With(Assertion.Json("c2pa.metadata", Nested(65))));
        cases.Change("json-of-a-huge-number", m => m.With(Assertion.Json("c2pa.metadata", "{\"a\":1e400}")));
        cases.ChangeOld("json-of-an-older-standard", m => m.With(Assertion.Json("stds.exif", "{")));
    }

    private static void Elsewhere(RuleCases cases)
    {
        static CborFields Location() => new() { { "url", "https://example.org/a" }, { "alg", "sha256" }, { "hash", new byte[32] } };
        void Cloud(string name, string label, Action<CborFields>? change = null) => cases.Change(name, m => m.With(CloudData(label, Location(), change)));

        Cloud("cloud-data", "c2pa.metadata");
        Cloud("cloud-data-without-label", "", fields => fields.Omit("label"));
        Cloud("cloud-data-without-size", "c2pa.metadata", fields => fields.Omit("size"));
        Cloud("cloud-data-without-location", "c2pa.metadata", fields => fields.Omit("location"));
        Cloud("cloud-data-of-a-hard-binding", "c2pa.hash.data");
        Cloud("cloud-data-of-a-multi-asset-hash", "c2pa.hash.multi-asset");
        Cloud("cloud-data-of-actions", "c2pa.actions.v2");
        Cloud("cloud-data-of-an-ingredient", "c2pa.ingredient.v3");
        Cloud("cloud-data-of-cloud-data", "c2pa.cloud-data");
        cases.Add("cloud-data-of-actions-in-an-update", image => World.Silent("later").Update().Opened(World.Sound("earlier").Embed(image))
            .With(CloudData("c2pa.actions.v2", Location(), null)).Embed(image));

        void External(string name, Action<CborFields> change) => cases.Change(name, m =>
        {
            CborFields fields = new() { { "location", Location() } };
            change(fields);
            return m.With(Assertion.Cbor("c2pa.external-reference", fields).Gathered());
        });
        External("external-reference", fields => { });
        External("external-reference-without-hash", fields => ((CborFields)fields["location"]!).Omit("alg").Omit("hash"));
        External("external-reference-without-url", fields => ((CborFields)fields["location"]!).Omit("url"));
        External("external-reference-without-location", fields => fields.Omit("location"));
        External("external-reference-with-half-a-hash", fields => ((CborFields)fields["location"]!).Omit("hash"));
        External("external-reference-to-actions", fields => fields.Add("label", "c2pa.actions.v2"));
        External("external-reference-to-a-hard-binding", fields => fields.Add("label", "c2pa.hash.data"));
        External("external-reference-to-a-reference", fields => fields.Add("label", "c2pa.external-reference"));
        External("external-reference-to-metadata", fields => fields.Add("label", "c2pa.metadata"));
        cases.Change("external-reference-created", m => m.With(Assertion.Cbor("c2pa.external-reference", new CborFields { { "location", Location() } })));
    }

    private static void LinkedResources(RuleCases cases)
    {
        static Assertion Links(CborFields resources) => Assertion.Cbor("c2pa.linked-resource-integrity", new CborFields { { "resources", resources } });
        static CborFields External(Action<CborFields>? change = null)
        {
            CborFields entry = new() { { "url", "https://example.org/style.css" }, { "alg", "sha256" }, { "hash", new byte[32] } };
            change?.Invoke(entry);
            return new() { { "externalResources", new object[] { entry } } };
        }

        static CborFields Relative(string uri, string? alg = "sha256")
        {
            CborFields resources = new() { { "relativeResources", new object[] { new CborFields { { "uri", uri }, { "hash", new byte[32] } } } } };
            return resources.AddIfPresent("alg", alg);
        }

        cases.Change("linked-resource", m => m.With(Links(External())));
        cases.Change("linked-resource-gathered", m => m.With(Links(External()).Gathered()));
        cases.Change("linked-resource-without-hash", m => m.With(Links(External(entry => entry.Omit("hash")))));
        cases.Change("linked-resource-without-resources", m => m.With(Assertion.Cbor("c2pa.linked-resource-integrity", new CborFields { { "allURIsIncluded", true } })));
        cases.Change("linked-resource-empty", m => m.With(Links(new() { { "externalResources", Array.Empty<object>() } })));
        cases.Change("linked-resource-relative", m => m.With(Links(Relative("./a/b..c.css"))));
        cases.Change("linked-resource-relative-without-algorithm", m => m.With(Links(Relative("a.css", null))));
        cases.Change("linked-resource-relative-of-unknown-algorithm", m => m.With(Links(Relative("a.css", "sha1"))));
        cases.Change("linked-resource-climbing", m => m.With(Links(Relative("a/%2e%2e/b.css"))));
    }

    private static void AlternativeContent(RuleCases cases)
    {
        static Assertion Original(string label, Func<BuildContext, CborFields> parameters, string type = "exif.originalPreservationImage") =>
            Assertion.Cbor(label, c => new CborFields { { "type", type }, { "parameters", parameters(c) } });
        void Add(string name, Func<BuildContext, CborFields> parameters, params Assertion[] more) =>
            cases.Change(name, m => m.With(Assertion.File("c2pa.embedded-data", "image/jpeg", World.Jpeg.Bytes)).With(Original("c2pa.alternative-content-representation", parameters)).With(more));
        static CborFields Embedded(CborFields reference) => new() { { "embeddedOriginalPreservationImage", reference } };

        Add("alternative-content", c => Embedded(c.HashedUri("c2pa.embedded-data")));
        Add("alternative-content-changed", c => Embedded(c.HashedUri("c2pa.embedded-data").With("hash", new byte[32])));
        Add("alternative-content-absent", c => Embedded(c.HashedUri("c2pa.embedded-data").With("url", "self#jumbf=c2pa.assertions/c2pa.embedded-data__1")));
        Add("alternative-content-without-hash", c => Embedded(c.HashedUri("c2pa.embedded-data").Omit("hash")));
        Add("alternative-content-of-neither-kind", _ => new());
        Add("alternative-content-of-both-kinds", c => Embedded(c.HashedUri("c2pa.embedded-data")).With("multiAssetPartIndex", 0));
        Add("alternative-content-index-without-parts", _ => new() { { "multiAssetPartIndex", 0 } });
        Add("alternative-content-twice", c => Embedded(c.HashedUri("c2pa.embedded-data")),
            Original("c2pa.alternative-content-representation__1", c => Embedded(c.HashedUri("c2pa.embedded-data"))));
        cases.Change("alternative-content-of-another-type", m => m.With(Original("c2pa.alternative-content-representation", _ => new(), "org.example.other")));
        foreach (int index in (int[])[1, 2])
            cases.Add($"alternative-content-index-{index}", image => World.Sound().With(Original("c2pa.alternative-content-representation", _ => new() { { "multiAssetPartIndex", index } }))
                .BoundBy([HardBinding.Data(), .. HardBinding.Parts(HardBinding.PictureAndRest, 2)]).Embed(World.Jpeg.WithTrailing(World.Jpeg.Bytes)));
    }

    private static void Icons(RuleCases cases)
    {
        static Assertion Icon() => Assertion.File("c2pa.icon", "image/jpeg", World.Jpeg.Bytes);
        static CborFields Reference(string label, byte[]? hash = null)
        {
            byte[] right = System.Security.Cryptography.SHA256.HashData(TestBox.Super("40CB0C32-BB8A-489D-A70B-2AD6F47F4369", "c2pa.icon",
                TestBox.Content("bfdb", [0, .. "image/jpeg\0"u8]), TestBox.Content("bidb", World.Jpeg.Bytes)).HashedBytes());
            return new() { { "url", "self#jumbf=c2pa.assertions/" + label }, { "hash", hash ?? right } };
        }

        void Claim(string name, CborFields reference) => cases.Change(name, m => m.With(Icon()).Claim(claim => ((CborFields)claim["claim_generator_info"]!).With("icon", reference)));
        void Agent(string name, CborFields reference) => cases.Change(name, m => m.With(Icon()).Action("c2pa.edited", a => a.Add("softwareAgent", new CborFields { { "name", "Editor" }, { "icon", reference } })));

        Claim("icon-of-the-claim-generator", Reference("c2pa.icon"));
        Claim("icon-of-the-claim-generator-absent", Reference("c2pa.icon__1"));
        Claim("icon-of-the-claim-generator-changed", Reference("c2pa.icon", new byte[32]));
        Claim("icon-elsewhere", new() { { "url", "https://example.org/icon.png" }, { "alg", "sha256" }, { "hash", new byte[32] } });
        Agent("icon-of-an-agent", Reference("c2pa.icon"));
        Agent("icon-of-an-agent-absent", Reference("c2pa.icon__1"));
        Agent("icon-of-an-agent-changed", Reference("c2pa.icon", new byte[32]));
        cases.Change("icon-of-listed-agents-absent", m => m.Actions(a => a.Add("softwareAgents", new object[] { new CborFields { { "name", "Editor" }, { "icon", Reference("c2pa.icon") } } })));
        cases.Change("icon-of-a-template-absent", m => m.Actions(a => a.Add("templates", new object[] { new CborFields { { "action", "*" }, { "icon", Reference("c2pa.icon") } } })));
    }

    internal static Assertion SoftBinding() => Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", "org.example.mark" }, { "blocks", new object[] { new CborFields { { "scope", new CborFields() }, { "value", new byte[4] } } } } });

    private static Assertion Url(string url) => Note().Entry(entry => entry["url"] = url);

    private static Assertion Process(string start, string end) => Assertion.Cbor("c2pa.soft-binding",
        new CborFields { { "alg", "org.example.mark" }, { "blocks", Array.Empty<object>() }, { "metadata", new CborFields { { "processStart", new CborTagged(0, start) }, { "processEnd", new CborTagged(0, end) } } } });

    private static Assertion CloudData(string label, CborFields location, Action<CborFields>? change)
    {
        CborFields fields = new() { { "label", label }, { "size", 100 }, { "location", location } };
        change?.Invoke(fields);
        return Assertion.Cbor("c2pa.cloud-data", fields);
    }

    private static string Nested(int depth) => new StringBuilder().Insert(0, "[", depth).Append(']', depth).ToString();
}
