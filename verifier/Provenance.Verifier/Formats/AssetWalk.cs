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

    public bool HasStore => _stores.Count > 0;

    public ICollection<FormatNote> Notes => _notes;

    public void Region(ByteRange range, RegionKind kind, string name) => _regions.Add(new AssetRegion(range, kind, name));

    public void Note(long offset, string text) => _notes.Add(new FormatNote(offset, text));

    public void Store(StoreLocation store) => _stores.Add(store);

    /// <summary>A store is there and cannot be read; the first one found is kept.</summary>
    public void StoreFault(MalformedDataException? fault) => _storeFault ??= fault;

    /// <summary>Keeps the first XMP packet, if it is not over <see cref="Limits.XmpBytes"/>.</summary>
    public async ValueTask XmpAsync(ByteRange packet)
    {
        if (_xmp is not null)
            Note(packet.Offset, "a second XMP packet, not read");
        else if (packet.Length > limits.XmpBytes)
            Note(packet.Offset, $"an XMP packet of {packet.Length} bytes, more than {nameof(Limits.XmpBytes)} = {limits.XmpBytes} allows; not read");
        else
            _xmp = await source.ReadAsync(packet, cancellation).ConfigureAwait(false);
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
    /// The walk cannot go on. That is a note where a store was found before, since its hashes cover the rest, and where the rest hides none.
    /// </summary>
    /// <exception cref="MalformedDataException">A store lies behind the break, out of reach of the container's rules.</exception>
    public async ValueTask BreaksAsync(MalformedDataException at)
    {
        if (!HasStore && _storeFault is null && await StoreTrace.ExistsAsync(Window, at.Offset).ConfigureAwait(false))
            throw new MalformedDataException(at.Structure, at.Offset, at.Rule + "; a manifest store lies behind that and cannot be reached,");
        if (!ReferenceEquals(at, _storeFault))
            Note(at.Offset, at.Message);
    }

    public AssetMap ToMap(IAssetFormat format, string mediaType)
    {
        var extents = new StoreExtents(_stores);
        return new AssetMap
        {
            Format = format,
            MediaType = mediaType,
            Stores = _stores,
            StoreFault = _storeFault,
            Regions = [.. _regions.Select(region => extents.Hold(region.Range) ? region with { Kind = RegionKind.ManifestStore } : region)],
            Xmp = _xmp,
            Notes = _notes,
        };
    }
}
