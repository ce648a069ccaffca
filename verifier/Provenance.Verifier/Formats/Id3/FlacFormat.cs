using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>FLAC (RFC 9639). Its own metadata blocks have no place for a store, only an ID3v2 tag before it has (C2PA 2.5 §A.3.5).</summary>
internal sealed class FlacFormat() : Id3Format("FLAC", ["audio/flac", "audio/x-flac"], [".flac"])
{
    private static ReadOnlySpan<byte> Signature => "fLaC"u8;

    protected override bool IsSound(ReadOnlySpan<byte> sound, bool isTagged) => sound.StartsWith(Signature);

    /// <summary>Signature, blocks of last flag 1 bit, type 7 bits, length 3 bytes (§8.1), then frames.</summary>
    protected override async ValueTask WalkSoundAsync(AssetWalk walk, Limits limits, long start)
    {
        walk.Region(new ByteRange(start, Signature.Length), RegionKind.Structure, "fLaC");
        long at = start + Signature.Length, length = walk.Window.Length;
        bool isLast = false;
        for (int blocks = 0; !isLast; blocks++)
        {
            if (blocks >= limits.ContainerParts)
                throw new LimitExceededException("FLAC", at, nameof(Limits.ContainerParts), limits.ContainerParts);
            var block = ReadBlock((await walk.Window.AtAsync(at, 4).ConfigureAwait(false)).Span, at);
            if (block.Range.End > length)
                throw new MalformedDataException("FLAC metadata block", at, $"{block.Range.Length} bytes expected, the file ends after {length - at}");
            walk.Region(block.Range, block.Kind, block.Name);
            (at, isLast) = (block.Range.End, block.IsLast);
        }
        if (at < length)
            walk.Region(ByteRange.FromTo(at, length), RegionKind.Media, "FLAC frames");
    }

    private static (ByteRange Range, RegionKind Kind, string Name, bool IsLast) ReadBlock(ReadOnlySpan<byte> head, long offset)
    {
        var cursor = new ByteCursor(head, "FLAC metadata block", offset);
        int type = cursor.ReadByte();
        long size = cursor.ReadByte();
        size = (size << 16) + cursor.ReadUInt16BigEndian();
        // Players show pictures.
        var (kind, name) = (type & 0x7F) switch
        {
            0 => (RegionKind.Structure, "STREAMINFO"),
            1 => (RegionKind.Unknown, "PADDING"),
            2 => (RegionKind.Unknown, "APPLICATION"),
            3 => (RegionKind.Structure, "SEEKTABLE"),
            4 => (RegionKind.OtherMetadata, "VORBIS_COMMENT"),
            5 => (RegionKind.Structure, "CUESHEET"),
            6 => (RegionKind.Media, "PICTURE"),
            _ => (RegionKind.Unknown, "block " + (type & 0x7F).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        return (new ByteRange(offset, 4 + size), kind, name, (type & 0x80) != 0);
    }
}
