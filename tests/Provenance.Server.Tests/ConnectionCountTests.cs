using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>How many may be connected at the same time, on a server of its own.</summary>
public sealed class ConnectionCountTests : IAsyncLifetime
{
    private const string Head = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

    private readonly StandInPage _page = new();
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync("--urls", "http://127.0.0.1:0", "--page", _page.Folder);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _page.Dispose();
    }

    [Fact]
    public async Task There_is_room_for_so_many_connections_and_again_when_one_ends()
    {
        var wires = new List<Wire>();
        try
        {
            while (wires.Count < ConnectionLimits.Connections)
                wires.Add(await Wire.ConnectAsync(_server.Address));
            await wires[^1].SendAsync(Head + "\r\n");
            Assert.StartsWith("HTTP/1.1 200", await wires[^1].ReadToEndAsync(), StringComparison.Ordinal);
            wires[^1].Dispose();
            wires[^1] = await WaitForRoomAsync(); // that one's place

            Assert.Equal("", await TryAskAsync());

            wires[0].Dispose();
            wires.Add(await WaitForRoomAsync());
        }
        finally
        {
            foreach (var wire in wires)
                wire.Dispose();
        }

        // A connection that was asked to be kept open, once the server has noticed that another one ended.
        async Task<Wire> WaitForRoomAsync()
        {
            var clock = Stopwatch.StartNew();
            while (true)
            {
                var wire = await Wire.ConnectAsync(_server.Address);
                try
                {
                    await wire.SendAsync("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                    if ((await wire.ReadAsync()).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                        return wire;
                }
                catch (SocketException)
                {
                    // Refused as one too many, and already closed.
                }
                wire.Dispose();
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "no room after 30 s");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        async Task<string> TryAskAsync()
        {
            try
            {
                return await Wire.ExchangeAsync(_server.Address, Head + "\r\n");
            }
            catch (SocketException)
            {
                return "";
            }
        }
    }
}
