using System.IO.Compression;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>
/// The start of a GEOB frame: encoding 1, media type to its 0, file name and description to their 0, or 0 0 in UTF-16; the object follows
/// (ID3v2.3 §4.16, ID3v2.4 frames §4.15).
/// </summary>
internal static class EncapsulatedObject
{
    /// <summary>Bytes of a frame that are looked at. Names take some dozens.</summary>
    public const int HeadLength = 4096;

    private const string Structure = Id3Tag.StoreStructure;

    /// <summary>Whether the object's media type is that of a manifest store (C2PA 2.5 §11.8), now or before 2.0.</summary>
    public static bool IsStore(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return false;
        int length = head[1..].IndexOf((byte)0);
        return length >= 0 && IsStoreType(head.Slice(1, length));
    }

    // RFC 6838 §4.2: upper and lower case mean the same.
    private static bool IsStoreType(ReadOnlySpan<byte> type) =>
        System.Text.Ascii.EqualsIgnoreCase(type, "application/c2pa"u8) || System.Text.Ascii.EqualsIgnoreCase(type, "application/x-c2pa-manifest-store"u8);

    /// <summary>Whether a deflated frame is one of a manifest store.</summary>
    public static bool IsDeflatedStore(ReadOnlySpan<byte> head)
    {
        byte[] inflated = new byte[64];
        using var zlib = new ZLibStream(new MemoryStream(head.ToArray()), CompressionMode.Decompress);
        try
        {
            return IsStore(inflated.AsSpan(0, zlib.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false)));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Bytes before the object.</summary>
    /// <exception cref="MalformedDataException">The encoding is none, or a name does not end.</exception>
    public static int ObjectStart(ReadOnlySpan<byte> head, long offset)
    {
        var cursor = new ByteCursor(head, Structure, offset);
        int encoding = cursor.ReadByte();
        if (encoding > 3)
            throw new MalformedDataException(Structure, offset, $"text encoding 0 to 3 expected, {encoding} found (ID3v2.4 structure §4)");
        cursor.ReadToNul();
        for (int name = 0; name < 2; name++)
        {
            if (encoding is 0 or 3)
                cursor.ReadToNul();
            else
                while (cursor.ReadUInt16BigEndian() != 0) ;
        }
        return cursor.Position;
    }

    /// <summary>The content length that a prefix ends with.</summary>
    public static long ContentLength(ReadOnlySpan<byte> prefix, long offset)
    {
        var cursor = new ByteCursor(prefix[^4..], Structure, offset);
        return Id3Header.ReadSyncsafe(ref cursor);
    }
}
