using System.Buffers.Binary;

namespace Provenance.Presentation.Pictures;

/// <summary>Copies of a GIF the blocks that draw it; comments, plain text and the data of programs stay out (GIF89a §§15-26).</summary>
internal static class GifPicture
{
    private const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B, GraphicControl = 0xF9, Application = 0xFF;

    public static PagePicture? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 13)
            return null;
        var copy = new MemoryStream(bytes.Length);
        int at = 13 + TableLength(bytes[10]);
        if (at > bytes.Length)
            return null;
        copy.Write(bytes[..at]);
        bool hasImage = false;
        while (at < bytes.Length && bytes[at] != Trailer)
        {
            int begin = at;
            bool isDrawn;
            if (bytes[at] == Extension && at + 2 < bytes.Length)
            {
                // Only the one that says how often to repeat draws anything.
                isDrawn = bytes[at + 1] == GraphicControl || (bytes[at + 1] == Application && bytes[(at + 2)..].StartsWith("\u000BNETSCAPE2.0"u8));
                at += 2;
            }
            else if (bytes[at] == Image && at + 10 < bytes.Length)
            {
                hasImage = isDrawn = true;
                at += 11 + TableLength(bytes[at + 9]);
            }
            else
            {
                return null;
            }
            while (at < bytes.Length && bytes[at] != 0)
                at += 1 + bytes[at];
            if (at >= bytes.Length)
                return null;
            at++;
            if (isDrawn)
                copy.Write(bytes[begin..at]);
        }
        copy.WriteByte(Trailer);
        return hasImage ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]), copy.ToArray()) : null;
    }

    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
