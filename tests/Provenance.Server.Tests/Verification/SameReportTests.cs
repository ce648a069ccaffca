using System.Net;
using System.Text.Json;
using Xunit;

namespace Provenance.Server.Tests.Verification;

/// <summary>What the server says of a file is what the command line says of it, byte for byte.</summary>
public sealed class SameReportTests(VerifyingServer server)
{
    private const int AtATime = 4;

    /// <summary>Bigger files would be most of the time, and say nothing that small ones do not.</summary>
    private const long Largest = 8 << 20;

    [Theory]
    [InlineData("json")]
    [InlineData("c2patool")]
    [InlineData("crjson")]
    public async Task Reports_on_the_corpus_are_those_of_the_command_line(string format)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var files = Directory.EnumerateFiles(Shared.Path("corpus"), "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length <= Largest).Order(StringComparer.Ordinal).ToList();
        await CompareAsync(format, files);
        Assert.True(files.Count > 1000, $"The corpus has {files.Count} files.");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("c2patool")]
    [InlineData("crjson")]
    public Task Reports_on_samples_are_those_of_the_command_line(string format) => CompareAsync(format, Samples);

    [Fact]
    public async Task A_body_without_a_name_is_answered_like_a_file_whose_name_fits()
    {
        string[] lines = await CommandLine.LinesAsync("json", Samples);
        foreach (var (file, line) in Samples.Zip(lines))
        {
            using var answer = await server.SendAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(WithoutName(line, file) + "\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Documents_are_those_of_the_command_line_without_the_picture(string language)
    {
        foreach (string file in Samples)
        {
            string expected = await CommandLine.RunAsync("", "verify", "--format", "html", "--no-picture", "--output", "-", "--lang", language, file);
            using var answer = await server.SendFormAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), Path.GetFileName(file), query: $"?format=html&lang={language}");
            Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_digest_is_told_to_who_asks_for_it()
    {
        string file = Samples[0];
        string[] expected = (await CommandLine.RunAsync(file, "verify", "--format", "json", "--digest", "--files-from", "-")).Split('\n');
        using var answer = await server.SendAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "?digest=true");
        Assert.Equal(WithoutName(expected[0], file) + "\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_name_that_does_not_fit_the_bytes_is_told_as_the_command_line_tells_it()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");
        File.Copy(Samples[0], file);
        try
        {
            string line = Assert.Single(await CommandLine.LinesAsync("json", [file]));
            using var answer = await server.SendFormAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "../../etc/holiday.png");
            string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(WithoutName(line, file) + "\n", said);
            Assert.Contains("\"fileNote\":\"", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Samples => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "samples"), "*.jpg").Order(StringComparer.Ordinal)];

    private async Task CompareAsync(string format, IReadOnlyList<string> files)
    {
        string[] lines = await CommandLine.LinesAsync(format, files);
        Assert.Equal(files.Count, lines.Length);
        var different = new List<string>();
        await Parallel.ForAsync(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken }, async (i, cancellation) =>
        {
            using var answer = await server.SendFormAsync(await File.ReadAllBytesAsync(files[i], cancellation), Path.GetFileName(files[i]), query: $"?format={format}");
            string said = await answer.Content.ReadAsStringAsync(cancellation);
            string expected = (format == "json" ? WithoutName(lines[i], files[i]) : lines[i]) + "\n";
            if (answer.StatusCode != HttpStatusCode.OK || said != expected)
            {
                lock (different)
                    different.Add($"{files[i]}: {(int)answer.StatusCode} {said[..Math.Min(200, said.Length)]}");
            }
        });
        Assert.Empty(different);
    }

    private static string WithoutName(string line, string file)
    {
        const string start = "{\"file\":\"", end = "\",";
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        int at = line.IndexOf(end, StringComparison.Ordinal);
        Assert.Equal(file, JsonSerializer.Deserialize<string>(line[(start.Length - 1)..(at + 1)]));
        return "{" + line[(at + end.Length)..];
    }
}
