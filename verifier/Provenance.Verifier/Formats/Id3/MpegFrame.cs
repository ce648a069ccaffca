using System.Buffers.Binary;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>
/// A frame of MPEG audio, told by its header (ISO/IEC 11172-3 §2.4.1.3): sync 11 bits, version 2, layer 2, protection 1, bit rate 4,
/// sampling rate 2, padding 1, and what does not matter here.
/// </summary>
/// <param name="Kind">The bits that all frames of a file share: version, layer, sampling rate.</param>
/// <param name="Length">Bytes of the frame, header included.</param>
internal readonly record struct MpegFrame(uint Kind, int Length)
{
    /// <summary>kbit/s by bit rate index, from index 1.</summary>
    private static readonly int[] s_layer1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        s_layer2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        s_layer3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        s_lowLayer1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        s_low = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    private static readonly int[] s_rates = [44100, 48000, 32000];

    /// <summary>Reads a header; null where there is none, or one of a free bit rate, whose length it does not tell.</summary>
    public static MpegFrame? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
            return null;
        uint header = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        int version = (int)(header >> 19) & 3, layer = 4 - ((int)(header >> 17) & 3), bitRate = (int)(header >> 12) & 15, rate = (int)(header >> 10) & 3;
        if (header >> 21 != 0x7FF || version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3)
            return null;
        // Version bits: 3 is MPEG-1, 2 is MPEG-2 with half its sampling rates, 0 is "2.5" with a quarter.
        bool isLow = version != 3;
        int hertz = s_rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2), padding = (int)(header >> 9) & 1;
        int[] rates = layer switch
        {
            1 => isLow ? s_lowLayer1 : s_layer1,
            2 => isLow ? s_low : s_layer2,
            _ => isLow ? s_low : s_layer3,
        };
        int bits = rates[bitRate - 1] * 1000;
        int length = layer switch
        {
            1 => ((12 * bits / hertz) + padding) * 4,
            3 when isLow => (72 * bits / hertz) + padding,
            _ => (144 * bits / hertz) + padding,
        };
        return new MpegFrame(header & 0xFFFE0C00, length);
    }
}
