using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// A lossless WebP made here, and its way to carry a store in a <c>C2PA</c> chunk (C2PA A.3.9). The bitstream uses no
/// transform and gives every colour value eight bits.
/// </summary>
public sealed record TestWebP : TestAsset
{
    private readonly byte[] _bitstream;
    private readonly int _width, _height;

    private TestWebP(TestPicture picture)
    {
        (_width, _height) = (picture.Width, picture.Height);
        _bitstream = Encode(picture);
    }

    public override string Format => "WebP";

    public override string MediaType => "image/webp";

    public override string Extension => "webp";

    /// <summary>Chunks behind the image, before the store.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> Chunks { get; init; } = [];

    /// <summary>Leaves the VP8X chunk out.</summary>
    public bool IsSimple { get; init; }

    /// <summary>The store's chunk stands before the image data instead of last.</summary>
    public bool StoreFirst { get; init; }

    public byte[] Trailing { get; init; } = [];

    public static TestWebP Of(TestPicture picture) => new(picture);

    /// <summary>64×64 pixels of gradient.</summary>
    public static TestWebP Small() => Of(TestPicture.Gradient());

    public TestWebP WithExif(byte[]? tiff = null) => WithChunk("EXIF", tiff ?? TestMetadata.Exif());

    public TestWebP WithXmp(string? packet = null) => WithChunk("XMP ", Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()));

    public TestWebP WithChunk(string type, byte[] data) => this with { Chunks = [.. Chunks, (type, data)] };

    public TestWebP WithTrailing(byte[] bytes) => this with { Trailing = bytes };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start + 8, store.Length)]);
    }

    /// <summary>A WebP of noise with about this many bytes.</summary>
    public static TestWebP OfAbout(long bytes)
    {
        int side = (int)Math.Sqrt(bytes / 3.0);
        return Of(TestPicture.Noise(side, side));
    }

    protected override IReadOnlyList<string> MediaBoxes => ["VP8L"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] data = new byte[length - 8];
        payload.CopyTo(data);
        return Chunk("test", data);
    }

    public override byte[] LengthCorrected(byte[] file)
    {
        byte[] corrected = [.. file];
        BinaryPrimitives.WriteInt32LittleEndian(corrected.AsSpan(4), file.Length - 8);
        return corrected;
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [new("WEBP", new(0, 12))];
        int end = 8 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        for (int at = 12; at < end;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            length += 8 + length % 2;
            boxes.Add(new(Encoding.ASCII.GetString(file, at, 4), new(at, length)));
            at += length;
        }
        return boxes;
    }

    /// <summary>One chunk: id, size, data, and a pad byte when the size is odd.</summary>
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[8 + data.Length + data.Length % 2];
        Encoding.ASCII.GetBytes(type, chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        data.CopyTo(chunk, 8);
        return chunk;
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var output = new MemoryStream();
        output.Write("RIFF\0\0\0\0WEBP"u8);
        if (!IsSimple) output.Write(Chunk("VP8X", CanvasHeader()));
        Extent extent = default;
        void Store(bool here)
        {
            // The excluded range is header and data, without the pad byte.
            if (store is null || !here) return;
            extent = new(output.Length, 8 + store.Length);
            output.Write(Chunk("C2PA", store));
        }
        Store(StoreFirst);
        output.Write(Chunk("VP8L", _bitstream));
        foreach ((string type, byte[] data) in Chunks) output.Write(Chunk(type, data));
        Store(!StoreFirst);
        byte[] bytes = output.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return ([.. bytes, .. Trailing], extent);
    }

    // RFC 9649 §2.7: flags (EXIF bit 3, XMP bit 2), three reserved bytes, canvas width and height minus one in 24 bits each.
    private byte[] CanvasHeader()
    {
        byte[] header = new byte[10];
        if (Chunks.Any(c => c.Type == "EXIF")) header[0] |= 0x08;
        if (Chunks.Any(c => c.Type == "XMP ")) header[0] |= 0x04;
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, _width - 1);
        size.AsSpan(0, 3).CopyTo(header.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(size, _height - 1);
        size.AsSpan(0, 3).CopyTo(header.AsSpan(7));
        return header;
    }

    // RFC 9649 §3: signature, sizes, no transforms, no colour cache, no meta prefix codes, five prefix codes, pixels.
    private static byte[] Encode(TestPicture picture)
    {
        var bits = new BitWriter();
        bits.Write(0x2F, 8);
        bits.Write(picture.Width - 1, 14);
        bits.Write(picture.Height - 1, 14);
        bits.Write(0, 1 + 3);
        bits.Write(0, 3);
        WritePlainCode(bits, unused: 24);
        WritePlainCode(bits, unused: 0);
        WritePlainCode(bits, unused: 0);
        bits.Write(1 | 0 << 1 | 1 << 2 | 255 << 3, 11); // alpha: simple, one symbol, eight bits: 255
        bits.Write(1 | 0 << 1 | 0 << 2 | 0 << 3, 4); // distance: simple, one symbol, one bit: 0
        for (int i = 0; i < picture.Rgb.Length; i += 3)
        {
            bits.Write(Reverse(picture.Rgb[i + 1]), 8);
            bits.Write(Reverse(picture.Rgb[i]), 8);
            bits.Write(Reverse(picture.Rgb[i + 2]), 8);
        }
        return bits.ToArray();
    }

    // A normal prefix code in which 256 symbols have eight bits each. Code lengths 0 and 8 have one bit each: 0 and 1.
    private static void WritePlainCode(BitWriter bits, int unused)
    {
        bits.Write(0, 1);
        bits.Write(12 - 4, 4);
        foreach (int length in (int[])[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]) bits.Write(length, 3);
        bits.Write(0, 1);
        for (int i = 0; i < 256; i++) bits.Write(1, 1);
        for (int i = 0; i < unused; i++) bits.Write(0, 1);
    }

    private static int Reverse(byte value)
    {
        int result = 0;
        for (int bit = 0; bit < 8; bit++) result |= (value >> bit & 1) << (7 - bit);
        return result;
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _output = [];
        private int _bits, _count;

        public void Write(int value, int count)
        {
            for (int bit = 0; bit < count; bit++)
            {
                _bits |= (value >> bit & 1) << _count;
                if (++_count < 8) continue;
                _output.Add((byte)_bits);
                _bits = _count = 0;
            }
        }

        public byte[] ToArray()
        {
            if (_count > 0) Write(0, 8 - _count);
            return [.. _output];
        }
    }
}
