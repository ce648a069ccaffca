namespace Provenance.TestKit;

/// <summary>Silence in MPEG-1 Layer III frames made here: no coefficients, and ancillary bytes up to the bit rate.</summary>
public sealed record TestMp3 : TestId3
{
    // 128 kbit/s at 44.1 kHz: 144 * 128000 / 44100.
    private const int FrameLength = 417, FrameCount = 6;

    public override string Format => "MP3";

    public override string MediaType => "audio/mpeg";

    public override string Extension => "mp3";

    /// <summary>An ID3v1 tag at the end.</summary>
    public bool OldTag { get; init; }

    protected override byte[] Sound
    {
        get
        {
            byte[] frames = new byte[FrameLength * FrameCount];
            for (int i = 0; i < FrameCount; i++)
            {
                // Layer III, no CRC; 128 kbit/s, 44.1 kHz; one channel. 17 bytes of side information are zero: nothing is coded.
                byte[] header = [0xFF, 0xFB, 0x90, 0xC0];
                header.CopyTo(frames, i * FrameLength);
                frames.AsSpan(i * FrameLength + 4 + 17, FrameLength - 4 - 17).Fill(0x55);
            }
            byte[] oldTag = new byte[128];
            "TAGSilence"u8.CopyTo(oldTag);
            return OldTag ? [.. frames, .. oldTag] : frames;
        }
    }

    /// <summary>A sixth of a second.</summary>
    public static TestMp3 Small() => new();

    public static TestMp3 With(Id3Layout layout) => new() { Layout = layout };
}

/// <summary>Silence in AAC-LC frames under ADTS headers, made here.</summary>
public sealed record TestAac : TestId3
{
    private const int FrameCount = 8;

    public override string Format => "AAC";

    public override string MediaType => "audio/aac";

    public override string Extension => "aac";

    // One channel element of global gain 100, one long window of one band of codebook 0 (nothing coded), and the end element.
    private static byte[] Element => [0x00, 0xC8, 0x00, 0x80, 0x23, 0x80];

    protected override byte[] Sound
    {
        get
        {
            int length = 7 + Element.Length;
            // MPEG-4, no CRC; AAC-LC, 44.1 kHz, one channel; frame length in 13 bits; any buffer fullness, one block.
            byte[] frame = [0xFF, 0xF1, 1 << 6 | 4 << 2, (byte)(1 << 6 | length >> 11), (byte)(length >> 3 & 0xFF), (byte)((length & 7) << 5 | 0x1F), 0xFC, .. Element];
            return [.. Enumerable.Repeat(frame, FrameCount).SelectMany(f => f)];
        }
    }

    /// <summary>The gain of the second frame.</summary>
    public override int MediaByte(byte[] file) => SoundStart(file) + 7 + Element.Length + 7 + 1;

    /// <summary>Eight frames.</summary>
    public static TestAac Small() => new();
}
