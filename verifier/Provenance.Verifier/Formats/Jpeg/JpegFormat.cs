using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jpeg;

/// <summary>
/// JPEG (ITU-T T.81). The manifest store lies in APP11 segments (C2PA 2.5 §A.3.1), nearly always before the first scan:
/// <code>
/// FF D8 | FF xx Le … | … | FF DA Le … entropy-coded data | … | FF D9 | other pictures (MPF), anything
/// </code>
/// </summary>
internal sealed class JpegFormat : IAssetFormat
{
    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> ExtendedXmpName => "http://ns.adobe.com/xmp/extension/\0"u8;

    public string Name => "JPEG";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/jpeg"];

    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe", ".jfif"];

    public bool Matches(ReadOnlySpan<byte> head) => head is [0xFF, 0xD8, 0xFF, ..];

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var segments = new JpegSegments(window, limits);
        var regions = new List<AssetRegion> { new(new ByteRange(0, 2), RegionKind.Structure, "SOI") };
        var notes = new List<FormatNote>();
        var pieces = new App11Pieces();
        ReadOnlyMemory<byte>? xmp = null;
        MalformedDataException? broken = null;
        bool ended = false;
        try
        {
            while (!ended && await segments.NextAsync().ConfigureAwait(false) is { } segment)
            {
                var head = await window.AtAsync(segment.Range.Offset, (int)Math.Min(segment.Range.Length, 64)).ConfigureAwait(false);
                var range = segment.Range;
                switch (segment.Marker)
                {
                    case JpegMarker.App11:
                        pieces.Add(range, head.Span);
                        break;
                    case JpegMarker.App1 when HasName(head.Span, XmpName):
                        if (xmp is null)
                            xmp = await source.ReadAsync(ByteRange.FromTo(range.Offset + 4 + XmpName.Length, range.End), cancellation).ConfigureAwait(false);
                        else
                            notes.Add(new FormatNote(range.Offset, "a second XMP packet, not read"));
                        break;
                    case JpegMarker.Sos when pieces.FoundStore:
                        // Nothing behind the first scan can change which store this is; all of it is hashed.
                        range = ByteRange.FromTo(range.Offset, window.Length);
                        ended = true;
                        break;
                    case JpegMarker.Sos:
                        range = ByteRange.FromTo(range.Offset, await segments.SkipEntropyAsync(stopAtRestart: false).ConfigureAwait(false));
                        break;
                    case JpegMarker.Eoi:
                        ended = true;
                        break;
                }
                regions.Add(new AssetRegion(range, Kind(segment.Marker, head.Span), RegionName(segment.Marker)));
            }
            if (!ended)
                notes.Add(new FormatNote(window.Length, "the file ends without EOI"));
            else
                AddTrailing(regions, notes, window.Length);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            broken = e;
        }

        var (stores, fault) = pieces.Join(notes);
        if (broken is not null)
        {
            // A cut APP11 may be a store's first or last piece.
            if (!pieces.FoundStore && broken.Structure == "JPEG APP11")
                throw broken;
            notes.Add(pieces.FoundStore
                ? new FormatNote(broken.Offset, broken.Message)
                : await StoreTrace.NoteOrThrowAsync(window, broken).ConfigureAwait(false));
        }
        return new AssetMap
        {
            Format = this,
            MediaType = MediaTypes[0],
            Stores = stores,
            StoreFault = fault,
            Regions = Mark(regions, stores),
            Xmp = xmp,
            Notes = notes,
        };
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var segments = new JpegSegments(new ReadWindow(source, cancellation), limits);
        var extents = new StoreExtents(map.Stores);
        var boxes = new List<NamedBox> { new("SOI", new ByteRange(0, 2)) };
        while (await segments.NextAsync().ConfigureAwait(false) is { } segment)
        {
            var range = segment.Range;
            if (segment.Marker == JpegMarker.Stray)
                continue;
            if (segment.Marker == JpegMarker.Sos || JpegMarker.IsRestart(segment.Marker))
                range = ByteRange.FromTo(range.Offset, await segments.SkipEntropyAsync(stopAtRestart: true).ConfigureAwait(false));
            if (!extents.Hold(range))
                boxes.Add(new NamedBox(JpegMarker.Name(segment.Marker), range));
            else if (boxes[^1] is { Name: "C2PA" } store && store.Range.End == range.Offset)
                boxes[^1] = new NamedBox("C2PA", ByteRange.FromTo(store.Range.Offset, range.End));
            else
                boxes.Add(new NamedBox("C2PA", range));
            if (segment.Marker == JpegMarker.Eoi)
                return boxes;
        }
        throw new MalformedDataException("JPEG", source.Length, "EOI is missing");
    }

    /// <summary>Whether the parameters of a segment start with <paramref name="name"/>.</summary>
    private static bool HasName(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head.Length >= 4 && head[4..].StartsWith(name);

    private static RegionKind Kind(byte marker, ReadOnlySpan<byte> head) => marker switch
    {
        JpegMarker.Stray => RegionKind.Unknown,
        JpegMarker.Sos => RegionKind.Media,
        JpegMarker.App1 when HasName(head, "Exif\0"u8) => RegionKind.Exif,
        JpegMarker.App1 when HasName(head, XmpName) || HasName(head, ExtendedXmpName) => RegionKind.Xmp,
        JpegMarker.App2 when HasName(head, "ICC_PROFILE\0"u8) => RegionKind.ColourProfile,
        JpegMarker.App13 when HasName(head, "Photoshop 3.0\0"u8) => RegionKind.Iptc,
        JpegMarker.App0 when HasName(head, "JFIF\0"u8) => RegionKind.Structure,
        // Decoders take the colour transform from here.
        JpegMarker.App14 when HasName(head, "Adobe"u8) => RegionKind.Structure,
        >= JpegMarker.App0 and <= JpegMarker.App15 or JpegMarker.Com => RegionKind.OtherMetadata,
        _ => RegionKind.Structure,
    };

    private static string RegionName(byte marker) => marker == JpegMarker.Stray ? "bytes between segments" : JpegMarker.Name(marker);

    private static void AddTrailing(List<AssetRegion> regions, List<FormatNote> notes, long length)
    {
        long end = regions[^1].Range.End;
        if (end == length)
            return;
        regions.Add(new AssetRegion(ByteRange.FromTo(end, length), RegionKind.Trailing, "behind EOI"));
        notes.Add(new FormatNote(end, $"{length - end} bytes follow the end of the picture"));
    }

    private static List<AssetRegion> Mark(List<AssetRegion> regions, IReadOnlyList<StoreLocation> stores)
    {
        var extents = new StoreExtents(stores);
        return [.. regions.Select(region => extents.Hold(region.Range) ? region with { Kind = RegionKind.ManifestStore } : region)];
    }
}
