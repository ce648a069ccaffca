using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A format one of whose regions holds things of several meanings, such as the tags inside a film's tables. They are looked for only where a
/// report must say what no hash covers: the verdict does not rest on them.
/// </summary>
internal interface IInnerRegions
{
    /// <summary>Parts inside a region that mean something else than the rest of it, in file order, without overlaps; empty where nothing is to be found.</summary>
    ValueTask<IReadOnlyList<AssetRegion>> InsideAsync(AssetSource source, AssetRegion region, Limits limits, CancellationToken cancellation);
}
