using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Xunit;

namespace Provenance.Tests.Crypto;

public sealed class ReadAheadTests
{
    private const int Block = 1000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7999)]
    [InlineData(8000)]
    [InlineData(8001)]
    [InlineData(50_000)]
    public async Task Blocks_come_in_order_and_hold_the_range(int length)
    {
        byte[] bytes = new byte[length + 20];
        new Random(length).NextBytes(bytes);
        foreach (var source in new[] { new Source(bytes), new Source(bytes) { IsSlow = true } })
        {
            var blocks = new ReadAhead(source, new ByteRange(10, length), Block, TestContext.Current.CancellationToken);
            var found = new MemoryStream();
            while (await blocks.NextAsync() is { Length: > 0 } block)
            {
                Assert.Equal(Math.Min(Block, length - found.Length), block.Length);
                found.Write(block.Span);
            }
            blocks.Return();
            Assert.Equal(bytes[10..^10], found.ToArray());
            Assert.Equal((length + Block - 1) / Block, source.Reads);
            Assert.True(source.MostAtOnce <= 1);
        }
    }

    [Fact]
    public async Task A_fault_comes_with_the_block_it_is_in()
    {
        foreach (bool slow in new[] { false, true })
        {
            var source = new Source(new byte[20_000]) { FailsAt = 12_000, IsSlow = slow };
            var blocks = new ReadAhead(source, new ByteRange(0, 20_000), Block, TestContext.Current.CancellationToken);
            for (int i = 0; i < 12; i++)
                Assert.Equal(Block, (await blocks.NextAsync()).Length);
            await Assert.ThrowsAsync<IOException>(async () => await blocks.NextAsync());
        }
    }

    [Fact]
    public async Task Cancelling_is_seen_at_the_next_block()
    {
        using var cancellation = new CancellationTokenSource();
        var blocks = new ReadAhead(new Source(new byte[20_000]), new ByteRange(0, 20_000), Block, cancellation.Token);
        await blocks.NextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await blocks.NextAsync());
    }

    private sealed class Source(byte[] bytes) : AssetSource
    {
        private int _now, _reads;

        public long FailsAt { get; init; } = long.MaxValue;

        /// <summary>Whether a read takes time, and its answer comes on another thread.</summary>
        public bool IsSlow { get; init; }

        public int Reads => _reads;

        public int MostAtOnce { get; private set; }

        public override long Length => bytes.Length;

        public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Interlocked.Increment(ref _reads);
            if (IsSlow)
                await Task.Delay(1, cancellation);
            if (offset >= FailsAt)
                throw new IOException("the disk is gone");
            bytes.AsMemory((int)offset, buffer.Length).CopyTo(buffer);
            Interlocked.Decrement(ref _now);
            return buffer.Length;
        }
    }
}
