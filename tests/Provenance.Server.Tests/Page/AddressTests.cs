using System.Globalization;
using System.Net;
using Xunit;

namespace Provenance.Server.Tests.Page;

/// <summary>Addresses that are none: nothing outside the page's folder, no folder, no other spelling is ever sent.</summary>
public sealed class AddressTests(RunningServer server)
{
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/assets")]
    [InlineData("/assets/")]
    [InlineData("/index.html/")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/.hidden")]
    [InlineData("/link.txt")]
    [InlineData("/link/outside.txt")]
    public async Task What_is_no_file_of_the_page_is_not_found(string address)
    {
        using var answer = await server.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("There is nothing at this address.", page, StringComparison.Ordinal);
        Assert.Contains("이 주소에는 아무것도 없습니다.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(StandInPage.Secret, page, StringComparison.Ordinal);
        Assert.DoesNotContain("index-BX2c_0aQ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_about_a_wrong_address_repeats_nothing_of_it()
    {
        string answer = await SendAsync("/wrong<script>alert(1)</script>");
        Assert.Equal(404, StatusOf(answer));
        Assert.DoesNotContain("wrong", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer, StringComparison.Ordinal);
    }

    // Written on the wire as it stands: a client would tidy it up first.
    [Theory]
    [InlineData("/../outside.txt", 404)]
    [InlineData("/../../../../../../etc/passwd", 404)]
    [InlineData("/assets/../../outside.txt", 404)]
    [InlineData("/./../outside.txt", 404)]
    [InlineData("//../outside.txt", 404)]
    [InlineData("//etc/passwd", 404)]
    [InlineData("/%2e%2e/outside.txt", 404)]
    [InlineData("/%2E%2E/%2e%2e/etc/passwd", 404)]
    [InlineData("/..%2foutside.txt", 404)]
    [InlineData("/%2e%2e%2foutside.txt", 404)]
    [InlineData("/assets%2findex-BX2c_0aQ.js", 404)]
    [InlineData("/..\\outside.txt", 404)]
    [InlineData("/..%5coutside.txt", 404)]
    [InlineData("/assets\\..\\..\\outside.txt", 404)]
    [InlineData("/%252e%252e/outside.txt", 404)]
    [InlineData("/%c0%ae%c0%ae/outside.txt", 404)]
    [InlineData("/%c0%ae%c0%ae%c0%afoutside.txt", 404)]
    [InlineData("/%e0%80%ae%e0%80%ae/outside.txt", 404)]
    [InlineData("/%uff0e%uff0e/outside.txt", 404)]
    [InlineData("/%ef%bc%8e%ef%bc%8e/outside.txt", 404)]
    [InlineData("/..;/outside.txt", 404)]
    [InlineData("/C:/Windows/win.ini", 404)]
    [InlineData("/index.html::$DATA", 404)]
    [InlineData("/index.html%20", 404)]
    [InlineData("/index.html.", 404)]
    [InlineData("/index.html%00", 400)]
    [InlineData("/index.html%00.txt", 400)]
    [InlineData("/\0", 400)]
    [InlineData("/index.html\u00e9", 400)]
    [InlineData("index.html", 405)] // read as a host, to which one could only CONNECT
    [InlineData("http://127.0.0.1/../outside.txt", 404)]
    public async Task No_spelling_leads_out_of_the_folder(string target, int status)
    {
        string answer = await SendAsync(target);
        Assert.Equal(status, StatusOf(answer));
        Assert.DoesNotContain(StandInPage.Secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/assets/../index.html")]
    [InlineData("/%69ndex.html")]
    [InlineData("http://127.0.0.1/index.html")]
    public async Task Spellings_of_the_same_address_lead_to_the_same_file(string target)
    {
        string answer = await SendAsync(target);
        Assert.Equal(200, StatusOf(answer));
        Assert.EndsWith("<!doctype html><title>The page</title>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    public async Task Only_GET_and_HEAD_are_allowed(string method)
    {
        string answer = await SendAsync("/", method, "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n");
        Assert.Equal(405, StatusOf(answer));
        Assert.Contains("\r\nAllow: GET, HEAD\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("The page", answer, StringComparison.Ordinal);
    }

    private Task<string> SendAsync(string target, string method = "GET", string headers = "") =>
        Wire.ExchangeAsync(server.Address, $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Connection: close\r\n\r\n");

    private static int StatusOf(string answer)
    {
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        return int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }
}
