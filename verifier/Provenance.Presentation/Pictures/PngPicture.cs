using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>Copies of a PNG the chunks that draw it; text, EXIF, times and chunks nobody knows stay out (PNG 3rd ed. §11).</summary>
internal static class PngPicture
{
    private static readonly HashSet<string> s_drawn =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "acTL", "fcTL", "fdAT"];

    public static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static PagePicture? Read(ReadOnlySpan<byte> bytes)
    {
        var copy = new MemoryStream(bytes.Length);
        copy.Write(bytes[..8]);
        int width = 0, height = 0;
        // Length (4), type (4), data, CRC (4).
        for (int at = 8; bytes.Length - at >= 12;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
                return null;
            var chunk = bytes.Slice(at, (int)length + 12);
            string type = System.Text.Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (at == 8)
            {
                if (type != "IHDR" || length != 13)
                    return null;
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadInt32BigEndian(chunk[12..]));
            }
            if (s_drawn.Contains(type))
                copy.Write(chunk);
            if (type == "IEND")
                return width > 0 && height > 0 ? new("image/png", width, height, copy.ToArray()) : null;
            at += chunk.Length;
        }
        return null;
    }
}
