using System.Text.RegularExpressions;
using Provenance.Tests.House;
using Xunit;

namespace Provenance.Tests.Cli;

/// <summary>What people read is in their language; what programs read is in none.</summary>
public sealed partial class LanguageTests : IDisposable
{
    private static readonly string[] Samples = ["good.jpg", "ai.jpg", "changed.jpg", "none.jpg"];

    private readonly Cli _cli = new();

    public LanguageTests() => _cli.Save("none.jpg", File.ReadAllBytes(Cli.Sample("none.jpg")));

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("ko", null, null, true)]
    [InlineData("en", "ko_KR.UTF-8", "ko_KR.UTF-8", false)]
    [InlineData("ko_KR", "en_US.UTF-8", null, true)]
    [InlineData("", "ko_KR.UTF-8", "en_US.UTF-8", true)]
    [InlineData("fr", "ko_KR.UTF-8", null, false)]
    [InlineData(null, "ko_KR.UTF-8", "en_US.UTF-8", true)]
    [InlineData(null, "C.UTF-8", "ko_KR.UTF-8", false)]
    [InlineData(null, "", "ko_KR.UTF-8", true)]
    [InlineData(null, "", "", false)]
    [InlineData(null, null, null, false)]
    [InlineData(null, null, "C.UTF-8", false)]
    [InlineData(null, null, "POSIX", false)]
    [InlineData(null, null, "ko", true)]
    [InlineData(null, null, "KO", true)]
    [InlineData(null, null, "ko-KR", true)]
    [InlineData(null, null, "ko.UTF-8", true)]
    [InlineData(null, null, "ko@x", true)]
    [InlineData(null, null, "kor", true)]
    [InlineData(null, null, "korean", true)]
    [InlineData(null, null, "k", false)]
    [InlineData(null, null, "kok_IN.UTF-8", false)]
    [InlineData(null, null, "kore_KR", false)]
    [InlineData(null, null, "en_KO", false)]
    public async Task The_first_that_is_set_of_three_names_the_language(string? ours, string? all, string? lang, bool isKorean)
    {
        string said = (await InAsync(ours, all, lang, "verify", "none.jpg")).Output;

        Assert.Contains(isKorean ? "콘텐츠 자격 증명이 없습니다." : "No Content Credentials.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify --lang ko none.jpg", "en", "콘텐츠 자격 증명이 없습니다.")]
    [InlineData("verify --lang=ko none.jpg", "en", "콘텐츠 자격 증명이 없습니다.")]
    [InlineData("verify --lang en none.jpg", "ko", "No Content Credentials.")]
    [InlineData("inspect --lang ko absent.jpg", "en", "그런 파일이 없습니다")]
    [InlineData("inspect --lang en absent.jpg", "ko", "there is no such file")]
    [InlineData("formats --lang ko", "en", "파일 이름")]
    [InlineData("formats --lang en", "ko", "File names")]
    [InlineData("codes --lang ko", "en", "파일의 바이트가 해시와 다릅니다.")]
    [InlineData("codes --lang en", "ko", "The bytes of the file differ from their hash.")]
    public async Task Every_verb_answers_in_the_language_that_is_asked_for(string line, string environment, string told) =>
        Assert.Contains(told, (await InAsync(environment, null, null, line.Split(' '))).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("verify --lang fr none.jpg", "en", "--lang is en or ko, not 'fr'.")]
    [InlineData("verify --lang fr none.jpg", "ko", "지정한 값: 'fr'")]
    [InlineData("verify --jobs 0 --lang ko none.jpg", "en", "--jobs에는 1에서 256까지의 수를 지정합니다.")]
    [InlineData("verify --jobs 0 --lang=ko none.jpg", "en", "--jobs에는 1에서 256까지의 수를 지정합니다.")]
    [InlineData("verify --jobs 0 --lang en none.jpg", "ko", "--jobs is a number from 1 to 256")]
    [InlineData("verify --jobs 0 -- --lang ko", "en", "--jobs is a number from 1 to 256")]
    [InlineData("verify --trust-anchors absent.pem none.jpg", "ko", "--trust-anchors absent.pem: 그런 파일이 없습니다.")]
    [InlineData("chekc", "ko", "명령을 이해하지 못했습니다.")]
    public async Task Complaints_are_in_the_language_that_is_asked_for(string line, string environment, string told)
    {
        var command = await InAsync(environment, null, null, line.Split(' '));

        Assert.Equal(2, command.ExitCode);
        Assert.Contains(told, command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("c2patool")]
    [InlineData("crjson")]
    public async Task JSON_is_the_same_in_every_language(string format)
    {
        // A name that disagrees, a file that is not there and one that cannot be read have sentences of their own.
        _cli.Save("none.png", File.ReadAllBytes(Cli.Sample("none.jpg")));
        _cli.Save("empty.jpg", "");
        string[] files = [.. Samples.Select(Cli.Sample), "none.png", "empty.jpg", "absent.jpg", Cli.Sample("anchors.pem")];
        foreach (string[] lists in new[] { Cli.SampleLists, [] })
        {
            string[] line = ["verify", "--format", format, "--validation-time", "2026-11-21T12:00:00Z", .. lists, .. files];
            var english = await InAsync("en", null, null, line);
            var korean = await InAsync("ko", null, null, line);
            var asked = await InAsync("en", null, null, [.. line, "--lang", "ko"]);

            Assert.True(english.Output.Length > 2000);
            Assert.Equal(english.Output, korean.Output);
            Assert.Equal(english.Output, asked.Output);
            Assert.Equal(english.ExitCode, korean.ExitCode);
        }
    }

    [Theory]
    [InlineData("formats", "json")]
    [InlineData("formats", "markdown")]
    [InlineData("codes", "json")]
    [InlineData("codes", "markdown")]
    public async Task Lists_for_programs_and_pages_are_the_same_in_every_language(string verb, string format) =>
        Assert.Equal((await InAsync("en", null, null, verb, "--format", format)).Output, (await InAsync("ko", null, null, verb, "--format", format)).Output);

    [Fact]
    public async Task In_Korean_nothing_is_left_in_English_but_names_and_codes()
    {
        var command = await InAsync("ko", null, null, ["verify", .. Cli.SampleLists, .. Samples.Select(Cli.Sample)]);

        // Two words of English in a row are a sentence of ours that was forgotten, or a name.
        string rest = command.Output;
        foreach (string name in (string[])["Example Newsroom Signing", "O=Example Trust Services,CN=Example Root CA", "Example Time Stamping", "Provenance TestKit", "Example Editor",
            "Example Camera EX-1", "Example Image Generator (Example AI Lab)", "Example Dream", "data hash: the bytes outside the ranges left out do not match"])
            rest = rest.Replace(name, "", StringComparison.Ordinal);
        Assert.DoesNotMatch(TwoWords(), rest);
        Assert.Equal(1, command.ExitCode);
    }

    [Fact]
    public async Task Texts_stand_below_each_other_however_wide_their_letters_are()
    {
        var command = await InAsync("ko", null, null, ["verify", .. Cli.SampleLists, Cli.Sample("good.jpg")]);

        var rows = Row().Matches(command.Output).Select(match => match.Groups[1].Value).ToList();
        Assert.True(rows.Count > 5);
        // A letter of Hangul takes two columns.
        Assert.Single(rows.Select(row => row.Sum(letter => letter is >= '가' and <= '힣' ? 2 : 1)).Distinct());
    }

    private Task<Command> InAsync(string? ours, string? all, string? lang, params string[] arguments) => _cli.RunInAsync(
        new Dictionary<string, string?> { ["PROVENANCE_LANG"] = ours, ["LC_ALL"] = all, ["LANG"] = lang }, arguments);

    [GeneratedRegex("[A-Za-z]{2,} [A-Za-z]{2,}")]
    private static partial Regex TwoWords();

    [GeneratedRegex("^  ([가-힣A-Z][가-힣A-Z ]*?  +)(?=[^ ])", RegexOptions.Multiline)]
    private static partial Regex Row();
}
