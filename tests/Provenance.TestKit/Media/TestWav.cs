using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>What the outer chunk of a WAVE file is called.</summary>
public enum WavForm
{
    /// <summary>Sizes of 32 bits.</summary>
    Riff,

    /// <summary>EBU Tech 3306: sizes of 64 bits in a chunk of their own.</summary>
    Rf64,

    /// <summary>ITU-R BS.2088: the same under another name.</summary>
    Bw64,
}

/// <summary>A tone of 16-bit PCM made here, and its way to carry a store in a <c>C2PA</c> chunk behind everything else (C2PA A.3.9).</summary>
public sealed record TestWav : TestAsset
{
    private const int SampleRate = 8000;

    private TestWav(byte[] samples) => Samples = samples;

    public override string Format => "WAV";

    public override string MediaType => "audio/wav";

    public override string Extension => "wav";

    public WavForm Form { get; init; }

    /// <summary>The content of the data chunk.</summary>
    public byte[] Samples { get; init; }

    /// <summary>Chunks before the format, as Broadcast Wave files have them.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> ChunksBefore { get; init; } = [];

    /// <summary>Chunks behind the sound, before the store.</summary>
    public IReadOnlyList<(string Type, byte[] Data)> Chunks { get; init; } = [];

    /// <summary>The store's chunk stands before the format instead of last.</summary>
    public bool StoreFirst { get; init; }

    public byte[] Trailing { get; init; } = [];

    /// <summary>A fifth of a second of 440 Hz.</summary>
    public static TestWav Small() => new(Tone(SampleRate / 5));

    /// <summary>With the description a broadcaster adds (EBU Tech 3285).</summary>
    public static TestWav Broadcast() => Small() with { ChunksBefore = [("bext", BroadcastExtension())], Chunks = [("iXML", "<BWFXML/>"u8.ToArray()), ("LIST", [.. "INFOISFT\x04\0\0\0kit\0"u8])] };

    public static TestWav Wide(WavForm form) => Small() with { Form = form };

    public TestWav WithXmp(string? packet = null) => WithChunk("_PMX", Encoding.UTF8.GetBytes(packet ?? TestMetadata.Xmp()));

    public TestWav WithChunk(string type, byte[] data) => this with { Chunks = [.. Chunks, (type, data)] };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        var (bytes, extent) = Write(store);
        return new(this, bytes, extent, [new(0, extent.Start + 8, store.Length)]);
    }

    /// <summary>
    /// What stands before and behind a sound of any number of bytes, for files that do not fit into memory: head, sound, tail. The store's
    /// extent is the one in the whole file.
    /// </summary>
    public (byte[] Head, byte[] Tail, Extent Store) Around(long soundLength, byte[]? store)
    {
        bool isWide = Form != WavForm.Riff;
        byte[] storeChunk = store is null ? [] : TestWebP.Chunk("C2PA", store);
        var head = new MemoryStream();
        head.Write(Form switch { WavForm.Rf64 => "RF64"u8, WavForm.Bw64 => "BW64"u8, _ => "RIFF"u8 });
        head.Write([0, 0, 0, 0, .. "WAVE"u8]);
        if (isWide) head.Write([.. "ds64"u8, 28, 0, 0, 0, .. new byte[28]]);
        long storeAt = head.Length;
        if (StoreFirst) head.Write(storeChunk);
        foreach (var (type, data) in ChunksBefore) head.Write(TestWebP.Chunk(type, data));
        head.Write(TestWebP.Chunk("fmt ", FormatOfTone()));
        head.Write("data\0\0\0\0"u8);

        var tail = new MemoryStream();
        if (soundLength % 2 == 1) tail.WriteByte(0);
        foreach (var (type, data) in Chunks) tail.Write(TestWebP.Chunk(type, data));
        if (!StoreFirst)
        {
            storeAt = head.Length + soundLength + tail.Length;
            tail.Write(storeChunk);
        }

        byte[] start = head.ToArray();
        long riffSize = start.Length + soundLength + tail.Length - 8;
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(4), isWide ? uint.MaxValue : checked((uint)riffSize));
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(start.Length - 4), isWide ? uint.MaxValue : checked((uint)soundLength));
        if (isWide)
        {
            BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(20), riffSize);
            BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(28), soundLength);
            BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(36), soundLength / 2);
        }
        tail.Write(Trailing);
        // The excluded range is header and data, without the pad byte.
        return (start, tail.ToArray(), store is null ? default : new(storeAt, 8 + store.Length));
    }

    protected override IReadOnlyList<string> MediaBoxes => ["data"];

    public override byte[] Filler(int length, ReadOnlySpan<byte> payload)
    {
        byte[] data = new byte[length - 8];
        payload.CopyTo(data);
        return TestWebP.Chunk("test", data);
    }

    public override byte[] LengthCorrected(byte[] file)
    {
        byte[] corrected = [.. file];
        if (Form == WavForm.Riff) BinaryPrimitives.WriteInt32LittleEndian(corrected.AsSpan(4), file.Length - 8);
        else BinaryPrimitives.WriteInt64LittleEndian(corrected.AsSpan(20), file.Length - 8);
        return corrected;
    }

    public override IReadOnlyList<NamedBox> Boxes(byte[] file)
    {
        long Size(int at, int wide) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) is var size && size == uint.MaxValue
            ? BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(wide)) : size;
        List<NamedBox> boxes = [new("WAVE", new(0, 12))];
        long end = 8 + Size(4, 20);
        for (int at = 12; at < end;)
        {
            string type = Encoding.ASCII.GetString(file, at, 4);
            int length = (int)Size(at + 4, 28);
            length += 8 + length % 2;
            boxes.Add(new(type == "LIST" ? Encoding.ASCII.GetString(file, at + 8, 4) : type, new(at, length)));
            at += length;
        }
        return boxes;
    }

    private (byte[] Bytes, Extent Extent) Write(byte[]? store)
    {
        var (head, tail, extent) = Around(Samples.Length, store);
        return ([.. head, .. Samples, .. tail], extent);
    }

    // One channel: format 1 (PCM), channels, rate, bytes a second, bytes a sample, bits a sample.
    private static byte[] FormatOfTone()
    {
        byte[] format = new byte[16];
        format[0] = 1;
        format[2] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), SampleRate * 2);
        format[12] = 2;
        format[14] = 16;
        return format;
    }

    // Description 256, originator 32, its reference 32, date 10, time 8, first sample 8, version 2, and what is zero here.
    private static byte[] BroadcastExtension()
    {
        byte[] bext = new byte[602];
        "A tone"u8.CopyTo(bext);
        "Provenance"u8.CopyTo(bext.AsSpan(256));
        "2026-03-1412:00:00"u8.CopyTo(bext.AsSpan(320));
        bext[346] = 1;
        return bext;
    }

    /// <summary>440 Hz at a third of full scale.</summary>
    public static byte[] Tone(int samples)
    {
        byte[] tone = new byte[samples * 2];
        for (int i = 0; i < samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(tone.AsSpan(2 * i), (short)(10_000 * Math.Sin(2 * Math.PI * 440 * i / SampleRate)));
        return tone;
    }
}
