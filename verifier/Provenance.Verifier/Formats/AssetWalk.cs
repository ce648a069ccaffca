using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>What one walk over a container has gathered so far; becomes the <see cref="AssetMap"/>.</summary>
internal sealed class AssetWalk(AssetSource source, Limits limits, CancellationToken cancellation)
{
    private readonly List<AssetRegion> _regions = [];
    private readonly List<FormatNote> _notes = [];
    private readonly List<StoreLocation> _stores = [];
    private readonly List<MetadataLocation> _metadata = [];
    private ReadOnlyMemory<byte>? _xmp;
    private MalformedDataException? _storeFault;
    private bool _isDamaged;

    /// <summary>See <see cref="AssetMap.ManifestUrl"/>.</summary>
    public string? ManifestUrl { get; set; }

    /// <summary>See <see cref="AssetMap.HashesNormalizedText"/>.</summary>
    public bool HashesNormalizedText { get; set; }

    /// <summary>See <see cref="AssetMap.Checkpoint"/>.</summary>
    public CheckpointLine? Checkpoint { get; set; }

    /// <summary>See <see cref="AssetMap.LacksCheckpoint"/>.</summary>
    public bool LacksCheckpoint { get; set; }

    public ReadWindow Window { get; } = new(source, cancellation);

    public bool HasStore => _stores.Count > 0;

    public bool HasRegions => _regions.Count > 0;

    /// <inheritdoc cref="AssetMap.StoresAreOne"/>
    public bool StoresAreOne { get; set; }

    public ICollection<FormatNote> Notes => _notes;

    public void Region(ByteRange range, RegionKind kind, string name) => _regions.Add(new AssetRegion(range, kind, name));

    public void Note(long offset, string text) => _notes.Add(new FormatNote(offset, text));

    public void Store(StoreLocation store) => _stores.Add(store);

    /// <summary>A store is there and cannot be read; the first one found is kept.</summary>
    public void StoreFault(MalformedDataException? fault) => _storeFault ??= fault;

    /// <summary>Regions for a format that has no parts but its stores, which were found in file order.</summary>
    public void RegionsAroundStores(RegionKind kind, string name, string storeName = "manifest store")
    {
        long position = 0;
        foreach (var extent in ByteRange.Merge(_stores.SelectMany(store => store.Extent)))
        {
            if (extent.Offset > position)
                Region(ByteRange.FromTo(position, extent.Offset), kind, name);
            Region(extent, RegionKind.ManifestStore, storeName);
            position = extent.End;
        }
        if (position < source.Length)
            Region(ByteRange.FromTo(position, source.Length), kind, name);
    }

    /// <summary>Remembers where a block of metadata lies. Empty ones say nothing.</summary>
    public void Metadata(MetadataLocation block)
    {
        if (block.Pieces.Count > 0 && block.Pieces[0].Length > 0)
            _metadata.Add(block);
    }

    /// <summary>The same for a block in one piece.</summary>
    public void Metadata(MetadataBlockKind kind, ByteRange range, MetadataForm form = MetadataForm.Plain) => Metadata(new MetadataLocation(kind, form, [range]));

    /// <summary>Keeps the first XMP packet, if it is not over <see cref="Limits.XmpBytes"/>.</summary>
    public ValueTask XmpAsync(ByteRange packet) => XmpAsync([packet]);

    /// <summary>The same for a packet in pieces, without its last <paramref name="cutOff"/> bytes.</summary>
    public async ValueTask XmpAsync(IReadOnlyList<ByteRange> pieces, int cutOff = 0)
    {
        Metadata(new MetadataLocation(MetadataBlockKind.Xmp, MetadataForm.Plain, pieces) { CutOff = cutOff });
        long length = pieces.Sum(piece => piece.Length) - cutOff;
        if (length < 0 || !MayKeepXmp(pieces[0].Offset, length))
            return;
        var bytes = await StoreBytes.JoinAsync(source, pieces, cancellation).ConfigureAwait(false);
        _xmp = bytes[..(int)length];
    }

    /// <summary>Keeps an XMP packet that was unpacked, if it is the first one and not over <see cref="Limits.XmpBytes"/>.</summary>
    /// <param name="offset">Where the packed one lies.</param>
    /// <param name="packet">The packet.</param>
    public void Xmp(long offset, ReadOnlyMemory<byte> packet)
    {
        if (MayKeepXmp(offset, packet.Length))
            _xmp = packet;
    }

    private bool MayKeepXmp(long offset, long length)
    {
        if (_xmp is not null)
            Note(offset, "a second XMP packet, not read");
        else if (length > limits.XmpBytes)
            Note(offset, $"an XMP packet of {length} bytes, more than {nameof(Limits.XmpBytes)} = {limits.XmpBytes} allows; not read");
        else
            return true;
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
        _isDamaged = true;
    }

    public AssetMap ToMap(IAssetFormat format, string mediaType)
    {
        // Nothing that the rules did not reach counts as unimportant: a hash may not leave it out.
        long reached = HasRegions ? _regions[^1].Range.End : 0;
        if (_isDamaged && reached < source.Length)
            Region(ByteRange.FromTo(reached, source.Length), RegionKind.Unknown, "behind the damage");
        var extents = new StoreExtents(_stores);
        return new AssetMap
        {
            Format = format,
            MediaType = mediaType,
            Stores = _stores,
            StoresAreOne = StoresAreOne,
            StoreFault = _storeFault,
            Regions = [.. _regions.Select(region => extents.Hold(region.Range) ? region with { Kind = RegionKind.ManifestStore } : region)],
            ManifestUrl = ManifestUrl,
            HashesNormalizedText = HashesNormalizedText,
            Checkpoint = Checkpoint,
            LacksCheckpoint = LacksCheckpoint,
            Xmp = _xmp,
            Metadata = _metadata,
            Notes = _notes,
        };
    }
}
