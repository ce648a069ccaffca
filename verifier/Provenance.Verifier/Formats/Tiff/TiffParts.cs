using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Tiff;

/// <summary>The parts of a TIFF file as its offsets name them, in any order; what lies between them is taken for the picture.</summary>
internal sealed class TiffParts
{
    private readonly List<AssetRegion> _parts = [];

    // Sorted; made once, because thousands of entries of stores may be asked for behind thousands of directories.
    private IReadOnlyList<ByteRange>? _structure;

    public void Add(ByteRange range, RegionKind kind, string name)
    {
        _parts.Add(new AssetRegion(range, kind, name));
        if (kind == RegionKind.Structure)
            _structure = null;
    }

    /// <summary>Whether a range lies over a part that readers of the file need.</summary>
    public bool HoldStructure(ByteRange range)
    {
        _structure ??= ByteRange.Merge(_parts.Where(part => part.Kind == RegionKind.Structure).Select(part => part.Range));
        int next = ByteRange.FirstEndingBehind(_structure, part => part, range.Offset);
        return next < _structure.Count && _structure[next].Overlaps(range);
    }

    /// <summary>Gives the regions in file order, without gaps and overlaps.</summary>
    public void AddTo(AssetWalk walk, long length)
    {
        AssetRegion[] sorted = [.. _parts.Where(part => part.Range.Length > 0).OrderBy(part => part.Range.Offset)];
        long position = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            var (range, kind, name) = sorted[i];
            if (range.Offset > position)
                walk.Region(ByteRange.FromTo(position, range.Offset), RegionKind.Media, "picture");
            // What two offsets lead to may be needed by either, so it is not taken for metadata.
            bool isShared = range.Offset < position || (i + 1 < sorted.Length && sorted[i + 1].Range.Offset < range.End);
            if (range.End > position)
                walk.Region(ByteRange.FromTo(Math.Max(position, range.Offset), range.End), isShared ? RegionKind.Structure : kind, name);
            position = Math.Max(position, range.End);
        }
        if (position < length)
            walk.Region(ByteRange.FromTo(position, length), RegionKind.Media, "picture");
    }
}
