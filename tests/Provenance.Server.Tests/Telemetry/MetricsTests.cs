using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.Telemetry;

/// <summary>Metrics as Prometheus reads them, on a port of their own.</summary>
public sealed partial class MetricsTests
{
    private static readonly ServerSettings WithPort = new() { Telemetry = new() { Port = 0 } };

    [Fact]
    public async Task Without_a_port_nothing_tells_metrics()
    {
        await using var server = await GuardedServer.StartAsync(new ServerSettings());
        Assert.Null(server.App.Services.GetRequiredService<TelemetryListener>().Url);
    }

    [Fact]
    public async Task J19_metrics_are_told_on_their_own_port_and_on_no_other()
    {
        await using var server = await GuardedServer.StartAsync(WithPort);
        Assert.Equal(HttpStatusCode.NotFound, await server.StatusAsync("GET", "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await server.StatusAsync("GET", "/api/metrics"));

        var url = UrlOf(server);
        Assert.Equal("127.0.0.1", url.Host);
        using var answer = await server.Client.GetAsync(new Uri(url, "/metrics"), TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        foreach (var (address, status) in ((string, HttpStatusCode)[])[("/health/live", HttpStatusCode.OK), ("/health/ready", HttpStatusCode.OK), ("/", HttpStatusCode.NotFound), ("/api/test/read", HttpStatusCode.NotFound)])
        {
            using var other = await server.Client.GetAsync(new Uri(url, address), TestContext.Current.CancellationToken);
            Assert.Equal(status, other.StatusCode);
        }
        string rebound = await Wire.ExchangeAsync(url, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 421", rebound, StringComparison.Ordinal);
        string posted = await Wire.ExchangeAsync(url, "POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 405", posted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_by_the_pattern_of_their_address_and_refusals_by_reason()
    {
        await using var server = await GuardedServer.StartAsync(WithPort);
        for (int i = 0; i < 3; i++)
            await server.AskAsync("GET", $"/api/test/echo/{i + 1}?q=secret");
        await server.AskAsync("GET", "/api/test/read", ("Origin", "https://evil.example"));
        await server.AskAsync("POST", "/api/test/publish");
        var metrics = server.App.Services.GetRequiredService<ServerMetrics>();
        metrics.CountVerdict("intact");
        metrics.CountVerdict("intact");
        metrics.CountCache(hit: true);
        metrics.CountCache(hit: false);

        string text = await ReadAsync(server);
        Assert.Contains("provenance_request_duration_seconds_count{method=\"GET\",route=\"api/test/echo/{number:int}\",status=\"200\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_request_duration_seconds_bucket{method=\"GET\",route=\"api/test/echo/{number:int}\",status=\"200\",le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_rejected_total{reason=\"origin\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_rejected_total{reason=\"key\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_verdicts_total{label=\"intact\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_cache_total{answered=\"yes\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_index_entries 0\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_ready{part=\"server\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_api_queue_length 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.InRange(double.Parse(Memory().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), 1e6, 1e11);
    }

    [Fact]
    public async Task Every_line_is_one_that_Prometheus_reads()
    {
        await using var server = await GuardedServer.StartAsync(WithPort);
        await server.AskAsync("GET", "/api/test/read");
        string text = await ReadAsync(server);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string? family = null;
        var seen = new HashSet<string>();
        foreach (string line in text.Split('\n')[..^1])
        {
            Assert.Matches(AnyLine(), line);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
                Assert.True(seen.Add(family), $"{family} twice");
            }
            else if (!line.StartsWith('#'))
                Assert.StartsWith(family!, line, StringComparison.Ordinal);
        }
        Assert.Contains("provenance_request_duration_seconds", seen);
    }

    [Fact]
    public void Buckets_add_up_from_below()
    {
        using var metrics = new ServerMetrics();
        using var table = new MetricsTable(metrics);
        foreach (double seconds in (double[])[0.001, 0.0011, 0.3, 1000])
            metrics.CountRequest("GET", "page", 200, TimeSpan.FromSeconds(seconds));
        string text = table.Write();
        foreach (var (bound, count) in ((string, int)[])[("0.001", 1), ("0.0025", 2), ("0.25", 2), ("0.5", 3), ("60", 3), ("+Inf", 4)])
            Assert.Contains($"provenance_request_duration_seconds_bucket{{method=\"GET\",route=\"page\",status=\"200\",le=\"{bound}\"}} {count}\n", text, StringComparison.Ordinal);
        Assert.Contains("provenance_request_duration_seconds_sum{method=\"GET\",route=\"page\",status=\"200\"} 1000.3021\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_special_in_the_format_is_escaped()
    {
        using var metrics = new ServerMetrics();
        using var table = new MetricsTable(metrics);
        metrics.Watch("x_odd", "One \\ and\ntwo \"lines\".", () => (IEnumerable<Measurement<double>>)
            [new(double.PositiveInfinity, new KeyValuePair<string, object?>("name", "a\\b\"c\nd")), new(double.NaN, new KeyValuePair<string, object?>("name", "nan"))]);
        string text = table.Write();
        Assert.Contains("# HELP x_odd One \\\\ and\\ntwo \"lines\".\n# TYPE x_odd gauge\n", text, StringComparison.Ordinal);
        Assert.Contains("x_odd{name=\"a\\\\b\\\"c\\nd\"} +Inf\n", text, StringComparison.Ordinal);
        Assert.Contains("x_odd{name=\"nan\"} NaN\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_without_end_end()
    {
        using var metrics = new ServerMetrics();
        using var table = new MetricsTable(metrics);
        for (int i = 0; i < MetricsTable.MostSeries + 100; i++)
            metrics.CountRejected($"r{i}");
        Assert.Equal(MetricsTable.MostSeries, table.Write().Split('\n').Count(line => line.StartsWith("provenance_rejected_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_by_its_setting()
    {
        using var page = new StandInPage();
        var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string file = Path.Combine(page.Folder, "settings.json");
        await File.WriteAllTextAsync(file, $"{{\"version\":1,\"telemetry\":{{\"port\":{port}}}}}", TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", "--page", page.Folder, "--settings", file);
        taken.Stop();
        Assert.Equal(1, exitCode);
        Assert.Contains("telemetry.port", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static Uri UrlOf(GuardedServer server) => new(server.App.Services.GetRequiredService<TelemetryListener>().Url!);

    private static Task<string> ReadAsync(GuardedServer server) => server.Client.GetStringAsync(new Uri(UrlOf(server), "/metrics"), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^process_resident_memory_bytes (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Memory();

    [GeneratedRegex("""^(# HELP [a-z][a-z0-9_]* \S.*|# TYPE [a-z][a-z0-9_]* (counter|gauge|histogram)|[a-z][a-z0-9_]*(\{[a-z]+="([^"\\]|\\[\\"n])*"(,[a-z]+="([^"\\]|\\[\\"n])*")*\})? (-?[0-9.]+(E[+-]?[0-9]+)?|NaN|[+-]Inf))$""")]
    private static partial Regex AnyLine();
}
