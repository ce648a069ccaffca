using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.Telemetry;

/// <summary>What a collector of OpenTelemetry is sent, by one that listens.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private const string TraceOfCaller = "0af7651916cd43dd8448eb211c80319c";

    private readonly ConcurrentQueue<(string Path, string? Type, byte[] Body)> _received = new();
    private WebApplication _collector = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Path, context.Request.ContentType, body.ToArray()));
        });
        await _collector.StartAsync();
    }

    public ValueTask DisposeAsync() => _collector.DisposeAsync();

    [Fact]
    public async Task A_collector_gets_metrics_and_traces_without_addresses_and_content()
    {
        await using (var server = await GuardedServer.StartAsync(new ServerSettings { Telemetry = new() { Otlp = _collector.Urls.Single() + "/" } }))
        {
            await server.AskAsync("GET", "/api/test/echo/77531?token=s3cr3t", ("User-Agent", "s3cr3t"), ("traceparent", $"00-{TraceOfCaller}-b7ad6b7169203331-01"));
            await server.App.StopAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(["/v1/metrics", "/v1/traces"], _received.Select(request => request.Path).Distinct().Order());
        Assert.All(_received, request => Assert.Equal("application/x-protobuf", request.Type));
        Assert.Contains("provenance_request_duration_seconds", Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("provenance-server", Received("/v1/metrics"), StringComparison.Ordinal);
        string traces = Received("/v1/traces");
        Assert.Contains("GET api/test/echo/{number:int}", traces, StringComparison.Ordinal);
        foreach (string never in (string[])["77531", "s3cr3t", "127.0.0.1", Latin1(TraceOfCaller)])
            Assert.DoesNotContain(never, traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_goes_on_if_a_named_proxy_says_which()
    {
        await using (var server = await GuardedServer.StartAsync(new ServerSettings { Guards = new() { Proxies = ["127.0.0.1"] }, Telemetry = new() { Otlp = _collector.Urls.Single() } }))
        {
            await server.AskAsync("GET", "/api/test/read", ("traceparent", $"00-{TraceOfCaller}-b7ad6b7169203331-01"));
            await server.App.StopAsync(TestContext.Current.CancellationToken);
        }
        Assert.Contains(Latin1(TraceOfCaller), Received("/v1/traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_keeps_nobody_waiting()
    {
        await using var server = await GuardedServer.StartAsync(new ServerSettings { Telemetry = new() { Otlp = "http://127.0.0.1:9" } });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await server.AskAsync("GET", "/api/test/read");
        await server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private string Received(string path) => string.Concat(_received.Where(request => request.Path == path).Select(request => Encoding.Latin1.GetString(request.Body)));

    /// <summary>An id as its bytes stand in a message.</summary>
    private static string Latin1(string hex) => Encoding.Latin1.GetString(Convert.FromHexString(hex));
}
