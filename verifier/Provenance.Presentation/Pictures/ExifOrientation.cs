using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>How a camera was held, the one thing of EXIF without which a picture lies on its side (CIPA DC-008 §4.6.5, tag 0x0112).</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112, Short = 3;

    /// <summary>1 to 8; 1 where it is not said.</summary>
    /// <param name="tiff">EXIF from its TIFF header.</param>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return 1;
        bool isLittle = tiff.StartsWith("II"u8);
        ushort Number16(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        uint first = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
            return 1;
        var directory = tiff[(int)first..];
        int count = Number16(directory);
        directory = directory[2..];
        for (int i = 0; i < count && directory.Length >= 12; i++, directory = directory[12..])
        {
            if (Number16(directory) == Tag)
                return Number16(directory[2..]) == Short && Number16(directory[8..]) is >= 1 and <= 8 and var turn ? turn : 1;
        }
        return 1;
    }

    /// <summary>A segment of a JPEG that says this and nothing else.</summary>
    public static ReadOnlySpan<byte> Segment(int turn) =>
        (byte[])[0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0];
}
