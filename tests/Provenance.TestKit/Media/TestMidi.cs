using System.Buffers.Binary;

namespace Provenance.TestKit;

/// <summary>A scale as a Standard MIDI File made here, and its way to carry a store in an event before the end of a track (C2PA A.3.6).</summary>
public sealed record TestMidi : TestAsset
{
    private const int Ticks = 96;

    public override string Format => "MIDI";

    public override string MediaType => "audio/midi";

    public override string Extension => "mid";

    /// <summary>0: one track; 1: tracks played together; 2: patterns of their own.</summary>
    public int FileFormat { get; init; }

    public int Tracks { get; init; } = 1;

    public static TestMidi Small() => new();

    /// <summary>A file of format 1 or 2 with three tracks.</summary>
    public static TestMidi Of(int format) => new() { FileFormat = format, Tracks = 3 };

    public override byte[] Bytes => Write(null).Bytes;

    public override Embedding Embed(byte[] store)
    {
        var (bytes, at) = Write(store);
        return new(this, bytes, new(at, store.Length), [new(0, at, store.Length)]);
    }

    private (byte[] Bytes, int StoreAt) Write(byte[]? store)
    {
        var output = new MemoryStream();
        output.Write([.. "MThd"u8, 0, 0, 0, 6, 0, (byte)FileFormat, 0, (byte)Tracks, 0, Ticks]);
        int place = FileFormat == 1 ? Tracks - 1 : 0, at = 0;
        for (int track = 0; track < Tracks; track++)
        {
            List<byte> events = [.. Scale(track)];
            if (store is not null && track == place)
            {
                events.AddRange([0, 0xFF, 0x7F, .. Number(store.Length + 3), 0x00, 0x43, 0x32]);
                at = (int)output.Length + 8 + events.Count;
                events.AddRange(store);
            }
            // The pause before the end stays where it was.
            events.AddRange([Ticks, 0xFF, 0x2F, 0]);
            output.Write(Chunk("MTrk"u8, [.. events]));
        }
        return (output.ToArray(), at);
    }

    // Name of the track and tempo; programme; notes in running status, a pause of a quarter before each end.
    private static byte[] Scale(int channel)
    {
        List<byte> events = [0, 0xFF, 0x03, 5, .. "scale"u8, 0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0, (byte)(0xC0 | channel), 0, 0, 0xF0, 3, 0x7D, 1, 0xF7];
        byte[] notes = [60, 62, 64, 65, 67, 69, 71, 72];
        foreach (byte note in notes)
        {
            events.AddRange(note == 60 ? [0, (byte)(0x90 | channel), note, 100] : (byte[])[0, note, 100]);
            events.AddRange([Ticks, note, 0]);
        }
        return [.. events];
    }

    /// <summary>A number of seven bits a byte.</summary>
    public static byte[] Number(int value) => value < 0x80 ? [(byte)value] : [.. Number(value >> 7).Select(b => (byte)(b | 0x80)), (byte)(value & 0x7F)];

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. type, .. length, .. content];
    }

    /// <summary>The velocity of the first note.</summary>
    public override int MediaByte(byte[] file) => file.AsSpan().IndexOf((ReadOnlySpan<byte>)[60, 100]) + 1;

    public override IReadOnlyList<long> Edges(byte[] file)
    {
        List<long> edges = [14];
        for (int at = 14; at < file.Length;)
        {
            at += 8 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4));
            edges.Add(at);
        }
        return edges;
    }
}
