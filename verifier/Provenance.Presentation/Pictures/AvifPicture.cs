using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>
/// Takes an AVIF as it is, and only where no item or box of it could hold metadata: its offsets lead all over the file, so nothing can be
/// taken out of it (ISO/IEC 23008-12, AV1 Image File Format).
/// </summary>
internal static class AvifPicture
{
    public static PagePicture? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || !bytes[4..].StartsWith("ftyp"u8) || !(bytes[8..].StartsWith("avif"u8) || bytes[8..].StartsWith("avis"u8)))
            return null;
        if (bytes.IndexOf("Exif"u8) >= 0 || bytes.IndexOf("mime"u8) >= 0 || bytes.IndexOf("uuid"u8) >= 0 || bytes.IndexOf("udta"u8) >= 0)
            return null;
        // The item's size: version and flags (4), width (4), height (4).
        int size = bytes.IndexOf("ispe"u8);
        if (size < 0 || bytes.Length - size < 16)
            return null;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(bytes[(size + 8)..]), height = BinaryPrimitives.ReadUInt32BigEndian(bytes[(size + 12)..]);
        return width <= 0xFFFF && height <= 0xFFFF ? new("image/avif", (int)width, (int)height, bytes.ToArray()) : null;
    }
}
