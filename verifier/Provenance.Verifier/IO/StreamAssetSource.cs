using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.IO;

/// <summary>A stream, read by position. Streams that cannot seek are copied first, to memory or to a temporary file that nobody else can open.</summary>
public sealed class StreamAssetSource : AssetSource
{
    /// <summary>Bytes of an unseekable stream that are kept in memory; what is larger goes to a temporary file.</summary>
    public const int MemoryBytes = 8 << 20;

    private const int BlockBytes = 64 << 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Stream? _stream;
    private readonly bool _leaveOpen;
    private byte[]? _spool;

    private StreamAssetSource(Stream stream, bool leaveOpen) => (_stream, _leaveOpen, Length) = (stream, leaveOpen, stream.Length);

    private StreamAssetSource(byte[] spool, long length) => (_spool, Length) = (spool, length);

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>A source over a stream that can seek. Its position is moved about; nobody else may use the stream meanwhile.</summary>
    /// <param name="stream">The asset, from the stream's first byte to its length.</param>
    /// <param name="leaveOpen">Whether the stream outlives the source.</param>
    /// <exception cref="ArgumentException">The stream cannot seek or cannot be read.</exception>
    public static StreamAssetSource FromSeekable(Stream stream, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
            throw new ArgumentException("The stream cannot seek or cannot be read.", nameof(stream));
        return new StreamAssetSource(stream, leaveOpen);
    }

    /// <summary>Copies a stream to its end and makes a source over the copy: what is verified is what was read, once.</summary>
    /// <param name="stream">The asset, from the stream's position on; stays open.</param>
    /// <param name="maxBytes">The most that is accepted.</param>
    /// <param name="cancellation">Honoured at every block.</param>
    /// <exception cref="LimitExceededException">The stream has more than <paramref name="maxBytes"/> bytes.</exception>
    public static async ValueTask<StreamAssetSource> FromUnseekableAsync(Stream stream, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        FileStream? file = null;
        int held = 0;
        try
        {
            while (true)
            {
                if (held == buffer.Length && held < MemoryBytes)
                    buffer = Grow(buffer, held);
                if (held == buffer.Length)
                {
                    file ??= OpenTemporary();
                    await file.WriteAsync(buffer.AsMemory(0, held), cancellation).ConfigureAwait(false);
                    held = 0;
                }
                int read = await stream.ReadAsync(buffer.AsMemory(held, Math.Min(BlockBytes, buffer.Length - held)), cancellation).ConfigureAwait(false);
                held += read;
                if ((file?.Length ?? 0) + held > maxBytes)
                    throw new LimitExceededException("asset", maxBytes, nameof(maxBytes), maxBytes);
                if (read == 0)
                    break;
            }
            if (file is null)
            {
                var source = new StreamAssetSource(buffer, held);
                buffer = [];
                return source;
            }
            await file.WriteAsync(buffer.AsMemory(0, held), cancellation).ConfigureAwait(false);
            var spooled = new StreamAssetSource(file, leaveOpen: false);
            file = null;
            return spooled;
        }
        finally
        {
            if (buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(buffer);
            if (file is not null)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        if (_stream is null)
        {
            // Copied, never lent: the block goes back to the pool, and what was read of it must stay as it was.
            var spool = _spool ?? throw new ObjectDisposedException(nameof(StreamAssetSource));
            if (count > 0)
                spool.AsMemory((int)offset, count).CopyTo(buffer);
            return count;
        }
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _stream.Position = offset;
            return await _stream.ReadAsync(buffer[..count], cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (Interlocked.Exchange(ref _spool, null) is { } spool)
            ArrayPool<byte>.Shared.Return(spool);
        if (_stream is not null && !_leaveOpen)
            await _stream.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private static byte[] Grow(byte[] buffer, int held)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller owns it.")]
    private static FileStream OpenTemporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), "provenance-" + Path.GetRandomFileName()), options);
    }
}
