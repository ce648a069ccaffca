using System.Net;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>J16: what pages of other sites may do with the API.</summary>
public sealed class CrossOriginTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    private const string Read = "/api/test/read";
    private const string Named = GuardedServerOfClass.Origin;

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("https://example.org, https://evil.example")]
    [InlineData("https://example.org.evil.example")]
    [InlineData("https://sub.example.org")]
    [InlineData("http://example.org")]
    [InlineData("https://example.org:8443")]
    [InlineData("https://example.org/")]
    [InlineData("https://EXAMPLE.org")]
    [InlineData("file://")]
    public async Task J16_an_origin_that_is_not_named_may_not_ask_and_is_not_repeated(string origin)
    {
        var server = servers.Named;
        using var answer = await server.AskAsync("GET", Read, ("Origin", origin));
        await GuardedServer.AssertProblemAsync(Problems.ForeignOrigin, answer);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData(Named)]
    [InlineData(GuardedServerOfClass.ExtensionOrigin)]
    public async Task A_named_origin_may_ask_and_read_without_cookies(string origin)
    {
        var server = servers.Named;
        using var answer = await server.AskAsync("GET", Read, ("Origin", origin));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(origin, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Contains("Origin", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_named_origin_can_read_what_is_refused_and_what_failed()
    {
        var server = servers.Named;
        foreach (var (path, status) in ((string, HttpStatusCode)[])[("/api/nothing", HttpStatusCode.NotFound), (Faulty.Address, HttpStatusCode.InternalServerError)])
        {
            using var answer = await server.AskAsync("GET", path, ("Origin", Named));
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(Named, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }
    }

    [Fact]
    public async Task A_question_beforehand_is_answered_for_named_origins_alone()
    {
        var server = servers.Named;
        using (var answer = await server.AskAsync("OPTIONS", "/api/test/dear", ("Origin", Named), ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "x-evil")))
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal("GET, HEAD, POST", answer.Headers.GetValues("Access-Control-Allow-Methods").Single());
            Assert.Equal("Authorization, Content-Type", answer.Headers.GetValues("Access-Control-Allow-Headers").Single());
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Private-Network"));
        }
        using var refused = await server.AskAsync("OPTIONS", "/api/test/dear", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_the_setting_no_answer_speaks_of_origins()
    {
        var server = servers.Plain;
        using var answer = await server.AskAsync("GET", Read);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(answer.Headers.Vary);
        Assert.Equal(HttpStatusCode.Forbidden, await server.StatusAsync("GET", Read, ("Origin", Named)));
    }

    [Theory]
    [InlineData("http://localhost:5080", "localhost:5080", true)]
    [InlineData("https://localhost", "localhost", true)] // a proxy ends TLS
    [InlineData("https://localhost", "localhost:443", true)]
    [InlineData("http://localhost", "localhost:5080", false)]
    [InlineData("http://localhost:5081", "localhost:5080", false)]
    [InlineData("http://127.0.0.1:5080", "localhost:5080", false)]
    public async Task The_servers_own_page_may_ask(string origin, string host, bool may)
    {
        var server = servers.Plain;
        string answer = await server.ExchangeAsync($"GET {Read} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith(may ? "HTTP/1.1 200" : "HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chrome-extension://ponmlkjihgfedcba")]
    [InlineData("moz-extension://0b3f1c5e-9d7a-4a64-8f0e-5a2f7c6f4b11")]
    public async Task Extensions_may_ask_and_their_browser_decides_what_they_read(string origin)
    {
        var server = servers.Plain;
        using var answer = await server.AskAsync("GET", Read, ("Origin", origin));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("https://example.org:8443", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("chrome-extension://abcdefghijklmnop", true)]
    [InlineData("https://example.org/", false)]
    [InlineData("https://example.org:443", false)] // browsers leave out what goes without saying
    [InlineData("https://Example.org", false)]
    [InlineData("https://user@example.org", false)]
    [InlineData("https://*.example.org", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    [InlineData("example.org", false)]
    [InlineData("file:///", false)]
    [InlineData("", false)]
    public void A_setting_names_an_origin_as_browsers_write_it(string origin, bool isOrigin) =>
        Assert.Equal(isOrigin, !new GuardSettings { Origins = [origin] }.Complaints().Any());
}
