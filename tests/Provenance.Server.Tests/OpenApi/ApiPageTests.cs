using System.Text.RegularExpressions;
using Provenance.Server.Guards;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.OpenApi;

/// <summary>The page at /api: for people, and for every problem's "type" to lead to.</summary>
public sealed partial class ApiPageTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    private static readonly string[] Forbidden = ["verified", "authentic", "genuine", "trusted image", "deepfake", "fake", "진짜", "가짜", "검증됨"];

    [Theory]
    [InlineData("/api", "en")]
    [InlineData("/api/ko", "ko")]
    public async Task It_has_every_call_and_every_problem_under_its_name(string address, string language)
    {
        using var answer = await servers.Plain.AskAsync("GET", address);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Problems.All, problem => Assert.Contains(problem.Name, ids));
        var api = ApiDescriptionTests.Read(ApiDescriptionTests.DescriptionFile);
        foreach (var operation in api["paths"]!.SelectMany(path => path.First!).Select(method => method.First!))
        {
            Assert.Contains((string)operation["operationId"]!, ids);
            Assert.Contains(System.Text.Encodings.Web.HtmlEncoder.Default.Encode((string)operation["x-codeSamples"]![0]!["source"]!), page, StringComparison.Ordinal);
        }
        Assert.All(Target().Matches(page).Select(match => match.Groups[1].Value), target => Assert.Contains(target, ids));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/ko")]
    public async Task It_runs_nothing_and_asks_nobody(string address)
    {
        using var answer = await servers.Plain.AskAsync("GET", address);
        Assert.Equal("default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        foreach (string word in Forbidden)
            Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Its_style_knows_light_and_dark()
    {
        using var answer = await servers.Plain.AskAsync("GET", "/api/style.css");
        Assert.Equal("text/css; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("color-scheme: light dark", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Target();
}
