using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Id3;

/// <summary>Coded sound behind any number of ID3v2 tags, one of which may hold the manifest store (C2PA 2.5 §A.3.5).</summary>
internal abstract class Id3Format(string name, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions) : IAssetFormat
{
    /// <summary>Bytes behind the tags that tell the kind of sound: the longest frame of those told by two of their headers.</summary>
    private const int SoundHead = 8192 + AdtsFrame.HeaderLength;

    /// <summary>Versions up to 2.4 are known; a few more may come.</summary>
    private const int HighestVersion = 9;

    private static readonly Id3Format[] s_kinds = [new FlacFormat(), new AacFormat(), new Mp3Format()];

    public string Name => name;

    public IReadOnlyList<string> MediaTypes => mediaTypes;

    public IReadOnlyList<string> Extensions => extensions;

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.5", "a GEOB frame of an ID3v2 tag", "c2pa.hash.data");

    /// <summary>Whether a file without a tag, or the rest of one behind it, is of this kind.</summary>
    /// <param name="sound">The first bytes.</param>
    /// <param name="isTagged">A tag stands before them, so that less is needed to tell.</param>
    protected abstract bool IsSound(ReadOnlySpan<byte> sound, bool isTagged);

    /// <summary>Names the parts of the sound.</summary>
    protected abstract ValueTask WalkSoundAsync(AssetWalk walk, Limits limits, long start);

    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("ID3"u8))
            return IsSound(head, isTagged: false);
        // A text may begin with these letters too.
        if (head.Length < Id3Header.Length || head[3] > HighestVersion)
            return false;
        return IsSound(BehindTags(head), isTagged: true);
    }

    /// <summary>What of the head lies behind its tags; none of it where a tag is longer or damaged.</summary>
    private static ReadOnlySpan<byte> BehindTags(ReadOnlySpan<byte> head)
    {
        try
        {
            while (Id3Header.Read(head, 0) is { } header)
                head = header.End < head.Length ? head[(int)header.End..] : default;
            return head;
        }
        catch (MalformedDataException)
        {
            return default;
        }
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        long start = await WalkTagsAsync(walk, limits).ConfigureAwait(false);
        // The head may have ended before the tags did.
        var sound = await walk.Window.AtAsync(start, SoundHead).ConfigureAwait(false);
        var kind = Array.Find(s_kinds, kind => kind.IsSound(sound.Span, isTagged: start > 0)) ?? this;
        try
        {
            await kind.WalkSoundAsync(walk, limits, start).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(kind, kind.MediaTypes[0]);
    }

    /// <summary>Walks the tags and returns where they end.</summary>
    private static async ValueTask<long> WalkTagsAsync(AssetWalk walk, Limits limits)
    {
        var tags = new Id3Tag(walk, limits);
        try
        {
            while (Id3Header.Read((await walk.Window.AtAsync(tags.Covered, Id3Header.Length).ConfigureAwait(false)).Span, tags.Covered) is { } header)
                await WalkTagAsync(walk, tags, header).ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // Without a size nobody knows where the tag ends.
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return tags.Covered;
    }

    private static async ValueTask WalkTagAsync(AssetWalk walk, Id3Tag tags, Id3Header header)
    {
        try
        {
            await tags.WalkAsync(header).ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // An object of a store's type that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == Id3Tag.StoreStructure)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
            tags.CoverTo(Math.Min(header.End, walk.Window.Length), RegionKind.Unknown, "damaged ID3");
        }
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
