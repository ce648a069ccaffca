using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Metadata;

/// <summary>
/// The name of a colour profile, cut out of it: header and one tag of it. A general parser copies every tag that the table names, and tags may
/// lie over each other (ICC.1:2022 §7.3).
/// </summary>
internal static class ProfileCut
{
    private const int HeaderLength = 128, EntryLength = 12, NameLength = 4096;

    public const int DescriptionTag = 0x64657363; // "desc"

    /// <summary>A profile with the description alone; null where there is none that is short enough for a name.</summary>
    /// <exception cref="MalformedDataException">It is no profile.</exception>
    public static byte[]? Of(ReadOnlySpan<byte> profile)
    {
        // The signature "acsp" stands in every profile (§7.2.9).
        if (profile.Length < HeaderLength + 4 || !profile[36..].StartsWith("acsp"u8))
            throw new MalformedDataException("ICC profile", 0, "no header of a profile (ICC.1:2022 §7.2)");
        uint count = BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]);
        var table = profile[(HeaderLength + 4)..];
        for (; count > 0 && table.Length >= EntryLength; count--, table = table[EntryLength..])
        {
            if (BinaryPrimitives.ReadInt32BigEndian(table) != DescriptionTag)
                continue;
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(table[4..]), length = BinaryPrimitives.ReadUInt32BigEndian(table[8..]);
            if (length > NameLength || offset > (uint)profile.Length || length > (uint)profile.Length - offset)
                return null;
            byte[] cut = new byte[HeaderLength + 4 + EntryLength + (int)length];
            profile[..HeaderLength].CopyTo(cut);
            BinaryPrimitives.WriteInt32BigEndian(cut.AsSpan(HeaderLength), 1);
            BinaryPrimitives.WriteInt32BigEndian(cut.AsSpan(HeaderLength + 4), DescriptionTag);
            BinaryPrimitives.WriteInt32BigEndian(cut.AsSpan(HeaderLength + 8), HeaderLength + 4 + EntryLength);
            BinaryPrimitives.WriteInt32BigEndian(cut.AsSpan(HeaderLength + 12), (int)length);
            profile.Slice((int)offset, (int)length).CopyTo(cut.AsSpan(HeaderLength + 4 + EntryLength));
            return cut;
        }
        return null;
    }
}
