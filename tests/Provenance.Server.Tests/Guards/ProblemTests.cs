using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json.Linq;
using Provenance.Server.Guards;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>J18: whatever refuses a request to the API, the answer is a problem of our list and tells nothing of this machine.</summary>
public sealed class ProblemTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    private const string Echo = "/api/test/echo";

    private readonly GuardedServer _server = servers.Plain;

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/manifests/%3Cscript%3E")]
    [InlineData("/.well-known/nothing")]
    [InlineData("/api/test/echo/notanumber")]
    public async Task An_address_that_is_none_is_not_found(string address)
    {
        using var answer = await _server.AskAsync("GET", address);
        if (address.TrimEnd('/') == "/api" && answer.IsSuccessStatusCode)
            return; // the readable page
        await GuardedServer.AssertProblemAsync(Problems.NotFound, answer);
    }

    [Theory]
    [InlineData("GET", Echo, "POST")]
    [InlineData("DELETE", Echo, "POST")]
    [InlineData("PUT", "/api/test/echo/1", "GET")]
    [InlineData("POST", "/api/test/read", "GET")]
    [InlineData("OPTIONS", Echo, "POST")]
    public async Task J16_a_method_that_an_address_does_not_take_is_told_which_ones_it_takes(string method, string address, string allowed)
    {
        using var answer = await _server.AskAsync(method, address, ("X-HTTP-Method-Override", allowed), ("X-HTTP-Method", allowed), ("X-Method-Override", allowed));
        await GuardedServer.AssertProblemAsync(Problems.NotAllowed, answer);
        Assert.Contains(allowed, answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    [InlineData("Post")]
    public async Task J16_methods_that_nothing_takes_are_refused_and_nothing_is_sent_back(string method)
    {
        string answer = await _server.ExchangeAsync($"{method} /api/test/read HTTP/1.1\r\nHost: localhost\r\nX-Secret: {StandInPage.Secret}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 501", answer, StringComparison.Ordinal);
        Assert.Contains("/api#unknown-method", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(StandInPage.Secret, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/test/read")]
    [InlineData("/api/test/echo/7")]
    [InlineData("/api/test/echo/0")]
    [InlineData("/api/nothing")]
    public async Task J16_HEAD_has_the_headers_of_GET_and_no_body(string address)
    {
        using var get = await _server.AskAsync("GET", address);
        using var head = await _server.AskAsync("HEAD", address);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.CacheControl, head.Headers.CacheControl);
        string raw = await _server.ExchangeAsync($"HEAD {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.EndsWith("\r\n\r\n", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"name\":\"a\"} {}")]
    [InlineData("{\"count\":\"many\"}")]
    [InlineData("{\"count\":99999999999999999999}")]
    [InlineData("{\"unknown\":1}")]
    [InlineData("{\"$type\":\"System.IO.FileInfo, System.Runtime\",\"name\":\"a\"}")]
    public async Task JSON_that_is_not_what_is_asked_for_is_not_understood_and_not_repeated(string json)
    {
        using var answer = await PostAsync(Echo, Encoding.UTF8.GetBytes(json), "application/json");
        await GuardedServer.AssertProblemAsync(Problems.BadRequest, answer);
    }

    [Fact]
    public async Task J14_names_that_mean_something_to_JavaScript_are_names_like_others()
    {
        foreach (string name in (string[])["__proto__", "constructor", "prototype"])
        {
            using var answer = await PostAsync(Echo, Encoding.UTF8.GetBytes($$$"""{"name":"a","{{{name}}}":{"count":7}}"""), "application/json");
            await GuardedServer.AssertProblemAsync(Problems.BadRequest, answer);
        }
    }

    [Fact]
    public async Task J14_text_that_looks_like_markup_comes_back_as_JSON_that_browsers_do_not_run()
    {
        using var answer = await PostAsync(Echo, "{\"name\":\"</script><script>alert(1)</script>\\u2028\"}"u8.ToArray(), "application/json");
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("</script><script>alert(1)</script>\u2028", (string?)JObject.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))["name"]);
    }

    [Fact]
    public async Task JSON_may_be_so_deep_and_no_deeper()
    {
        using var deepest = await PostAsync(Echo, Nested(ApiAnswers.MostDepth), "application/json");
        Assert.Equal(HttpStatusCode.OK, deepest.StatusCode);
        using var deeper = await PostAsync(Echo, Nested(ApiAnswers.MostDepth + 1), "application/json");
        await GuardedServer.AssertProblemAsync(Problems.BadRequest, deeper);
        using var abyss = await PostAsync(Echo, Encoding.UTF8.GetBytes(new string('[', EchoController.MostBytes)), "application/json");
        await GuardedServer.AssertProblemAsync(Problems.BadRequest, abyss);

        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"inner\":", depth - 1)) + "{}" + new string('}', depth - 1));
    }

    [Fact]
    public async Task A_body_may_be_so_large_and_no_larger()
    {
        using var largest = await PostAsync(Echo, Sized(EchoController.MostBytes), "application/json");
        Assert.Equal(HttpStatusCode.OK, largest.StatusCode);
        using var larger = await PostAsync(Echo, Sized(EchoController.MostBytes + 1), "application/json");
        await GuardedServer.AssertProblemAsync(Problems.TooLarge, larger);
        using var unsized = await PostAsync($"{Echo}/unsized", "{}"u8.ToArray(), "application/json");
        await GuardedServer.AssertProblemAsync(Problems.TooLarge, unsized);

        static byte[] Sized(int bytes) => Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('n', bytes - "{\"name\":\"\"}".Length)}\"}}");
    }

    [Fact]
    public async Task J04_a_body_without_end_is_cut_off_at_the_limit()
    {
        string chunk = $"{4096:x}\r\n{new string(' ', 4096)}\r\n";
        string answer = await _server.ExchangeAsync($"POST {Echo} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat(chunk, 20)));
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_not_taken(string? type)
    {
        using var answer = await PostAsync(Echo, "{}"u8.ToArray(), type);
        await GuardedServer.AssertProblemAsync(Problems.UnsupportedMediaType, answer);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("zstd")]
    public async Task J07_packed_bodies_are_not_unpacked(string encoding)
    {
        using var content = new ByteArrayContent(new byte[1000]);
        content.Headers.ContentType = new("application/json");
        content.Headers.Add("Content-Encoding", encoding);
        using var answer = await _server.Client.PostAsync(Echo, content, TestContext.Current.CancellationToken);
        await GuardedServer.AssertProblemAsync(Problems.UnsupportedMediaType, answer);
        Assert.Equal("identity", answer.Headers.GetValues("Accept-Encoding").Single());
    }

    [Theory]
    [InlineData("application/xml", 406)]
    [InlineData("text/html", 406)]
    [InlineData("application/json", 200)]
    [InlineData("*/*", 200)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", 200)]
    public async Task What_cannot_be_answered_in_an_accepted_type_is_said_so(string accept, int status)
    {
        using var answer = await _server.AskAsync("GET", $"{Echo}/7", ("Accept", accept));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status != 200)
            await GuardedServer.AssertProblemAsync(Problems.NotAcceptable, answer);
    }

    [Fact]
    public async Task A_parameter_that_is_none_is_not_understood()
    {
        using var answer = await _server.AskAsync("GET", $"{Echo}/7?most=many");
        await GuardedServer.AssertProblemAsync(Problems.BadRequest, answer);
    }

    [Fact]
    public async Task J18_a_fault_of_ours_says_nothing_and_its_message_is_not_logged()
    {
        using var answer = await _server.AskAsync("GET", Faulty.Address);
        var problem = await GuardedServer.AssertProblemAsync(Problems.Fault, answer);
        Assert.Null(problem["detail"]);
        string id = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.Contains(_server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(StandInPage.Secret, _server.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_says_what_to_do_about_it()
    {
        using var answer = await _server.AskAsync("GET", $"{Echo}/0");
        var problem = await GuardedServer.AssertProblemAsync(Problems.NotFound, answer);
        Assert.Equal("There is no such number.", (string?)problem["detail"]);
    }

    [Fact]
    public async Task J17_a_body_of_names_made_to_collide_takes_no_longer_than_others()
    {
        // Names whose hash was equal in frameworks that did not key it; an object of them took minutes.
        string[] halves = ["AaAa", "BBBB", "AaBB", "BBAa"];
        var names = from a in halves from b in halves from c in halves from d in halves from e in halves.Take(2) select $"\"{a}{b}{c}{d}{e}\":1";
        byte[] json = Encoding.UTF8.GetBytes($"{{\"inner\":{{{string.Join(',', names)}}}}}");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await PostAsync(Echo, json, "application/json");
        await GuardedServer.AssertProblemAsync(Problems.BadRequest, answer);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Answers_of_the_API_are_data_that_is_not_kept()
    {
        using var answer = await _server.AskAsync("GET", $"{Echo}/7");
        Assert.Equal("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public void Every_problem_is_in_the_list_once_under_its_name()
    {
        var fields = typeof(Problems).GetFields().Where(field => field.FieldType == typeof(Problem)).Select(field => (Problem)field.GetValue(null)!).ToList();
        Assert.Equal(fields, Problems.All);
        Assert.Equal(Problems.All.Count, Problems.All.Select(problem => problem.Name).Distinct().Count());
        Assert.All(Problems.All, problem => Assert.Matches("^[a-z]+(-[a-z]+)*$", problem.Name));
        Assert.All(Problems.All, problem => Assert.EndsWith(".", problem.Title, StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> PostAsync(string address, byte[] body, string? type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return await _server.Client.PostAsync(address, content, TestContext.Current.CancellationToken);
    }
}
