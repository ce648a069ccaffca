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
