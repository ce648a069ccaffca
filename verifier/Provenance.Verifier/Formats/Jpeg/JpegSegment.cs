using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Jpeg;

/// <summary>A marker with its parameters (ITU-T T.81 §B.1.1.4), or a run of bytes between two of them that belongs to neither.</summary>
/// <param name="Marker">The byte behind FF; <see cref="JpegMarker.Stray"/> for bytes that are no segment.</param>
/// <param name="Range">From FF to the last byte of the parameters; entropy-coded data is not in it.</param>
internal sealed record JpegSegment(byte Marker, ByteRange Range);

/// <summary>Marker codes (ITU-T T.81 table B.1).</summary>
internal static class JpegMarker
{
    public const byte Stray = 0x00;
    public const byte Rst0 = 0xD0;
    public const byte Rst7 = 0xD7;
    public const byte Soi = 0xD8;
    public const byte Eoi = 0xD9;
    public const byte Sos = 0xDA;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App11 = 0xEB;
    public const byte App13 = 0xED;
    public const byte App14 = 0xEE;
    public const byte App15 = 0xEF;
    public const byte Com = 0xFE;

    public static bool IsRestart(byte marker) => marker is >= Rst0 and <= Rst7;

    /// <summary>Whether two bytes of length and parameters follow. TEM, RSTn, SOI, EOI and the reserved codes 02…BF stand alone.</summary>
    public static bool HasLength(byte marker) => marker >= 0xC0 && marker is not (>= Rst0 and <= Eoi) && marker != 0xFF;

    /// <summary>The symbol of table B.1, which is also the name the general box hash uses (C2PA 2.5 §16.3.3.3).</summary>
    public static string Name(byte marker) => marker switch
    {
        0x01 => "TEM",
        0xC4 => "DHT",
        0xC8 => "JPG",
        0xCC => "DAC",
        >= 0xC0 and <= 0xCF => $"SOF{marker - 0xC0}",
        >= Rst0 and <= Rst7 => $"RST{marker - Rst0}",
        Soi => "SOI",
        Eoi => "EOI",
        Sos => "SOS",
        0xDB => "DQT",
        0xDC => "DNL",
        0xDD => "DRI",
        0xDE => "DHP",
        0xDF => "EXP",
        >= App0 and <= App15 => $"APP{marker - App0}",
        >= 0xF0 and <= 0xFD => $"JPG{marker - 0xF0}",
        Com => "COM",
        _ => $"RES{marker:X2}",
    };
}
