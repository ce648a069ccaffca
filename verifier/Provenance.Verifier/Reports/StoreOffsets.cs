using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Reports;

/// <summary>Where the bytes of a manifest store lie in the asset, of which a JPEG cuts it into pieces.</summary>
internal sealed class StoreOffsets
{
    private readonly IReadOnlyList<ByteRange> _pieces;
    private readonly long[] _starts;

    public StoreOffsets(IReadOnlyList<ByteRange> pieces)
    {
        _pieces = pieces;
        _starts = new long[pieces.Count];
        for (int i = 1; i < pieces.Count; i++)
            _starts[i] = _starts[i - 1] + pieces[i - 1].Length;
    }

    /// <summary>Offset in the asset of a byte of the store; null for one behind its end.</summary>
    public long? InAsset(long offset)
    {
        int piece = PieceOf(offset);
        return piece >= 0 && offset - _starts[piece] < _pieces[piece].Length ? _pieces[piece].Offset + (offset - _starts[piece]) : null;
    }

    /// <summary>In how many pieces a part of the store lies.</summary>
    public int PiecesOf(long offset, long length) => length == 0 ? 1 : PieceOf(offset + length - 1) - PieceOf(offset) + 1;

    private int PieceOf(long offset)
    {
        int found = Array.BinarySearch(_starts, offset);
        return found >= 0 ? found : ~found - 1;
    }
}
