using System.Globalization;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>An initialization segment with the segments that a pattern names.</summary>
public sealed class FragmentsTests : IDisposable
{
    private readonly Cli _cli = new();
    private readonly SignedSegments _film = TestSegments.Small().Sign(
        new ManifestBuilder("cli/film").Created().SignedBy(TestAuthority.Root("R").Intermediate("I").Issue("S")));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Segments_are_taken_in_the_order_of_their_numbers()
    {
        SaveAs(number => $"film/seg{number + 8}.m4s");

        var report = Assert.Single(await _cli.ReportsAsync("--fragments", "film/seg*.m4s", "film/init.mp4"));

        Assert.Equal("intact-unknown-issuer", (string?)report["label"]);
    }

    [Fact]
    public async Task In_another_order_they_are_another_film()
    {
        SaveAs(number => $"film/seg{8 - number}.m4s");

        var report = Assert.Single(await _cli.ReportsAsync("--fragments", "film/seg*.m4s", "film/init.mp4"));

        Assert.Equal("broken", (string?)report["label"]);
    }

    [Theory]
    [InlineData("film/*")]
    [InlineData("film/[0-9]*.m4s", false)]
    [InlineData("film/?.m4s")]
    [InlineData("film/seg*", false)]
    public async Task Stars_and_question_marks_stand_for_characters_and_the_first_file_is_no_segment(string pattern, bool matches = true)
    {
        SaveAs(number => $"film/{number}.m4s");

        var command = await _cli.RunAsync("verify", "--fragments", pattern, Path.Combine("film", "init.mp4"));

        Assert.Equal(matches ? 0 : 2, command.ExitCode);
    }

    [Fact]
    public async Task Names_can_be_given_one_by_one()
    {
        SaveAs(number => $"{number}.m4s", folder: ".");

        var report = Assert.Single(await _cli.ReportsAsync(["init.mp4", .. Enumerable.Range(0, _film.Segments.Count).SelectMany(i => (string[])["--fragments", $"{i}.m4s"])]));

        Assert.Equal("intact-unknown-issuer", (string?)report["label"]);
    }

    [Fact]
    public async Task One_changed_segment_breaks_the_film()
    {
        SaveAs(number => $"film/{number}.m4s");
        byte[] changed = _film.Segments[2].ToArray();
        changed[^1] ^= 1;
        _cli.Save("film/2.m4s", changed);

        Assert.Equal("broken", (string?)Assert.Single(await _cli.ReportsAsync("--fragments", "film/*.m4s", "film/init.mp4"))["label"]);
    }

    [Fact]
    public async Task Without_them_nothing_of_the_film_was_checked_and_the_way_to_it_is_told()
    {
        SaveAs(number => $"film/{number}.m4s");

        var command = await _cli.RunAsync("verify", "film/init.mp4");

        Assert.Equal(5, command.ExitCode);
        Assert.Contains("the command line takes the segments that belong to it with --fragments", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Films_that_the_reference_signed_are_judged_as_it_judged_their_segments()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (var (folder, state) in ((string, string)[])[("frag-leaves", "Valid"), ("frag-sha512", "Valid"), ("frag-tam-segment", "Invalid"), ("frag-foreign-segment", "Invalid")])
        {
            string path = Shared.Path("corpus", "made-variants", folder);
            var report = Assert.Single(await _cli.ReportsAsync("--validation-time", "2026-11-21T12:00:00Z", "--fragments", Path.Combine(path, "seg*.m4s"), Path.Combine(path, "init.mp4")));
            Assert.Equal(state, (string?)report["validationState"]);
        }
    }

    private void SaveAs(Func<int, string> name, string folder = "film")
    {
        _cli.Save(Path.Combine(folder, "init.mp4"), _film.Init.Bytes);
        for (int i = 0; i < _film.Segments.Count; i++)
            _cli.Save(name(i).ToString(CultureInfo.InvariantCulture), _film.Segments[i]);
    }
}
