using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.Telemetry;

/// <summary>Whether it lives and whether it is ready: in two words, for everybody, whatever else goes on.</summary>
public sealed class HealthTests
{
    private static readonly GuardSettings Generous = new() { Address = new() { PerSecond = 100_000, Burst = 100_000 } };

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task J19_health_says_ok_and_nothing_else(string address)
    {
        await using var server = await GuardedServer.StartAsync();
        using var answer = await server.AskAsync("GET", address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("HEAD", address));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await server.StatusAsync("POST", address));
        Assert.Equal(HttpStatusCode.NotFound, await server.StatusAsync("GET", address + "/more"));
    }

    [Fact]
    public async Task J19_a_part_that_is_not_ready_is_not_named()
    {
        var storage = new Part("storage");
        var index = new Part("index");
        await using var server = await GuardedServer.StartAsync(new ServerSettings(), replace: services => services.AddSingleton<IReadinessPart>(storage).AddSingleton<IReadinessPart>(index));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/ready"));
        index.IsReady = false;
        using (var answer = await server.AskAsync("GET", "/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("not ok\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/live"));
        index.IsReady = true;
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/ready"));
    }

    [Fact]
    public async Task J09_health_answers_when_there_is_no_room_for_anything_else()
    {
        var gate = new TaskCompletionSource();
        await using var server = await GuardedServer.StartAsync(Generous with { Concurrency = 50, Queue = 50, ConcurrencyPerClient = 300 }, app => app.MapGet("/api/test/wait", () => gate.Task));
        var waiting = Enumerable.Range(0, 300).Select(_ => server.StatusAsync("GET", "/api/test/wait")).ToList();
        // What finds no room is sent away at once; what found some waits for the gate.
        while (waiting.Count(one => one.IsCompleted) < 200)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/ready"));
        Assert.Equal(100, waiting.Count(one => !one.IsCompleted));

        gate.SetResult();
        var statuses = await Task.WhenAll(waiting);
        Assert.Equal(100, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(200, statuses.Count(status => status == HttpStatusCode.ServiceUnavailable));
    }

    private sealed class Part(string name) : IReadinessPart
    {
        public string Name => name;

        public bool IsReady { get; set; } = true;
    }
}
