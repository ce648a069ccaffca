using System.Buffers;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// Reads a range in blocks, the next one while the caller works on the last. That is a matter of another processor: one that is free takes
/// the read, and where none is, whoever needs the block reads it.
/// </summary>
internal sealed class ReadAhead(AssetSource source, ByteRange range, int blockBytes, CancellationToken cancellation)
{
    /// <summary>Ranges shorter than this many blocks are not worth a second thread.</summary>
    private const int FewestBlocks = 8;

    private readonly bool _isLong = range.Length >= FewestBlocks * (long)blockBytes;
    private byte[]? _used, _ahead;
    private Read? _next;
    private long _position = range.Offset;

    /// <summary>The next block, valid until the next call; empty behind the end of the range.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync()
    {
        cancellation.ThrowIfCancellationRequested();
        if ((_next ?? Start(ref _ahead)) is not { } read)
            return default;
        await read.FinishAsync().ConfigureAwait(false);
        if (_isLong)
        {
            (_used, _ahead) = (_ahead, _used);
            _next = Start(ref _ahead);
            _next?.Offer();
        }
        return read.Block;
    }

    /// <summary>Gives the memory back. Not after a failure: somebody may still be reading into it.</summary>
    public void Return()
    {
        foreach (byte[]? buffer in new[] { _used, _ahead })
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The read of the next block, not begun; null behind the end.</summary>
    private Read? Start(ref byte[]? buffer)
    {
        int count = (int)Math.Min(range.End - _position, blockBytes);
        if (count == 0)
            return null;
        buffer ??= ArrayPool<byte>.Shared.Rent(count);
        var read = new Read(source, _position, buffer.AsMemory(0, count), cancellation);
        _position += count;
        return read;
    }

    /// <summary>One read, done by whoever takes it first.</summary>
    private sealed class Read(AssetSource source, long position, Memory<byte> block, CancellationToken cancellation)
    {
        private int _isTaken;
        private Task? _byAnother;

        public ReadOnlyMemory<byte> Block => block;

        public void Offer() => _byAnother = Task.Run(() => TryTake() ? source.ReadExactlyAsync(position, block, cancellation).AsTask() : Task.CompletedTask, CancellationToken.None);

        public ValueTask FinishAsync() => TryTake() ? source.ReadExactlyAsync(position, block, cancellation) : new ValueTask(_byAnother!);

        private bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;
    }
}
