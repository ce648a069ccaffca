using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>Copies of a WebP the chunks that draw it; EXIF, XMP and chunks nobody knows stay out (RFC 9649 §2).</summary>
internal static class WebPPicture
{
    private const byte ExifFlag = 0x08, XmpFlag = 0x04;

    public static PagePicture? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes[8..].StartsWith("WEBP"u8))
            return null;
        // What lies behind the end that the file names is no part of the picture.
        bytes = bytes[..(int)Math.Min(bytes.Length, Math.Max(12, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L))];
        var copy = new MemoryStream(bytes.Length);
        copy.Write(bytes[..12]);
        int width = 0, height = 0;
        for (int at = 12; bytes.Length - at >= 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 8)
                return null;
            byte[] chunk = bytes.Slice(at, (int)length + 8).ToArray();
            var data = chunk.AsSpan(8);
            at += chunk.Length + (int)(length & 1);
            switch (System.Text.Encoding.Latin1.GetString(chunk.AsSpan(0, 4)))
            {
                case "VP8X" when data.Length >= 10:
                    data[0] &= unchecked((byte)~(ExifFlag | XmpFlag));
                    (width, height) = (1 + Number24(data[4..]), 1 + Number24(data[7..]));
                    break;
                case "VP8 " when data.Length >= 10:
                    if (width == 0)
                        (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
                    break;
                case "VP8L" when data.Length >= 5:
                    uint bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                    if (width == 0)
                        (width, height) = (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
                    break;
                case "ALPH" or "ANIM" or "ANMF" or "ICCP":
                    break;
                default:
                    continue;
            }
            copy.Write(chunk);
            if ((length & 1) != 0)
                copy.WriteByte(0);
        }
        byte[] picture = copy.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(picture.AsSpan(4), (uint)picture.Length - 8);
        return width > 0 ? new("image/webp", width, height, picture) : null;
    }

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
