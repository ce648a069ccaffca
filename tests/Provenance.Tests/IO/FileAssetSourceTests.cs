using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;
using Xunit;

namespace Provenance.Tests.IO;

public sealed class FileAssetSourceTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Reads_by_position()
    {
        await File.WriteAllBytesAsync(_path, [0, 1, 2, 3, 4]);
        await using var source = FileAssetSource.Open(_path);
        Assert.Equal(5, source.Length);
        Assert.Equal([3, 4], (await source.ReadAsync(new ByteRange(3, 2), default)).ToArray());
        Assert.Equal([0, 1], (await source.ReadAsync(new ByteRange(0, 2), default)).ToArray());
        Assert.Equal(0, await source.ReadAsync(5, new byte[1], default));
        Assert.Equal(0, await source.ReadAsync(99, new byte[1], default));
        await Assert.ThrowsAsync<MalformedDataException>(() => source.ReadExactlyAsync(4, new byte[2], default).AsTask());
    }

    [Fact]
    public async Task An_empty_file_has_no_bytes()
    {
        await using var source = FileAssetSource.Open(_path);
        Assert.Equal(0, source.Length);
        Assert.Equal(0, await source.ReadAsync(0, new byte[1], default));
    }

    [Fact]
    public async Task Bytes_appended_later_are_not_read_and_bytes_cut_off_end_the_stream()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the file from being written");
        await File.WriteAllBytesAsync(_path, [0, 1, 2, 3]);
        await using var source = FileAssetSource.Open(_path);
        // Another program, which does not ask for .NET's advisory lock.
        using (var other = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"printf 'abc' >> '{_path}'"]))
            await other.WaitForExitAsync();
        Assert.Equal(7, new FileInfo(_path).Length);
        Assert.Equal(4, source.Length);
        Assert.Equal(1, await source.ReadAsync(3, new byte[4], default));
        using (var other = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"printf 'ab' > '{_path}'"]))
            await other.WaitForExitAsync();
        await Assert.ThrowsAsync<EndOfStreamException>(() => source.ReadExactlyAsync(0, new byte[4], default).AsTask());
    }

    [Fact]
    public async Task Cancellation_is_honoured()
    {
        await using var source = FileAssetSource.Open(_path);
        await Assert.ThrowsAsync<OperationCanceledException>(() => source.ReadAsync(0, new byte[1], new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public void What_cannot_be_opened_says_so()
    {
        Assert.Throws<FileNotFoundException>(() => FileAssetSource.Open(_path + ".missing"));
        Assert.ThrowsAny<SystemException>(() => FileAssetSource.Open(Path.GetTempPath()));
        Assert.Throws<ArgumentException>(() => FileAssetSource.Open(""));
    }

    [Fact]
    public async Task The_file_is_closed_with_the_source()
    {
        await File.WriteAllBytesAsync(_path, [1]);
        var source = FileAssetSource.Open(_path);
        await source.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await source.ReadAsync(0, new byte[1], default));
    }
}
