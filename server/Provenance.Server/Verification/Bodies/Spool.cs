using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Provenance.Server.Storage;

namespace Provenance.Server.Verification.Bodies;

/// <summary>Files for bodies that do not stay in memory: bounded in number and bytes, readable by this user alone, gone with the request.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore holds nothing but memory.")]
internal sealed class Spool
{
    /// <summary>Each holds a buffer and a handle while it is written.</summary>
    private const int MostFiles = 256;

    private const string Extension = ".spool";

    /// <summary>ENOSPC and EDQUOT of Unix; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.</summary>
    private static readonly int[] s_full = [28, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private readonly SemaphoreSlim _writers = new(4);
    private readonly string _folder;
    private readonly long _most;
    private long _bytes;
    private int _files;

    public Spool(VerificationSettings settings)
    {
        _folder = settings.SpoolFolder is { } named ? Path.GetFullPath(named) : Path.Combine(Path.GetTempPath(), $"provenance-spool-{Environment.UserName}");
        _most = settings.SpoolBytes;
    }

    /// <summary>Bytes that its files have, or may be written next.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Deletes what a server that was killed left behind. Another one that runs on the same folder keeps what it has open.</summary>
    public void Clear()
    {
        try
        {
            foreach (string file in Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*" + Extension) : [])
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is told when a body needs the folder.
        }
    }

    /// <exception cref="RefusedException">There are too many, or the folder cannot be written to.</exception>
    public SpoolFile Open()
    {
        if (Interlocked.Increment(ref _files) > MostFiles)
        {
            Interlocked.Decrement(ref _files);
            throw new RefusedException(Problems.Busy);
        }
        try
        {
            return new SpoolFile(this, Create());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Decrement(ref _files);
            throw Explain(e);
        }
    }

    private FileStream Create()
    {
        PrivateFolder.Make(_folder);
        // Deleted when it is closed, also by a process that ends well; Clear is for one that was killed.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(_folder, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + Extension), options);
    }

    /// <summary>Appends to a file of this spool. What was not written whole is not counted: nobody knows how much of it is there, and the file is given up.</summary>
    /// <exception cref="RefusedException">There is no room for so much.</exception>
    internal async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        bool isWritten = false;
        try
        {
            if (Interlocked.Add(ref _bytes, bytes.Length) > _most)
                throw new RefusedException(Problems.Busy);
            // Each write holds a thread while a disk is slow: not so many that none is left for others.
            await _writers.WaitAsync(cancellation);
            try
            {
                await file.WriteAsync(bytes, cancellation);
                isWritten = true;
            }
            finally
            {
                _writers.Release();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(e);
        }
        // What the framework makes of a file that may not grow any more (EFBIG).
        catch (ArgumentOutOfRangeException)
        {
            throw new RefusedException(Problems.StorageFull);
        }
        finally
        {
            if (!isWritten)
                Interlocked.Add(ref _bytes, -bytes.Length);
        }
    }

    /// <summary>Takes leave of a file that had so many bytes.</summary>
    internal void Forget(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _files);
    }

    private static RefusedException Explain(Exception e) => new(e is IOException && s_full.Contains(e.HResult) ? Problems.StorageFull : Problems.StorageUnavailable);
}
