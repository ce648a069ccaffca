using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// The regions of an asset, told apart as finely as a reader wants to know: where the walk found metadata inside a region of another kind,
/// such as the EXIF among the pictures of a HEIF, that is a region of its own. For telling only: what a hash may leave out is decided by the
/// regions of the walk.
/// </summary>
internal static class FineRegions
{
    /// <summary>The regions in file order, without overlaps.</summary>
    public static IReadOnlyList<AssetRegion> Of(AssetMap map)
    {
        List<AssetRegion>? inner = null;
        foreach (var block in map.Metadata)
        {
            // These name no block but all that holds some.
            if (block.Form is MetadataForm.TiffFile or MetadataForm.Film)
                continue;
            foreach (var piece in block.Pieces)
            {
                int at = ByteRange.FirstEndingBehind(map.Regions, region => region.Range, piece.Offset);
                if (at < map.Regions.Count && map.Regions[at] is { Kind: RegionKind.Media or RegionKind.Structure or RegionKind.Unknown } region && region.Range.Overlaps(piece))
                    (inner ??= []).Add(new(piece, KindOf(block.Kind), region.Name));
            }
        }
        return inner is null ? map.Regions : Split(map.Regions, inner);
    }

    /// <summary>Regions with what lies inside them cut out.</summary>
    /// <param name="regions">In file order, without overlaps.</param>
    /// <param name="inner">In any order; where two overlap, the one that starts first counts.</param>
    public static IReadOnlyList<AssetRegion> Split(IReadOnlyList<AssetRegion> regions, IReadOnlyList<AssetRegion> inner)
    {
        AssetRegion[] sorted = [.. inner.Where(part => part.Range.Length > 0).OrderBy(part => part.Range.Offset)];
        var fine = new List<AssetRegion>();
        int next = 0;
        foreach (var region in regions)
        {
            long at = region.Range.Offset;
            while (next < sorted.Length && sorted[next].Range.End <= at)
                next++;
            for (int i = next; i < sorted.Length && sorted[i].Range.Offset < region.Range.End; i++)
            {
                var (range, kind, name) = sorted[i];
                long from = Math.Max(at, range.Offset), to = Math.Min(range.End, region.Range.End);
                if (to <= from)
                    continue;
                if (from > at)
                    fine.Add(region with { Range = ByteRange.FromTo(at, from) });
                // What has a meaning of its own keeps it.
                bool isPlain = region.Kind is RegionKind.Media or RegionKind.Structure or RegionKind.Unknown;
                fine.Add(isPlain ? new(ByteRange.FromTo(from, to), kind, name) : region with { Range = ByteRange.FromTo(from, to) });
                at = to;
            }
            if (at < region.Range.End)
                fine.Add(region with { Range = ByteRange.FromTo(at, region.Range.End) });
        }
        return fine;
    }

    private static RegionKind KindOf(MetadataBlockKind kind) => kind switch
    {
        MetadataBlockKind.Exif => RegionKind.Exif,
        MetadataBlockKind.Xmp => RegionKind.Xmp,
        MetadataBlockKind.Iptc => RegionKind.Iptc,
        MetadataBlockKind.ColourProfile => RegionKind.ColourProfile,
        _ => RegionKind.OtherMetadata,
    };
}
