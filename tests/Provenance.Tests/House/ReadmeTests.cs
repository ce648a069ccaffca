using Xunit;

namespace Provenance.Tests.House;

public sealed class ReadmeTests
{
    private static readonly IReadOnlyList<MarkdownBlock> Blocks = MarkdownBlock.In(Repository.Read("README.md"));

    [Fact]
    public void The_first_screen_shows_the_two_commands()
    {
        var commands = Blocks.First(block => block.Language == "sh");
        Assert.True(commands.Line < 25);
        Assert.Equal(["dotnet run -c Release --project verifier/Provenance.Cli -- verify FILE", "bash tests/run"], commands.Lines);
    }

    public static TheoryData<string> Pages { get; } = new("README.md", "docs/journalists.md");

    /// <summary>With PROVENANCE_UPDATE=1 the page is written anew first, with what is printed.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_command_prints_what_the_page_says(string page)
    {
        bool updates = Environment.GetEnvironmentVariable("PROVENANCE_UPDATE") == "1";
        string text = Repository.Read(page), updated = text;
        var transcripts = MarkdownBlock.In(text).Where(block => block.Language == "console").Select(Transcript.In).ToList();
        Assert.NotEmpty(transcripts);
        foreach (var block in transcripts)
        {
            int exitCode = 0;
            foreach (var transcript in block)
            {
                (string printed, exitCode) = await transcript.RunAsync(exitCode);
                if (updates)
                    updated = updated.Replace($"$ {transcript.Line}\n{transcript.Printed}", $"$ {transcript.Line}\n{printed}", StringComparison.Ordinal);
                else
                    Assert.True(printed == transcript.Printed, $"{page} line {transcript.LineNumber}: {transcript.Line}\n--- the page\n{transcript.Printed}--- printed\n{printed}\nIf that is meant to be so, run the tests once with PROVENANCE_UPDATE=1.");
            }
        }
        if (updated != text)
            await File.WriteAllTextAsync(Repository.PathOf(page), updated, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Links_lead_to_files_that_exist()
    {
        var targets = Repository.Files("*.md").SelectMany(page =>
            Repository.Read(page).Split("](").Skip(1).Select(rest => (Page: page, Target: rest[..rest.IndexOf(')', StringComparison.Ordinal)].Split('#')[0])));
        Expect.None(targets.Where(link =>
            link.Target.Length > 0 && !link.Target.Contains("://", StringComparison.Ordinal) &&
            !Path.Exists(Repository.PathOf(Path.GetDirectoryName(link.Page)!, link.Target))));
    }

    [Theory]
    [InlineData("verify 'a b' \"c\"d ''", new[] { "verify", "a b", "cd", "" })]
    [InlineData("  ", new string[0])]
    public void Words_are_split_as_a_shell_splits_them(string text, string[] words) => Assert.Equal(words, Transcript.Split(text));

    [Theory]
    [InlineData("a | b")]
    [InlineData("*.jpg")]
    [InlineData("\"$HOME\"")]
    [InlineData("'open")]
    public void A_command_that_needs_a_shell_is_refused(string text) => Assert.Throws<FormatException>(() => Transcript.Split(text));

    [Fact]
    public void A_console_block_is_read_as_commands_and_what_they_print()
    {
        var block = Assert.Single(MarkdownBlock.In("text\n```console\n$ one\nprinted\n\n$ two\n```\n"));
        Assert.Equal([new Transcript("one", "printed\n\n", 3), new Transcript("two", "", 6)], Transcript.In(block));
    }
}
