using Provenance.Verifier.Bytes;

namespace Provenance.Tests.Formats;

/// <summary>Gives one byte at a time.</summary>
internal sealed class OneByteSource(byte[] bytes) : AssetSource
{
    public override long Length => bytes.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (offset >= bytes.Length || buffer.IsEmpty)
            return ValueTask.FromResult(0);
        buffer.Span[0] = bytes[offset];
        return ValueTask.FromResult(1);
    }
}

/// <summary>Counts what is read, and shows no bytes in memory.</summary>
internal sealed class CountingSource(byte[] bytes) : AssetSource
{
    public long BytesRead { get; private set; }

    public int Reads { get; private set; }

    public long FarthestByte { get; private set; }

    public override long Length => bytes.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
        bytes.AsMemory((int)offset, count).CopyTo(buffer);
        BytesRead += count;
        Reads++;
        FarthestByte = Math.Max(FarthestByte, offset + count);
        return ValueTask.FromResult(count);
    }
}

/// <summary>Bytes before and behind a hole of zeros of any length.</summary>
internal sealed class SparseSource(byte[] head, long hole, byte[] tail) : AssetSource
{
    public override long Length => head.Length + hole + tail.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        var span = buffer.Span[..count];
        long tailStart = head.Length + hole;
        for (int i = 0; i < count; i++)
        {
            long at = offset + i;
            span[i] = at < head.Length ? head[at] : at < tailStart ? (byte)0 : tail[at - tailStart];
        }
        return ValueTask.FromResult(count);
    }
}
