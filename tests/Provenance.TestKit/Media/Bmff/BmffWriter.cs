using System.Buffers.Binary;
using System.Text;

namespace Provenance.TestKit;

/// <summary>Writes boxes of the ISO base media file format (ISO 14496-12 §4.2) and what stands in them.</summary>
public static class BmffWriter
{
    /// <summary>Extended type of C2PA's boxes (C2PA A.5).</summary>
    public static readonly byte[] C2paId = Convert.FromHexString("D8FEC3D61B0E483C92975828877EC481");

    /// <summary>Extended type of the box with an XMP packet.</summary>
    public static readonly byte[] XmpId = Convert.FromHexString("BE7ACFCB97A942E89C71999491E3AFAC");

    /// <summary>A box with a size of 32 bits.</summary>
    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] inside = Join(content);
        return Join(U32(inside.Length + 8), FourCc(type), inside);
    }

    /// <summary>A box whose size takes 64 bits.</summary>
    public static byte[] LargeBox(string type, params byte[][] content)
    {
        byte[] inside = Join(content);
        return Join(U32(1), FourCc(type), U64(inside.Length + 16L), inside);
    }

    /// <summary>A box with version and flags.</summary>
    public static byte[] FullBox(string type, byte version, int flags, params byte[][] content) =>
        Box(type, [U32((uint)version << 24 | (uint)flags), .. content]);

    /// <summary>A <c>uuid</c> box.</summary>
    public static byte[] UuidBox(byte[] id, params byte[][] content) => Box("uuid", [id, .. content]);

    /// <summary>C2PA's box: purpose, and what that purpose puts behind it.</summary>
    public static byte[] C2paBox(string purpose, params byte[][] content) => UuidBox(C2paId, [U32(0), Encoding.ASCII.GetBytes(purpose + "\0"), .. content]);

    public static byte[] FourCc(string type) => Encoding.Latin1.GetBytes(type) is { Length: 4 } bytes ? bytes : throw new ArgumentException("four characters", nameof(type));

    /// <summary>Text with a NUL behind it.</summary>
    public static byte[] NulText(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)(value & 0xFF)];

    public static byte[] U32(long value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] U64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Join(params byte[][] parts)
    {
        byte[] all = new byte[parts.Sum(part => (long)part.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }
        return all;
    }
}
