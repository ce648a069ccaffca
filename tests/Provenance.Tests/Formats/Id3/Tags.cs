using System.IO.Compression;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Id3;

/// <summary>ID3v2 tags and what stands behind them, written byte by byte.</summary>
internal static class Tags
{
    /// <summary>One frame of MPEG-1 Layer III at 32 kbit/s and 44.1 kHz: 104 bytes.</summary>
    public static byte[] Mpeg { get; } = [0xFF, 0xFB, 0x10, 0xC0, .. new byte[100]];

    public static byte[] Syncsafe(int value) => [(byte)((value >> 21) & 0x7F), (byte)((value >> 14) & 0x7F), (byte)((value >> 7) & 0x7F), (byte)(value & 0x7F)];

    public static byte[] Tag(int version, byte flags, params byte[][] frames) => [.. "ID3"u8, (byte)version, 0, flags, .. Syncsafe(Join(frames).Length), .. Join(frames)];

    /// <summary>A frame of ID3v2.3 (size of eight bits a byte) or 2.4 (seven).</summary>
    public static byte[] Frame(int version, string id, byte[] content, byte flags = 0) =>
        [.. Ascii(id), .. version == 3 ? Big((uint)content.Length) : Syncsafe(content.Length), 0, flags, .. content];

    /// <summary>What a GEOB frame holds.</summary>
    public static byte[] Object(byte[] content, string type = "application/c2pa", byte encoding = 3) => [encoding, .. Ascii(type), 0, .. "c2pa\0store\0"u8, .. content];

    public static byte[] Geob(int version, byte[] content, byte flags = 0, string type = "application/c2pa") => Frame(version, "GEOB", Object(content, type), flags);

    public static byte[] Deflated(byte[] content)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return output.ToArray();
    }

    /// <summary>An MP3 with one tag of these frames.</summary>
    public static byte[] Mp3(int version, params byte[][] frames) => [.. Tag(version, 0, frames), .. Mpeg, .. Mpeg];
}
