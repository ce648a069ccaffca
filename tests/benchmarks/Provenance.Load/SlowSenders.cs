using System.Net.Sockets;

namespace Provenance.Load;

/// <summary>Connections that send a body as slowly as they are let, and come back when they are not.</summary>
internal static class SlowSenders
{
    private const int BodyBytes = 1 << 20, AtOnce = 8 << 10;

    public static async Task HoldAsync(Uri url, int connections, TimeSpan time)
    {
        byte[] request = Connection.Post(url, new byte[BodyBytes]);
        using var over = new CancellationTokenSource(time);
        int again = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HoldOneAsync())).ConfigureAwait(false);
        Figures.Print(("connections", connections), ("again", again));

        async Task HoldOneAsync()
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    using var connection = await Connection.OpenAsync(url, over.Token).ConfigureAwait(false);
                    for (int at = 0; at < request.Length; at += AtOnce)
                    {
                        await connection.SendAsync(request.AsMemory(at, Math.Min(AtOnce, request.Length - at)), over.Token).ConfigureAwait(false);
                        await Task.Delay(1900, over.Token).ConfigureAwait(false); // 4.3 KiB a second
                    }
                }
                catch (SocketException)
                {
                    Interlocked.Increment(ref again);
                }
                catch (OperationCanceledException)
                {
                    // The time is over.
                }
            }
        }
    }
}
