using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>MPEG audio (ISO/IEC 11172-3, 13818-3), with an ID3v1 tag of 128 bytes at its end or without. What follows a tag and is nothing else counts as such.</summary>
internal sealed class Mp3Format() : Id3Format("MP3", ["audio/mpeg", "audio/mp3", "audio/mpeg3"], [".mp3", ".mp2"])
{
    private const int OldTagLength = 128;

    protected override bool IsSound(ReadOnlySpan<byte> sound, bool isTagged) => isTagged || StartsWithFrames(sound);

    /// <summary>Two frames of a kind, or one that is all there is: two bytes alone say too little.</summary>
    private static bool StartsWithFrames(ReadOnlySpan<byte> sound)
    {
        if (MpegFrame.Read(sound) is not { } first || first.Length > sound.Length)
            return false;
        return first.Length == sound.Length || (MpegFrame.Read(sound[first.Length..]) is { } second && second.Kind == first.Kind);
    }

    protected override async ValueTask WalkSoundAsync(AssetWalk walk, Limits limits, long start)
    {
        long end = walk.Window.Length, oldTag = end - OldTagLength;
        bool hasOldTag = oldTag >= start && (await walk.Window.AtAsync(oldTag, 3).ConfigureAwait(false)).Span.SequenceEqual("TAG"u8);
        if (start < (hasOldTag ? oldTag : end))
            walk.Region(ByteRange.FromTo(start, hasOldTag ? oldTag : end), RegionKind.Media, "MPEG audio");
        if (hasOldTag)
            walk.Region(ByteRange.FromTo(oldTag, end), RegionKind.OtherMetadata, "ID3v1");
    }
}
