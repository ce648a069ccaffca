using System.Diagnostics;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>
/// The page is built if something changed, and only then: Build/Page.targets, with a page of two files, whose build leaves the word "built".
/// </summary>
public sealed class PageBuildTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("provenance-page-build-").FullName;

    public PageBuildTests()
    {
        Save("source/index.html", "a page");
        Save("source/more.ts", "more");
        Save("build.mjs", """
            import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
            mkdirSync(process.env.PROVENANCE_PAGE, { recursive: true });
            writeFileSync(`${process.env.PROVENANCE_PAGE}/index.html`, 'built');
            if (existsSync(process.argv[2])) throw new Error('this page cannot be built');
            """);
        Save("lock", "");
        Save("installed", "");
    }

    private string Index => PathOf("out/index.html");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task The_page_is_built_when_something_changed_and_only_then()
    {
        Assert.True(await BuildsAsync());
        Assert.False(await BuildsAsync());

        Save("source/more.ts", "another");
        Assert.True(await BuildsAsync());
        Assert.False(await BuildsAsync());

        File.Delete(PathOf("source/more.ts"));
        Assert.True(await BuildsAsync());
        Assert.False(await BuildsAsync());

        File.Delete(Index);
        Assert.True(await BuildsAsync());
    }

    [Fact]
    public async Task A_build_that_failed_after_the_page_was_written_is_not_taken_for_one_that_went_well()
    {
        Save("fails", "");
        Assert.NotEqual(0, await RunAsync());
        Assert.True(File.Exists(Index));
        Assert.NotEqual(0, await RunAsync());

        File.Delete(PathOf("fails"));
        Assert.Equal(0, await RunAsync());
    }

    /// <summary>Whether a build leaves a new page: the old one is marked before.</summary>
    private async Task<bool> BuildsAsync()
    {
        if (File.Exists(Index))
        {
            var time = File.GetLastWriteTimeUtc(Index);
            await File.WriteAllTextAsync(Index, "old", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(Index, time);
        }
        Assert.Equal(0, await RunAsync());
        return await File.ReadAllTextAsync(Index, TestContext.Current.CancellationToken) == "built";
    }

    private async Task<int> RunAsync()
    {
        string[] properties =
        [
            "BuildsPage=true", $"PageSource={_root}/source/", $"PageOutput={_root}/out/", $"PageStamp={_root}/stamp", $"PageInputList={_root}/inputs",
            $"PageCommand=node {_root}/build.mjs {_root}/fails", $"NpmLock={_root}/lock", $"NpmStamp={_root}/installed",
        ];
        var start = new ProcessStartInfo("dotnet", ["msbuild", "server/Provenance.Server", "-t:BuildPage", "-nologo", "-v:q", .. properties.Select(property => $"-p:{property}")])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private void Save(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    private string PathOf(string name) => Path.Combine(_root, name);
}
