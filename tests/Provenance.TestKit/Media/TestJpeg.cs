using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Where in a JPEG the store's segments go.</summary>
public enum JpegPlace
{
    BehindFirstSegment,
    BeforeScanTables,
    BeforeEndOfImage,
}

/// <summary>A baseline JPEG made here, with optional metadata, and its way to carry a store in APP11 segments (C2PA A.3.1).</summary>
public sealed record TestJpeg : TestAsset
{
    private readonly byte[] _tables;
    private readonly byte[] _scan;

    private TestJpeg(TestPicture picture, int coarseness, int restartInterval) =>
        (_tables, _scan) = JpegEncoder.Encode(picture, coarseness, restartInterval);

    public override string Format => "JPEG";

    public override string MediaType => "image/jpeg";

    public override string Extension => "jpg";

    /// <summary>Segments (marker and content) written right behind SOI, before the store.</summary>
    public IReadOnlyList<(byte Marker, byte[] Content)> Segments { get; init; } = [(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0])];

    /// <summary>Written behind EOI.</summary>
    public byte[] Trailing { get; init; } = [];

    /// <summary>Greatest number of store bytes in one segment.</summary>
    public int PieceSize { get; init; } = 64000;

    /// <summary>Box instance number.</summary>
    public ushort Instance { get; init; } = 0x0211;

    /// <summary>Packet number of the first piece.</summary>
    public uint FirstPacket { get; init; } = 1;

    public JpegPlace Place { get; init; }

    /// <summary>Changes the list of whole store segments before they are written: reorder, drop, repeat, put others between. <see cref="Embedding.Pieces"/> then no longer fits.</summary>
    public Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>>? SegmentsChange { get; init; }

    public static TestJpeg Of(TestPicture picture, int coarseness = 4, int restartInterval = 0) => new(picture, coarseness, restartInterval);

    /// <summary>64×64 pixels of gradient.</summary>
    public static TestJpeg Small() => Of(TestPicture.Gradient());

    public TestJpeg InPiecesOf(int bytes) => this with { PieceSize = bytes };

    public TestJpeg WithExif(byte[]? tiff = null) => WithSegment(0xE1, [.. "Exif\0\0"u8, .. tiff ?? TestMetadata.Exif()]);

    public TestJpeg WithXmp(string? packet = null) =>
        WithSegment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp())]);

    public TestJpeg WithComment(string text) => WithSegment(0xFE, Encoding.UTF8.GetBytes(text));

    public TestJpeg WithSegment(byte marker, byte[] content) => this with { Segments = [.. Segments, (marker, content)] };

    public TestJpeg WithTrailing(byte[] bytes) => this with { Trailing = bytes };

    public override byte[] Bytes => Write([]).Bytes;

    public override Embedding Embed(byte[] store)
    {
        (byte[] bytes, Extent extent) = Write(Split(store));
        return new(this, bytes, extent, Pieces(store.Length, extent));
    }

    /// <summary>A JPEG of noise with about this many bytes.</summary>
    public static TestJpeg OfAbout(long bytes)
    {
        double perPixel = Of(TestPicture.Noise(256, 256), coarseness: 1)._scan.Length / (256.0 * 256);
        int side = (int)(Math.Sqrt(bytes / perPixel) / 8) * 8;
        return Of(TestPicture.Noise(side, side), coarseness: 1);
    }

    protected override IReadOnlyList<string> MediaBoxes => ["SOS", "RST0", "RST1", "RST2", "RST3", "RST4", "RST5", "RST6", "RST7"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] content = new byte[length - 4];
        payload.CopyTo(content);
        var segment = new MemoryStream();
        JpegEncoder.Segment(segment, 0xFE, content);
        return segment.ToArray();
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [];
        for (int at = 0; at < file.Length;)
        {
            byte marker = file[at + 1];
            int end = at + 2;
            if (marker is not (0xD8 or 0xD9 or (>= 0xD0 and <= 0xD7))) end += BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(end));
            if (marker is 0xDA or (>= 0xD0 and <= 0xD7))
                while (file[end] != 0xFF || file[end + 1] is 0 or 0xFF) end++;
            string name = marker == 0xEB && IsStore(file, at) ? "C2PA" : MarkerName(marker);
            if (name == "C2PA" && boxes[^1].Name == "C2PA") boxes[^1] = new(name, new(boxes[^1].Extent.Start, end - boxes[^1].Extent.Start));
            else boxes.Add(new(name, new(at, end - at)));
            at = end;
            if (marker == 0xD9) break;
        }
        return boxes;
    }

    /// <summary>The APP11 segments of a store: marker, length, CI, En, Z, and LBox and TBox repeated in each.</summary>
    public IReadOnlyList<byte[]> Split(byte[] store)
    {
        List<byte[]> segments = [];
        uint packet = FirstPacket;
        for (int at = 8; at < store.Length || segments.Count == 0; packet++)
        {
            int length = Math.Min(PieceSize, store.Length - at);
            var segment = new MemoryStream();
            byte[] header = new byte[8];
            header[0] = (byte)'J';
            header[1] = (byte)'P';
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), Instance);
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), packet);
            JpegEncoder.Segment(segment, 0xEB, [.. header, .. store[..8], .. store.AsSpan(at, length)]);
            segments.Add(segment.ToArray());
            at += length;
        }
        return segments;
    }

    private (byte[] Bytes, Extent Extent) Write(IReadOnlyList<byte[]> store)
    {
        var output = new MemoryStream();
        Extent extent = default;
        void Store(JpegPlace here)
        {
            if (here != Place) return;
            long start = output.Length;
            foreach (byte[] segment in store.Count > 0 && SegmentsChange is not null ? SegmentsChange(store) : store) output.Write(segment);
            extent = new(start, output.Length - start);
        }

        output.Write([0xFF, 0xD8]);
        foreach ((byte marker, byte[] content) in Segments.Take(1)) JpegEncoder.Segment(output, marker, content);
        Store(JpegPlace.BehindFirstSegment);
        foreach ((byte marker, byte[] content) in Segments.Skip(1)) JpegEncoder.Segment(output, marker, content);
        Store(JpegPlace.BeforeScanTables);
        output.Write(_tables);
        output.Write(_scan);
        Store(JpegPlace.BeforeEndOfImage);
        output.Write([0xFF, 0xD9]);
        output.Write(Trailing);
        return (output.ToArray(), extent);
    }

    private List<StorePiece> Pieces(int storeLength, Extent extent)
    {
        List<StorePiece> pieces = [new(0, extent.Start + 12, Math.Min(8, storeLength))];
        long file = extent.Start;
        for (int at = 8; at < storeLength;)
        {
            int length = Math.Min(PieceSize, storeLength - at);
            pieces.Add(new(at, file + 20, length));
            file += 20 + length;
            at += length;
        }
        return pieces;
    }

    private bool IsStore(byte[] file, int at) =>
        file.AsSpan(at + 4, 2).SequenceEqual("JP"u8) && BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 6)) == Instance;

    private static string MarkerName(byte marker) => marker switch
    {
        0xD8 => "SOI",
        0xD9 => "EOI",
        0xDA => "SOS",
        0xDB => "DQT",
        0xC4 => "DHT",
        0xDD => "DRI",
        0xFE => "COM",
        >= 0xC0 and <= 0xCF => $"SOF{marker - 0xC0}",
        >= 0xD0 and <= 0xD7 => $"RST{marker - 0xD0}",
        _ => $"APP{marker - 0xE0}",
    };
}
