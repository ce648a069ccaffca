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
