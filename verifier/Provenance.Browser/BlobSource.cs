using System.Runtime.InteropServices.JavaScript;
using Provenance.Verifier.Bytes;

namespace Provenance.Browser;

/// <summary>A file that JavaScript holds (package/src/source.ts): bytes are copied from there when they are read, and only those.</summary>
/// <param name="number">The number under which JavaScript knows it.</param>
/// <param name="length">Its length in bytes.</param>
internal sealed partial class BlobSource(int number, long length) : AssetSource
{
    /// <summary>The number under which JavaScript knows it.</summary>
    public int Number => number;

    public override long Length => length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = (int)Math.Min(buffer.Length, length - offset);
        if (count <= 0)
            return ValueTask.FromResult(0);
        buffer = buffer[..count];
        return TryRead(number, offset, buffer.Span) ? ValueTask.FromResult(count) : ReadLaterAsync(offset, buffer, cancellation);
    }

    private async ValueTask<int> ReadLaterAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        await Fetch(number, offset, buffer.Length).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (!TryRead(number, offset, buffer.Span))
            throw new IOException("What was fetched is not there.");
        return buffer.Length;
    }

    /// <summary>Copies bytes that JavaScript has at hand; false where it must get them first.</summary>
    [JSImport("read", "source")]
    private static partial bool TryRead(int number, double offset, [JSMarshalAs<JSType.MemoryView>] Span<byte> buffer);

    /// <summary>Gets bytes at hand. Errors of reading come as exceptions.</summary>
    [JSImport("fetch", "source")]
    private static partial Task Fetch(int number, double offset, int count);
}
