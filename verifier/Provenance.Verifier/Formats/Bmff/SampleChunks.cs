using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>
/// Where the samples of one track lie: chunks of neighbours, whose sizes follow from two more tables (ISO 14496-12 §8.7). Reads the tables side
/// by side and keeps none of them. A table that is shorter than it says ends where it ends.
/// </summary>
internal sealed class SampleChunks(AssetSource source, CancellationToken cancellation)
{
    private readonly ReadWindow _offsets = new(source, cancellation), _groups = new(source, cancellation), _sizes = new(source, cancellation);
    private Table _offsetTable, _groupTable, _sizeTable;
    private uint _fixedSize, _samplesInChunk, _nextGroup;
    private long _chunk;
    private bool _isStarted;

    /// <summary>Entries of one table that are still to be read.</summary>
    private record struct Table(BmffBox Box, long Position, long Left, int EntryBits);

    /// <summary>Whether a table of offsets was added.</summary>
    public bool HasOffsets => _offsetTable.Box.Type is not null;

    /// <summary>Takes one of the boxes inside stbl; others are ignored.</summary>
    public void Add(BmffBox box)
    {
        switch (box.Type)
        {
            case "stco" or "co64":
                _offsetTable = new Table(box, box.Content.Offset + 4, 0, box.Type == "stco" ? 32 : 64);
                break;
            case "stsc":
                _groupTable = new Table(box, box.Content.Offset + 4, 0, 96);
                break;
            case "stsz" or "stz2":
                _sizeTable = new Table(box, box.Content.Offset + 4, 0, 32);
                break;
        }
    }

    /// <summary>The next chunk, from its first byte to its last; null behind the last.</summary>
    public async ValueTask<(ulong Offset, ulong Length)?> NextAsync()
    {
        if (!_isStarted)
            await StartAsync().ConfigureAwait(false);
        if (_offsetTable.Left == 0)
            return null;
        cancellation.ThrowIfCancellationRequested();
        ulong offset = _offsetTable.EntryBits == 32
            ? await ReadAsync(_offsets, _offsetTable.Position).ConfigureAwait(false)
            : BinaryPrimitives.ReadUInt64BigEndian((await _offsets.AtAsync(_offsetTable.Position, 8).ConfigureAwait(false)).Span);
        (_offsetTable.Position, _offsetTable.Left) = (_offsetTable.Position + _offsetTable.EntryBits / 8, _offsetTable.Left - 1);
        _chunk++;
        while (_groupTable.Left > 0 && _nextGroup <= _chunk)
            await NextGroupAsync().ConfigureAwait(false);
        return (offset, await LengthAsync().ConfigureAwait(false));
    }

    private async ValueTask StartAsync()
    {
        _isStarted = true;
        _offsetTable.Left = await CountAsync(_offsets, _offsetTable, 4).ConfigureAwait(false);
        _offsetTable.Position += 4;
        _groupTable.Left = await CountAsync(_groups, _groupTable, 4).ConfigureAwait(false);
        _groupTable.Position += 4;
        if (_groupTable.Left > 0)
            _nextGroup = await ReadAsync(_groups, _groupTable.Position).ConfigureAwait(false);
        if (_sizeTable.Box is not { Type: { } kind, Content.Length: >= 12 })
            return;
        uint size = await ReadAsync(_sizes, _sizeTable.Position).ConfigureAwait(false);
        if (kind == "stz2")
            _sizeTable.EntryBits = (int)(size & 0xFF);
        else
            _fixedSize = size;
        _sizeTable.Position += 4;
        _sizeTable.Left = await CountAsync(_sizes, _sizeTable, 8).ConfigureAwait(false);
        _sizeTable.Position += 4;
    }

    /// <summary>The count of entries, or as many as the box has room for.</summary>
    private static async ValueTask<long> CountAsync(ReadWindow window, Table table, int fields)
    {
        if (table.Box.Type is null || table.Box.Content.Length < 4 + fields || table.EntryBits is not (4 or 8 or 16 or 32 or 64 or 96))
            return 0;
        uint count = await ReadAsync(window, table.Position).ConfigureAwait(false);
        return Math.Min(count, (table.Box.End - table.Position - 4) * 8 / table.EntryBits);
    }

    private async ValueTask NextGroupAsync()
    {
        // first_chunk, samples_per_chunk, sample_description_index
        _samplesInChunk = await ReadAsync(_groups, _groupTable.Position + 4).ConfigureAwait(false);
        (_groupTable.Position, _groupTable.Left) = (_groupTable.Position + 12, _groupTable.Left - 1);
        if (_groupTable.Left > 0)
            _nextGroup = await ReadAsync(_groups, _groupTable.Position).ConfigureAwait(false);
    }

    private async ValueTask<ulong> LengthAsync()
    {
        // QuickTime sound says 1 byte for samples of any size: only where a chunk starts is certain then.
        if (_fixedSize > 0)
            return _samplesInChunk == 0 ? 0 : _fixedSize == 1 ? 1 : (ulong)_samplesInChunk * _fixedSize;
        ulong length = 0;
        for (uint left = _samplesInChunk; left > 0 && _sizeTable.Left > 0; left--)
        {
            length += await NextSizeAsync().ConfigureAwait(false);
            _sizeTable.Left--;
        }
        return length;
    }

    private async ValueTask<uint> NextSizeAsync()
    {
        long at = _sizeTable.Position;
        switch (_sizeTable.EntryBits)
        {
            case 32:
                _sizeTable.Position += 4;
                return await ReadAsync(_sizes, at).ConfigureAwait(false);
            case 16:
                _sizeTable.Position += 2;
                return BinaryPrimitives.ReadUInt16BigEndian((await _sizes.AtAsync(at, 2).ConfigureAwait(false)).Span);
            default:
                // Eight bits, or four: the high ones first.
                byte entry = (await _sizes.AtAsync(at, 1).ConfigureAwait(false)).Span[0];
                bool isHigh = _sizeTable.EntryBits == 4 && !_isLowNibble;
                _isLowNibble = isHigh;
                if (!isHigh)
                    _sizeTable.Position++;
                return _sizeTable.EntryBits == 8 ? entry : isHigh ? (uint)entry >> 4 : (uint)entry & 0xF;
        }
    }

    private bool _isLowNibble;

    private static async ValueTask<uint> ReadAsync(ReadWindow window, long offset) => BinaryPrimitives.ReadUInt32BigEndian((await window.AtAsync(offset, 4).ConfigureAwait(false)).Span);
}
