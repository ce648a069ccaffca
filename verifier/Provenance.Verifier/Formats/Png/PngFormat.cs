using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Png;

/// <summary>
/// PNG and APNG (PNG 3rd ed.). The manifest store is the data of the chunk caBX (C2PA 2.5 §A.3.2); its extent is the whole chunk:
/// <code>
/// 89 50 4E 47 0D 0A 1A 0A | IHDR | caBX | … | IDAT … | IEND | anything
/// </code>
/// </summary>
internal sealed class PngFormat : IAssetFormat
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0"u8;

    public string Name => "PNG";

    public IReadOnlyList<string> MediaTypes { get; } = ["image/png", "image/apng"];

    public IReadOnlyList<string> Extensions { get; } = [".png", ".apng"];

    /// <summary>The four bytes that name the format; the four behind them show damage in transfer, and <see cref="MapAsync"/> says so.</summary>
    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.2", "a caBX chunk", "c2pa.hash.data", "c2pa.hash.boxes");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Signature[..4]);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        await CheckSignatureAsync(walk.Window).ConfigureAwait(false);
        walk.Region(new ByteRange(0, 8), RegionKind.Structure, "signature");
        bool isAnimated = false;
        try
        {
            isAnimated = await WalkAsync(walk, limits).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // A caBX that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == "PNG caBX")
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(this, isAnimated ? MediaTypes[1] : MediaTypes[0]);
    }

    /// <summary>Walks to IEND; tells whether the picture is animated.</summary>
    private static async ValueTask<bool> WalkAsync(AssetWalk walk, Limits limits)
    {
        var chunks = new PngChunks(walk.Window, limits);
        bool isAnimated = false, inData = false;
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            var kind = Kind(chunk.Type);
            switch (chunk.Type)
            {
                case "caBX":
                    walk.Store(new StoreLocation([chunk.Range], [chunk.Data]));
                    if (inData)
                        walk.Note(chunk.Range.Offset, "caBX lies behind IDAT (C2PA 2.5 §A.3.2 wants it before)");
                    if (!await IsCrcRightAsync(walk.Window, chunk, limits).ConfigureAwait(false))
                        walk.Note(chunk.Range.End - 4, "the CRC of caBX is wrong");
                    break;
                case "acTL":
                    isAnimated = true;
                    break;
                case "IDAT":
                    inData = true;
                    break;
                case "iTXt" when await IsXmpAsync(walk.Window, chunk.Data).ConfigureAwait(false):
                    kind = RegionKind.Xmp;
                    await ReadXmpAsync(walk, chunk.Data).ConfigureAwait(false);
                    break;
                case "tEXt":
                    walk.Metadata(MetadataBlockKind.PngText, chunk.Data, MetadataForm.PngText);
                    break;
                case "zTXt":
                    walk.Metadata(MetadataBlockKind.PngText, chunk.Data, MetadataForm.PngPackedText);
                    break;
                case "iTXt":
                    walk.Metadata(MetadataBlockKind.PngText, chunk.Data, MetadataForm.PngInternationalText);
                    break;
                case "eXIf":
                    walk.Metadata(MetadataBlockKind.Exif, chunk.Data);
                    break;
                case "iCCP":
                    walk.Metadata(MetadataBlockKind.ColourProfile, chunk.Data, MetadataForm.PngProfile);
                    break;
            }
            walk.Region(chunk.Range, kind, chunk.Type);
            if (chunk.Type == "IEND")
            {
                walk.EndsAt(chunk.Range.End, "behind IEND");
                return isAnimated;
            }
        }
        walk.Note(walk.Window.Length, "the file ends without IEND");
        return isAnimated;
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        await CheckSignatureAsync(window).ConfigureAwait(false);
        var chunks = new PngChunks(window, limits);
        var boxes = new List<NamedBox> { new("PNGh", new ByteRange(0, 8)) };
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            boxes.Add(new NamedBox(chunk.Type == "caBX" ? "C2PA" : chunk.Type, chunk.Range));
            if (chunk.Type == "IEND")
                return boxes;
        }
        throw new MalformedDataException("PNG", source.Length, "IEND is missing");
    }

    private static async ValueTask CheckSignatureAsync(ReadWindow window)
    {
        var head = await window.AtAsync(0, 8).ConfigureAwait(false);
        if (!head.Span.SequenceEqual(Signature))
            throw new MalformedDataException("PNG signature", 0, "89 50 4E 47 0D 0A 1A 0A expected (§5.2)");
    }

    private static RegionKind Kind(string type) => type switch
    {
        "caBX" => RegionKind.ManifestStore,
        "IDAT" or "fdAT" => RegionKind.Media,
        "eXIf" => RegionKind.Exif,
        "iCCP" => RegionKind.ColourProfile,
        "tEXt" or "zTXt" or "iTXt" or "tIME" => RegionKind.OtherMetadata,
        "IHDR" or "PLTE" or "IEND" or "tRNS" or "gAMA" or "cHRM" or "sRGB" or "cICP" or "mDCV" or "cLLI" or "sBIT" or "bKGD" or "hIST" or "pHYs"
            or "sPLT" or "acTL" or "fcTL" => RegionKind.Structure,
        _ => RegionKind.Unknown,
    };

    private static async ValueTask<bool> IsXmpAsync(ReadWindow window, ByteRange data) =>
        data.Length >= XmpKeyword.Length && (await window.AtAsync(data.Offset, XmpKeyword.Length).ConfigureAwait(false)).Span.SequenceEqual(XmpKeyword);

    /// <summary>iTXt: keyword, 0, compression flag (1), compression method (1), language, 0, translated keyword, 0, text (§11.3.3.4).</summary>
    private static async ValueTask ReadXmpAsync(AssetWalk walk, ByteRange data)
    {
        // The two strings between are empty in every file seen.
        int headLength = (int)Math.Min(data.Length, 1024);
        var head = await walk.Window.AtAsync(data.Offset, headLength).ConfigureAwait(false);
        if (FindText(head.Span) is { } text)
            await walk.XmpAsync(ByteRange.FromTo(data.Offset + text, data.End)).ConfigureAwait(false);
        else
        {
            walk.Metadata(MetadataBlockKind.Xmp, data, MetadataForm.PngInternationalText);
            walk.Note(data.Offset, "an XMP packet that is compressed or has no text, not read");
        }
    }

    private static int? FindText(ReadOnlySpan<byte> head)
    {
        int at = XmpKeyword.Length;
        if (head.Length < at + 2 || head[at] != 0)
            return null;
        at += 2;
        for (int text = 0; text < 2; text++)
        {
            int length = head[at..].IndexOf((byte)0);
            if (length < 0)
                return null;
            at += length + 1;
        }
        return at;
    }

    private static async ValueTask<bool> IsCrcRightAsync(ReadWindow window, PngChunk chunk, Limits limits)
    {
        if (chunk.Data.Length > limits.StoreBytes)
            return true;
        uint crc = Crc32.Start;
        long position = chunk.Range.Offset + 4;
        while (position < chunk.Data.End)
        {
            var bytes = await window.FromAsync(position, 1).ConfigureAwait(false);
            int count = (int)Math.Min(bytes.Length, chunk.Data.End - position);
            crc = Crc32.Add(crc, bytes.Span[..count]);
            position += count;
        }
        var stored = await window.AtAsync(position, 4).ConfigureAwait(false);
        return BinaryPrimitives.ReadUInt32BigEndian(stored.Span) == ~crc;
    }
}
