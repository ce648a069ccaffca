using System.Net;
using Xunit;

namespace Provenance.Server.Tests.Headers;

/// <summary>Every answer has the headers, whatever it says.</summary>
public sealed class SecurityHeadersTests(RunningServer server)
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["Referrer-Policy"] = "no-referrer",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };

    private static readonly string[] Directives =
    [
        "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "connect-src 'self'", "img-src 'self' blob: data:",
        "media-src 'self' blob:", "style-src 'self'", "font-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ];

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("HEAD", "/", HttpStatusCode.OK)]
    [InlineData("GET", StandInPage.Script, HttpStatusCode.OK)]
    [InlineData("GET", StandInPage.Engine, HttpStatusCode.OK)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotModified, "If-None-Match", "*")]
    [InlineData("GET", "/", HttpStatusCode.PartialContent, "Range", "bytes=0-3")]
    [InlineData("GET", "/", HttpStatusCode.RequestedRangeNotSatisfiable, "Range", "bytes=4000-")]
    public async Task An_answer_has_all_of_them(string method, string address, HttpStatusCode status, string? name = null, string? value = null)
    {
        using var answer = await server.AskAsync(new HttpMethod(method), address, name is null ? [] : [(name, value!)]);
        Assert.Equal(status, answer.StatusCode);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task The_policy_of_content_is_this_one_to_the_letter()
    {
        using var answer = await server.GetAsync("/");
        Assert.Equal(Directives, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; "));
    }

    [Theory]
    [InlineData("camera")]
    [InlineData("microphone")]
    [InlineData("geolocation")]
    [InlineData("payment")]
    [InlineData("usb")]
    public async Task The_page_may_use_nothing_of_the_device(string feature)
    {
        using var answer = await server.GetAsync("/");
        Assert.Contains($"{feature}=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")).Split(", "));
    }

    internal static void AssertHeaders(HttpResponseMessage answer)
    {
        foreach (var (name, value) in Expected)
            Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
        Assert.StartsWith("default-src 'none'; ", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }
}
