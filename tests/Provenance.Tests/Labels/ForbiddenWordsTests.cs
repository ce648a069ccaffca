using Provenance.Tests.House;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Labels;

/// <summary>No string of ours judges whether a picture is true, in code, words or pages (labels E3.1). What a file says is quoted as it is.</summary>
public sealed class ForbiddenWordsTests
{
    /// <summary>Lines that speak of the words, or of something else than pictures and credentials: where, what, why.</summary>
    private static readonly (string File, string Line, string Reason)[] Allowed =
    [
        ("CONTRIBUTING.md", "no *verified*, *authentic*, *real*, *fake* or *safe*", "names the words that are not used"),
        ("docs/decisions/0014-where-the-reference-disagrees.md", "real-world/", "a folder's name"),
    ];

    [Fact]
    public void No_string_of_the_program_holds_one() => Expect.None(
        from file in Repository.Files("*.cs").Where(file => file.StartsWith("verifier/", StringComparison.Ordinal))
        from literal in CSharpStrings.In(Repository.Read(file))
        where ForbiddenWords.Pattern.IsMatch(literal.Text)
        select $"{file}:{literal.Line}: {literal.Text}");

    [Fact]
    public void No_page_of_ours_holds_one() => Expect.None(LinesOfPages()
        .Where(line => ForbiddenWords.Pattern.IsMatch(line.Text) && !Allowed.Any(allowed => Covers(allowed, line)))
        .Select(line => $"{line.File}: {line.Text}"));

    [Fact]
    public void Every_exception_is_needed() => Expect.None(
        Allowed.Where(allowed => !LinesOfPages().Any(line => ForbiddenWords.Pattern.IsMatch(line.Text) && Covers(allowed, line))).Select(allowed => $"{allowed.File}: {allowed.Line}"));

    [Theory]
    [InlineData("verified", true)]
    [InlineData("Verified.", true)]
    [InlineData("unverified", false)]
    [InlineData("verify", false)]
    [InlineData("realistic", false)]
    [InlineData("unreal", false)]
    [InlineData("not Real", true)]
    [InlineData("safely", false)]
    [InlineData("a trusted image", true)]
    [InlineData("a trusted list", false)]
    [InlineData("진짜입니다", true)]
    [InlineData("검증됨", true)]
    [InlineData("검증하지", false)]
    [InlineData("claimSignature.validated", false)]
    public void Whole_words_are_meant(string text, bool isForbidden) => Assert.Equal(isForbidden, ForbiddenWords.Pattern.IsMatch(text));

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void No_words_of_either_language_hold_one(string code)
    {
        var words = code == "ko" ? Words.Korean : Words.English;
        Expect.None(words.Keys.Where(key => ForbiddenWords.Pattern.IsMatch(words.Say(key))));
    }

    private static bool Covers((string File, string Line, string Reason) allowed, (string File, string Text) line) =>
        line.File == allowed.File && line.Text.Contains(allowed.Line, StringComparison.Ordinal);

    private static IEnumerable<(string File, string Text)> LinesOfPages() =>
        from file in Repository.Files("*.md")
        from line in Repository.Read(file).Split('\n')
        select (file, line);
}
