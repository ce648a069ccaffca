using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>AAC in ADTS frames (ISO/IEC 13818-7 §6.2): compressed sound that ID3v2 tags precede, as §A.3.5 has it.</summary>
internal sealed class AacFormat() : Id3Format("AAC", ["audio/aac", "audio/aacp"], [".aac"])
{
    protected override bool IsSound(ReadOnlySpan<byte> sound, bool isTagged)
    {
        int first = AdtsFrame.Length(sound);
        if (first == 0 || first > sound.Length)
            return false;
        return isTagged || first == sound.Length || AdtsFrame.Length(sound[first..]) > 0;
    }

    protected override ValueTask WalkSoundAsync(AssetWalk walk, Limits limits, long start)
    {
        walk.Region(ByteRange.FromTo(start, walk.Window.Length), RegionKind.Media, "ADTS");
        return ValueTask.CompletedTask;
    }
}

/// <summary>A frame's header: sync 12 bits, version 1, layer 2 (always 0), protection 1, profile 2, rate 4, private 1, channels 3, 4 bits, length 13, and more.</summary>
internal static class AdtsFrame
{
    public const int HeaderLength = 7;

    private const int Rates = 13;

    /// <summary>Bytes of the frame, header included; 0 where there is none.</summary>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || bytes[0] != 0xFF || (bytes[1] & 0xF6) != 0xF0 || ((bytes[2] >> 2) & 15) >= Rates)
            return 0;
        int length = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
        return length >= HeaderLength ? length : 0;
    }
}
