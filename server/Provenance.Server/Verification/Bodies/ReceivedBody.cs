using Provenance.Verifier.Bytes;

namespace Provenance.Server.Verification.Bodies;

/// <summary>
/// A body that has arrived, in memory or in the spool. What was read of one in memory is lent: a report on it must be written out before
/// the body is let go.
/// </summary>
internal abstract class ReceivedBody : AssetSource
{
    /// <summary>One in memory.</summary>
    /// <param name="pool">Where its memory goes back to.</param>
    /// <param name="slab">Its memory; null where the body is empty.</param>
    /// <param name="length">How much of it is the body.</param>
    public static ReceivedBody InMemory(SlabPool pool, byte[]? slab, int length) => new MemoryBody(pool, slab, length);

    /// <summary>One in a file.</summary>
    public static ReceivedBody InFile(SpoolFile file) => new FileBody(file);

    private sealed class MemoryBody(SlabPool pool, byte[]? slab, int length) : ReceivedBody
    {
        private byte[]? _slab = slab;

        public override long Length => length;

        public override ReadOnlyMemory<byte>? Memory => _slab.AsMemory(0, length);

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Clamp(length - offset, 0, buffer.Length);
            _slab.AsMemory((int)Math.Min(offset, length), count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }

        public override ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _slab, null) is { } slab)
                pool.Return(slab);
            return base.DisposeAsync();
        }
    }

    private sealed class FileBody(SpoolFile file) : ReceivedBody
    {
        public override long Length => file.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Clamp(file.Length - offset, 0, buffer.Length);
            return ValueTask.FromResult(count == 0 ? 0 : file.Read(offset, buffer.Span[..count]));
        }

        public override async ValueTask DisposeAsync()
        {
            await file.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
