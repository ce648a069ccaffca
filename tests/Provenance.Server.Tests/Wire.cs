using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Provenance.Server.Tests;

/// <summary>A connection on which a test writes bytes that no HTTP client would.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Wire(int? receiveBuffer = null)
    {
        if (receiveBuffer is { } bytes)
            _socket.ReceiveBufferSize = bytes;
    }

    public static async Task<Wire> ConnectAsync(Uri server, int? receiveBuffer = null)
    {
        var wire = new Wire(receiveBuffer);
        await wire._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), TestContext.Current.CancellationToken);
        return wire;
    }

    /// <summary>What comes back for a request of these bytes (Latin-1), until the server closes the connection.</summary>
    public static async Task<string> ExchangeAsync(Uri server, string request)
    {
        using var wire = await ConnectAsync(server);
        await wire.SendAsync(request);
        return await wire.ReadToEndAsync();
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Everything until the other side closes, or resets, the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        while (await ReadAsync() is { Length: > 0 } part)
            text.Append(part);
        return text.ToString();
    }

    /// <summary>What arrives next; empty when the connection is over.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            return Encoding.Latin1.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return "";
        }
    }

    public void Dispose() => _socket.Dispose();
}
