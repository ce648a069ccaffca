using System.Globalization;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Tiff;

/// <summary>
/// TIFF 6.0, BigTIFF, and what is made of them: DNG and the raw formats of cameras. The manifest store is the value of tag 52545 in a
/// directory of the main chain (C2PA 2.5 §A.3.8); its extent is that value alone, and the entry's count follows from its length:
/// <code>
/// "II*\0" or "MM\0*" | offset 4 | … | directory: number 2, (tag 2 | type 2 | count 4 | value or offset 4)…, next 4 | … | store | …
/// </code>
/// </summary>
internal sealed class TiffFormat : IAssetFormat
{
    private const ushort StoreTag = 0xCD41, XmpTag = 700, IptcTag = 33723, PhotoshopTag = 34377, ProfileTag = 34675, DngVersionTag = 50706;

    /// <summary>A JUMBF box is longer than what fits into an entry.</summary>
    private const int ShortestStore = 9;

    private const string StoreStructure = "TIFF tag 52545";

    public string Name => "TIFF";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/tiff", "image/x-adobe-dng", "image/dng", "image/x-nikon-nef", "image/x-sony-arw", "image/x-canon-cr2"];

    public IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff", ".dng", ".nef", ".arw", ".cr2"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.8", "tag 52545 of the last or first directory", "c2pa.hash.data");

    public bool Matches(ReadOnlySpan<byte> head) => TiffDirectories.IsHeader(head);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var parts = new TiffParts();
        bool isDng = false;
        try
        {
            isDng = await WalkAsync(walk, parts, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        parts.AddTo(walk, source.Length);
        return walk.ToMap(this, isDng ? MediaTypes[1] : MediaTypes[0]);
    }

    /// <summary>No names: C2PA 2.3 took the box hash of TIFF back (§16.3.3.3.3).</summary>
    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);

    /// <summary>
    /// Walks the main chain; tells whether the file is a DNG. The store belongs into the last directory or, in older files, the first; one
    /// between them is taken all the same, since only a change after signing brings it there.
    /// </summary>
    private static async ValueTask<bool> WalkAsync(AssetWalk walk, TiffParts parts, Limits limits)
    {
        var directories = new TiffDirectories(walk.Window, limits);
        await directories.StartAsync().ConfigureAwait(false);
        parts.Add(new ByteRange(0, directories.HeaderLength), RegionKind.Structure, "header");
        walk.Metadata(MetadataBlockKind.Exif, new ByteRange(0, walk.Window.Length), MetadataForm.TiffFile);
        var stores = new List<TiffEntry>();
        bool isDng = false;
        int number = 0;
        try
        {
            while (await directories.NextAsync().ConfigureAwait(false) is { } directory)
            {
                parts.Add(directory.Range, RegionKind.Structure, string.Create(CultureInfo.InvariantCulture, $"directory {number}"));
                foreach (var entry in directory.Entries)
                {
                    isDng |= number == 0 && entry.Tag == DngVersionTag;
                    if (entry.Tag == StoreTag)
                        stores.Add(entry);
                    else if (entry.Value is { } value)
                        await AddMetadataAsync(walk, parts, entry.Tag, value).ConfigureAwait(false);
                }
                number++;
            }
        }
        finally
        {
            // Where the chain breaks off, what it led to before counts.
            foreach (var entry in stores)
                AddStore(walk, parts, entry);
        }
        return isDng;
    }

    private static async ValueTask AddMetadataAsync(AssetWalk walk, TiffParts parts, ushort tag, ByteRange value)
    {
        if (tag == XmpTag)
            await walk.XmpAsync(value).ConfigureAwait(false);
        else if (tag == IptcTag)
            walk.Metadata(MetadataBlockKind.Iptc, value);
        else if (tag == PhotoshopTag)
            walk.Metadata(MetadataBlockKind.Iptc, value, MetadataForm.PhotoshopResources);
        else if (tag == ProfileTag)
            walk.Metadata(MetadataBlockKind.ColourProfile, value);
        if (Kind(tag) is { } kind)
            parts.Add(value, kind, string.Create(CultureInfo.InvariantCulture, $"tag {tag}"));
    }

    private static void AddStore(AssetWalk walk, TiffParts parts, TiffEntry entry)
    {
        string? fault = entry switch
        {
            { Type: not TiffEntry.Undefined } => $"type 7 expected (C2PA 2.5 §A.3.8), {entry.Type} found",
            { Value: null } => "the value reaches behind the end of the file",
            { Value.Length: < ShortestStore } => $"{entry.Value.Length} bytes are no manifest store",
            // Whoever writes a store writes over what leads to it.
            { Value: { } value } when parts.HoldStructure(value) => "the value lies over the header or a directory",
            _ => null,
        };
        if (fault is not null)
        {
            walk.StoreFault(new MalformedDataException(StoreStructure, entry.CountField.Offset - 4, fault));
            return;
        }
        walk.Store(new StoreLocation([entry.Value!], [entry.Value!]) { LengthFields = [entry.CountField], StandsFast = entry.Value!.End < walk.Window.Length });
        parts.Add(entry.Value!, RegionKind.ManifestStore, "tag 52545");
    }

    /// <summary>
    /// What may be left out of a hash. The EXIF directory is not among it: raw decoders need what the maker notes below it say.
    /// </summary>
    private static RegionKind? Kind(ushort tag) => tag switch
    {
        XmpTag => RegionKind.Xmp,
        IptcTag or PhotoshopTag => RegionKind.Iptc,
        _ => null,
    };
}
