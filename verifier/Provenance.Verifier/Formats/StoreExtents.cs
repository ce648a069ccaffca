using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>Tells which parts of a container belong to a store; asked in file order, so that many parts and many stores cost their sum.</summary>
internal sealed class StoreExtents(IEnumerable<StoreLocation> stores)
{
    private readonly IReadOnlyList<ByteRange> _extents = ByteRange.Merge(stores.SelectMany(store => store.Extent));
    private int _next;

    /// <summary>Whether <paramref name="part"/> lies in a store; parts come in file order.</summary>
    public bool Hold(ByteRange part)
    {
        while (_next < _extents.Count && _extents[_next].End <= part.Offset)
            _next++;
        return _next < _extents.Count && _extents[_next].Contains(part);
    }
}
