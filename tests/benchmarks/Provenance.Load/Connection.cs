using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Provenance.Load;

/// <summary>One connection that sends requests as bytes made beforehand: what is measured is the server, and not a client's work.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 << 10];

    private Connection()
    {
    }

    public static async Task<Connection> OpenAsync(Uri url, CancellationToken cancellation = default)
    {
        var connection = new Connection();
        try
        {
            await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static byte[] Post(Uri url, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: image/jpeg\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    public static byte[] Get(Uri url) => Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");

    /// <summary>Sends a request, and reads the whole answer: its status, and whether the connection may be used again.</summary>
    public async Task<(int Status, bool IsOpen)> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation = default)
    {
        await SendAsync(request, cancellation).ConfigureAwait(false);
        int held = 0, end;
        while ((end = _answer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0)
        {
            int read = await _socket.ReceiveAsync(_answer.AsMemory(held), cancellation).ConfigureAwait(false);
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            held += read;
        }
        string head = Encoding.ASCII.GetString(_answer, 0, end);
        int status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        long left = LengthIn(head) - (held - end - 4);
        while (left > 0)
        {
            int read = await _socket.ReceiveAsync(_answer, cancellation).ConfigureAwait(false);
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            left -= read;
        }
        return (status, !head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, cancellation).ConfigureAwait(false)..];
    }

    public void Dispose() => _socket.Dispose();

    private static long LengthIn(string head)
    {
        const string name = "\r\nContent-Length: ";
        int at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            throw new InvalidOperationException($"An answer without a length: {head}");
        int end = head.IndexOf('\r', at + name.Length);
        return long.Parse(head.AsSpan((at + name.Length)..(end < 0 ? head.Length : end)), CultureInfo.InvariantCulture);
    }
}
