using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>What programs read, and the options that change it.</summary>
public sealed class VerifyJsonTests : IDisposable
{
    private static readonly TestAuthority Root = TestAuthority.Root("Json Root");
    private static readonly TestCertificate Signer = Root.Intermediate("Json CA").Issue("Json Signer");

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_report_begins_with_the_file_as_it_was_named()
    {
        string name = _cli.Save("a b.jpg", File.ReadAllBytes(Cli.Sample("good.jpg")));

        var command = await _cli.RunAsync("verify", "--format", "json", name);

        Assert.StartsWith("{\"file\":\"a b.jpg\",\"fileNote\":null,\"reportVersion\":1,\"mediaType\":\"image/jpeg\",", command.Output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", command.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_cli.Folder, command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claimed_and_proven_stand_apart()
    {
        var known = (await _cli.ReportsAsync([.. Cli.SampleLists, Cli.Sample("ai.jpg")]))[0];
        var unknown = (await _cli.ReportsAsync(Cli.Sample("ai.jpg")))[0];

        Assert.Equal("Trusted", (string?)known["validationState"]);
        Assert.Equal("Example Image Generator", (string?)known["signer"]!["proven"]!["name"]);
        Assert.Equal("2026-03-14T09:26:53Z", (string?)known["signedAt"]);
        Assert.Null((string?)known["claimedSignedAt"]);
        Assert.Equal("known", (string?)known["signerTrust"]!["result"]);
        Assert.Equal("Valid", (string?)unknown["validationState"]);
        Assert.Equal("Example Image Generator", (string?)unknown["signer"]!["claimed"]!["commonName"]);
        Assert.Equal(JTokenType.Null, unknown["signer"]!["proven"]!.Type);
        Assert.Null((string?)unknown["signedAt"]);
        Assert.Equal("2026-03-14T09:26:53Z", (string?)unknown["claimedSignedAt"]);
        Assert.Equal("no-list", (string?)unknown["signerTrust"]!["result"]);
    }

    [Fact]
    public async Task Lists_are_named_without_their_path_and_told_by_digest()
    {
        var lists = (await _cli.ReportsAsync([.. Cli.SampleLists, Cli.Sample("none.jpg")]))[0]["policy"]!["lists"]!;

        Assert.Equal(["anchors.pem", "tsa-anchors.pem"], lists.Select(list => (string?)list["name"]));
        Assert.Equal(["signer", "time-stamp"], lists.Select(list => (string?)list["purpose"]));
        Assert.All(lists, list => Assert.Matches("^sha256:[0-9a-f]{64}$", (string?)list["identifier"]));
    }

    [Fact]
    public async Task The_same_bytes_policy_and_time_give_the_same_report()
    {
        string[] question = ["verify", "--format", "json", "--validation-time", "2026-11-21T12:00:00.5+09:00", Cli.Sample("good.jpg")];

        string first = (await _cli.RunAsync(question)).Output, second = (await _cli.RunAsync(question)).Output;

        Assert.Equal(first, second);
        Assert.Equal("2026-11-21T03:00:00.5Z", (string?)Cli.Parse(first)["policy"]!["time"]);
    }

    [Fact]
    public async Task The_time_to_judge_at_decides_whether_a_certificate_is_in_force()
    {
        var signer = Root.Intermediate("Json CA").Issue("Short Signer", change: c => c.Valid("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
        string name = Save("short.jpg", new ManifestBuilder("json/short").Created().SignedBy(signer));

        var then = (await _cli.ReportsAsync("--validation-time", "2026-01-15T00:00:00Z", name))[0];
        var now = (await _cli.ReportsAsync("--validation-time", "2026-03-15T00:00:00Z", name))[0];

        Assert.Equal("intact-unknown-issuer", (string?)then["label"]);
        Assert.Equal("intact-time-unproven", (string?)now["label"]);
        Assert.False((bool?)now["time"]!["inForce"]);
    }

    [Fact]
    public async Task An_allowed_certificate_is_known_by_itself()
    {
        _cli.Save("allowed.pem", Signer.Pem);
        string name = Save("allowed.jpg", new ManifestBuilder("json/allowed").Created().SignedBy(Signer));

        var report = (await _cli.ReportsAsync("--allowed", "allowed.pem", name))[0];

        Assert.Equal("intact-known", (string?)report["label"]);
        Assert.Equal("allowed.pem", (string?)report["signerTrust"]!["list"]);
        Assert.Equal(JTokenType.Null, report["signerTrust"]!["anchor"]!.Type);
    }

    [Fact]
    public async Task Purposes_that_no_certificate_has_make_every_signer_unknown()
    {
        _cli.Save("root.pem", Root.AnchorPem);
        _cli.Save("mail.cfg", "// only this one\n1.3.6.1.5.5.7.3.99\n");
        var other = Root.Intermediate("Json CA").Issue("Mail Signer", change: c => c.ExtendedKeyUsages("1.3.6.1.5.5.7.3.4"));
        string name = Save("mail.jpg", new ManifestBuilder("json/mail").Created().SignedBy(other));

        Assert.Equal("known", (string?)(await _cli.ReportsAsync("--trust-anchors", "root.pem", name))[0]["signerTrust"]!["result"]);
        Assert.Equal("unknown", (string?)(await _cli.ReportsAsync("--trust-anchors", "root.pem", "--ekus", "mail.cfg", name))[0]["signerTrust"]!["result"]);
    }

    [Fact]
    public async Task The_older_time_model_is_named_and_believes_a_stamp_of_nobody_known()
    {
        string name = Save("old.jpg", new ManifestBuilder("json/old").OldClaim().Created().SignedBy(Signer).TimeStampedBy(TestTimeStampAuthority.Create()));

        var strict = (await _cli.ReportsAsync(name))[0];
        var older = (await _cli.ReportsAsync("--older-time-model", name))[0];

        Assert.Equal("not-proven", (string?)strict["time"]!["result"]);
        Assert.Equal("older-model", (string?)older["time"]!["result"]);
        Assert.True((bool?)older["policy"]!["olderTimeModel"]);
    }

    [Fact]
    public async Task A_manifest_kept_beside_the_file_is_used_where_the_file_holds_none()
    {
        var asset = new ManifestBuilder("json/detached").Created().BoundBy(HardBinding.Data("c2pa.hash.data", _ => [])).SignedBy(Signer).Embed(TestJpeg.Small());
        _cli.Save("bare.jpg", TestJpeg.Small().Bytes);
        _cli.Save("bare.c2pa", asset.Store);

        var report = (await _cli.ReportsAsync("--manifest", "bare.c2pa", "bare.jpg"))[0];

        Assert.Equal("detached", (string?)report["origin"]);
        Assert.Equal(asset.ActiveLabel, (string?)report["activeManifest"]);
    }

    [Fact]
    public async Task A_manifest_that_is_kept_elsewhere_is_reported_and_not_fetched()
    {
        _cli.Save("remote.jpg", TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://example.com/m.c2pa")).Bytes);

        var report = (await _cli.ReportsAsync("remote.jpg"))[0];

        Assert.Equal("not-checked", (string?)report["label"]);
        Assert.Equal("https://example.com/m.c2pa", (string?)report["references"]![0]!["url"]);
    }

    [Fact]
    public async Task The_digest_of_the_file_is_told_only_when_asked_for()
    {
        byte[] bytes = File.ReadAllBytes(Cli.Sample("none.jpg"));

        Assert.Null((await _cli.ReportsAsync(Cli.Sample("none.jpg")))[0]["sha256"]);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), (string?)(await _cli.ReportsAsync("--digest", Cli.Sample("none.jpg")))[0]["sha256"]);
    }

    [Fact]
    public async Task Other_formats_are_one_object_a_line_too()
    {
        var reference = await _cli.RunAsync("verify", "--format", "c2patool", Cli.Sample("good.jpg"), Cli.Sample("none.jpg"));
        var standard = await _cli.RunAsync("verify", "--format", "crjson", Cli.Sample("good.jpg"));

        Assert.Equal("Valid", (string?)Cli.Parse(reference.Output.Split('\n')[0])["validation_state"]);
        Assert.Equal(3, reference.Output.Split('\n').Length);
        Assert.NotNull(Cli.Parse(standard.Output.TrimEnd('\n'))["manifests"]);
    }

    private string Save(string name, ManifestBuilder builder) => _cli.Save(name, builder.Embed(TestJpeg.Small()).Bytes);
}
