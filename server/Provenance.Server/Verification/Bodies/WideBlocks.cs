using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Provenance.Server.Verification.Bodies;

/// <summary>
/// The memory into which Kestrel takes what arrives, in wider pieces than its own of 4 KiB: each piece is two calls of the system and some
/// turns of the pipe, and a picture of 8 MB had two thousand of them. A connection holds a piece only while something of it is on the way; there are so many, and whoever comes
/// then gets a narrow one.
/// </summary>
internal sealed class WideBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int Wide = 64 << 10, Narrow = 4 << 10, MostWide = 256, MostNarrowKept = 2048;

        // The last first: what was just written and read is still in the processor's cache.
        private readonly ConcurrentStack<Block> _wide = new(), _narrow = new();
        private int _wideMade, _narrowKept;

        public override int MaxBufferSize => Wide;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Wide);
            if (_wide.TryPop(out var block))
                return block;
            if (_wideMade < MostWide || minBufferSize > Narrow)
            {
                Interlocked.Increment(ref _wideMade);
                return new Block(this, Wide);
            }
            // Hundreds send at once: each has as much as Kestrel would give it.
            if (!_narrow.TryPop(out block))
                return new Block(this, Narrow);
            Interlocked.Decrement(ref _narrowKept);
            return block;
        }

        protected override void Dispose(bool disposing)
        {
            // Arrays of the garbage collector's.
        }

        private void Return(Block block)
        {
            if (block.Memory.Length == Wide)
                _wide.Push(block);
            else if (Interlocked.Increment(ref _narrowKept) <= MostNarrowKept)
                _narrow.Push(block);
            else
                Interlocked.Decrement(ref _narrowKept);
        }

        private sealed class Block(Pool pool, int bytes) : IMemoryOwner<byte>
        {
            // Pinned where it is made: the system writes into it.
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

            public Memory<byte> Memory => _bytes;

            public void Dispose() => pool.Return(this);
        }
    }
}
