using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Many files: order, folders, lists of names, and a caller who keeps the program open.</summary>
public sealed class ManyFilesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Cli _cli = new();
    private readonly byte[] _good = File.ReadAllBytes(Cli.Sample("good.jpg"));
    private readonly byte[] _none = File.ReadAllBytes(Cli.Sample("none.jpg"));

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("8")]
    public async Task Answers_come_in_the_order_of_the_names_whatever_takes_longest(string jobs)
    {
        byte[] large = new byte[6 << 20];
        _none.CopyTo(large, 0);
        var names = new List<string>();
        for (int i = 0; i < 40; i++)
            names.Add(_cli.Save($"{i:D2}.jpg", i % 7 == 0 ? large : i % 2 == 0 ? _good : _none));

        var reports = await _cli.ReportsAsync(["--jobs", jobs, "--digest", .. names]);

        Assert.Equal(names, reports.Select(report => (string?)report["file"]));
    }

    [Fact]
    public async Task Each_name_is_answered_before_the_next_one_comes()
    {
        _cli.Save("good.jpg", _good);
        _cli.Save("none.jpg", _none);
        using var process = _cli.Start("verify", "--format", "json", "--files-from", "-");

        foreach (string name in (string[])["good.jpg", "none.jpg", "absent.jpg", "", "good.jpg"])
        {
            await process.StandardInput.WriteAsync(name + "\n");
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            if (name.Length == 0)
                continue; // an empty line asks nothing
            string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            Assert.Equal(name, (string?)Cli.Parse(line!)["file"]);
        }
        process.StandardInput.Close();
        Assert.Null(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        Assert.Equal(3, process.ExitCode);
    }

    [Fact]
    public async Task A_reader_who_leaves_early_ends_the_program_quietly()
    {
        _cli.Save("none.jpg", _none);
        _cli.Save("names", string.Concat(Enumerable.Repeat("none.jpg\n", 20_000)));
        using var process = _cli.Start("verify", "--format", "json", "--files-from", "names");

        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience));
        process.StandardOutput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);

        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_come_from_the_line_first_and_then_from_the_list()
    {
        _cli.Save("none.jpg", _none);
        _cli.Save("good.jpg", _good);
        _cli.Save("names", "none.jpg\r\n\r\ngood.jpg");

        var reports = await _cli.ReportsAsync("--files-from", "names", "good.jpg");

        Assert.Equal(["good.jpg", "none.jpg", "good.jpg"], reports.Select(report => (string?)report["file"]));
    }

    [Fact]
    public async Task A_folder_is_walked_in_the_order_of_names_and_only_for_formats_that_are_known()
    {
        _cli.Save("in/b.jpg", _none);
        _cli.Save("in/a/z.bin", _good);
        _cli.Save("in/a/notes.bin", [0, 1, 2]);
        _cli.Save("in/c/broken.png", [0, 1, 2]);
        Directory.CreateSymbolicLink(Path.Combine(_cli.Folder, "in", "d"), Path.Combine(_cli.Folder, "in"));

        var reports = await _cli.ReportsAsync("--recursive", "in");

        Assert.Equal([Path.Combine("in", "b.jpg"), Path.Combine("in", "a", "z.bin"), Path.Combine("in", "c", "broken.png")], reports.Select(report => (string?)report["file"]));
        Assert.Equal(["none", "intact-unknown-issuer", "unreadable"], reports.Select(report => (string?)report["label"]));
    }

    [Fact]
    public async Task A_folder_is_no_file_unless_it_is_to_be_walked()
    {
        _cli.Save("in/b.jpg", _none);

        var report = (await _cli.ReportsAsync("in"))[0];

        Assert.Equal("unreadable", (string?)report["label"]);
        Assert.Equal("it is a folder, or you may not read it", (string?)report["error"]!["rule"]);
    }

    [Fact]
    public async Task A_pipe_is_read_as_a_file_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in the file system");
        string pipe = Path.Combine(_cli.Folder, "pipe");
        await House.Command.RunAsync(_cli.Folder, null, "mkfifo", pipe);
        var writing = Task.Run(() => File.WriteAllBytes(pipe, _good), TestContext.Current.CancellationToken);

        var report = (await _cli.ReportsAsync(pipe))[0];
        await writing.WaitAsync(Patience);

        Assert.Equal("intact-unknown-issuer", (string?)report["label"]);
    }

    [Fact]
    public async Task Piped_text_has_no_colour_and_no_broken_lines()
    {
        string title = new('w', 400);
        var asset = new ManifestBuilder("many/wide").GeneratedBy(title).Created().SignedBy(TestAuthority.Root("R").Intermediate("I").Issue("S")).Embed(TestJpeg.Small());
        _cli.Save("wide.jpg", asset.Bytes);

        string output = (await _cli.RunAsync("verify", "wide.jpg")).Output;

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains(new string('w', 119), output, StringComparison.Ordinal);
        Assert.DoesNotContain(title, output, StringComparison.Ordinal);
    }
}
