using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Provenance.Server.Verification.Bodies;

/// <summary>
/// The memory into which Kestrel takes what arrives, in wider pieces than its own of 4 KiB: each piece is two calls of the system and some
/// turns of the pipe, and a picture of 8 MB had two thousand of them. A connection holds a piece only while something of it is on the way.
/// </summary>
internal sealed class WideBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 64 << 10, MostKept = 256;

        private readonly ConcurrentQueue<Block> _kept = new();
        private int _count;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_kept.TryDequeue(out var block))
                return new Block(this);
            Interlocked.Decrement(ref _count);
            return block;
        }

        protected override void Dispose(bool disposing)
        {
            // Arrays of the garbage collector's.
        }

        private void Return(Block block)
        {
            if (Interlocked.Increment(ref _count) <= MostKept)
                _kept.Enqueue(block);
            else
                Interlocked.Decrement(ref _count);
        }

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // Pinned where it is made: the system writes into it.
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

            public Memory<byte> Memory => _bytes;

            public void Dispose() => pool.Return(this);
        }
    }
}
