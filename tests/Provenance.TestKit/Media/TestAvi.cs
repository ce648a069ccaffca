using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>
/// Motion JPEG in AVI made here, and its way to carry a store in a <c>C2PA</c> chunk, the last of the first RIFF chunk (C2PA A.3.9).
/// With <see cref="FramesBeyond"/> it is an OpenDML file whose further frames lie in a second RIFF chunk.
/// </summary>
public sealed record TestAvi : TestAsset
{
    private const int Side = 64;

    private readonly byte[] _frame = TestJpeg.Of(TestPicture.Gradient(Side, Side)).Bytes;

    private TestAvi()
    {
    }

    public override string Format => "AVI";

    public override string MediaType => "video/x-msvideo";

    public override string Extension => "avi";

    /// <summary>Frames in the first RIFF chunk.</summary>
    public int Frames { get; init; } = 2;

    /// <summary>Frames in a RIFF chunk of form type AVIX behind it.</summary>
    public int FramesBeyond { get; init; }

    /// <summary>Chunks behind the frames, before the store.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> Chunks { get; init; } = [];

    public byte[] Trailing { get; init; } = [];

    /// <summary>Two frames of gradient.</summary>
    public static TestAvi Small() => new();

    /// <summary>Two frames, and two more in a second RIFF chunk.</summary>
    public static TestAvi OpenDml() => new() { FramesBeyond = 2 };

    public TestAvi WithXmp(string? packet = null) => this with { Chunks = [.. Chunks, ("_PMX", Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()))] };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        var (bytes, extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start + 8, store.Length)]);
    }

    protected override IReadOnlyList<string> MediaBoxes => ["movi"];

    public override byte[] LengthCorrected(byte[] file)
    {
        byte[] corrected = [.. file];
        int end = (int)Boxes(file).Where(box => box.Name == "AVIX").Select(box => box.Extent.Start).FirstOrDefault(file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(corrected.AsSpan(4), end - 8);
        return corrected;
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        List<NamedBox> boxes = [];
        for (int at = 0; at + 12 <= file.Length && file.AsSpan(at).StartsWith("RIFF"u8);)
        {
            int end = at + 8 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            boxes.Add(new(Encoding.ASCII.GetString(file, at + 8, 4), new(at, 12)));
            for (at += 12; at < end;)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
                length += 8 + length % 2;
                bool isList = file.AsSpan(at).StartsWith("LIST"u8);
                boxes.Add(new(Encoding.ASCII.GetString(file, isList ? at + 8 : at, 4), new(at, length)));
                at += length;
            }
        }
        return boxes;
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        byte[] header = HeaderList();
        int moviAt = 12 + header.Length;
        List<byte> first = [.. header, .. FrameList(Frames, moviAt), .. TestWebP.Chunk("idx1", OldIndex())];
        foreach (var (type, data) in Chunks) first.AddRange(TestWebP.Chunk(type, data));
        Extent extent = default;
        if (store is not null)
        {
            extent = new(12 + first.Count, 8 + store.Length);
            first.AddRange(TestWebP.Chunk("C2PA", store));
        }
        byte[] file = Riff("AVI ", [.. first]);
        if (FramesBeyond > 0)
        {
            int indexAt = file.Length + 12 + 12;
            file = [.. file, .. Riff("AVIX", FrameList(FramesBeyond, file.Length + 12))];
            PointTo(file, header.Length, 12 + 12 + header.Length, indexAt);
        }
        return ([.. file, .. Trailing], extent);
    }

    private static byte[] Riff(string type, byte[] content) => [.. "RIFF"u8, .. Little(content.Length + 4), .. Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] List(string type, params byte[][] chunks) => TestWebP.Chunk("LIST", [.. Encoding.ASCII.GetBytes(type), .. chunks.SelectMany(chunk => chunk)]);

    private byte[] HeaderList()
    {
        int all = Frames + FramesBeyond;
        // Microseconds a frame, bytes a second, granularity, flags (has an index), frames of this RIFF, start, streams, buffer, size, reserved.
        byte[] main = Numbers(100_000, _frame.Length * 10, 0, 0x10, Frames, 0, 1, _frame.Length, Side, Side, 0, 0, 0, 0);
        // Type, codec, flags, priority and language, start, scale, rate, offset, length, buffer, quality, sample size, frame.
        byte[] stream = [.. "vidsMJPG"u8, .. Numbers(0, 0, 0, 1, 10, 0, all, _frame.Length, -1, 0, 0, Side << 16 | Side)];
        byte[] format = [.. Numbers(40, Side, Side, 24 << 16 | 1), .. "MJPG"u8, .. Numbers(Side * Side * 3, 0, 0, 0, 0)];
        byte[][] superIndex = FramesBeyond == 0 ? [] : [TestWebP.Chunk("indx", SuperIndex())];
        byte[] strl = List("strl", [TestWebP.Chunk("strh", stream), TestWebP.Chunk("strf", format), .. superIndex]);
        byte[][] odml = FramesBeyond == 0 ? [] : [List("odml", TestWebP.Chunk("dmlh", Numbers(all)))];
        return List("hdrl", [TestWebP.Chunk("avih", main), strl, .. odml]);
    }

    /// <summary>The list of frames; in an OpenDML file with its own index in front.</summary>
    private byte[] FrameList(int frames, int listAt)
    {
        byte[] frame = TestWebP.Chunk("00dc", _frame);
        byte[][] list = [.. Enumerable.Repeat(frame, frames)];
        if (FramesBeyond == 0) return List("movi", list);
        int indexLength = 8 + 24 + 8 * frames, firstFrame = listAt + 12 + indexLength;
        // Longs an entry and index type, entries, chunk, base offset, reserved; then offset of each frame's data and its length.
        byte[] index = [.. Numbers(0x01000002, frames), .. "00dc"u8, .. Numbers(firstFrame, 0, 0), .. Enumerable.Range(0, frames).SelectMany(i => Numbers(i * frame.Length + 8, _frame.Length))];
        return List("movi", [TestWebP.Chunk("ix00", index), .. list]);
    }

    // Longs an entry and index type, entries, chunk, reserved; then offset (64 bits), length and frames of each list's index.
    private byte[] SuperIndex() => [.. Numbers(0x00000004, 2), .. "00dc"u8, .. Numbers(0, 0, 0), .. Numbers(0, 0, 32 + 8 * Frames, Frames), .. Numbers(0, 0, 32 + 8 * FramesBeyond, FramesBeyond)];

    private static void PointTo(byte[] file, int headerLength, int firstIndex, int secondIndex)
    {
        int entries = file.AsSpan(0, 12 + headerLength).IndexOf("indx"u8) + 8 + 24;
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(entries), firstIndex);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(entries + 16), secondIndex);
    }

    // Offsets count from the list's type.
    private byte[] OldIndex()
    {
        int frame = _frame.Length + _frame.Length % 2 + 8, first = FramesBeyond == 0 ? 4 : 4 + 32 + 8 * Frames;
        return [.. Enumerable.Range(0, Frames).SelectMany(i => (byte[])[.. "00dc"u8, .. Numbers(0x10, first + i * frame, _frame.Length)])];
    }

    private static byte[] Numbers(params int[] values) => [.. values.SelectMany(Little)];

    private static byte[] Little(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
