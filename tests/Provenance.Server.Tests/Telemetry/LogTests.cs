using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.Telemetry;

/// <summary>J15: what the log has, and what it never has.</summary>
public sealed partial class LogTests
{
    private const string Secret = "s3cr3t";

    [Fact]
    public async Task J15_a_request_is_one_line_without_its_address_query_headers_or_content_at_any_level()
    {
        await using var server = await GuardedServer.StartAsync(new ServerSettings { Guards = new() { Proxies = ["127.0.0.1"] } });
        (string, string)[] headers = [("X-Forwarded-For", "203.0.113.77"), ("Cookie", $"id={Secret}"), ("User-Agent", Secret), ("Referer", $"https://{Secret}.example/"), ("traceparent", $"00-{new string('a', 32)}-{new string('b', 16)}-01")];
        await server.AskAsync("GET", $"/api/test/echo/7?token={Secret}", headers);
        await server.AskAsync("GET", $"/v1/manifests/{Secret}?token={Secret}", headers);
        await server.AskAsync(Secret.ToUpperInvariant(), $"/api/{Secret}", headers);
        using var content = new StringContent($"{{\"name\":\"{Secret}\", oops");
        content.Headers.ContentType = new("application/json");
        await server.Client.PostAsync("/api/test/echo", content, TestContext.Current.CancellationToken);

        var lines = await server.Log.WaitAsync(4, line => line.Contains("RequestRecord", StringComparison.Ordinal));
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Contains(lines, line => Milliseconds().Replace(line, " 0 ms").EndsWith(" GET api/test/echo/{number:int} 200 0 ms 203.0.113.0/24", StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, server.Log.All, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113.77", server.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaaaaaa", server.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task J15_line_breaks_and_colours_of_a_request_make_no_line_of_the_log()
    {
        await using var server = await GuardedServer.StartAsync(new GuardSettings());
        foreach (string target in (string[])["/api/%0d%0aError:%20forged", "/%0aforged", "/api/%1b[31mforged", "/v1/manifests/%E2%80%A8forged", "/api?x=%0aforged"])
            await server.ExchangeAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: forged\r\nConnection: close\r\n\r\n");
        Assert.All(server.Log.Lines, line => Assert.DoesNotContain('\n', line));
        Assert.DoesNotContain("forged", server.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', server.Log.All);
    }

    [Fact]
    public void The_lines_stand_in_one_class_or_the_program_is_another_one_each_time_it_is_built()
    {
        const BindingFlags own = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Assert.Equal([typeof(LogLines)], typeof(LogLines).Assembly.GetTypes().Where(type => type.GetMethods(own).Any(method => method.IsDefined(typeof(LoggerMessageAttribute)))));
    }

    [Fact]
    public async Task Each_answer_has_an_id_of_ours_that_the_log_has_too()
    {
        await using var server = await GuardedServer.StartAsync(new GuardSettings());
        var ids = new List<string>();
        foreach (string address in (string[])["/api/test/read", "/api/nothing", "/", "/health/live"])
        {
            using var answer = await server.AskAsync("GET", address, ("X-Request-Id", "mine"));
            ids.Add(answer.Headers.GetValues("X-Request-Id").Single());
        }
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.Equal(4, ids.Distinct().Count());
        foreach (string id in ids)
            Assert.NotEmpty(await server.Log.WaitAsync(1, line => line.Contains(id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task By_default_a_request_leaves_no_line()
    {
        await using var server = await GuardedServer.StartAsync(new ServerSettings(), level: LogLevel.Warning);
        await server.AskAsync("GET", "/api/test/read");
        await server.AskAsync("GET", "/api/nothing");
        await server.ExchangeAsync("no request at all\r\n\r\n");
        Assert.Empty(server.Log.Lines);
    }

    [Fact]
    public async Task J15_programs_read_a_line_of_JSON_for_each_request()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's own programs");
        using var page = new StandInPage();
        var settings = new Dictionary<string, string> { ["PROVENANCE_SERVER_TELEMETRY__LOGFORM"] = "Json", ["PROVENANCE_SERVER_TELEMETRY__LOGLEVEL"] = "Trace", ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace" };
        await using var server = await ServerProcess.StartAsync(Repository.Server, settings, "--urls", "http://127.0.0.1:0", "--page", page.Folder);
        string answer = await Wire.ExchangeAsync(server.Address, $"GET /api/%0a\"{Secret}?q={Secret} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        var (exitCode, _, error) = await server.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse), line => (string?)line["Category"] == "Provenance.Server.Telemetry.RequestRecord");
        Assert.Equal("none", (string?)line["State"]!["Route"]);
        Assert.Equal("404", (string?)line["State"]!["Status"]);
    }

    [GeneratedRegex(@"^Information Provenance\.Server\.Telemetry\.RequestRecord: [0-9a-f]{32} (GET|HEAD|POST|other) [a-z0-9/{}:]+ \d{3} \d+ ms 203\.0\.113\.0/24$|^Information Provenance\.Server\.Telemetry\.RequestRecord: [0-9a-f]{32} POST api/test/echo 400 \d+ ms 127\.0\.0\.0/24$")]
    private static partial Regex Line();

    [GeneratedRegex(@" \d+ ms")]
    private static partial Regex Milliseconds();
}
