using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>How many requests are under way at once, how many wait, and how long one may take.</summary>
public sealed class RoomTests
{
    [Fact]
    public async Task J09_so_many_at_once_so_many_that_wait_and_the_rest_is_told_to_come_back()
    {
        var gate = new TaskCompletionSource();
        int begun = 0;
        await using var server = await GuardedServer.StartAsync(new GuardSettings { Concurrency = 3, Queue = 2 }, app => app.MapGet("/api/test/wait", async () =>
        {
            Interlocked.Increment(ref begun);
            await gate.Task;
            return "done";
        }));
        var waiting = Enumerable.Range(0, 5).Select(_ => server.StatusAsync("GET", "/api/test/wait")).ToList();
        var clock = Stopwatch.StartNew();
        while (Volatile.Read(ref begun) < 3 || QueueLength(server) < 2)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{begun} begun, {QueueLength(server)} waiting");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        using (var refused = await server.AskAsync("GET", "/api/test/wait"))
        {
            await GuardedServer.AssertProblemAsync(Problems.Busy, refused);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        }
        Assert.All(waiting, request => Assert.False(request.IsCompleted));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/"));

        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting), answered => Assert.Equal(HttpStatusCode.OK, answered));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/api/test/read"));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")]
    public async Task One_client_has_so_many_under_way_and_others_have_room(string client, string same, string other)
    {
        var gate = new TaskCompletionSource();
        int begun = 0;
        await using var server = await GuardedServer.StartAsync(new GuardSettings { Concurrency = 2, Queue = 10, ConcurrencyPerClient = 3, Proxies = ["127.0.0.1"] }, app => app.MapGet("/api/test/wait", async () =>
        {
            Interlocked.Increment(ref begun);
            await gate.Task;
            return "done";
        }));
        // Two under way and one that waits: the queue is not one client's either.
        var waiting = Enumerable.Range(0, 3).Select(_ => server.StatusAsync("GET", "/api/test/wait", ("X-Forwarded-For", client))).ToList();
        var clock = Stopwatch.StartNew();
        while (Volatile.Read(ref begun) < 2 || QueueLength(server) < 1)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{begun} begun, {QueueLength(server)} waiting");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        using (var refused = await server.AskAsync("GET", "/api/test/read", ("X-Forwarded-For", same)))
        {
            await GuardedServer.AssertProblemAsync(Problems.TooMany, refused);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        }
        var others = server.StatusAsync("GET", "/api/test/read", ("X-Forwarded-For", other));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/", ("X-Forwarded-For", same)));
        Assert.All(waiting, request => Assert.False(request.IsCompleted));

        gate.SetResult();
        Assert.All(await Task.WhenAll(waiting.Append(others)), answered => Assert.Equal(HttpStatusCode.OK, answered));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/api/test/read", ("X-Forwarded-For", same)));
    }

    [Fact]
    public async Task A_request_has_its_time_and_no_more()
    {
        var ended = new TaskCompletionSource();
        await using var server = await GuardedServer.StartAsync(new GuardSettings { RequestSeconds = 1 }, app => app.MapGet("/api/test/slow", async (int milliseconds, CancellationToken cancellation) =>
        {
            using var end = cancellation.Register(() => ended.TrySetResult());
            await Task.Delay(milliseconds, cancellation);
            return "done";
        }));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/api/test/slow?milliseconds=500"));
        using var answer = await server.AskAsync("GET", "/api/test/slow?milliseconds=20000");
        await GuardedServer.AssertProblemAsync(Problems.TimeOver, answer);
        Assert.NotNull(answer.Headers.RetryAfter);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private static double QueueLength(GuardedServer server)
    {
        var meter = server.App.Services.GetRequiredService<ServerMetrics>().Meter;
        double length = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter && instrument.Name == "provenance_api_queue_length")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => length = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return length;
    }
}
