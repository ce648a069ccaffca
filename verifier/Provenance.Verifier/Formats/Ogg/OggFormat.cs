using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Ogg;

/// <summary>
/// Ogg (RFC 3533): Vorbis, Opus, FLAC, Speex, Theora and others. Pages of several logical bitstreams lie beside each other, one of which may
/// be a manifest store (C2PA 2.5 §A.3.7):
/// <code>
/// page (first of stream 1) | page (first of stream 2: \0c2pa, store …) | page (stream 2: … store) | page (stream 1) | …
/// </code>
/// </summary>
internal sealed class OggFormat : IAssetFormat
{
    /// <summary>Bytes of a first packet that tell what its stream is.</summary>
    private const int IdentifierLength = 8;

    public string Name => "Ogg";

    public IReadOnlyList<string> MediaTypes { get; } = ["audio/ogg", "video/ogg", "application/ogg", "audio/opus", "audio/vorbis"];

    public IReadOnlyList<string> Extensions { get; } = [".ogg", ".oga", ".opus", ".ogv", ".ogx", ".spx"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.7", "a logical bitstream of its own", "c2pa.hash.boxes", "c2pa.hash.data");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("OggS\0"u8);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var streams = new OggStreams(limits);
        MalformedDataException? damage = null;
        try
        {
            await WalkAsync(walk, streams).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            damage = e;
        }
        foreach (var stream in streams.Stores)
        {
            stream.End();
            if (stream.Fault is null)
                walk.Store(stream.ToStore());
            walk.StoreFault(stream.Fault);
        }
        if (damage is not null)
        {
            await walk.DamagedAsync(damage).ConfigureAwait(false);
        }
        return walk.ToMap(this, streams.MediaType);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, OggStreams streams)
    {
        var pages = new OggPages(walk.Window);
        long start = 0;
        bool wasStore = false;
        try
        {
            while (await pages.NextAsync().ConfigureAwait(false) is { } page)
            {
                bool isStore = await IsStoreAsync(walk, streams, pages, page).ConfigureAwait(false);
                if (isStore != wasStore)
                {
                    Cover(page.Range.Offset);
                    (start, wasStore) = (page.Range.Offset, isStore);
                }
            }
        }
        finally
        {
            Cover(pages.Position);
        }

        // Which page holds comments only a decoder can tell: all but the store count as what is played.
        void Cover(long end)
        {
            if (end > start)
                walk.Region(ByteRange.FromTo(start, end), wasStore ? RegionKind.ManifestStore : RegionKind.Media, wasStore ? "C2PA stream" : "pages");
        }
    }

    /// <summary>Whether the page belongs to a stream of a store, which then takes it.</summary>
    private static async ValueTask<bool> IsStoreAsync(AssetWalk walk, OggStreams streams, OggPages pages, OggPage page)
    {
        if (streams.IsStart(page))
            streams.Start(page, (await walk.Window.AtAsync(page.Body.Offset, (int)Math.Min(page.FirstPacketLength, IdentifierLength)).ConfigureAwait(false)).Span);
        if (streams.StoreOf(page) is not { } store)
            return false;
        store.Add(page);
        if (!await pages.IsChecksumRightAsync(page).ConfigureAwait(false))
            store.RejectChecksum(page);
        return true;
    }

    /// <summary>
    /// One box for each logical bitstream, in the order of their first pages (§16.3.3.3.7). Bytes that are no page, and all behind them, are in
    /// no box.
    /// </summary>
    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var boxes = new OggBoxes(map.Stores, limits);
        var pages = new OggPages(new ReadWindow(source, cancellation));
        try
        {
            while (await pages.NextAsync().ConfigureAwait(false) is { } page)
                boxes.Add(page);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException && pages.Position > 0)
        {
            // What follows is for c2pa.after, or for nobody.
        }
        return boxes.ToList();
    }
}
