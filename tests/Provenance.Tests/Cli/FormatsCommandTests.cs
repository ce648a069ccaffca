using Newtonsoft.Json.Linq;
using Provenance.Tests.House;
using Provenance.Verifier.Formats;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>The list of formats, in the three ways it is told, and in the documentation.</summary>
public sealed class FormatsCommandTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_format_has_a_line()
    {
        string[] lines = (await _cli.RunAsync("formats")).Output.Split('\n');

        Assert.StartsWith("Format ", lines[0], StringComparison.Ordinal);
        Assert.Equal(AssetFormats.All.Count + 2, lines.Length);
        Assert.All(AssetFormats.All.Zip(lines.Skip(1)), row =>
        {
            Assert.StartsWith(row.First.Name + " ", row.Second, StringComparison.Ordinal);
            Assert.Contains(string.Join(' ', row.First.Extensions), row.Second, StringComparison.Ordinal);
            Assert.EndsWith(row.First.Placement.Clause, row.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_program_reads_the_same()
    {
        var rows = JArray.Parse((await _cli.RunAsync("formats", "--format", "json")).Output);

        Assert.Equal(AssetFormats.All.Select(format => format.Name), rows.Select(row => (string?)row["name"]));
        Assert.All(AssetFormats.All.Zip(rows), row =>
        {
            Assert.Equal(row.First.MediaTypes, row.Second["mediaTypes"]!.Select(type => (string)type!));
            Assert.Equal(row.First.Placement.Bindings, row.Second["bindings"]!.Select(binding => (string)binding!));
            Assert.Contains((string?)row.Second["placement"], (string[])["embedded", "detached-only", "not-placed"]);
        });
    }

    [Fact]
    public async Task The_table_of_the_documentation_is_the_one_that_is_printed() =>
        GeneratedPart.IsCurrent("formats.md", "provenance formats --format markdown", (await _cli.RunAsync("formats", "--format", "markdown")).Output);

    [Theory]
    [InlineData("--format yaml", "--format is one of text, json, markdown, not 'yaml'.")]
    [InlineData("a.jpg", "a.jpg")]
    public async Task What_makes_no_sense_is_refused(string arguments, string why)
    {
        var command = await _cli.RunAsync(["formats", .. arguments.Split(' ')]);

        Assert.Equal(2, command.ExitCode);
        Assert.Contains(why, command.Error, StringComparison.Ordinal);
        Assert.Contains("See: provenance formats --help", command.Error, StringComparison.Ordinal);
    }
}
