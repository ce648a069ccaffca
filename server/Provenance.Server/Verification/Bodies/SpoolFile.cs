namespace Provenance.Server.Verification.Bodies;

/// <summary>A file of the spool: written once from its start to its end, then read by position.</summary>
/// <param name="spool">Counts its bytes.</param>
/// <param name="file">The file, which is deleted when it is closed.</param>
internal sealed class SpoolFile(Spool spool, FileStream file) : IAsyncDisposable
{
    private bool _isGone;

    public long Length { get; private set; }

    /// <exception cref="RefusedException">There is no room for so much.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await spool.WriteAsync(file, bytes, cancellation);
        Length += bytes.Length;
    }

    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(file.SafeFileHandle, buffer, offset);

    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;
        _isGone = true;
        await file.DisposeAsync();
        spool.Forget(Length);
    }
}
