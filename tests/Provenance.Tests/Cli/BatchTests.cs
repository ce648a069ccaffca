using System.Diagnostics;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Tests.House;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>"batch": folders in, results out, done once however often it is ended.</summary>
public sealed class BatchTests : IDisposable
{
    private const string Journal = "provenance-journal.jsonl";
    private static readonly string[] s_at = ["--validation-time", "2026-11-21T12:00:00Z"];

    private readonly Cli _cli = new();
    private readonly byte[] _good = File.ReadAllBytes(Cli.Sample("good.jpg")), _none = File.ReadAllBytes(Cli.Sample("none.jpg"));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_folder_goes_in_and_a_table_and_reports_come_out()
    {
        _cli.Save("in/good.jpg", _good);
        _cli.Save("in/deeper/none.jpg", _none);
        _cli.Save("in/notes.bin", [0, 1, 2]);
        Directory.CreateSymbolicLink(Path.Combine(_cli.Folder, "in", "link"), "deeper");

        var command = await BatchAsync("in", "--output", "out", "--lang", "en");
        string plain = (await _cli.RunAsync(["verify", "--format", "json", "--recursive", .. Cli.SampleLists, .. s_at, "in"])).Output;

        Assert.Equal((4, ""), (command.ExitCode, command.Error));
        Assert.Contains("2 files: 1 intact-known, 1 none\n", command.Output, StringComparison.Ordinal);
        Assert.Contains("1 file is of no known format and was left out.\n1 link to a folder was not followed.\n", command.Output, StringComparison.Ordinal);
        Assert.Equal(plain, Read("out/results.jsonl"));
        var rows = Csv.Table(Read("out/results.csv"));
        Assert.Equal([Path.Combine("in", "good.jpg"), Path.Combine("in", "deeper", "none.jpg")], rows.Select(row => row["file"]));
        Assert.Equal(["intact-known", "none"], rows.Select(row => row["label"]));
        Assert.Equal(["reports/00001-good.jpg.html", "reports/00002-none.jpg.html"], rows.Select(row => row["report"]));
        Assert.Contains("<bdi>Unchanged since Example Newsroom Signing signed it on 14 Mar 2026.</bdi>", Read("out/" + rows[0]["report"]), StringComparison.Ordinal);
        Assert.Contains("<a href=\"reports/00001-good.jpg.html\">", Read("out/index.html"), StringComparison.Ordinal);
        Assert.Equal('\uFEFF', Read("out/results.csv")[0]);
    }

    [Fact]
    public async Task What_is_done_is_not_done_again_and_what_changed_is()
    {
        _cli.Save("in/a.jpg", _none);
        _cli.Save("in/b.jpg", _none);
        _cli.Save("in/c.jpg", _none);
        await BatchAsync("in", "--output", "out");
        int lines = Lines();
        var before = Results("out");

        Assert.Equal(4, (await BatchAsync("in", "--output", "out")).ExitCode);
        Assert.Equal(lines, Lines());
        Assert.Equal(before, Results("out"));

        _cli.Save("in/b.jpg", _good);
        _cli.Save("in/d.jpg", _good);
        File.Delete(Path.Combine(_cli.Folder, "in", "c.jpg"));
        File.SetLastWriteTimeUtc(Path.Combine(_cli.Folder, "in", "a.jpg"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var again = await BatchAsync("in", "--output", "out");

        Assert.Equal(lines + 3, Lines());
        Assert.Equal(["none", "intact-known", "intact-known"], Csv.Table(Read("out/results.csv")).Select(row => row["label"]));
        Assert.Equal(4, again.ExitCode);
    }

    [Fact]
    public async Task A_store_that_appears_beside_a_file_changes_it()
    {
        var asset = new ManifestBuilder("batch/beside").Created().SignedBy(TestAuthority.Root("R").Issue("S")).Sidecar(TestJpeg.Small());
        _cli.Save("in/a.jpg", asset.Bytes);
        await BatchAsync("in", "--output", "out", "--beside");

        _cli.Save("in/a.c2pa", asset.Store);
        await BatchAsync("in", "--output", "out", "--beside");

        Assert.Equal("beside", Assert.Single(Csv.Table(Read("out/results.csv")))["credential"]);
    }

    [Fact]
    public async Task A_file_that_could_not_be_opened_is_tried_again()
    {
        _cli.Save("a.jpg", _none);
        await BatchAsync("a.jpg", "b.jpg", "--output", "out");
        Assert.Equal(["none", "unreadable"], Csv.Table(Read("out/results.csv")).Select(row => row["label"]));
        int lines = Lines();

        await BatchAsync("a.jpg", "b.jpg", "--output", "out");

        Assert.Equal(lines + 1, Lines());
        Assert.Equal("there is no such file", Csv.Table(Read("out/results.csv"))[1]["error"]);
    }

    [Theory]
    [InlineData("they were made with other trust lists", "in", "--no-trust", "--validation-time", "2026-11-21T12:00:00Z")]
    [InlineData("they were judged as of 2026-11-21", "in", "LISTS", "--validation-time", "2026-11-21T12:00:01Z")]
    [InlineData("they were made with other options", "in", "LISTS", "--validation-time", "2026-11-21T12:00:00Z", "--digest")]
    [InlineData("they are in another language", "in", "LISTS", "--validation-time", "2026-11-21T12:00:00Z", "--lang", "ko")]
    [InlineData("they are of other folders or files", "in/../in", "LISTS", "--validation-time", "2026-11-21T12:00:00Z")]
    public async Task Answers_under_other_terms_are_not_mixed(string why, params string[] words)
    {
        _cli.Save("in/a.jpg", _good);
        await BatchAsync("in", "--output", "out");
        string journal = Read("out/" + Journal);
        words = [.. words.SelectMany(word => word == "LISTS" ? Cli.SampleLists : [word])];

        var refused = await _cli.RunAsync(["batch", .. words, "--output", "out"]);

        Assert.Equal(2, refused.ExitCode);
        if (!words.Contains("ko"))
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        Assert.Contains("--restart", refused.Error, StringComparison.Ordinal);
        Assert.Equal(journal, Read("out/" + Journal));
        Assert.NotEqual(2, (await _cli.RunAsync(["batch", .. words, "--output", "out", "--restart"])).ExitCode);
        Assert.NotEqual(journal, Read("out/" + Journal));
    }

    [Fact]
    public async Task A_list_of_the_same_name_with_other_certificates_is_another_list()
    {
        _cli.Save("in/a.jpg", _good);
        _cli.Save("anchors.pem", File.ReadAllBytes(Cli.Sample("anchors.pem")));
        await _cli.RunAsync(["batch", "in", "--output", "out", "--trust-anchors", "anchors.pem"]);
        _cli.Save("anchors.pem", TestAuthority.Root("Other").AnchorPem);

        var refused = await _cli.RunAsync(["batch", "in", "--output", "out", "--trust-anchors", "anchors.pem"]);

        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public async Task The_time_judged_at_is_that_of_the_beginning()
    {
        _cli.Save("in/a.jpg", _good);
        await _cli.RunAsync("batch", "in", "--output", "out");
        string? begun = (string?)JObject.Parse(Read("out/results.jsonl"))["policy"]!["time"];
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        _cli.Save("in/b.jpg", _good);

        Assert.Equal(0, (await _cli.RunAsync("batch", "in", "--output", "out")).ExitCode);

        Assert.Equal([begun, begun], Read("out/results.jsonl").TrimEnd('\n').Split('\n').Select(line => (string?)JObject.Parse(line)["policy"]!["time"]));
    }

    [Theory]
    [InlineData("file.txt", "that is a file")]
    [InlineData("full", "it holds other files")]
    [InlineData("alien", "it holds other files")]
    public async Task Nothing_of_somebody_else_is_written_over(string output, string why)
    {
        _cli.Save("in/a.jpg", _none);
        _cli.Save("file.txt", "mine");
        _cli.Save("full/notes.txt", "mine");
        _cli.Save("alien/" + Journal, "mine\n");

        foreach (string[] words in (string[][])[[], ["--restart"]])
        {
            var refused = await BatchAsync(["in", "--output", output, .. words]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(["mine", "mine", "mine\n"], new[] { "file.txt", "full/notes.txt", "alien/" + Journal }.Select(Read));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(_cli.Folder, "full")));
    }

    [Fact]
    public async Task The_results_are_not_asked_about_though_they_lie_among_the_files()
    {
        _cli.Save("in/a.jpg", _none);

        await BatchAsync("in", "--output", "in/results");
        await BatchAsync("in", "--output", "in/results");

        Assert.Single(Csv.Table(Read("in/results/results.csv")));
    }

    [Fact]
    public async Task A_file_that_is_named_twice_is_answered_once_and_files_of_one_name_are_two()
    {
        _cli.Save("a/x.jpg", _none);
        _cli.Save("b/x.jpg", _good);

        await BatchAsync("a/x.jpg", "a/x.jpg", "b/x.jpg", "a/x.jpg", "--output", "out");

        Assert.Equal(["a/x.jpg", "b/x.jpg"], Csv.Table(Read("out/results.csv")).Select(row => row["file"]));
    }

    [Fact]
    public async Task Awkward_names_have_one_row_each()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems forbid such names");
        string[] names = ["a\nb.jpg", "=1+1.jpg", "\u202Egpj.exe.jpg", "\u05d0\u05d1.jpg", "한국어.jpg", new string('x', 250) + ".jpg", "a\tb\rc.jpg", "-x.jpg", "..jpg", "%2e%2e.jpg", "<b>.jpg", "a;=1.jpg"];
        foreach (string name in names)
            _cli.Save("in/" + name, _none);
        string bytes = Path.Combine(_cli.Folder, "in");
        await Command.RunAsync(bytes, null, "bash", "-c", "cp -- '..jpg' $'bad\\xff.jpg'; cp -- '..jpg' $'bad\\xfe.jpg'");

        var command = await BatchAsync("in", "--output", "out");
        // What cannot be opened by its name cannot be deleted by it either.
        await Command.RunAsync(bytes, null, "bash", "-c", "rm -- bad*");

        Assert.Equal((3, ""), (command.ExitCode, command.Error));
        var rows = Csv.Table(Read("out/results.csv"));
        Assert.Equal(names.Length + 1, rows.Count); // two names that read the same are one question
        Assert.All(rows, row => Assert.Equal(row["file"].Contains("bad", StringComparison.Ordinal) ? "unreadable" : "none", row["label"]));
        Assert.Contains(rows, row => row["error"].Contains("not written in UTF-8", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotMatch("[\\t\\r\\n\u202E]", row["file"]));
        Assert.Equal(rows.Count, Read("out/results.jsonl").TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task An_unreadable_folder_is_a_row_and_not_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName != "root", "root may read every folder");
        _cli.Save("in/closed/a.jpg", _none);
        await Command.RunAsync(_cli.Folder, null, "chmod", "000", "in/closed");

        var command = await BatchAsync("in", "--output", "out");
        await Command.RunAsync(_cli.Folder, null, "chmod", "700", "in/closed");

        Assert.Equal(3, command.ExitCode);
        Assert.Equal(Path.Combine("in", "closed"), Assert.Single(Csv.Table(Read("out/results.csv")))["file"]);
        Assert.Equal(4, (await BatchAsync("in", "--output", "out")).ExitCode);
    }

    [Fact]
    public async Task A_folder_with_nothing_in_it_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "in"));

        var command = await BatchAsync("in", "--output", "out");

        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        Assert.StartsWith("There is no file of a known format here.\n", command.Output, StringComparison.Ordinal);
        Assert.Empty(Csv.Table(Read("out/results.csv")));
    }

    [Fact]
    public async Task A_gate_counts_what_was_done_before_too()
    {
        _cli.Save("in/a.jpg", _good);
        _cli.Save("in/b.jpg", File.ReadAllBytes(Cli.Sample("changed.jpg")));

        Assert.Equal(1, (await BatchAsync("in", "--output", "out")).ExitCode);
        Assert.Equal(1, (await BatchAsync("in", "--output", "out")).ExitCode);
        File.Delete(Path.Combine(_cli.Folder, "in", "b.jpg"));
        Assert.Equal(0, (await BatchAsync("in", "--output", "out", "--require", "known")).ExitCode);
        Assert.Equal(1, (await _cli.RunAsync("batch", "in", "--output", "unknown", "--no-trust", "--require", "known")).ExitCode);
    }

    [Fact]
    public async Task Two_runs_do_not_write_into_one_folder()
    {
        _cli.Save("in/a.jpg", _none);
        using var first = _cli.Start("batch", "in", "--output", "out", "--files-from", "-");
        while (!File.Exists(Path.Combine(_cli.Folder, "out", Journal)))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        var second = await BatchAsync("in", "--output", "out");
        first.StandardInput.Close();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, second.ExitCode);
        Assert.Contains("another run is writing to it", second.Error, StringComparison.Ordinal);
        Assert.Equal(4, first.ExitCode);
    }

    [Fact]
    public async Task A_full_disk_is_told_with_what_to_do_and_loses_nothing()
    {
        const string small = "mount -t tmpfs -o size=96k none out";
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "out"));
        Assert.SkipUnless(OperatingSystem.IsLinux() && (await Command.RunAsync(_cli.Folder, null, "unshare", "-rm", "sh", "-c", small)).ExitCode == 0, "a small disk cannot be made here");
        for (int i = 0; i < 12; i++)
            _cli.Save($"in/{i:D2}.jpg", _none);
        string run = $"dotnet '{Repository.CommandLine}' batch in --output out --lang en";

        var command = await Command.RunAsync(_cli.Folder, null, "unshare", "-rm", "sh", "-c",
            $"{small} && {run}; echo exit $?; mount -o remount,size=16m out && {run}; echo exit $?; cp -r out kept");

        Assert.Contains("the disk is full", command.Error, StringComparison.Ordinal);
        Assert.Contains("run the same command again", command.Error, StringComparison.Ordinal);
        Assert.Equal(["exit 74", "exit 4"], command.Output.Split('\n').Where(line => line.StartsWith("exit ", StringComparison.Ordinal)));
        Assert.Equal(12, Csv.Table(Read("kept/results.csv")).Select(row => row["file"]).Distinct().Count());
        Assert.Equal(12, Read("kept/results.jsonl").Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(0, "{\"file\":\"in/a.jpg\",\"stamp\":\"")]
    [InlineData(0, "\0\0\0\0\n")]
    [InlineData(0, "{}\n")]
    [InlineData(1, "")]
    [InlineData(40, "")]
    [InlineData(4000, "")]
    public async Task A_torn_end_of_the_journal_is_dropped_and_done_again(int cut, string tail)
    {
        for (int i = 0; i < 4; i++)
            _cli.Save($"in/{i}.jpg", i % 2 == 0 ? _good : _none);
        await BatchAsync("in", "--output", "out");
        var whole = Results("out");
        string path = Path.Combine(_cli.Folder, "out", Journal);
        byte[] journal = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. journal[..^cut], .. Encoding.UTF8.GetBytes(tail)]);

        await BatchAsync("in", "--output", "out");

        Assert.Equal(whole, Results("out"));
        Assert.Equal(journal, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Killed_anywhere_and_started_again_it_repeats_nothing_and_loses_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SIGKILL is sent by Linux's own programs");
        byte[] large = [.. _none, .. Seeded.Bytes("batch/large", 600_000)];
        for (int i = 0; i < 150; i++)
            _cli.Save($"in/{i % 7}/{i:D3}.jpg", (i % 4) switch { 0 => _good, 1 => large, 2 => File.ReadAllBytes(Cli.Sample("ai.jpg")), _ => _none });
        await BatchAsync("in", "--output", "whole", "--jobs", "1");
        var whole = Results("whole");
        var random = new Random(20261122);

        for (int round = 0; round < 3; round++)
        {
            string output = $"killed{round}", journal = Path.Combine(_cli.Folder, output, Journal);
            int kills = 0, most = 0;
            for (long size = 0; kills < 5; kills++)
            {
                using var process = _cli.Start(["batch", "in", "--output", output, "--jobs", "2", .. Cli.SampleLists, .. s_at]);
                // A random number of lines later, at a random moment of writing.
                size += random.Next(1, 400_000);
                while (!process.HasExited && (!File.Exists(journal) || new FileInfo(journal).Length < size))
                    await Task.Delay(1, TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.False(File.Exists(Path.Combine(_cli.Folder, output, "results.jsonl")) && kills == 0, "it ended before it was killed");
                most = Math.Max(most, File.ReadAllText(journal).Count(c => c == '\n'));
            }
            Assert.InRange(most, 2, 151);

            Assert.Equal(4, (await BatchAsync("in", "--output", output, "--jobs", "2")).ExitCode);

            Assert.Equal(whole, Results(output));
            // Each file once, in the order of an uninterrupted run: nothing was done twice.
            Assert.Equal(Read("whole/" + Journal), Read($"{output}/{Journal}"));
        }
    }

    [Fact]
    public async Task Ctrl_C_says_how_far_it_came_and_the_same_command_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's own programs");
        for (int i = 0; i < 40; i++)
            _cli.Save($"in/{i:D2}.jpg", _good);
        using (var huge = new FileStream(Path.Combine(_cli.Folder, "in", "zz.jpg"), FileMode.CreateNew))
        {
            huge.Write(_good);
            huge.SetLength(100L << 30);
        }
        string[] arguments = ["--default-signal=INT", "dotnet", Repository.CommandLine, "batch", "in", "--output", "out", "--digest", "--lang", "en"];
        using var process = Process.Start(new ProcessStartInfo("env", arguments) { WorkingDirectory = _cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string journal = Path.Combine(_cli.Folder, "out", Journal);
        // The journal is locked against us; programs of the system look all the same.
        while (!(await Command.RunAsync(_cli.Folder, null, "wc", "-l", journal)).Output.StartsWith("41 ", StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);

        await Command.RunAsync(_cli.Folder, null, "kill", "-INT", $"{process.Id}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("Stopped: 40 of 41 files are done. The same command goes on from there.\n", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        File.Delete(Path.Combine(_cli.Folder, "in", "zz.jpg"));
        var again = await _cli.RunAsync("batch", "in", "--output", "out", "--digest", "--lang", "en");
        Assert.Equal("40 of 40 files were done before.\n", again.Error);
        Assert.Equal(40, Csv.Table(Read("out/results.csv")).Count);
    }

    [Fact]
    public async Task The_page_for_journalists_shows_what_is_printed_and_names_every_column()
    {
        string page = Repository.Read("docs", "batch.md");
        foreach (string name in (string[])["good.jpg", "ai.jpg", "changed.jpg", "none.jpg"])
            _cli.Save("incoming/" + name, File.ReadAllBytes(Cli.Sample(name)));
        _cli.Save("incoming/notes.xyz", [0, 1, 2]);
        foreach (string list in (string[])["anchors.pem", "tsa-anchors.pem"])
            _cli.Save(list, File.ReadAllBytes(Cli.Sample(list)));

        var transcripts = MarkdownBlock.In(page).Where(block => block.Language == "console").SelectMany(Transcript.In).ToList();
        Assert.Equal(3, transcripts.Count);
        foreach (var transcript in transcripts)
        {
            var words = Transcript.Split(transcript.Line);
            var command = await _cli.RunAsync([.. words.Skip(1)]);
            Assert.Equal(("provenance", transcript.Printed), (words[0], command.Error + command.Output));
        }
        Assert.All(Csv.Read(Read("results/results.csv").TrimStart('\uFEFF'))[0], column => Assert.Contains($"`{column}`", page, StringComparison.Ordinal));
    }

    private Task<Command> BatchAsync(params string[] words) => _cli.RunAsync(["batch", .. words, .. Cli.SampleLists, .. s_at]);

    private string Read(string name) => File.ReadAllText(Path.Combine(_cli.Folder, name), Encoding.UTF8) is var text && File.ReadAllBytes(Path.Combine(_cli.Folder, name)).AsSpan().StartsWith(Encoding.UTF8.Preamble) ? '\uFEFF' + text : text;

    private int Lines() => Read("out/" + Journal).Count(c => c == '\n');

    /// <summary>Every file of the results but the journal, by name.</summary>
    private SortedDictionary<string, string> Results(string output) => new(
        Directory.EnumerateFiles(Path.Combine(_cli.Folder, output), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != Journal)
            .ToDictionary(path => Path.GetRelativePath(Path.Combine(_cli.Folder, output), path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
}
