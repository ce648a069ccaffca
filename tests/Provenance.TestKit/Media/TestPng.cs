using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Where in a PNG the store's chunk goes.</summary>
public enum PngPlace
{
    BehindHeader,
    BeforeImageData,
    BehindImageData,
    BehindEnd,
}

/// <summary>A truecolour PNG made here, and its way to carry a store in a <c>caBX</c> chunk (C2PA A.3.2).</summary>
public sealed record TestPng : TestAsset
{
    private readonly byte[] _header;
    private readonly byte[] _pixels;

    private TestPng(TestPicture picture, CompressionLevel level)
    {
        _header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(_header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(_header.AsSpan(4), picture.Height);
        _header[8] = 8;
        _header[9] = 2;
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
            for (int y = 0, row = picture.Width * 3; y < picture.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(picture.Rgb.AsSpan(y * row, row));
            }
        _pixels = compressed.ToArray();
    }

    public override string Format => "PNG";

    public override string MediaType => "image/png";

    public override string Extension => "png";

    /// <summary>Chunks between IHDR and the image data, behind the store.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> Chunks { get; init; } = [];

    /// <summary>Greatest size of one IDAT.</summary>
    public int ImageDataSize { get; init; } = 8192;

    public byte[] Trailing { get; init; } = [];

    public PngPlace Place { get; init; }

    /// <summary>The store's chunk gets a wrong CRC.</summary>
    public bool WrongCrc { get; init; }

    public static TestPng Of(TestPicture picture, CompressionLevel level = CompressionLevel.Optimal) => new(picture, level);

    /// <summary>64×64 pixels of gradient.</summary>
    public static TestPng Small() => Of(TestPicture.Gradient());

    public TestPng WithChunk(string type, byte[] data) => this with { Chunks = [.. Chunks, (type, data)] };

    public TestPng WithExif(byte[]? tiff = null) => WithChunk("eXIf", tiff ?? TestMetadata.Exif());

    public TestPng WithXmp(string? packet = null) =>
        WithChunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp())]);

    public TestPng WithText(string keyword, string text) => WithChunk("tEXt", Encoding.Latin1.GetBytes($"{keyword}\0{text}"));

    public TestPng WithTrailing(byte[] bytes) => this with { Trailing = bytes };

    public TestPng StoreAt(PngPlace place) => this with { Place = place };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start + 8, store.Length)]);
    }

    /// <summary>A PNG of noise with about this many bytes.</summary>
    public static TestPng OfAbout(long bytes)
    {
        int side = (int)Math.Sqrt(bytes / 3.0);
        return Of(TestPicture.Noise(side, side), CompressionLevel.NoCompression);
    }

    protected override IReadOnlyList<string> MediaBoxes => ["IDAT"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] data = new byte[length - 12];
        payload.CopyTo(data);
        return Chunk("teSt", data);
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [new("PNGh", new(0, 8))];
        for (int at = 8; at < file.Length;)
        {
            int length = 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            boxes.Add(new(type == "caBX" ? "C2PA" : type, new(at, length)));
            at += length;
            if (type == "IEND") break;
        }
        return boxes;
    }

    public override byte[] MediaChanged(byte[] file)
    {
        int at = MediaByte(file);
        Extent chunk = Boxes(file).Single(b => b.Extent.Start <= at && at < b.Extent.End).Extent;
        byte[] changed = file.FlipBit(at);
        byte[] whole = Chunk("IDAT", changed[((int)chunk.Start + 8)..((int)chunk.End - 4)]);
        return changed.Overwritten(chunk.Start, whole);
    }

    /// <summary>One chunk: length, type, data, CRC.</summary>
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var output = new MemoryStream();
        Extent extent = default;
        void Store(PngPlace here)
        {
            if (here != Place || store is null) return;
            byte[] chunk = Chunk("caBX", store);
            if (WrongCrc) chunk[^1] ^= 1;
            extent = new(output.Length, chunk.Length);
            output.Write(chunk);
        }

        output.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        output.Write(Chunk("IHDR", _header));
        Store(PngPlace.BehindHeader);
        foreach ((string type, byte[] data) in Chunks) output.Write(Chunk(type, data));
        Store(PngPlace.BeforeImageData);
        foreach (byte[] part in _pixels.Chunk(ImageDataSize)) output.Write(Chunk("IDAT", part));
        Store(PngPlace.BehindImageData);
        output.Write(Chunk("IEND", []));
        Store(PngPlace.BehindEnd);
        output.Write(Trailing);
        return (output.ToArray(), extent);
    }

    // ISO 3309 CRC-32, reflected polynomial EDB88320.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = s_crc[(crc ^ b) & 0xFF] ^ crc >> 8;
        return ~crc;
    }

    private static readonly uint[] s_crc = [.. Enumerable.Range(0, 256).Select(i =>
    {
        uint value = (uint)i;
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
        return value;
    })];
}
