using static Provenance.TestKit.BmffWriter;

namespace Provenance.TestKit;

/// <summary>Sound in Apple Lossless: frames that are not compressed but for their head and tail.</summary>
public static class TestSound
{
    private const int Rate = 8000, FrameLength = 1000;

    /// <summary>One channel of a tone of 440 Hz, one second.</summary>
    public static MovieTrack Tone()
    {
        short[] samples = [.. Enumerable.Range(0, Rate).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 440 * i / Rate)))];
        // The decoder's configuration: frame length, version, 16 bits, tuning (unused here), channels, limits, rate.
        byte[] cookie = FullBox("alac", 0, 0, U32(FrameLength), [0, 16, 40, 10, 14, 1], U16(255), U32(0), U32(0), U32(Rate));
        return new("soun", MovieTrack.SoundEntry("alac", 1, Rate, cookie), Rate, FrameLength, [.. samples.Chunk(FrameLength).Select(Frame)]);
    }

    // One channel element (3 bits), its instance (4), unused (12), no own length (1), no shift (2), not compressed (1); samples; end (7 in 3 bits).
    private static byte[] Frame(short[] samples)
    {
        List<bool> bits = [];
        void Write(int value, int count)
        {
            for (int bit = count - 1; bit >= 0; bit--) bits.Add((value >> bit & 1) != 0);
        }
        Write(0, 3 + 4 + 12 + 1 + 2);
        Write(1, 1);
        foreach (short sample in samples) Write(sample, 16);
        Write(7, 3);
        return Packed(bits);
    }

    internal static byte[] Packed(List<bool> bits)
    {
        byte[] bytes = new byte[(bits.Count + 7) / 8];
        for (int i = 0; i < bits.Count; i++)
            if (bits[i]) bytes[i / 8] |= (byte)(0x80 >> i % 8);
        return bytes;
    }
}
