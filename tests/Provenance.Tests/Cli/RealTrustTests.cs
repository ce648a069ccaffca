using Newtonsoft.Json.Linq;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Files from the world under the official lists and the interim one, installed as a user would.</summary>
public sealed class RealTrustTests : IDisposable
{
    private const string Google = "CN=Google C2PA Media Services 1P ICA G3,O=Google LLC,C=US", Trufo = "CN=Trufo C2PA Root CA (2025\\, ECC P384),", Adobe = "CN=Adobe Root CA G2,";

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Google_and_OpenAI_are_known_to_the_official_lists_and_each_anchor_is_named()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        await InstallAsync();
        foreach (var (file, anchor) in new[]
        {
            ("google-gemini-3.1pro.png", Google), ("google-gemini-triple.png", Google), ("google-gemini-unknown.png", Google), ("google-pixel10-PXL_20260208_202351558.jpg", Google),
            ("google-pixel10-PXL_20250818_155024632.jpg", "CN=Google C2PA Mobile A 1P ICA G3 L1,O=Google LLC,C=US"), ("openai-gpt-image2.png", Trufo),
        })
        {
            var report = await ReportAsync(file);
            Assert.Equal((file, "Trusted", "known", "C2PA Trust List", "current", "1"), (file, Text(report, "validationState"), Trust(report, "result"), Trust(report, "list"), Trust(report, "model"), Trust(report, "identifier")));
            Assert.StartsWith(anchor, Trust(report, "anchor"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Adobe_and_Amazon_are_of_the_older_model_and_only_with_the_interim_list()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        await InstallAsync();
        string[] files = ["adobe-firefly-1.jpg", "adobe-gen-fill.jpg", "adobe-genai-actions-v2.jpg", "adobe-photoshop-23.3.2-sunset.jpg", "adobe-premiere-firefly.mp4", "amazon-bedrock-titan-g1.png"];
        // Their certificates have expired, and their time stamps are from before there was a list of authorities: --older-time-model.
        foreach (string file in files)
            Assert.Equal((file, "unknown"), (file, Trust(await ReportAsync(file), "result")));

        Assert.Equal(0, (await _cli.RunAsync("trust", "import", Shared.Path("corpus", "trust", "interim-verify-site"))).ExitCode);
        foreach (string file in files)
        {
            var report = await ReportAsync(file);
            Assert.Equal((file, "Trusted", "known-to-older-list", "C2PA interim trust list", "older"), (file, Text(report, "validationState"), Trust(report, "result"), Trust(report, "list"), Trust(report, "model")));
            if (file.StartsWith("adobe", StringComparison.Ordinal))
                Assert.StartsWith(Adobe, Trust(report, "anchor"), StringComparison.Ordinal);
            else
                Assert.Null(Trust(report, "anchor")); // the certificate itself is listed
            Assert.Contains("older trust model", Text(report, "sentence"), StringComparison.Ordinal);
        }
        // What the official list knows is not of the older model, whatever else is installed.
        Assert.Equal("known", Trust(await ReportAsync("google-gemini-3.1pro.png"), "result"));
    }

    private async Task InstallAsync() =>
        Assert.Equal(0, (await _cli.RunAsync("trust", "update", "--from", Shared.Path("corpus", "trust", "c2pa-official"))).ExitCode);

    private async Task<JObject> ReportAsync(string file) =>
        Assert.Single(await _cli.ReportsAsync("--older-time-model", "--validation-time", "2026-11-20T00:00:00Z", Shared.Path("corpus", "real-world", file)));

    private static string? Text(JObject report, string name) => (string?)report[name];

    private static string? Trust(JObject report, string name) => (string?)report["signerTrust"]![name];
}
