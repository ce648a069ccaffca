using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Provenance.Fetching;

/// <summary>The three things of the outer world a fetch needs; tests bring their own.</summary>
internal sealed record GuardedNetwork
{
    public static GuardedNetwork Real { get; } = new();

    /// <summary>All addresses of a host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Opens a connection to one address and no other.</summary>
    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> DialAsync { get; init; } = ConnectAsync;

    /// <summary>Whose certificates are believed; null for the platform's own list.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
