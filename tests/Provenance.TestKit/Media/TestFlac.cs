using System.Buffers.Binary;

namespace Provenance.TestKit;

/// <summary>A tone in FLAC (RFC 9639) made here: one block of samples as they are, without prediction.</summary>
public sealed record TestFlac : TestId3
{
    private const int SampleRate = 8000, Samples = 800;

    public override string Format => "FLAC";

    public override string MediaType => "audio/flac";

    public override string Extension => "flac";

    /// <summary>Metadata blocks behind STREAMINFO: type, content.</summary>
    public IReadOnlyList<(byte Type, byte[] Content)> Blocks { get; init; } = [(4, [3, 0, 0, 0, .. "kit"u8, 0, 0, 0, 0])];

    protected override byte[] Sound
    {
        get
        {
            var output = new MemoryStream();
            output.Write("fLaC"u8);
            Block(output, 0, StreamInfo(), Blocks.Count == 0);
            for (int i = 0; i < Blocks.Count; i++) Block(output, Blocks[i].Type, Blocks[i].Content, i == Blocks.Count - 1);
            output.Write(Frame());
            return output.ToArray();
        }
    }

    /// <summary>A tenth of a second of 440 Hz behind an ID3v2.4 tag.</summary>
    public static TestFlac Small() => new();

    /// <summary>The frame's checksum is put right.</summary>
    public override byte[] MediaChanged(byte[] file)
    {
        byte[] changed = base.MediaChanged(file);
        int frame = changed.Length - Frame().Length;
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(changed.Length - 2), Crc16(changed.AsSpan(frame, changed.Length - 2 - frame)));
        return changed;
    }

    /// <summary>Samples of the one frame.</summary>
    public const int OggSamples = Samples;

    /// <summary>RFC 9639 §10.1: the mapping's own header (version 1.0, one more header packet), signature and STREAMINFO; comments; the frame.</summary>
    public static byte[][] OggPackets()
    {
        var comment = new MemoryStream();
        Block(comment, 4, [3, 0, 0, 0, .. "kit"u8, 0, 0, 0, 0], isLast: true);
        return [[0x7F, .. "FLAC"u8, 1, 0, 0, 1, .. "fLaC"u8, 0, 0, 0, 34, .. StreamInfo()], comment.ToArray(), Frame()];
    }

    private static void Block(MemoryStream output, byte type, byte[] content, bool isLast)
    {
        output.Write([(byte)(type | (isLast ? 0x80 : 0)), (byte)(content.Length >> 16), (byte)(content.Length >> 8 & 0xFF), (byte)(content.Length & 0xFF)]);
        output.Write(content);
    }

    // §8.2: block sizes 2 × 16 bits, frame sizes 2 × 24, rate 20, channels less one 3, bits less one 5, samples 36, MD5 (none).
    private static byte[] StreamInfo()
    {
        byte[] info = new byte[34];
        BinaryPrimitives.WriteUInt16BigEndian(info, Samples);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(2), Samples);
        BinaryPrimitives.WriteUInt64BigEndian(info.AsSpan(10), (ulong)SampleRate << 44 | 15UL << 36 | Samples);
        return info;
    }

    // §9.1: sync, block size told at the end, 8 kHz, one channel, 16 bits, frame 0, size less one, CRC-8; a verbatim subframe; CRC-16.
    private static byte[] Frame()
    {
        byte[] header = [0xFF, 0xF8, 0x74, 0x08, 0, (Samples - 1) >> 8, (Samples - 1) & 0xFF];
        byte[] frame = [.. header, Crc8(header), 0x02, .. BigEndianTone()];
        ushort crc = Crc16(frame);
        return [.. frame, (byte)(crc >> 8), (byte)(crc & 0xFF)];
    }

    private static IEnumerable<byte> BigEndianTone() => TestWav.Tone(Samples).Chunk(2).SelectMany(pair => (byte[])[pair[1], pair[0]]);

    // Polynomial x^8 + x^2 + x + 1.
    private static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = crc << 1 ^ ((crc & 0x80) != 0 ? 0x107 : 0);
        }
        return (byte)crc;
    }

    // Polynomial x^16 + x^15 + x^2 + 1.
    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte b in bytes)
        {
            crc ^= b << 8;
            for (int bit = 0; bit < 8; bit++) crc = crc << 1 ^ ((crc & 0x8000) != 0 ? 0x18005 : 0);
        }
        return (ushort)crc;
    }
}
