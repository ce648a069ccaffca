using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;
using Xunit;

namespace Provenance.Tests.IO;

public sealed class StreamAssetSourceTests
{
    private static byte[] Numbered(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];

    [Fact]
    public async Task A_seekable_stream_is_read_by_position_by_many_at_once()
    {
        byte[] bytes = Numbered(100_000);
        await using var source = StreamAssetSource.FromSeekable(new MemoryStream(bytes));
        Assert.Equal(bytes.Length, source.Length);
        var reads = Enumerable.Range(0, 50).Select(async i => (i, Bytes: await source.ReadAsync(new ByteRange(i * 1000, 777), default)));
        foreach (var (i, read) in await Task.WhenAll(reads))
            Assert.Equal(bytes.AsSpan(i * 1000, 777), read.Span);
        Assert.Equal(0, await source.ReadAsync(bytes.Length, new byte[1], default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_seekable_stream_is_closed_unless_it_is_to_stay_open(bool leaveOpen)
    {
        var stream = new MemoryStream([1]);
        await StreamAssetSource.FromSeekable(stream, leaveOpen).DisposeAsync();
        Assert.Equal(leaveOpen, stream.CanRead);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused_where_it_must() =>
        Assert.Throws<ArgumentException>(() => StreamAssetSource.FromSeekable(new Drip([1])));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65536)]
    [InlineData(100_000)]
    [InlineData(StreamAssetSource.MemoryBytes)]
    [InlineData(StreamAssetSource.MemoryBytes + 1)]
    [InlineData(2 * StreamAssetSource.MemoryBytes + 5)]
    public async Task An_unseekable_stream_is_copied_whole(int length)
    {
        byte[] bytes = Numbered(length);
        string[] before = Temporary();
        await using (var source = await StreamAssetSource.FromUnseekableAsync(new Drip(bytes), length, default))
        {
            Assert.Equal(length, source.Length);
            var read = await source.ReadAsync(new ByteRange(0, length), default);
            Assert.True(bytes.AsSpan().SequenceEqual(read.Span));
            Assert.Equal(0, await source.ReadAsync(length, new byte[1], default));
        }
        Assert.Empty(Temporary().Except(before));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(StreamAssetSource.MemoryBytes + 100)]
    public async Task More_than_allowed_is_over_a_limit(int length)
    {
        await using (await StreamAssetSource.FromUnseekableAsync(new Drip(Numbered(length)), length, default))
        {
        }
        string[] before = Temporary();
        var fault = await Assert.ThrowsAsync<LimitExceededException>(() => StreamAssetSource.FromUnseekableAsync(new Drip(Numbered(length)), length - 1, default).AsTask());
        Assert.Equal("maxBytes", fault.Limit);
        Assert.Empty(Temporary().Except(before));
    }

    [Fact]
    public async Task Faults_of_the_stream_travel()
    {
        await Assert.ThrowsAsync<IOException>(() => StreamAssetSource.FromUnseekableAsync(new Drip(new byte[10], failAt: 5), 100, default).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StreamAssetSource.FromUnseekableAsync(new Drip(new byte[10]), 100, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task What_was_read_stays_as_it_was_when_the_source_is_gone()
    {
        var source = await StreamAssetSource.FromUnseekableAsync(new Drip([1, 2, 3]), 3, default);
        Assert.Null(source.Memory);
        var read = await source.ReadAsync(new ByteRange(0, 3), default);
        await source.DisposeAsync();
        await source.DisposeAsync();
        using (var other = System.Buffers.MemoryPool<byte>.Shared.Rent(65536))
            other.Memory.Span.Fill(9);
        Assert.Equal([1, 2, 3], read.ToArray());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => source.ReadAsync(0, new byte[1], default).AsTask());
    }

    private static string[] Temporary() => Directory.GetFiles(Path.GetTempPath(), "provenance-*");

    /// <summary>A stream that can only be read on, in uneven steps.</summary>
    private sealed class Drip(byte[] bytes, int failAt = int.MaxValue) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position >= failAt)
                throw new IOException("the line is cut");
            int read = Math.Min(Math.Min(count, bytes.Length - _position), failAt < int.MaxValue ? 5 : 40_000);
            bytes.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
