using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Provenance.Server.Settings;
using Provenance.Server.Tests.Guards;
using Xunit;

namespace Provenance.Server.Tests.Telemetry;

/// <summary>J11: the end. Balancers hear of it first, requests under way are answered.</summary>
public sealed class GracefulStopTests
{
    [Fact]
    public async Task J11_told_to_end_it_is_not_ready_at_once_drains_and_exits_with_0()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent by Linux's own programs");
        using var page = new StandInPage();
        await using var server = await ServerProcess.StartAsync(Repository.Server, new Dictionary<string, string> { ["PROVENANCE_SERVER_GUARDS__DRAINSECONDS"] = "2" }, "--urls", "http://127.0.0.1:0", "--page", page.Folder);
        using var client = new HttpClient { BaseAddress = server.Address };
        var clock = Stopwatch.StartNew();
        while (await StatusAsync("/health/ready") != HttpStatusCode.OK)
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "not ready");

        clock.Restart();
        var end = server.StopAsync();
        while (await StatusAsync("/health/ready") != HttpStatusCode.ServiceUnavailable)
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.5), "ready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/")); // as before

        Assert.Equal((0, "", ""), await end);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(20));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task J11_fifty_requests_under_way_are_all_answered()
    {
        int begun = 0;
        await using var server = await GuardedServer.StartAsync(new GuardSettings(), app => app.MapGet("/api/test/wait", async () =>
        {
            Interlocked.Increment(ref begun);
            await Task.Delay(1500);
            return "done";
        }));
        var requests = Enumerable.Range(0, 50).Select(_ => server.StatusAsync("GET", "/api/test/wait")).ToList();
        while (Volatile.Read(ref begun) < 50)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        await server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(requests), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_request_that_does_not_end_is_given_its_time_and_no_more()
    {
        var begun = new TaskCompletionSource();
        await using var server = await GuardedServer.StartAsync(new GuardSettings { StopSeconds = 1 }, app => app.MapGet("/api/test/wait", async (CancellationToken cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(60), cancellation);
        }));
        var request = Assert.ThrowsAsync<HttpRequestException>(() => server.StatusAsync("GET", "/api/test/wait"));
        await begun.Task;
        var clock = Stopwatch.StartNew();
        await server.App.StopAsync(TestContext.Current.CancellationToken);
        await request;
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }
}
