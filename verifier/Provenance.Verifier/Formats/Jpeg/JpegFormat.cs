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
    /// <summary>Bytes of a segment that tell what it is.</summary>
    private const int HeadLength = 64;

    private static ReadOnlySpan<byte> ExifName => "Exif\0"u8;

    private static ReadOnlySpan<byte> ProfileName => "ICC_PROFILE\0"u8;

    private static ReadOnlySpan<byte> PhotoshopName => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> ExtendedXmpName => "http://ns.adobe.com/xmp/extension/\0"u8;

    public string Name => "JPEG";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/jpeg"];

    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe", ".jfif"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.1", "APP11 segments", "c2pa.hash.data", "c2pa.hash.boxes");

    public bool Matches(ReadOnlySpan<byte> head) => head is [0xFF, 0xD8, 0xFF, ..];

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var pieces = new App11Pieces();
        MalformedDataException? broken = null;
        walk.Region(new ByteRange(0, 2), RegionKind.Structure, "SOI");
        try
        {
            broken = await WalkAsync(walk, pieces, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            broken = e;
        }

        pieces.Join(walk);
        if (broken is not null)
        {
            var head = await walk.Window.AtAsync(broken.Offset, HeadLength).ConfigureAwait(false);
            if (broken.Structure == "JPEG APP11" && App11Pieces.MayStartStore(head.Span))
                walk.StoreFault(broken);
            await walk.DamagedAsync(broken).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>Walks to EOI, or to the first scan behind a store; returns the first bytes that had to be stepped over.</summary>
    private static async ValueTask<MalformedDataException?> WalkAsync(AssetWalk walk, App11Pieces pieces, Limits limits)
    {
        MalformedDataException? stray = null;
        var segments = new JpegSegments(walk.Window, limits);
        while (await segments.NextAsync().ConfigureAwait(false) is { } segment)
        {
            var range = segment.Range;
            var head = await walk.Window.AtAsync(range.Offset, (int)Math.Min(range.Length, HeadLength)).ConfigureAwait(false);
            var kind = Kind(segment.Marker, head.Span);
            switch (segment.Marker)
            {
                case JpegMarker.Stray when head.Span.ContainsAnyExcept((byte)0xFF):
                    stray ??= new MalformedDataException("JPEG", range.Offset, $"a marker expected, {range.Length} bytes lie before the next one");
                    break;
                case JpegMarker.App11:
                    pieces.Add(range, head.Span);
                    break;
                case JpegMarker.App1 when HasName(head.Span, XmpName):
                    await walk.XmpAsync(ByteRange.FromTo(range.Offset + 4 + XmpName.Length, range.End)).ConfigureAwait(false);
                    break;
                case JpegMarker.App1 or JpegMarker.App2 or JpegMarker.App13 or JpegMarker.Com:
                    AddMetadata(walk, segment.Marker, range, head.Span);
                    break;
                case JpegMarker.Sos when pieces.FoundStore:
                    // The rest can add nothing to the store, is hashed, and is what a large file mostly consists of: not walked.
                    walk.Region(range, kind, JpegMarker.Name(segment.Marker));
                    return stray;
                case JpegMarker.Sos:
                    range = ByteRange.FromTo(range.Offset, await segments.SkipEntropyAsync(stopAtRestart: false).ConfigureAwait(false));
                    break;
            }
            walk.Region(range, kind, segment.Marker == JpegMarker.Stray ? "bytes between segments" : JpegMarker.Name(segment.Marker));
            if (segment.Marker == JpegMarker.Eoi)
            {
                walk.EndsAt(range.End, "behind EOI");
                return stray;
            }
        }
        walk.Note(segments.Position, "the file ends without EOI");
        return stray;
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

    private static void AddMetadata(AssetWalk walk, byte marker, ByteRange segment, ReadOnlySpan<byte> head)
    {
        if (marker == JpegMarker.Com)
            Add(MetadataBlockKind.Comment, 0, MetadataForm.Plain);
        else if (marker == JpegMarker.App1 && HasName(head, ExifName))
            Add(MetadataBlockKind.Exif, ExifName.Length + 1, MetadataForm.Plain); // a zero, or any byte, behind the name
        else if (marker == JpegMarker.App1 && HasName(head, ExtendedXmpName))
            Add(MetadataBlockKind.Xmp, ExtendedXmpName.Length, MetadataForm.ExtendedXmpPiece);
        else if (marker == JpegMarker.App2 && HasName(head, ProfileName))
            Add(MetadataBlockKind.ColourProfile, ProfileName.Length, MetadataForm.ProfilePiece);
        else if (marker == JpegMarker.App13 && HasName(head, PhotoshopName))
            Add(MetadataBlockKind.Iptc, PhotoshopName.Length, MetadataForm.PhotoshopResources);

        void Add(MetadataBlockKind kind, int nameLength, MetadataForm form)
        {
            long start = segment.Offset + 4 + nameLength;
            if (start < segment.End)
                walk.Metadata(kind, ByteRange.FromTo(start, segment.End), form);
        }
    }

    /// <summary>Whether the parameters of a segment start with <paramref name="name"/>.</summary>
    private static bool HasName(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name) => head.Length >= 4 && head[4..].StartsWith(name);

    private static RegionKind Kind(byte marker, ReadOnlySpan<byte> head) => marker switch
    {
        JpegMarker.Stray => RegionKind.Unknown,
        JpegMarker.Sos => RegionKind.Media,
        JpegMarker.App1 when HasName(head, ExifName) => RegionKind.Exif,
        JpegMarker.App1 when HasName(head, XmpName) || HasName(head, ExtendedXmpName) => RegionKind.Xmp,
        JpegMarker.App2 when HasName(head, ProfileName) => RegionKind.ColourProfile,
        JpegMarker.App13 when HasName(head, PhotoshopName) => RegionKind.Iptc,
        JpegMarker.App0 when HasName(head, "JFIF\0"u8) => RegionKind.Structure,
        // Decoders take the colour transform from here.
        JpegMarker.App14 when HasName(head, "Adobe"u8) => RegionKind.Structure,
        >= JpegMarker.App0 and <= JpegMarker.App15 or JpegMarker.Com => RegionKind.OtherMetadata,
        _ => RegionKind.Structure,
    };
}
