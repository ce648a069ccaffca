using System.Buffers.Binary;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Tests.Formats;

/// <summary>Small containers, written so that a test can be read aloud.</summary>
internal static class Sample
{
    /// <summary>A JUMBF superbox of the store's type: 8 + 30 bytes of headers and <paramref name="filler"/> bytes that no format looks at.</summary>
    public static byte[] Store(int filler = 40)
    {
        byte[] description = Box("jumd", [.. Convert.FromHexString("6332706100110010800000AA00389B71"), 0x03, .. "c2pa\0"u8]);
        return Box("jumb", [.. description, .. Enumerable.Range(0, filler).Select(i => (byte)('a' + i % 26))]);
    }

    /// <summary>A JUMBF box with a 32-bit length.</summary>
    public static byte[] Box(string type, byte[] content) => [.. Big((uint)content.Length + 8), .. Ascii(type), .. content];

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    // JPEG

    public static byte[] Soi { get; } = [0xFF, 0xD8];

    public static byte[] Eoi { get; } = [0xFF, 0xD9];

    public static byte[] Jfif { get; } = Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);

    public static byte[] Tables { get; } = Join(Segment(0xDB, new byte[65]), Segment(0xC0, new byte[15]), Segment(0xC4, new byte[29]));

    /// <summary>A scan whose data has a stuffed FF, a restart marker and fill bytes before what follows.</summary>
    public static byte[] Scan { get; } = Join(Segment(0xDA, new byte[10]), [1, 2, 0xFF, 0x00, 3], [0xFF, 0xD0], [4, 5, 6]);

    public static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)((content.Length + 2) & 0xFF), .. content];

    /// <summary>One APP11 piece of a JUMBF box.</summary>
    public static byte[] Piece(byte[] slice, uint boxLength, ushort instance = 0x0211, uint sequence = 1, string ci = "JP", string type = "jumb") =>
        Segment(0xEB, [.. Ascii(ci), (byte)(instance >> 8), (byte)(instance & 0xFF), .. Big(sequence), .. Big(boxLength), .. Ascii(type), .. slice]);

    /// <summary>A store as APP11 segments of <paramref name="size"/> bytes of box payload each.</summary>
    public static byte[][] Pieces(byte[] store, int size = 60000, ushort instance = 0x0211) =>
        [.. store[8..].Chunk(size).Select((slice, i) => Piece(slice, (uint)store.Length, instance, (uint)i + 1))];

    public static byte[] JpegOf(params byte[][] behindSoi) => Join([Soi, .. behindSoi]);

    /// <summary>A whole picture with what is given between JFIF and the tables.</summary>
    public static byte[] Picture(params byte[][] segments) => Join([Soi, Jfif, .. segments, Tables, Scan, Eoi]);

    // PNG

    public static byte[] PngSignature { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Ihdr { get; } = Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);

    public static byte[] Idat { get; } = Chunk("IDAT", [0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]);

    public static byte[] Iend { get; } = Chunk("IEND", []);

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] checkedBytes = [.. Ascii(type), .. data];
        return [.. Big((uint)data.Length), .. checkedBytes, .. Big(Crc(checkedBytes))];
    }

    public static byte[] PngOf(params byte[][] behindHeader) => Join([PngSignature, Ihdr, .. behindHeader]);

    /// <summary>The CRC of ISO 3309 bit by bit, as no table can be wrong that is not there.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }

    // RIFF

    public static byte[] RiffChunk(string id, byte[] data) => [.. Ascii(id), .. Little((uint)data.Length), .. data, .. new byte[data.Length & 1]];

    public static byte[] WebP(params byte[][] chunks) => RiffOf("WEBP", chunks);

    public static byte[] RiffOf(string form, params byte[][] chunks) => RiffChunk("RIFF", Join([Ascii(form), .. chunks]));

    public static byte[] Vp8 { get; } = RiffChunk("VP8 ", new byte[10]);

    // All

    /// <summary>A sound file with a store, of each format.</summary>
    public static byte[] Signed(IAssetFormat format) => format.Name switch
    {
        "JPEG" => Picture([.. Pieces(Store(), 50), Segment(0xE1, [.. "Exif\0\0"u8, 1, 2])]),
        "PNG" => PngOf(Chunk("caBX", Store()), Chunk("tEXt", Ascii("a\0b")), Idat, Iend),
        "WebP" => WebP(Vp8, RiffChunk("EXIF", [1, 2]), RiffChunk("C2PA", Store(41))),
        "C2PA manifest store" => Store(),
        _ => Provenance.TestKit.TestAssets.Of(format.Name)?.Embed(Store(41)).Bytes ?? throw new InvalidOperationException($"{format.Name} needs a writer in TestAssets"),
    };

    public static async Task<AssetMap> MapAsync(byte[] bytes, Limits? limits = null)
    {
        var format = AssetFormats.Find(bytes) ?? throw new InvalidOperationException("no format knows the bytes");
        return await format.MapAsync(AssetSource.FromMemory(bytes), limits ?? Limits.Default, CancellationToken.None);
    }

    public static async Task<IReadOnlyList<NamedBox>> BoxesAsync(byte[] bytes, Limits? limits = null)
    {
        var map = await MapAsync(bytes);
        return (await map.Format.ListBoxesAsync(AssetSource.FromMemory(bytes), map, limits ?? Limits.Default, CancellationToken.None))!;
    }

    /// <summary>The bytes of the ranges, joined.</summary>
    public static byte[] Cut(byte[] bytes, IEnumerable<ByteRange> ranges) =>
        [.. ranges.SelectMany(range => bytes.Skip((int)range.Offset).Take((int)range.Length))];

    /// <summary>All a map says, as text, so that two can be compared.</summary>
    public static string Describe(AssetMap map) => string.Join('\n',
        [
            map.Format.Name, map.MediaType,
            .. map.Stores.Select(store => $"store {string.Join(' ', store.Extent)} | {string.Join(' ', store.Payload)}"),
            $"fault {map.StoreFault?.Message}",
            .. map.Regions.Select(region => region.ToString()),
            $"xmp {(map.Xmp is { } xmp ? Convert.ToHexString(xmp.Span) : "none")}",
            .. map.Notes.Select(note => note.ToString()),
        ]);
}
