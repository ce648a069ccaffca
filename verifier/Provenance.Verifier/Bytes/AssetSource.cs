namespace Provenance.Verifier.Bytes;

/// <summary>
/// The bytes of one asset: a length and positional reads, so that there is no cursor to share or lose.
/// A source is read from one verification at a time; its bytes must not change meanwhile.
/// </summary>
public abstract class AssetSource : IAsyncDisposable
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>
    /// Reads up to <paramref name="buffer"/>.Length bytes from <paramref name="offset"/>; returns how many, 0 only at the end.
    /// I/O errors travel untouched.
    /// </summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>The bytes themselves where they are in memory already; null otherwise.</summary>
    public virtual ReadOnlyMemory<byte>? Memory => null;

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>, or says that the asset ends before.</summary>
    /// <exception cref="MalformedDataException">The asset ends inside the range asked for.</exception>
    public async ValueTask ReadExactlyAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (offset < 0 || offset > Length - buffer.Length)
            throw new MalformedDataException("asset", offset, $"{buffer.Length} bytes expected, the asset ends at 0x{Length:X}");
        while (buffer.Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = await ReadAsync(offset, buffer, cancellation).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException($"The source promised {Length} bytes and ended at {offset}.");
            offset += read;
            buffer = buffer[read..];
        }
    }

    /// <summary>Reads a range into a new array; the caller has asked <see cref="Limits"/> before.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ByteRange range, CancellationToken cancellation)
    {
        if (Memory is { } memory && range.Offset >= 0 && range.End <= memory.Length)
            return memory.Slice((int)range.Offset, (int)range.Length);
        byte[] bytes = new byte[range.Length];
        await ReadExactlyAsync(range.Offset, bytes, cancellation).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>A source over bytes in memory.</summary>
    public static AssetSource FromMemory(ReadOnlyMemory<byte> bytes) => new MemoryAssetSource(bytes);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private sealed class MemoryAssetSource(ReadOnlyMemory<byte> bytes) : AssetSource
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte>? Memory => bytes;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (offset >= bytes.Length)
                return ValueTask.FromResult(0);
            int count = (int)Math.Min(buffer.Length, bytes.Length - offset);
            bytes.Slice((int)offset, count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }
    }
}
