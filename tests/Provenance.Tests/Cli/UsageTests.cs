using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>Commands that cannot be carried out end with 2, say why, and print no answer.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Cli _cli = new();

    public UsageTests()
    {
        _cli.Save("a.jpg", File.ReadAllBytes(Cli.Sample("none.jpg")));
        _cli.Save("text.pem", "no certificate here");
        _cli.Save("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Options_of_earlier_versions_are_there_and_take_what_they_took()
    {
        foreach (string version in Directory.GetDirectories(Repository.PathOf("tests", "yesterday")))
        {
            foreach (var options in File.ReadLines(Path.Combine(version, "options.txt")).Select(line => line.Split(" --", 2)).GroupBy(parts => parts[0], parts => "--" + parts[1]))
            {
                var help = await _cli.RunAsync([.. options.Key.Split(' '), "--help"]);
                Assert.All(options, option => Assert.Contains(option + " ", help.Output, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("verify", "No file is named.")]
    [InlineData("verify --frmat json a.jpg", "There is no option --frmat.")]
    [InlineData("verify -v a.jpg", "There is no option -v.")]
    [InlineData("verify --format yaml a.jpg", "--format is one of text, html, json, csv, c2patool, crjson, not 'yaml'.")]
    [InlineData("verify --format=yaml a.jpg", "--format is one of text, html, json, csv, c2patool, crjson, not 'yaml'.")]
    [InlineData("verify --jobs 0 a.jpg", "--jobs is a number from 1 to 256, not '0'.")]
    [InlineData("verify --jobs 257 a.jpg", "--jobs is a number from 1 to 256, not '257'.")]
    [InlineData("verify --validation-time yesterday a.jpg", "--validation-time is a time with its zone")]
    [InlineData("verify --validation-time 2026-11-21T12:00:00 a.jpg", "--validation-time is a time with its zone")]
    [InlineData("verify --require anything a.jpg", "--require takes the word known.")]
    [InlineData("verify --no-trust --trust-anchors text.pem a.jpg", "--no-trust looks up no issuer")]
    [InlineData("verify --ekus text.pem a.jpg", "it goes with them")]
    [InlineData("verify --trust-anchors absent.pem a.jpg", "--trust-anchors absent.pem: there is no such file.")]
    [InlineData("verify --trust-anchors text.pem a.jpg", "--trust-anchors text.pem: no certificate at all.")]
    [InlineData("verify --trust-anchors broken.pem a.jpg", "--trust-anchors broken.pem: the certificate in line 1 is malformed")]
    [InlineData("verify --manifest absent.c2pa a.jpg", "--manifest absent.c2pa: there is no such file.")]
    [InlineData("verify --manifest text.pem a.jpg a.jpg", "--manifest goes with exactly one FILE.")]
    [InlineData("verify --fragments absent*.m4s a.jpg", "--fragments absent*.m4s: there is no such file.")]
    [InlineData("verify --fragments absent/*.m4s a.jpg", "--fragments absent/*.m4s: there is no such file.")]
    [InlineData("verify --fragments a.jpg a.jpg a.jpg", "--fragments goes with exactly one FILE, the initialization segment. Put the pattern in quotes")]
    [InlineData("verify --folder absent a.jpg", "--folder absent: there is no such folder.")]
    [InlineData("verify --folder . a.jpg a.jpg", "--folder goes with exactly one FILE.")]
    [InlineData("verify http://example.com/a.jpg", "http://example.com/a.jpg is a URL: --fetch-remote fetches it.")]
    [InlineData("verify --files-from absent.txt", "--files-from absent.txt: there is no such file.")]
    [InlineData("verify --format json --format text a.jpg", "--format")]
    [InlineData("verify a.jpg --format", "--format")]
    [InlineData("inspect", "No file is named.")]
    [InlineData("batch a.jpg", "--output names the folder for the results.")]
    [InlineData("batch --output out", "No file is named.")]
    [InlineData("batch a.jpg --output out --format json", "--format")]
    [InlineData("batch a.jpg --output out --jobs 0", "--jobs is a number from 1 to 256, not '0'.")]
    [InlineData("batch a.jpg --output a.jpg", "--output a.jpg: that is a file.")]
    [InlineData("batch http://example.com/a.jpg --output out", "http://example.com/a.jpg is a URL: --fetch-remote fetches it.")]
    [InlineData("chekc a.jpg", "chekc")]
    [InlineData("", "Required command was not provided.")]
    public async Task A_command_that_makes_no_sense_is_refused(string line, string reason)
    {
        var command = await _cli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, command.ExitCode);
        Assert.Contains(reason, command.Error, StringComparison.Ordinal);
        Assert.Contains("--help", command.Error, StringComparison.Ordinal);
        Assert.Empty(command.Output);
    }

    [Theory]
    [InlineData("--help", "provenance inspect photo.jpg")]
    [InlineData("verify --help", "find . -name '*.jpg' | provenance verify")]
    [InlineData("batch --help", "provenance batch incoming/ --output results/")]
    [InlineData("inspect -h", "provenance inspect photo.jpg | less")]
    [InlineData("formats --help", "provenance formats --format json")]
    public async Task Help_teaches_by_examples(string line, string example)
    {
        var command = await _cli.RunAsync(line.Split(' '));

        Assert.Equal(0, command.ExitCode);
        Assert.Contains("Examples:", command.Output, StringComparison.Ordinal);
        Assert.Contains(example, command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option_and_exit_code()
    {
        string help = (await _cli.RunAsync("verify", "--help")).Output;

        foreach (string option in (string[])["--format", "--trust-anchors", "--tsa-anchors", "--allowed", "--ekus", "--no-trust", "--older-time-model",
            "--validation-time", "--manifest", "--recursive", "--jobs", "--files-from", "--digest", "--require", "--fetch-remote", "--fragments", "--folder"])
            Assert.Contains($"  {option}", help, StringComparison.Ordinal);
        foreach (int code in (int[])[0, 1, 2, 3, 4, 5, 70])
            Assert.Matches($@"(^|\s){code}  ?\S", help);
    }

    [Fact]
    public async Task The_version_is_the_one_of_the_repository()
    {
        string version = House.Repository.Read("Directory.Build.props").Split("<VersionPrefix>")[1].Split('<')[0];

        Assert.Equal($"provenance {version}\n", (await _cli.RunAsync("--version")).Output);
    }

    [Theory]
    [InlineData("verify", "--format=json", "--no-trust", "a.jpg")]
    [InlineData("verify", "a.jpg", "--no-trust", "--format", "json")]
    [InlineData("verify", "--no-trust", "--format", "json", "--", "a.jpg")]
    public async Task A_command_may_be_spelled_in_many_ways(params string[] arguments) =>
        Assert.StartsWith("{\"file\":\"a.jpg\"", (await _cli.RunAsync(arguments)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Names_that_look_like_options_or_argument_files_are_names()
    {
        byte[] none = File.ReadAllBytes(Cli.Sample("none.jpg"));
        _cli.Save("-x.jpg", none);
        _cli.Save("@y.jpg", none);

        var reports = await _cli.ReportsAsync("@y.jpg", "--", "-x.jpg");

        Assert.Equal(["none", "none"], reports.Select(report => (string?)report["label"]));
    }
}
