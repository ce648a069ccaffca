using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>
/// The bytes of a tag or frame in order, up to <paramref name="end"/>. Where unsynchronisation was applied, the 00 behind every FF that has
/// one is left out of what is read and counted (ID3v2.4 structure §6.1).
/// </summary>
internal sealed class Id3Bytes(ReadWindow window, long start, long end, bool isUnsynchronised)
{
    /// <summary>Offset in the asset of the next byte.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Whether no byte is left.</summary>
    public bool AtEnd => Position >= end;

    /// <summary>The next bytes, at most <paramref name="count"/> of them, and fewer than <see cref="ReadWindow.Size"/>; does not move.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count)
    {
        if (!isUnsynchronised)
            return await window.AtAsync(Position, (int)Math.Min(count, Math.Max(0, end - Position))).ConfigureAwait(false);
        // Twice as many if every one of them has its 00.
        var stored = await window.AtAsync(Position, (int)Math.Min(2L * count, Math.Max(0, end - Position))).ConfigureAwait(false);
        return Join(stored.Span, count);
    }

    private static byte[] Join(ReadOnlySpan<byte> stored, int count)
    {
        var bytes = new byte[Math.Min(count, stored.Length)];
        int filled = 0;
        for (int at = 0; at < stored.Length && filled < bytes.Length; at++)
        {
            if (stored[at] != 0 || at == 0 || stored[at - 1] != 0xFF)
                bytes[filled++] = stored[at];
        }
        return bytes[..filled];
    }

    /// <summary>Moves over <paramref name="count"/> bytes, and returns how many there were.</summary>
    public ValueTask<long> SkipAsync(long count) => MoveAsync(count, null, 0);

    /// <summary>Where the next <paramref name="count"/> bytes lie in the asset.</summary>
    /// <exception cref="LimitExceededException">In more pieces than a container may have parts.</exception>
    public async ValueTask<IReadOnlyList<ByteRange>> TakeAsync(long count, Limits limits)
    {
        var pieces = new List<ByteRange>();
        await MoveAsync(count, pieces, limits.ContainerParts).ConfigureAwait(false);
        return pieces;
    }

    private async ValueTask<long> MoveAsync(long count, List<ByteRange>? pieces, int maximum)
    {
        if (!isUnsynchronised)
        {
            long moved = Math.Min(count, Math.Max(0, Math.Min(end, window.Length) - Position));
            if (moved > 0)
                pieces?.Add(new ByteRange(Position, moved));
            Position += moved;
            return moved;
        }

        var run = new Run(Position, count, pieces, maximum);
        while (Position < end)
        {
            var block = await window.FromAsync(Position, 1).ConfigureAwait(false);
            int length = (int)Math.Min(block.Length, end - Position);
            int used = run.Advance(block.Span[..length], Position);
            Position += used;
            if (used < length || length == 0)
                break;
        }
        run.EndPiece(Position);
        return count - run.Left;
    }

    /// <summary>A stretch of bytes that is counted, block after block.</summary>
    private sealed class Run(long start, long count, List<ByteRange>? pieces, int maximum)
    {
        private long _pieceStart = start;
        private bool _isBehindFF;

        public long Left { get; private set; } = count;

        /// <summary>Counts a block's bytes; returns how many it took, less than all only at the end. The 00 behind the last byte goes with it.</summary>
        public int Advance(ReadOnlySpan<byte> block, long offset)
        {
            int at = 0;
            while (at < block.Length)
            {
                if (_isBehindFF && block[at] == 0)
                {
                    EndPiece(offset + at);
                    _pieceStart = offset + ++at;
                    _isBehindFF = false;
                    continue;
                }
                if (Left == 0)
                    return at;
                int length = (int)Math.Min(Left, block.Length - at), ff = block.Slice(at, length).IndexOf((byte)0xFF);
                _isBehindFF = ff >= 0;
                length = _isBehindFF ? ff + 1 : length;
                at += length;
                Left -= length;
            }
            return at;
        }

        public void EndPiece(long end)
        {
            if (pieces is null || end <= _pieceStart)
                return;
            if (pieces.Count == maximum)
                throw new LimitExceededException("ID3 unsynchronisation", _pieceStart, nameof(Limits.ContainerParts), maximum);
            pieces.Add(ByteRange.FromTo(_pieceStart, end));
        }
    }
}
