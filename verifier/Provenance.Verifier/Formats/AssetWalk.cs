using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>What one walk over a container has gathered so far; becomes the <see cref="AssetMap"/>.</summary>
internal sealed class AssetWalk(AssetSource source, Limits limits, CancellationToken cancellation)
{
    private readonly List<AssetRegion> _regions = [];
    private readonly List<FormatNote> _notes = [];
    private readonly List<StoreLocation> _stores = [];
    private ReadOnlyMemory<byte>? _xmp;
    private MalformedDataException? _storeFault;

    public ReadWindow Window { get; } = new(source, cancellation);

    /// <inheritdoc cref="AssetMap.StoresAreOne"/>
    public bool StoresAreOne { get; init; }

    public bool HasStore => _stores.Count > 0;

    public bool HasRegions => _regions.Count > 0;

    public ICollection<FormatNote> Notes => _notes;

    public void Region(ByteRange range, RegionKind kind, string name) => _regions.Add(new AssetRegion(range, kind, name));

    public void Note(long offset, string text) => _notes.Add(new FormatNote(offset, text));

    public void Store(StoreLocation store) => _stores.Add(store);

    /// <summary>A store is there and cannot be read; the first one found is kept.</summary>
    public void StoreFault(MalformedDataException? fault) => _storeFault ??= fault;

    /// <summary>Keeps the first XMP packet, if it is not over <see cref="Limits.XmpBytes"/>.</summary>
    public async ValueTask XmpAsync(ByteRange packet)
    {
        if (MayKeepXmp(packet.Length, packet.Offset))
            _xmp = await source.ReadAsync(packet, cancellation).ConfigureAwait(false);
    }

    /// <summary>Keeps the first XMP packet, if it is not over <see cref="Limits.XmpBytes"/>; one that was packed.</summary>
    public void Xmp(ReadOnlyMemory<byte> packet, long offset)
    {
        if (MayKeepXmp(packet.Length, offset))
            _xmp = packet;
    }

    private bool MayKeepXmp(long length, long offset)
    {
        if (_xmp is null && length <= limits.XmpBytes)
            return true;
        Note(offset, _xmp is not null ? "a second XMP packet, not read" : $"an XMP packet of {length} bytes, more than {nameof(Limits.XmpBytes)} = {limits.XmpBytes} allows; not read");
        return false;
    }

    /// <summary>The container ends at <paramref name="end"/>; whatever follows is none of it.</summary>
    public void EndsAt(long end, string name)
    {
        if (end >= source.Length)
            return;
        Region(ByteRange.FromTo(end, source.Length), RegionKind.Trailing, name);
        Note(end, $"{source.Length - end} bytes follow the end of the container");
    }

    /// <summary>
    /// The container is damaged. That is a note where a store was found all the same, since its hashes cover the damage, and where the file
    /// holds no trace of one.
    /// </summary>
    /// <exception cref="MalformedDataException">A store is somewhere in the file, out of reach of the container's rules.</exception>
    public async ValueTask DamagedAsync(MalformedDataException damage)
    {
        // From the start: what was read as a part's length may have swallowed the store.
        if (!HasStore && _storeFault is null && await StoreTrace.ExistsAsync(Window).ConfigureAwait(false))
            throw new MalformedDataException(damage.Structure, damage.Offset, damage.Rule + "; so the manifest store that the file holds cannot be reached; the damage is");
        if (!ReferenceEquals(damage, _storeFault))
            Note(damage.Offset, damage.Message);
    }

    public AssetMap ToMap(IAssetFormat format, string mediaType)
    {
        var extents = new StoreExtents(_stores);
        return new AssetMap
        {
            Format = format,
            MediaType = mediaType,
            Stores = _stores,
            StoresAreOne = StoresAreOne,
            StoreFault = _storeFault,
            Regions = [.. _regions.Select(region => extents.Hold(region.Range) ? region with { Kind = RegionKind.ManifestStore } : region)],
            Xmp = _xmp,
            Notes = _notes,
        };
    }
}
