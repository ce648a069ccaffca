using Xunit;

namespace Provenance.Tests.Cli;

public sealed class InspectCommandTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_box_is_shown_with_its_place_and_every_assertion_with_its_fields()
    {
        var command = await _cli.RunAsync("inspect", Cli.Sample("ai.jpg"));

        Assert.Equal(0, command.ExitCode);
        Assert.Contains("├─ container: 8 parts", command.Output, StringComparison.Ordinal);
        Assert.Contains("│  ├─ APP11 @ 0x14 (3372 bytes): ManifestStore", command.Output, StringComparison.Ordinal);
        Assert.Matches(@"jumb @ 0x20 \(\d+ bytes\): ""c2pa""", command.Output);
        Assert.Contains("digitalSourceType @ ", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_shows_what_could_be_read_and_where_that_ends()
    {
        _cli.Save("cut.jpg", File.ReadAllBytes(Cli.Sample("ai.jpg"))[..2000]);

        var command = await _cli.RunAsync("inspect", "cut.jpg");

        Assert.Equal(3, command.ExitCode);
        Assert.Contains("─ fault: ", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_are_told_one_after_the_other_and_absent_ones_too()
    {
        _cli.Save("other.bin", [0, 1, 2]);

        var command = await _cli.RunAsync("inspect", Cli.Sample("none.jpg"), "absent.jpg", "other.bin");

        Assert.Equal(3, command.ExitCode);
        Assert.Contains("absent.jpg\nthere is no such file\n", command.Output, StringComparison.Ordinal);
        Assert.Contains("unknown format", command.Output, StringComparison.Ordinal);
    }
}
