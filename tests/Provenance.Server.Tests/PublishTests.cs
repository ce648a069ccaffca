using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>"dotnet publish" makes a folder that serves the page wherever it is copied.</summary>
public sealed class PublishTests : IDisposable
{
    private const string Long = "/long.bin";
    private const string Noise = "/noise.bin";

    private readonly StandInPage _page = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("provenance-publish-").FullName;

    public void Dispose()
    {
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_program_and_the_page_are_published_together()
    {
        // What an earlier page left behind.
        Directory.CreateDirectory(Path.Combine(_folder, "page"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "page", "old.js"), "old", TestContext.Current.CancellationToken);

        _page.Save(Long, new byte[2000]);
        _page.Save(Noise, RandomNumberGenerator.GetBytes(2000));
        await PublishAsync();
        await using var server = await ServerProcess.StartAsync(Path.Combine(_folder, "Provenance.Server.dll"), new Dictionary<string, string>(), "--urls", "http://127.0.0.1:0");

        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(_page.Read("/index.html"), await client.GetByteArrayAsync("/", TestContext.Current.CancellationToken));
        Assert.Equal(_page.Read(StandInPage.Script), await client.GetByteArrayAsync(StandInPage.Script, TestContext.Current.CancellationToken));
        Assert.Equal(["br"], await EncodingsAsync(Long));
        Assert.Empty(await EncodingsAsync(Noise));
        Assert.Empty(await EncodingsAsync("/words.json")); // three bytes
        using var old = await client.GetAsync("/old.js", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, old.StatusCode);
        Assert.Equal(["page", "runtimes"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.GetFiles(_folder, "packages.lock.json"));

        async Task<IEnumerable<string>> EncodingsAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept-Encoding", "gzip, br");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.Content.Headers.ContentEncoding;
        }
    }

    [Fact]
    public async Task A_published_program_without_its_page_says_so()
    {
        await PublishAsync();
        Directory.Delete(Path.Combine(_folder, "page"), recursive: true);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync(Path.Combine(_folder, "Provenance.Server.dll"), new Dictionary<string, string>(), "--urls", "http://127.0.0.1:0"));
        Assert.Contains("The page is missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet publish", failure.Message, StringComparison.Ordinal);
    }

    private async Task PublishAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "server/Provenance.Server", "--no-build", "-c", Repository.Configuration, "-o", _folder, "-nologo", $"-p:PageOutput={_page.Folder}/"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
