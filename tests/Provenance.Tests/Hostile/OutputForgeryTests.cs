using Newtonsoft.Json.Linq;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Hostile;

/// <summary>Folders of results that somebody prepared: nothing is written or deleted outside, and nothing in them makes the program fail.</summary>
public sealed class OutputForgeryTests : IDisposable
{
    private const string Journal = "out/provenance-journal.jsonl";

    private readonly Cli.Cli _cli = new();

    public OutputForgeryTests() => _cli.Save("in/none.jpg", File.ReadAllBytes(Cli.Cli.Sample("none.jpg")));

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("results.csv.part")]
    [InlineData("results.jsonl.part")]
    [InlineData("index.html.part")]
    [InlineData("reports/00001-none.jpg.html.part")]
    [InlineData("results.csv")]
    public async Task What_is_written_never_goes_through_a_link(string name)
    {
        _cli.Save("precious", "mine");
        await BatchAsync();
        File.Delete(At("out/" + name));
        File.Delete(At("out/reports/00001-none.jpg.html"));
        File.CreateSymbolicLink(At("out/" + name), At("precious"));

        Assert.Equal(4, (await BatchAsync()).ExitCode);

        Assert.Equal("mine", File.ReadAllText(At("precious")));
        Assert.True(File.Exists(At("out/reports/00001-none.jpg.html")));
    }

    [Theory]
    [InlineData("reports", "elsewhere")]
    [InlineData("provenance-journal.jsonl", "elsewhere/empty")]
    public async Task A_folder_whose_own_parts_are_links_is_none_of_ours(string name, string target)
    {
        await BatchAsync();
        _cli.Save("elsewhere/empty", "");
        _cli.Save("elsewhere/00007-mine.html", "mine");
        if (Directory.Exists(At("out/" + name)))
            Directory.Delete(At("out/" + name), recursive: true);
        File.Delete(At("out/" + name));
        File.CreateSymbolicLink(At("out/" + name), At(target));

        Assert.Equal(2, (await BatchAsync()).ExitCode);

        Assert.Equal("mine", File.ReadAllText(At("elsewhere/00007-mine.html")));
        Assert.Equal("", File.ReadAllText(At("elsewhere/empty")));
    }

    [Theory]
    [InlineData("page", "../../precious.html")]
    [InlineData("page", "javascript:alert(1)")]
    [InlineData("page", "a\0b")]
    [InlineData("number", int.MaxValue)]
    [InlineData("number", -1)]
    [InlineData("file", null)]
    [InlineData("stamp", null)]
    [InlineData("report", "=1+1")]
    [InlineData("cells", "")]
    [InlineData("cells", "a b c")]
    public async Task A_line_that_we_did_not_write_is_done_again(string part, object? value)
    {
        await BatchAsync();
        string table = File.ReadAllText(At("out/results.csv"));
        string[] lines = File.ReadAllText(At(Journal)).Split('\n');
        var line = Cli.Cli.Parse(lines[1]);
        line[part] = part == "cells" ? new JArray(((string)value!).Split(' ')) : value is null ? JValue.CreateNull() : JToken.FromObject(value);
        _cli.Save(Journal, $"{lines[0]}\n{line.ToString(Newtonsoft.Json.Formatting.None)}\n");

        var again = await BatchAsync();

        Assert.Equal((4, ""), (again.ExitCode, again.Error));
        Assert.Equal(table, File.ReadAllText(At("out/results.csv")));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("by-link/out")]
    [InlineData(".")]
    [InlineData("by-link/..")]
    public async Task Results_are_no_question_however_their_folder_is_reached(string input)
    {
        Directory.CreateSymbolicLink(At("by-link"), _cli.Folder);
        await _cli.RunAsync("batch", input, "--output", "out");
        string table = File.ReadAllText(At("out/results.csv"));

        await _cli.RunAsync("batch", input, "--output", "out");

        Assert.Equal(table, File.ReadAllText(At("out/results.csv")));
    }

    [Fact]
    public async Task A_link_laid_where_a_report_is_prepared_is_not_followed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a file that waits is Linux's /dev/stdin");
        _cli.Save("precious", "mine");
        using var process = _cli.Start("verify", "--format", "html", "--output", "report.html", "/dev/stdin");
        File.CreateSymbolicLink(At($"report.html.{process.Id}.part"), At("precious"));
        await process.StandardInput.BaseStream.WriteAsync(File.ReadAllBytes(At("in/none.jpg")), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("mine", File.ReadAllText(At("precious")));
        Assert.True(File.Exists(At("report.html")), await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private Task<Command> BatchAsync() => _cli.RunAsync("batch", "in", "--output", "out");

    private string At(string name) => Path.Combine(_cli.Folder, name);
}
