using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Reports;

/// <summary>What the recorded reports of the reference cannot show: files made up here.</summary>
public sealed class C2paToolJsonTests
{
    private static readonly TestCertificate Signer = TestAuthority.Root("Reports Root").Intermediate("Reports CA").Issue("Reports Signer");

    [Fact]
    public async Task A_file_without_a_manifest_has_an_empty_list_and_no_state() =>
        Assert.Equal("{\"manifests\":{}}", await WriteAsync(TestJpeg.Small().Bytes));

    [Fact]
    public async Task A_store_that_cannot_be_read_is_invalid_and_says_why()
    {
        var asset = Builder("torn").StoreBytes(store => store[..^1]).Embed(TestPng.Small());

        var json = JsonDifferences.Parse(await WriteAsync(asset.Bytes));

        Assert.Equal("Invalid", (string?)json["validation_state"]);
        Assert.Equal("manifest.inaccessible.malformed", (string?)json["validation_status"]![0]!["code"]);
        Assert.Empty(json["manifests"]!);
    }

    [Fact]
    public async Task A_manifest_appears_with_the_members_of_the_reference()
    {
        var asset = Builder("plain").Titled("ä \u202Ename").With(Assertion.Json("org.example.note__2", "{\"a\":1}").Gathered()).Embed(TestJpeg.Small());

        string text = await WriteAsync(asset.Bytes);
        var json = JsonDifferences.Parse(text);
        var manifest = json["manifests"]![asset.ActiveLabel]!;

        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal("ä \u202Ename", (string?)manifest["title"]);
        Assert.Equal(["c2pa.actions.v2", "org.example.note"], manifest["assertions"]!.Select(assertion => (string?)assertion["label"]).Order());
        var note = manifest["assertions"]!.Single(assertion => (string?)assertion["label"] == "org.example.note");
        Assert.Equal("{\"label\":\"org.example.note\",\"data\":{\"a\":1},\"instance\":2,\"kind\":\"Json\"}", note.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("Es256", (string?)manifest["signature_info"]!["alg"]);
        Assert.Equal("Reports Signer", (string?)manifest["signature_info"]!["common_name"]);
        Assert.Null(manifest["signature_info"]!["time"]);
        Assert.Equal("Valid", (string?)json["validation_state"]);
    }

    [Fact]
    public async Task The_time_is_shown_of_a_stamp_on_this_signature_and_of_no_other()
    {
        var authority = TestTimeStampAuthority.Create();
        var stamped = Builder("stamped").TimeStampedBy(authority).Embed(TestJpeg.Small());
        var foreign = Builder("foreign").Cose(cose => cose.Stamped(new StampRecipe { Token = _ => authority.Token([1, 2, 3]) })).Embed(TestJpeg.Small());

        Assert.Equal("2026-03-14T09:26:53+00:00", (string?)await TimeOf(stamped));
        Assert.Null(await TimeOf(foreign));

        static async Task<JToken?> TimeOf(SignedAsset asset) => JsonDifferences.Parse(await WriteAsync(asset.Bytes))["manifests"]![asset.ActiveLabel]!["signature_info"]!["time"];
    }

    [Fact]
    public async Task An_assertion_listed_twice_is_written_once()
    {
        var asset = Builder("twice").With(Assertion.Cbor("org.example.x", new CborFields { { "a", 1 } }).ListedTwice()).Embed(TestJpeg.Small());

        var assertions = JsonDifferences.Parse(await WriteAsync(asset.Bytes))["manifests"]![asset.ActiveLabel]!["assertions"]!;

        Assert.Single(assertions, assertion => (string?)assertion["label"] == "org.example.x");
    }

    [Fact]
    public async Task An_assertion_that_cannot_be_read_is_left_out_and_the_rest_stays_JSON()
    {
        var asset = Builder("broken").With(Assertion.JsonBytes("org.example.j", "{\"a\":"u8.ToArray()), Assertion.CborBytes("org.example.c", [0xA1])).Embed(TestJpeg.Small());

        var assertions = JsonDifferences.Parse(await WriteAsync(asset.Bytes))["manifests"]![asset.ActiveLabel]!["assertions"]!;

        Assert.Equal(["c2pa.actions.v2"], assertions.Select(assertion => (string?)assertion["label"]));
    }

    internal static ManifestBuilder Builder(string seed) => new ManifestBuilder("reports/" + seed).Created().SignedBy(Signer);

    internal static async Task<Provenance.Verifier.VerificationReport> VerifyAsync(byte[] file) =>
        await Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(file), VerificationPolicy.WithoutTrustAnchorsUnsafe(TestTimeStampAuthority.UsualTime.AddDays(1)));

    private static async Task<string> WriteAsync(byte[] file)
    {
        using var writer = new StringWriter();
        C2paToolJson.Write(writer, await VerifyAsync(file));
        return writer.ToString();
    }
}
