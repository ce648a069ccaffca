using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Bindings;

/// <summary>The asset a binding is checked against: its bytes, its map, and where the manifest store lies in it.</summary>
internal sealed class BoundAsset(AssetSource source, AssetMap map, IReadOnlyList<StoreLocation> stores, ICryptoProvider crypto, Limits limits, IProgress<long>? progress)
{
    private IReadOnlyList<NamedBox>? _boxes;
    private bool _listed;

    // Sorted; made once, because a binding may leave out thousands of ranges of a file of thousands of regions.
    private IReadOnlyList<ByteRange>? _renderedWalked, _rendered;

    public AssetSource Source { get; } = source;

    public AssetMap Map { get; } = map;

    /// <summary>Where the embedded stores lie, in file order; one but where several count as one, none for a detached manifest.</summary>
    public IReadOnlyList<StoreLocation> Stores { get; } = stores;

    /// <summary>The store that holds the manifest whose binding is asked for; null for a detached one.</summary>
    public StoreLocation? Holder { get; private init; } = stores.Count > 0 ? stores[^1] : null;

    /// <summary>The segments that follow an initialization segment, in order.</summary>
    public IReadOnlyList<NamedSource> Fragments { get; init; } = [];

    /// <summary>The files of a collection; null where none are at hand.</summary>
    public IAssetFolder? Folder { get; init; }

    /// <summary>The asset is a bare manifest store: what it was signed for is not here.</summary>
    public bool IsStoreAlone => Stores is [{ Extent.Count: 0 }];

    public Limits Limits { get; } = limits;

    public IReadOnlyList<ByteRange> StoreExtent { get; } = ByteRange.Merge(stores.SelectMany(store => store.Extent));

    /// <summary>
    /// Whether ranges left out of a hash are the store and nothing else. Where several count as one, that is the store that holds the manifest;
    /// those of other revisions may be left out too, each exactly, or hashed with the rest (C2PA 2.5 §A.4.2.1).
    /// </summary>
    public bool IsStore(IReadOnlyList<ByteRange> ranges)
    {
        var leftOut = Stores.Where(store => ReferenceEquals(store, Holder) || store.Extent.Any(extent => ranges.Any(extent.Overlaps)));
        return ByteRange.Merge(ranges).SequenceEqual(ByteRange.Merge(leftOut.SelectMany(store => store.Extent)))
            || (Stores is [{ OtherExtents: var others }] && ranges is [var only] && others.Contains(only));
    }

    /// <summary>Fields that tell a length the store is part of.</summary>
    public IReadOnlyList<ByteRange> LengthFields { get; } = [.. stores.SelectMany(store => store.LengthFields)];

    /// <summary>The boxes of the asset, listed once and only if a check needs them.</summary>
    public async ValueTask<IReadOnlyList<NamedBox>?> BoxesAsync(CancellationToken cancellation)
    {
        if (!_listed)
        {
            _boxes = await Map.Format.ListBoxesAsync(Source, Map, Limits, cancellation).ConfigureAwait(false);
            _listed = true;
        }
        return _boxes;
    }

    /// <summary>The boxes under the names that a binding uses: older ones where it uses those.</summary>
    public async ValueTask<IReadOnlyList<NamedBox>?> BoxesAsync(Func<string, bool> isUsed, CancellationToken cancellation) =>
        Map.Format is IOlderBoxNames older && isUsed(older.OlderMark)
            ? await older.ListOlderBoxesAsync(Source, Limits, cancellation).ConfigureAwait(false)
            : await BoxesAsync(cancellation).ConfigureAwait(false);

    /// <summary>Digest of the given ranges, in order.</summary>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, IEnumerable<ByteRange> ranges, CancellationToken cancellation) =>
        HashAsync(algorithm, [.. ranges.Where(range => range.Length > 0).Select(DigestPart.Of)], cancellation);

    /// <summary>Digest of bytes that are none of the asset's: nodes of a tree.</summary>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => crypto.HashAsync(algorithm, bytes, cancellation);

    /// <summary>Digest of bytes in hand and ranges of the asset, in order.</summary>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, IReadOnlyList<DigestPart> parts, CancellationToken cancellation) => HashAsync(algorithm, Source, parts, cancellation);

    /// <summary>Digest of bytes in hand and ranges of another file of the asset, in order.</summary>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource file, IReadOnlyList<DigestPart> parts, CancellationToken cancellation) =>
        crypto.HashAsync(algorithm, file, parts, progress, cancellation);

    /// <summary>
    /// The first range that holds picture, sound or what a decoder needs to render them; null where all of them hold metadata or
    /// trailing bytes. Only such ranges may be left out of a hash besides the store: otherwise the content is not bound.
    /// </summary>
    public async ValueTask<ByteRange?> FirstRenderedAsync(IReadOnlyList<ByteRange> ranges, CancellationToken cancellation)
    {
        foreach (var range in ranges)
        {
            // Behind what the map walked, only the list of boxes tells where the content ends.
            bool isWalked = range.End <= Map.WalkedEnd;
            var rendered = isWalked ? _renderedWalked ??= FindRendered(Map.WalkedEnd) : _rendered ??= FindRendered(await ContentEndAsync(cancellation).ConfigureAwait(false));
            int next = ByteRange.FirstEndingBehind(rendered, content => content, range.Offset);
            if (next < rendered.Count && rendered[next].Overlaps(range))
                return range;
        }
        return null;
    }

    /// <summary>
    /// The first part of the container whose start, which holds its length, is left out while its end is hashed: a longer length would take in
    /// the parts behind it and hide them. Null where there is none.
    /// </summary>
    public AssetRegion? FirstSwallowing(IReadOnlyList<ByteRange> ranges)
    {
        // Marker and length in JPEG, the length in PNG: both within four bytes.
        const int start = 4;
        // Parts of other formats, those without names, do not begin with a length.
        foreach (var range in Map.Format.Placement.Bindings.Contains(AssertionLabels.BoxesHash) ? ranges : [])
        {
            for (int next = ByteRange.FirstEndingBehind(Map.Regions, region => region.Range, range.Offset); next < Map.Regions.Count && Map.Regions[next].Range.Offset < range.End; next++)
            {
                var region = Map.Regions[next];
                if (region.Kind != RegionKind.Trailing && region.Range.End > range.End && range.Offset < region.Range.Offset + start)
                    return region;
            }
        }
        return null;
    }

    private async ValueTask<long> ContentEndAsync(CancellationToken cancellation) =>
        await BoxesAsync(cancellation).ConfigureAwait(false) is { Count: > 0 } boxes ? Math.Min(boxes.Max(box => box.Range.End), Source.Length) : Map.WalkedEnd;

    private IReadOnlyList<ByteRange> FindRendered(long end) => ByteRange.Complement(
        Map.Regions.Where(region => MayBeLeftOut(region.Kind)).Select(region => region.Range).Concat(StoreExtent).Append(ByteRange.FromTo(end, Source.Length)), Source.Length);

    /// <summary>Whether the range starts behind the last box of the container.</summary>
    public async ValueTask<bool> IsBehindLastBoxAsync(ByteRange range, CancellationToken cancellation) =>
        await BoxesAsync(cancellation).ConfigureAwait(false) is { Count: > 0 } boxes && range.Offset >= boxes.Max(box => box.Range.End);

    /// <summary>The same asset for a manifest of the store at <paramref name="place"/>.</summary>
    public BoundAsset HeldBy(int place) => Stores.Count < 2 || ReferenceEquals(Stores[place], Holder)
        ? this
        : new(Source, Map, Stores, crypto, Limits, progress) { Holder = Stores[place], Fragments = Fragments, Folder = Folder };

    /// <summary>A part of this asset as an asset of its own.</summary>
    public BoundAsset PartOf(AssetSource part, AssetMap partMap, IReadOnlyList<StoreLocation> partStores) => new(part, partMap, partStores, crypto, Limits, progress);

    private static bool MayBeLeftOut(RegionKind kind) =>
        kind is RegionKind.Exif or RegionKind.Xmp or RegionKind.Iptc or RegionKind.OtherMetadata or RegionKind.Trailing or RegionKind.ManifestStore;
}
