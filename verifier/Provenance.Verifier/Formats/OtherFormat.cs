using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>
/// A file whose inside is not read: told by its first bytes at most. A manifest store beside it binds it by a data hash over all of its
/// bytes.
/// </summary>
/// <param name="name">What the bytes are.</param>
/// <param name="marks">Bytes by which they are told, each with its offset.</param>
/// <param name="mediaTypes">Media types, the preferred one first.</param>
/// <param name="extensions">File name extensions.</param>
/// <param name="placement">Why no store is looked for.</param>
internal sealed class OtherFormat(
    string name, IReadOnlyList<OtherFormat.Mark> marks, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions, StorePlacement placement) : IAssetFormat
{
    /// <summary>Bytes by which files are told, and where they stand.</summary>
    internal sealed record Mark(int Offset, byte[] Bytes);

    /// <summary>C2PA 2.5 annex A does not mention the format; whatever it is, a store beside it binds it.</summary>
    private static readonly StorePlacement s_notPlaced = new(PlacementKind.NotPlaced, "14.5", "beside the file", "c2pa.hash.data");

    /// <summary>Bytes of no format the list has.</summary>
    public static OtherFormat Instance { get; } = new("unknown", [], ["application/octet-stream"], [], s_notPlaced);

    /// <summary>Pictures and films that are usual and have no place for a store.</summary>
    public static IReadOnlyList<OtherFormat> Pictures { get; } =
    [
        new("JPEG XL codestream", [new(0, [0xFF, 0x0A])], ["image/x-jxl-codestream"], [],
            new(PlacementKind.DetachedOnly, "A.3.11", "beside the file: only the container has a place", "c2pa.hash.data")),
        NotPlaced("JPEG 2000", [new(0, [0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A])], ["image/jp2", "image/jpx"], [".jp2", ".jpx", ".jpf"]),
        // Two letters alone begin many a text; the four bytes are reserved.
        NotPlaced("BMP", [new(0, "BM"u8.ToArray()), new(6, [0, 0, 0, 0])], ["image/bmp"], [".bmp"]),
        NotPlaced("ICO", [new(0, [0, 0, 1, 0]), new(5, [0])], ["image/vnd.microsoft.icon", "image/x-icon"], [".ico"]),
        NotPlaced("Photoshop", [new(0, "8BPS\0"u8.ToArray())], ["image/vnd.adobe.photoshop"], [".psd", ".psb"]),
        NotPlaced("Matroska", [new(0, [0x1A, 0x45, 0xDF, 0xA3])], ["video/matroska", "video/webm", "audio/webm"], [".mkv", ".webm", ".mka"]),
        // A drawing in it would have to be unpacked first, and A.3.3 binds bytes as they stand.
        NotPlaced("gzip", [new(0, [0x1F, 0x8B, 0x08])], ["application/gzip"], [".gz", ".svgz"]),
    ];

    /// <summary>Fonts in other packings than the one that has a table for a store: A.3.12 speaks of the fonts inside.</summary>
    public static IReadOnlyList<OtherFormat> Fonts { get; } =
    [
        NotPlaced("font collection", [new(0, "ttcf\0"u8.ToArray())], ["font/collection"], [".ttc", ".otc"]),
        NotPlaced("WOFF", [new(0, "wOFF"u8.ToArray())], ["font/woff"], [".woff"]),
        NotPlaced("WOFF2", [new(0, "wOF2"u8.ToArray())], ["font/woff2"], [".woff2"]),
    ];

    private static OtherFormat NotPlaced(string name, IReadOnlyList<OtherFormat.Mark> marks, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions) =>
        new(name, marks, mediaTypes, extensions, s_notPlaced);

    public string Name => name;

    public IReadOnlyList<string> MediaTypes => mediaTypes;

    public IReadOnlyList<string> Extensions => extensions;

    public StorePlacement Placement => placement;

    public bool Matches(ReadOnlySpan<byte> head)
    {
        foreach (var (offset, bytes) in marks)
        {
            if (head.Length < offset || !head[offset..].StartsWith(bytes))
                return false;
        }
        return marks.Count > 0;
    }

    public ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new AssetMap
        {
            Format = this,
            MediaType = mediaTypes[0],
            Stores = [],
            Regions = [new AssetRegion(new ByteRange(0, source.Length), RegionKind.Media, name)],
        });
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
