using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A read-ahead over an asset, so that walking thousands of small headers costs few reads. One block of memory, whatever the asset's size;
/// none where the bytes are in memory already. Where what is asked for lies far apart, as behind the long segments of a manifest store,
/// little is read each time; where it goes on from block to block, soon the most. What it returns is valid until the next call.
/// </summary>
internal sealed class ReadWindow(AssetSource source, CancellationToken cancellation)
{
    /// <summary>Bytes read at once, and the most that can be asked for at once.</summary>
    public const int Size = 64 << 10;

    private const int SmallestBlock = 4 << 10;

    private byte[] _buffer = [];
    private int _block = SmallestBlock / 2;
    private long _start;
    private int _count;

    /// <summary>Length of the asset in bytes.</summary>
    public long Length => source.Length;

    /// <summary>The <paramref name="count"/> bytes at <paramref name="offset"/>; fewer only where the asset ends.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AtAsync(long offset, int count)
    {
        var bytes = await FromAsync(offset, count).ConfigureAwait(false);
        return bytes.Length > count ? bytes[..count] : bytes;
    }

    /// <summary>
    /// The bytes at <paramref name="offset"/> as far as they are in hand: at least <paramref name="count"/>, fewer only where the asset ends.
    /// For searches, which go on behind what they got; a block is never read twice for them.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> FromAsync(long offset, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        if (offset >= Length)
            return default;
        if (source.Memory is { } memory)
            return memory[(int)offset..];
        if (offset < _start || offset + Math.Min(count, Length - offset) > _start + _count)
        {
            bool goesOn = offset >= _start && offset <= _start + _count;
            _block = goesOn ? Math.Min(2 * _block, Size) : SmallestBlock;
            int filled = (int)Math.Min(Math.Max(_block, count), Length - offset);
            if (_buffer.Length < filled)
                _buffer = new byte[filled];
            _count = 0;
            await source.ReadExactlyAsync(offset, _buffer.AsMemory(0, filled), cancellation).ConfigureAwait(false);
            (_start, _count) = (offset, filled);
        }
        return _buffer.AsMemory((int)(offset - _start), _count - (int)(offset - _start));
    }
}
