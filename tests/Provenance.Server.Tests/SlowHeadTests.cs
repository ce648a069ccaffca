using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>Clients whose request takes its time to arrive.</summary>
public sealed class SlowHeadTests(RunningServer server)
{
    private const string Head = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

    [Fact]
    public async Task A_head_that_drips_is_ended_after_its_time()
    {
        using var wire = await Wire.ConnectAsync(server.Address);
        var clock = Stopwatch.StartNew();
        await wire.SendAsync(Head);
        var answer = wire.ReadToEndAsync();
        while (!answer.IsCompleted && clock.Elapsed < ConnectionLimits.HeadTime * 3)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            try
            {
                await wire.SendAsync("x");
            }
            catch (SocketException)
            {
                break; // closed
            }
        }
        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, ConnectionLimits.HeadTime - TimeSpan.FromSeconds(1), ConnectionLimits.HeadTime + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_head_that_takes_half_its_time_is_answered()
    {
        using var wire = await Wire.ConnectAsync(server.Address);
        await wire.SendAsync(Head);
        await Task.Delay(ConnectionLimits.HeadTime / 2, TestContext.Current.CancellationToken);
        await wire.SendAsync("\r\n");
        Assert.StartsWith("HTTP/1.1 200", await wire.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
