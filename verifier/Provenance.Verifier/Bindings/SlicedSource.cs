using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Bindings;

/// <summary>A run of bytes of an asset as an asset of its own: one part of a multi-asset file.</summary>
internal sealed class SlicedSource(AssetSource whole, ByteRange range) : AssetSource
{
    public override long Length => range.Length;

    public override ReadOnlyMemory<byte>? Memory => whole.Memory is { } memory ? memory.Slice((int)range.Offset, (int)range.Length) : (ReadOnlyMemory<byte>?)null;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        long left = Math.Max(0, range.Length - offset);
        return whole.ReadAsync(range.Offset + offset, buffer[..(int)Math.Min(buffer.Length, left)], cancellation);
    }
}
