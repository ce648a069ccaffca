using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>"trust" as a program: what is installed decides whom "verify" knows.</summary>
public sealed class TrustCommandTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Without_any_list_the_report_says_so_and_how_to_install_one()
    {
        var text = await _cli.RunAsync("verify", Cli.Sample("good.jpg"));
        Assert.Contains("Issuer unknown: no trust list is installed.", text.Output, StringComparison.Ordinal);
        Assert.Contains("provenance trust update installs the official lists", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, text.ExitCode);
        Assert.Equal(("no-list", null), await SignerAsync());
        Assert.Equal(("not-looked-up", null), await SignerAsync("--no-trust"));

        var status = await _cli.RunAsync("trust", "status");
        Assert.Equal((0, "No trust list is installed.\nprovenance trust update installs the official lists\n"), (status.ExitCode, status.Output));
        Assert.False(Directory.Exists(_cli.Home));
    }

    [Fact]
    public async Task What_is_installed_is_used_until_it_is_removed()
    {
        Assert.Equal(0, (await _cli.RunAsync("trust", "import", Cli.Sample("anchors.pem"), "--name", "Our partners")).ExitCode);
        Assert.Equal(0, (await _cli.RunAsync("trust", "import", "--tsa", Cli.Sample("tsa-anchors.pem"))).ExitCode);

        var report = Assert.Single(await _cli.ReportsAsync(Cli.Sample("good.jpg")));
        Assert.Equal(("intact-known", "Our partners", "own"), ((string?)report["label"], (string?)report["signerTrust"]!["list"], (string?)report["signerTrust"]!["model"]));
        Assert.StartsWith("sha256:", (string?)report["signerTrust"]!["identifier"], StringComparison.Ordinal);
        Assert.Equal("proven", (string?)report["time"]!["result"]);
        Assert.Equal(["Our partners", "tsa-anchors.pem"], report["policy"]!["lists"]!.Select(list => (string?)list["name"]));

        // Any list named for the run replaces all that is installed.
        var replaced = Assert.Single(await _cli.ReportsAsync("--tsa-anchors", Cli.Sample("tsa-anchors.pem"), Cli.Sample("good.jpg")));
        Assert.Equal(("unknown", 1), ((string?)replaced["signerTrust"]!["result"], replaced["policy"]!["lists"]!.Count()));

        var status = JObject.Parse((await _cli.RunAsync("trust", "status", "--format", "json")).Output);
        Assert.Equal(["our-partners", "tsa-anchors-pem"], status["lists"]!.Select(list => (string?)list["id"]));
        Assert.Equal((1, 0, (string?)null), ((int)status["lists"]![0]!["signerAnchors"]!, (int)status["lists"]![0]!["days"]!, (string?)status["lists"]![0]!["signature"]));

        Assert.Equal(0, (await _cli.RunAsync("trust", "remove", "Our partners")).ExitCode);
        Assert.Equal(1, (await _cli.RunAsync("trust", "remove", "our-partners")).ExitCode);
        Assert.Equal(("unknown", null), await SignerAsync());
        Assert.Equal(0, (await _cli.RunAsync("trust", "remove", "--all")).ExitCode);
        Assert.Equal(("no-list", null), await SignerAsync());
    }

    [Fact]
    public async Task Only_the_interim_list_is_of_the_older_model()
    {
        _cli.Save("interim/anchors.pem", File.ReadAllBytes(Cli.Sample("anchors.pem")));
        _cli.Save("interim/store.cfg", "1.3.6.1.5.5.7.3.4\n");
        _cli.Save("interim/allowed.sha256.txt", Convert.ToBase64String(new byte[32]) + "\n");
        Assert.Equal(0, (await _cli.RunAsync("trust", "import", "interim")).ExitCode);
        Assert.Equal(("known-to-older-list", "older"), await SignerAsync());
        Assert.Contains("known through a list of the older trust model only", (await _cli.RunAsync("verify", Cli.Sample("good.jpg"))).Output, StringComparison.Ordinal);

        // Where another list knows the signer too, nothing is said of the older model.
        Assert.Equal(0, (await _cli.RunAsync("trust", "import", Cli.Sample("anchors.pem"))).ExitCode);
        Assert.Equal(("known", "own"), await SignerAsync());
    }

    [Fact]
    public async Task A_newsroom_signs_and_its_readers_install()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Editor", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        _cli.Save("editor.key.pem", key.ExportPkcs8PrivateKeyPem());
        _cli.Save("editor.pem", certificate.ExportCertificatePem());
        string anchor = string.Concat(File.ReadAllLines(Cli.Sample("anchors.pem")).Where(line => line.Length > 0 && !line.Contains("CERTIFICATE", StringComparison.Ordinal) && !line.StartsWith('#')));
        _cli.Save("news.json", $$"""{"format":"provenance-list","version":1,"kind":"trust","name":"Example News","sequenceNumber":1,"issued":"2026-05-01T00:00:00Z","anchors":[{"certificate":"{{anchor}}"}]}""");

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        var signed = await _cli.RunAsync("trust", "sign", "news.json", "--key", "editor.key.pem", "--certificate", "editor.pem");
        Assert.Equal(0, signed.ExitCode);
        Assert.Contains(sha256, signed.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_cli.Folder, "news.json.p7s")));

        Assert.Equal(1, (await _cli.RunAsync("trust", "import", "news.json")).ExitCode);
        Assert.Equal(0, (await _cli.RunAsync("trust", "import", "news.json", "--signer-sha256", sha256)).ExitCode);
        var report = Assert.Single(await _cli.ReportsAsync(Cli.Sample("good.jpg")));
        Assert.Equal(("known", "Example News", "1", "2026-05-01T00:00:00Z"),
            ((string?)report["signerTrust"]!["result"], (string?)report["signerTrust"]!["list"], (string?)report["signerTrust"]!["identifier"], (string?)report["signerTrust"]!["issued"]));
        Assert.Contains($"by CN=Editor, pinned certificate SHA-256 {sha256}", (await _cli.RunAsync("trust", "status")).Output, StringComparison.Ordinal);

        _cli.Save("other.json", "{}");
        Assert.Equal(1, (await _cli.RunAsync("trust", "sign", "other.json", "--key", "editor.key.pem", "--certificate", "editor.pem")).ExitCode);
        Assert.Equal(1, (await _cli.RunAsync("trust", "sign", "news.json", "--key", "editor.pem", "--certificate", "editor.pem")).ExitCode);
    }

    [Fact]
    public async Task Explain_tells_the_path_or_every_reason()
    {
        await _cli.RunAsync("trust", "import", Cli.Sample("anchors.pem"), "--name", "Mine");
        var known = await _cli.RunAsync("trust", "explain", Cli.Sample("good.jpg"));
        Assert.Equal(0, known.ExitCode);
        Assert.Contains("path found:", known.Output, StringComparison.Ordinal);
        Assert.Contains("anchor of the list; without a window of time", known.Output, StringComparison.Ordinal);
        Assert.Contains("none of the lists is for time stamps", known.Output, StringComparison.Ordinal);

        _cli.Save("stranger.pem", TestAuthority.Root("Stranger").AnchorPem);
        _cli.Save("eku.txt", "1.2.3.4\n");
        var unknown = await _cli.RunAsync("trust", "explain", "--trust-anchors", "stranger.pem", "--tsa-anchors", "stranger.pem", Cli.Sample("good.jpg"));
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("no path: its issuer is neither an anchor of the list nor enclosed in the file. Looked for: CN=", unknown.Output, StringComparison.Ordinal);

        var json = JObject.Parse((await _cli.RunAsync("trust", "explain", "--format", "json", "--trust-anchors", "stranger.pem", "--tsa-anchors", "stranger.pem", Cli.Sample("good.jpg"))).Output);
        Assert.Equal(["signer", "time-stamp"], json["certificates"]!.Select(certificate => (string?)certificate["purpose"]));
        Assert.All(json["certificates"]!, certificate => Assert.Equal("no-issuer", (string?)certificate["lists"]![0]!["failures"]![0]!["kind"]));
        Assert.Equal(40, ((string?)json["certificates"]![0]!["lists"]![0]!["failures"]![0]!["authorityKeyIdentifier"])!.Length);

        var expired = await _cli.RunAsync("trust", "explain", "--trust-anchors", Cli.Sample("anchors.pem"), "--validation-time", "2100-01-01T00:00:00Z", Cli.Sample("good.jpg"));
        Assert.Equal(1, expired.ExitCode);
        Assert.Contains("not in force at that time", expired.Output, StringComparison.Ordinal);
        Assert.Equal(4, (await _cli.RunAsync("trust", "explain", Cli.Sample("none.jpg"))).ExitCode);

        await _cli.RunAsync("trust", "remove", "--all");
        var none = await _cli.RunAsync("trust", "explain", "--lang", "ko", Cli.Sample("good.jpg"));
        Assert.Contains("설치된 신뢰 목록 없음", none.Output, StringComparison.Ordinal);
        Assert.Contains("provenance trust update", none.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("files")]
    public async Task Damage_is_told_and_never_passed_over(string what)
    {
        await _cli.RunAsync("trust", "import", Cli.Sample("anchors.pem"));
        string path = what == "index" ? Path.Combine(_cli.Home, "trust", "index") : Directory.GetFiles(Path.Combine(_cli.Home, "trust", "files"))[0];
        await File.AppendAllTextAsync(path, " ", TestContext.Current.CancellationToken);

        var verify = await _cli.RunAsync("verify", Cli.Sample("good.jpg"));
        Assert.Equal((2, ""), (verify.ExitCode, verify.Output));
        Assert.Contains("damaged", verify.Error, StringComparison.Ordinal);
        Assert.Contains("provenance trust status", verify.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await _cli.RunAsync("trust", "status")).ExitCode);
        Assert.Equal(0, (await _cli.RunAsync("verify", "--no-trust", Cli.Sample("good.jpg"))).ExitCode);
        Assert.Equal(0, (await _cli.RunAsync("verify", "--trust-anchors", Cli.Sample("anchors.pem"), Cli.Sample("good.jpg"))).ExitCode);
        Assert.Equal(0, (await _cli.RunAsync("trust", "remove", "--all")).ExitCode);
        Assert.Equal(("no-list", null), await SignerAsync());
    }

    [Theory]
    [InlineData("trust update --from", "See: provenance trust update --help")]
    [InlineData("trust import", "One list at a time")]
    [InlineData("trust import a b", "One list at a time")]
    [InlineData("trust import a --signer-sha256 12", "64 hex digits")]
    [InlineData("trust import a --tsa --ekus b", "--tsa goes without")]
    [InlineData("trust remove", "Name one list")]
    [InlineData("trust explain", "No file is named.")]
    [InlineData("trust sign a", "--key and --certificate")]
    [InlineData("trust status --format yaml", "yaml")]
    [InlineData("trust frob", "frob")]
    public async Task What_makes_no_sense_is_refused(string line, string why)
    {
        var command = await _cli.RunAsync(line.Split(' '));
        Assert.Equal(2, command.ExitCode);
        Assert.Contains(why, command.Error, StringComparison.Ordinal);
        Assert.Contains("See: provenance trust", command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trust")]
    [InlineData("trust status")]
    [InlineData("trust update")]
    [InlineData("trust import")]
    [InlineData("trust remove")]
    [InlineData("trust explain")]
    [InlineData("trust sign")]
    public async Task Help_teaches_with_examples(string line)
    {
        var help = await _cli.RunAsync([.. line.Split(' '), "--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Examples:\n", help.Output, StringComparison.Ordinal);
        Assert.Contains($"  provenance {line} ", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_stay_on_their_line()
    {
        _cli.Save("a.pem", TestAuthority.Root("evil\u001b[31m\nlist c2pa-signers\u202e").AnchorPem);
        await _cli.RunAsync("trust", "import", "a.pem", "--name", "x\nlist y\u001b[2J");
        string status = (await _cli.RunAsync("trust", "status")).Output;
        Assert.DoesNotContain('\u001b', status);
        Assert.StartsWith("x list y", status, StringComparison.Ordinal);
        Assert.Single(JObject.Parse((await _cli.RunAsync("trust", "status", "--format", "json")).Output)["lists"]!);
    }

    private async Task<(string? Result, string? Model)> SignerAsync(params string[] options)
    {
        var report = Assert.Single(await _cli.ReportsAsync([.. options, Cli.Sample("good.jpg")]));
        return ((string?)report["signerTrust"]!["result"], (string?)report["signerTrust"]!["model"]);
    }
}
