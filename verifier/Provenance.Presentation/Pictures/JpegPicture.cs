using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>
/// Copies of a JPEG what draws it: tables, frames and scans, the colour profile, and how it is turned. EXIF, XMP, comments, previews, maker
/// notes and what lies behind the end stay out (ITU-T T.81 §B).
/// </summary>
internal static class JpegPicture
{
    private const byte App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE, Scan = 0xDA, End = 0xD9;

    public static ReadOnlySpan<byte> Start => [0xFF, 0xD8, 0xFF];

    public static PagePicture? Read(ReadOnlySpan<byte> bytes)
    {
        var copy = new MemoryStream(bytes.Length);
        copy.Write(bytes[..2]);
        int width = 0, height = 0, at = 2;
        bool isTurned = false, hasScan = false;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            byte marker = bytes[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }
            if (marker == End)
                break;
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || length > bytes.Length - at - 2)
                return null;
            var segment = bytes.Slice(at, length + 2);
            var content = segment[4..];
            at += segment.Length;
            if (IsFrame(marker) && content.Length >= 5)
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(content[1..]), BinaryPrimitives.ReadUInt16BigEndian(content[3..]));
            if (marker == App1 && !isTurned && content.StartsWith("Exif\0\0"u8) && ExifOrientation.Find(content[6..]) is > 1 and var turn)
            {
                copy.Write(ExifOrientation.Segment(turn));
                isTurned = true;
            }
            if (!IsDrawn(marker, content))
                continue;
            copy.Write(segment);
            if (marker == Scan)
            {
                int data = LengthOfScan(bytes[at..]);
                copy.Write(bytes.Slice(at, data));
                at += data;
                hasScan = true;
            }
        }
        copy.Write([0xFF, End]);
        return hasScan ? new("image/jpeg", width, height, copy.ToArray()) : null;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsDrawn(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        // Without a preview of its own, JFIF has 14 bytes.
        App0 => content.Length == 14 && content.StartsWith("JFIF\0"u8),
        App2 => content.StartsWith("ICC_PROFILE\0"u8),
        App14 => content.Length == 12 && content.StartsWith("Adobe"u8),
        >= App0 and <= App15 or Comment => false,
        _ => true,
    };

    /// <summary>Bytes up to the next marker that is neither a stuffed zero nor a restart.</summary>
    private static int LengthOfScan(ReadOnlySpan<byte> data)
    {
        for (int at = 0; ;)
        {
            int next = data[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= data.Length)
                return data.Length;
            at += next;
            if (data[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
                return at;
            at += 2;
        }
    }
}
