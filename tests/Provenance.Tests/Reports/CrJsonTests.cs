using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier.IO;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Reports;

public sealed class CrJsonTests
{
    [Fact]
    public async Task The_active_manifest_comes_first_and_each_has_what_the_schema_wants()
    {
        var parent = C2paToolJsonTests.Builder("cr parent").Embed(TestJpeg.Small());
        var child = C2paToolJsonTests.Builder("cr child").Placed(parent, "parent").Compressed().Embed(TestPng.Small());

        var json = await WriteAsync(child.Bytes);
        var manifests = (JArray)json["manifests"]!;

        Assert.Equal([child.ActiveLabel, parent.ActiveLabel], manifests.Select(manifest => (string?)manifest["label"]));
        Assert.Equal([true, false], manifests.Select(manifest => (bool)manifest["isCompressedManifest"]!));
        Assert.All(manifests, manifest => Assert.False((bool)manifest["isUpdateManifest"]!));
        Assert.Equal("Provenance", (string?)json["jsonGenerator"]!["name"]);
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", (string?)json["jsonGenerator"]!["version"]);
        Assert.Equal(["gathered_assertions", "redacted_assertions"], manifests[1]["claim.v2"]!.Children<JProperty>().Where(member => member.Value is JArray { Count: 0 }).Select(member => member.Name));
        Assert.Equal("ES256", (string?)manifests[0]["signature"]!["algorithm"]);
        Assert.Equal("Reports Signer", (string?)manifests[0]["signature"]!["certificateInfo"]!["subject"]!["CN"]);
        Assert.Equal("2026-03-15T09:26:53Z", (string?)manifests[0]["validationResults"]!["validationTime"]);
        Assert.StartsWith("b64'", (string?)manifests[0]["assertions"]!["c2pa.hash.data"]!["hash"], StringComparison.Ordinal);
        Assert.Single(manifests[0]["ingredientDeltas"]!);
        Assert.Null(manifests[1]["ingredientDeltas"]);
    }

    [Fact]
    public async Task An_update_manifest_says_so()
    {
        var parent = C2paToolJsonTests.Builder("cr updated").Embed(TestJpeg.Small());
        var update = new ManifestBuilder("reports/cr update").Update().Opened(parent).SignedBy(TestAuthority.Root("R").Issue("S")).Embed(TestJpeg.Small());

        Assert.Equal([true, false], (await WriteAsync(update.Bytes))["manifests"]!.Select(manifest => (bool)manifest["isUpdateManifest"]!));
    }

    [Fact]
    public async Task A_manifest_that_nothing_leads_to_shows_no_findings()
    {
        var other = C2paToolJsonTests.Builder("cr other").Embed(TestJpeg.Small());
        var asset = C2paToolJsonTests.Builder("cr carrier").CarryingAlong(other).Embed(TestJpeg.Small());

        var stranger = (await WriteAsync(asset.Bytes))["manifests"]!.Single(manifest => (string?)manifest["label"] == other.ActiveLabel);

        Assert.Equal(["success", "informational", "failure"], stranger["validationResults"]!.Children<JProperty>().Where(member => member.Value is JArray { Count: 0 }).Select(member => member.Name));
    }

    [Fact]
    public async Task What_cannot_be_told_of_an_assertion_is_an_empty_object()
    {
        var asset = C2paToolJsonTests.Builder("cr gone").With(Assertion.Cbor("org.example.gone", 1).Missing(), Assertion.File("c2pa.thumbnail.claim", "image/png", [1])).Embed(TestJpeg.Small());

        var assertions = (await WriteAsync(asset.Bytes))["manifests"]![0]!["assertions"]!;

        Assert.Equal("{}", assertions["org.example.gone"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("{\"thumbnailType\":0,\"mimeType\":\"image/png\"}", assertions["c2pa.thumbnail.claim"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public async Task No_store_and_a_store_that_cannot_be_read_are_told_apart()
    {
        var none = await WriteAsync(TestJpeg.Small().Bytes);
        var torn = await WriteAsync(C2paToolJsonTests.Builder("cr torn").StoreBytes(store => store[..^1]).Embed(TestPng.Small()).Bytes);

        Assert.Empty(none["manifests"]!);
        Assert.Null(none["extras:error"]);
        Assert.Empty(torn["manifests"]!);
        Assert.NotNull(torn["extras:error"]);
    }

    [Fact]
    public async Task Every_file_of_the_corpus_gives_the_members_the_schema_requires()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        string[] required = ["assertions", "isCompressedManifest", "isUpdateManifest", "label", "signature", "validationResults"];
        int manifests = 0;
        foreach (string path in Directory.EnumerateFiles(Shared.Path("corpus", "made-variants"), "*.*g").Concat(Directory.EnumerateFiles(Shared.Path("corpus", "real-world"), "*.*g")))
        {
            await using var source = FileAssetSource.Open(path);
            using var writer = new StringWriter();
            CrJson.Write(writer, await Verifier.Verifier.VerifyAsync(source, VerificationPolicy.WithoutTrustAnchorsUnsafe(TestTimeStampAuthority.UsualTime)));
            foreach (var manifest in JsonDifferences.Parse(writer.ToString())["manifests"]!.Cast<JObject>())
            {
                var names = manifest.Properties().Select(member => member.Name).ToList();
                Assert.Empty(required.Except(names));
                Assert.Single(names, name => name is "claim" or "claim.v2");
                Assert.Empty(names.Except([.. required, "claim", "claim.v2", "ingredientDeltas"]));
                manifests++;
            }
        }
        Assert.True(manifests > 300, $"{manifests}");
    }

    private static async Task<JToken> WriteAsync(byte[] file)
    {
        using var writer = new StringWriter();
        CrJson.Write(writer, await C2paToolJsonTests.VerifyAsync(file));
        return JsonDifferences.Parse(writer.ToString());
    }
}
