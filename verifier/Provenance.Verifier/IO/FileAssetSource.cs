using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.IO;

/// <summary>A file, read by position. Its length is taken when it is opened; a file that becomes shorter later ends in <see cref="EndOfStreamException"/>.</summary>
public sealed class FileAssetSource : AssetSource
{
    private readonly SafeFileHandle _handle;

    private FileAssetSource(SafeFileHandle handle, long length) => (_handle, Length) = (handle, length);

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Opens a file for reading; others may read it meanwhile, not write it, where the system enforces that.</summary>
    /// <exception cref="IOException">The file cannot be opened, or is a pipe or device without a length.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "IO/ is the library's only door to files.")]
    public static FileAssetSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Positional reads of the operating system; asynchronous handles would send each of them through the thread pool.
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None);
        try
        {
            return new FileAssetSource(handle, RandomAccess.GetLength(handle));
        }
        catch (NotSupportedException e)
        {
            handle.Dispose();
            throw new IOException($"{path} cannot be read by position; read it as a stream.", e);
        }
    }

    /// <summary>Opens a file as <see cref="Open"/> does; a pipe, which has no length, is copied first (<see cref="StreamAssetSource"/>).</summary>
    /// <param name="path">The file or pipe. It is opened once: a pipe cannot be opened again.</param>
    /// <param name="maxPipeBytes">The most that is copied.</param>
    /// <param name="cancellation">Honoured while copying.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    /// <exception cref="LimitExceededException">The pipe holds more.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "IO/ is the library's only door to files.")]
    public static async ValueTask<AssetSource> OpenOrCopyAsync(string path, long maxPipeBytes, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None);
        long length;
        try
        {
            length = RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            var pipe = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            await using (pipe.ConfigureAwait(false))
                return await StreamAssetSource.FromUnseekableAsync(pipe, maxPipeBytes, cancellation).ConfigureAwait(false);
        }
        return new FileAssetSource(handle, length);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // Bytes that were appended since are not part of the asset that is verified.
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        return ValueTask.FromResult(count == 0 ? 0 : RandomAccess.Read(_handle, buffer.Span[..count], offset));
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _handle.Dispose();
        return base.DisposeAsync();
    }
}
