using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Riff;

/// <summary>
/// A RIFF file of one form type. The manifest store is the data of the chunk C2PA in the first RIFF chunk (C2PA 2.5 §A.3.9):
/// <code>
/// "RIFF" | size 4 | form type 4 | chunk | … | "C2PA" | size 4 | store | pad | anything
/// </code>
/// All sizes are little-endian. The form's size is hashed like all else, so a wrong one is only noted.
/// </summary>
internal abstract class RiffFormat(string name, string formType, IReadOnlyList<string> mediaTypes, IReadOnlyList<string> extensions) : IAssetFormat
{
    private readonly byte[] _formType = Encoding.ASCII.GetBytes(formType);

    public string Name => name;

    public IReadOnlyList<string> MediaTypes => mediaTypes;

    public IReadOnlyList<string> Extensions => extensions;

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.9", "a C2PA chunk", "c2pa.hash.data", "c2pa.hash.boxes");

    public bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= RiffChunks.HeaderLength && IsForm(head[..4]) && head.Slice(8, 4).SequenceEqual(_formType);

    /// <summary>Whether the form's chunk may be called so.</summary>
    protected virtual bool IsForm(ReadOnlySpan<byte> id) => id.SequenceEqual("RIFF"u8);

    /// <summary>What a chunk of this id, or a list of this type, is.</summary>
    protected abstract RegionKind Kind(string id);

    /// <summary>The chunk that holds an XMP packet.</summary>
    protected abstract string XmpId { get; }

    /// <summary>Form type of the RIFF chunks that continue the first; null where a file has one.</summary>
    protected virtual string? NextFormType => null;

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var chunks = new RiffChunks(walk.Window, limits);
        walk.Region(new ByteRange(0, RiffChunks.HeaderLength), RegionKind.Structure, formType);
        try
        {
            await WalkAsync(walk, chunks).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            // A C2PA chunk that cannot be read in full is a store that is there and unreadable.
            if (e.Structure == "RIFF C2PA")
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    private async ValueTask WalkAsync(AssetWalk walk, RiffChunks chunks)
    {
        await chunks.StartAsync().ConfigureAwait(false);
        await WalkFormAsync(walk, chunks).ConfigureAwait(false);
        if (NextFormType is { } next)
        {
            long start = chunks.Position;
            for (; await chunks.GoOnAsync(next).ConfigureAwait(false); start = chunks.Position)
            {
                walk.Region(new ByteRange(start, RiffChunks.HeaderLength), RegionKind.Structure, next);
                await WalkNextFormAsync(walk, chunks).ConfigureAwait(false);
            }
        }
        walk.EndsAt(chunks.Position, "behind RIFF");
    }

    private async ValueTask WalkFormAsync(AssetWalk walk, RiffChunks chunks)
    {
        var size = chunks.LengthField;
        if (chunks.DeclaredEnd > walk.Window.Length)
            walk.Note(size.Offset, $"the RIFF size says {chunks.DeclaredEnd} bytes, the file has {walk.Window.Length}");
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            if (chunk.Id == "C2PA")
            {
                walk.Store(new StoreLocation([chunk.WithoutPad], [chunk.Data]) { LengthFields = [size] });
                walk.Region(chunk.WithoutPad, RegionKind.ManifestStore, chunk.Id);
                if (chunk.Range.End > chunk.WithoutPad.End)
                    walk.Region(ByteRange.FromTo(chunk.WithoutPad.End, chunk.Range.End), RegionKind.Structure, "pad byte");
            }
            else
            {
                await WalkChunkAsync(walk, chunks, chunk).ConfigureAwait(false);
            }
        }
        if (chunks.Position > chunks.DeclaredEnd)
            walk.Note(size.Offset, $"the RIFF size says {chunks.DeclaredEnd} bytes, the last chunk ends at {chunks.Position}");
    }

    /// <summary>A store has no place there; one that was moved there is not passed over in silence (§A.3.9).</summary>
    private async ValueTask WalkNextFormAsync(AssetWalk walk, RiffChunks chunks)
    {
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            if (chunk.Id == "C2PA" && !walk.HasStore)
                walk.StoreFault(new MalformedDataException("RIFF C2PA", chunk.Range.Offset, "the manifest store stands in the first RIFF chunk (C2PA 2.5 §A.3.9), not in a later one"));
            await WalkChunkAsync(walk, chunks, chunk).ConfigureAwait(false);
        }
    }

    private async ValueTask WalkChunkAsync(AssetWalk walk, RiffChunks chunks, RiffChunk chunk)
    {
        string box = await chunks.BoxNameAsync(chunk).ConfigureAwait(false);
        if (chunk.Id == XmpId)
            await walk.XmpAsync(chunk.Data).ConfigureAwait(false);
        else if (Kind(box) == RegionKind.Exif)
            walk.Metadata(MetadataBlockKind.Exif, chunk.Data);
        else if (Kind(box) == RegionKind.ColourProfile)
            walk.Metadata(MetadataBlockKind.ColourProfile, chunk.Data);
        walk.Region(chunk.Range, Kind(box), box);
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var chunks = new RiffChunks(new ReadWindow(source, cancellation), limits);
        await chunks.StartAsync().ConfigureAwait(false);
        // C2PA 2.5 §16.3.3.3.5: each form's header by its type, each chunk by its id with its pad byte, a list by its type.
        var boxes = new List<NamedBox> { new(formType, new ByteRange(0, RiffChunks.HeaderLength)) };
        while (true)
        {
            if (chunks.DeclaredEnd > source.Length)
                throw new MalformedDataException("RIFF", boxes[^1].Range.Offset + 4, $"the size says that it ends at {chunks.DeclaredEnd}, the file has {source.Length} bytes");
            while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
                boxes.Add(new NamedBox(await chunks.BoxNameAsync(chunk).ConfigureAwait(false), chunk.Range));
            long start = chunks.Position;
            if (NextFormType is not { } next || !await chunks.GoOnAsync(next).ConfigureAwait(false))
                return boxes;
            boxes.Add(new NamedBox(next, new ByteRange(start, RiffChunks.HeaderLength)));
        }
    }
}
