using Newtonsoft.Json.Linq;
using Provenance.Tests.House;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>The list of status codes, in the three ways it is told, and in the documentation.</summary>
public sealed class CodesCommandTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_code_has_a_line()
    {
        string[] lines = (await _cli.RunAsync("codes")).Output.Split('\n');

        Assert.Equal(StatusCodes.All.Count + 2, lines.Length);
        Assert.All(StatusCodes.All.Zip(lines.Skip(1)), row =>
        {
            Assert.StartsWith(row.First.Text + " ", row.Second, StringComparison.Ordinal);
            Assert.Contains(row.First.Meaning, row.Second, StringComparison.Ordinal);
            Assert.EndsWith(row.First.Clause, row.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_program_reads_the_same()
    {
        var rows = JArray.Parse((await _cli.RunAsync("codes", "--format", "json")).Output);

        Assert.Equal(StatusCodes.All.Select(code => (code.Text, code.Meaning, code.Clause)), rows.Select(row => ((string)row["code"]!, (string)row["meaning"]!, (string)row["clause"]!)));
        Assert.Equal(StatusCodes.All.Select(code => code.Kind.ToString().ToLowerInvariant()), rows.Select(row => (string)row["kind"]!));
    }

    [Fact]
    public async Task The_table_of_the_documentation_is_the_one_that_is_printed() =>
        GeneratedPart.IsCurrent("codes.md", "provenance codes --format markdown", (await _cli.RunAsync("codes", "--format", "markdown")).Output);
}
