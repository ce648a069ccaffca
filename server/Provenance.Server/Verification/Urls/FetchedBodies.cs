using Provenance.Server.Guards;
using Provenance.Server.Verification.Bodies;
using Provenance.Verifier.Bytes;

namespace Provenance.Server.Verification.Urls;

/// <summary>Keeps what is fetched where bodies are kept that were sent: in the same memory and the same spool, within the same bounds.</summary>
internal sealed class FetchedBodies(BodyRoom room)
{
    /// <exception cref="LimitExceededException">It is larger than that.</exception>
    /// <exception cref="RefusedException">There is no room left.</exception>
    public async ValueTask<AssetSource> KeepAsync(Stream stream, long most, CancellationToken cancellation)
    {
        // Without a share: so many URLs are fetched at a time, and so many of one client.
        await using var body = new BodyWriter(room, most, declared: null, share: null);
        try
        {
            while (await stream.ReadAsync(await body.RoomAsync(cancellation), cancellation) is > 0 and var read)
                body.Advance(read);
        }
        catch (RefusedException e) when (e.Problem == Problems.TooLarge)
        {
            throw new LimitExceededException("body", most, "bytes", most);
        }
        return new Copied(await body.FinishAsync(cancellation));
    }

    /// <summary>Read by copies: the report outlives what was fetched, whose memory is another's by then.</summary>
    private sealed class Copied(ReceivedBody body) : AssetSource
    {
        public override long Length => body.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation) => body.ReadAsync(offset, buffer, cancellation);

        public override async ValueTask DisposeAsync()
        {
            await body.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
