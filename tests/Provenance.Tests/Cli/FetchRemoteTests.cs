using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>The option that alone opens a connection. What it fetches is tested in <see cref="Fetching"/>; here, that it asks nobody it must not.</summary>
public sealed class FetchRemoteTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Without_the_option_a_URL_is_not_fetched()
    {
        var command = await _cli.RunAsync("verify", "https://example.com/a.jpg");
        Assert.Equal(2, command.ExitCode);
        Assert.Contains("https://example.com/a.jpg is a URL: --fetch-remote fetches it.", command.Error, StringComparison.Ordinal);

        _cli.Save("names", "https://example.com/a.jpg\n");
        var report = Assert.Single(await _cli.ReportsAsync("--files-from", "names"));
        Assert.Equal("it is a URL, and nothing is fetched without --fetch-remote", (string?)report["error"]!["rule"]);
    }

    [Theory]
    [InlineData("http://example.com/a.jpg", "only https:// is fetched")]
    [InlineData("https://127.0.0.1/a.jpg", "the address of the host is not public: this machine")]
    [InlineData("https://[::1]/a.jpg", "the address of the host is not public: no public address of IPv6")]
    [InlineData("https://2130706433/a.jpg", "the host is an address in an odd spelling")]
    [InlineData("https://localhost/a.jpg", "the host's name has no dot: no host of the public internet is called so")]
    [InlineData("https://user:pw@example.com/a.jpg", "a URL with a name or password in it is not fetched")]
    public async Task A_URL_that_may_not_be_asked_is_not_asked(string url, string why)
    {
        var report = Assert.Single(await _cli.ReportsAsync("--fetch-remote", url));

        Assert.Equal(("unreadable", why), ((string?)report["label"], (string?)report["error"]!["rule"]));
        Assert.Equal(url, (string?)report["file"]);
    }

    [Fact]
    public async Task A_credential_elsewhere_that_cannot_be_had_is_not_checked()
    {
        _cli.Save("a.jpg", TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://127.0.0.1/m.c2pa")).Bytes);

        var told = await _cli.RunAsync("verify", "a.jpg");
        var tried = await _cli.RunAsync("verify", "--fetch-remote", "a.jpg");
        var report = Assert.Single(await _cli.ReportsAsync("--fetch-remote", "a.jpg"));

        Assert.Contains("were not fetched", told.Output, StringComparison.Ordinal);
        Assert.Contains("the command line fetches it with --fetch-remote; the host that keeps it then learns which file you look into", told.Output, StringComparison.Ordinal);
        Assert.Contains("could not be fetched", tried.Output, StringComparison.Ordinal);
        Assert.Contains("this machine", tried.Output, StringComparison.Ordinal);
        Assert.Equal((5, 5), (told.ExitCode, tried.ExitCode));
        Assert.Equal(("not-checked", "remote", "manifest.inaccessible"), ((string?)report["label"], (string?)report["origin"], (string?)report["codes"]!["failure"]![0]));
    }

    [Fact]
    public async Task What_lies_beside_is_used_where_fetching_fails()
    {
        var asset = new ManifestBuilder("cli/fetch").Created().SignedBy(TestAuthority.Root("R").Intermediate("I").Issue("S"))
            .Sidecar(TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://127.0.0.1/m.c2pa")));
        _cli.Save("a.jpg", asset.Bytes);
        _cli.Save("a.jpg.c2pa", asset.Store);

        var report = Assert.Single(await _cli.ReportsAsync("--fetch-remote", "a.jpg"));

        Assert.Equal(("intact-unknown-issuer", "beside"), ((string?)report["label"], (string?)report["origin"]));
        Assert.Equal("https://127.0.0.1/m.c2pa", (string?)report["references"]![0]!["url"]);
    }

    [Fact]
    public async Task Nothing_of_the_network_is_loaded_by_who_does_not_ask_for_it()
    {
        _cli.Save("a.jpg", TestJpeg.Small().WithXmp(TestMetadata.Xmp("https://example.com/m.c2pa")).Bytes);
        // The runtime tells every assembly that it looks for.
        var without = await LoadedAsync("verify", "a.jpg");
        var with = await LoadedAsync("verify", "--fetch-remote", "https://127.0.0.1/");

        Assert.DoesNotContain("Provenance.Fetching", without, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Net.Http", without, StringComparison.Ordinal);
        Assert.Contains("Provenance.Fetching", with, StringComparison.Ordinal);
    }

    /// <summary>What a run maps into memory, by the system's own word.</summary>
    private async Task<string> LoadedAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells what a process has loaded");
        // "--files-from -" keeps the process alive until it was looked at.
        using var process = _cli.Start([.. arguments[..^1], "--format", "json", "--files-from", "-"]);
        await process.StandardInput.WriteAsync(arguments[^1] + "\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
        string maps = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return maps;
    }
}
