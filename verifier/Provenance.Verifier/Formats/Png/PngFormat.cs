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
    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Signature[..4]);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        await CheckSignatureAsync(window).ConfigureAwait(false);
        var chunks = new PngChunks(window, limits);
        var regions = new List<AssetRegion> { new(new ByteRange(0, 8), RegionKind.Structure, "signature") };
        var notes = new List<FormatNote>();
        var stores = new List<StoreLocation>();
        ReadOnlyMemory<byte>? xmp = null;
        MalformedDataException? broken = null;
        bool inData = false, ended = false;
        try
        {
            while (!ended && await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
            {
                var kind = Kind(chunk.Type);
                switch (chunk.Type)
                {
                    case "caBX":
                        stores.Add(new StoreLocation([chunk.Range], [chunk.Data]));
                        if (inData)
                            notes.Add(new FormatNote(chunk.Range.Offset, "caBX lies behind IDAT (C2PA 2.5 §A.3.2 wants it before)"));
                        if (!await IsCrcRightAsync(window, chunk, limits).ConfigureAwait(false))
                            notes.Add(new FormatNote(chunk.Range.End - 4, "the CRC of caBX is wrong"));
                        break;
                    case "IDAT":
                        inData = true;
                        break;
                    case "iTXt" when (await window.AtAsync(chunk.Data.Offset, XmpKeyword.Length).ConfigureAwait(false)).Span.SequenceEqual(XmpKeyword):
                        kind = RegionKind.Xmp;
                        if (xmp is null)
                            xmp = await ReadXmpAsync(source, chunk.Data, limits, notes, cancellation).ConfigureAwait(false);
                        else
                            notes.Add(new FormatNote(chunk.Range.Offset, "a second XMP packet, not read"));
                        break;
                    case "IEND":
                        ended = true;
                        break;
                }
                regions.Add(new AssetRegion(chunk.Range, kind, chunk.Type));
            }
            AddEnd(regions, notes, window.Length);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            broken = e;
        }

        // A caBX that cannot be read in full is a store that is there and unreadable; any other break hides at most what a search can find.
        var fault = broken?.Structure == "PNG caBX" ? broken : null;
        if (broken is not null && fault is null)
        {
            notes.Add(stores.Count > 0
                ? new FormatNote(broken.Offset, broken.Message)
                : await StoreTrace.NoteOrThrowAsync(window, broken).ConfigureAwait(false));
        }
        return new AssetMap
        {
            Format = this,
            MediaType = regions.Exists(region => region.Name == "acTL") ? MediaTypes[1] : MediaTypes[0],
            Stores = stores,
            StoreFault = fault,
            Regions = regions,
            Xmp = xmp,
            Notes = notes,
        };
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

    /// <summary>iTXt: keyword, 0, compression flag (1), compression method (1), language, 0, translated keyword, 0, text (§11.3.3.4).</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadXmpAsync(AssetSource source, ByteRange data, Limits limits, List<FormatNote> notes, CancellationToken cancellation)
    {
        if (data.Length > limits.XmpBytes)
        {
            notes.Add(new FormatNote(data.Offset, $"an XMP packet of {data.Length} bytes, more than {nameof(Limits.XmpBytes)} = {limits.XmpBytes} allows; not read"));
            return null;
        }
        var bytes = await source.ReadAsync(data, cancellation).ConfigureAwait(false);
        var cursor = new ByteCursor(bytes.Span, "PNG iTXt", data.Offset);
        try
        {
            cursor.Skip(XmpKeyword.Length);
            if (cursor.Take(2)[0] != 0)
            {
                notes.Add(new FormatNote(data.Offset, "a compressed XMP packet, not read"));
                return null;
            }
            cursor.ReadToNul();
            cursor.ReadToNul();
            return bytes[cursor.Position..];
        }
        catch (MalformedDataException e)
        {
            // Text that says nothing about the store must not keep it from being read.
            notes.Add(new FormatNote(e.Offset, e.Message));
            return null;
        }
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

    private static void AddEnd(List<AssetRegion> regions, List<FormatNote> notes, long length)
    {
        long end = regions[^1].Range.End;
        if (end < length)
        {
            regions.Add(new AssetRegion(ByteRange.FromTo(end, length), RegionKind.Trailing, "behind IEND"));
            notes.Add(new FormatNote(end, $"{length - end} bytes follow the end of the picture"));
        }
        else if (regions[^1].Name != "IEND")
            notes.Add(new FormatNote(length, "the file ends without IEND"));
    }
}
