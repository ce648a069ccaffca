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
        head.Length >= RiffChunks.HeaderLength && head.StartsWith("RIFF"u8) && head.Slice(8, 4).SequenceEqual(_formType);

    /// <summary>What a chunk of this form type is.</summary>
    protected abstract RegionKind Kind(string id);

    /// <summary>The chunk that holds an XMP packet.</summary>
    protected abstract string XmpId { get; }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var chunks = new RiffChunks(walk.Window, limits);
        await chunks.StartAsync().ConfigureAwait(false);
        walk.Region(new ByteRange(0, RiffChunks.HeaderLength), RegionKind.Structure, formType);
        if (chunks.DeclaredEnd > source.Length)
            walk.Note(4, $"the RIFF size says {chunks.DeclaredEnd} bytes, the file has {source.Length}");
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
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            if (chunk.Id == "C2PA")
            {
                walk.Store(new StoreLocation([chunk.WithoutPad], [chunk.Data]) { LengthFields = [new ByteRange(4, 4)] });
                walk.Region(chunk.WithoutPad, RegionKind.ManifestStore, chunk.Id);
                if (chunk.Range.End > chunk.WithoutPad.End)
                    walk.Region(ByteRange.FromTo(chunk.WithoutPad.End, chunk.Range.End), RegionKind.Structure, "pad byte");
            }
            else
            {
                if (chunk.Id == XmpId)
                    await walk.XmpAsync(chunk.Data).ConfigureAwait(false);
                walk.Region(chunk.Range, Kind(chunk.Id), chunk.Id);
            }
        }
        if (chunks.Position > chunks.DeclaredEnd)
            walk.Note(4, $"the RIFF size says {chunks.DeclaredEnd} bytes, the last chunk ends at {chunks.Position}");
        walk.EndsAt(chunks.Position, "behind RIFF");
    }

    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var chunks = new RiffChunks(window, limits);
        await chunks.StartAsync().ConfigureAwait(false);
        if (chunks.DeclaredEnd > source.Length)
            throw new MalformedDataException("RIFF", 4, $"the size says {chunks.DeclaredEnd} bytes, the file has {source.Length}");
        // C2PA 2.5 §16.3.3.3: the form's header by its type, each chunk by its id with its pad byte, a list by its type.
        var boxes = new List<NamedBox> { new(formType, new ByteRange(0, RiffChunks.HeaderLength)) };
        while (await chunks.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            string box = chunk.Id;
            if (box == "LIST" && chunk.Size >= 4)
                box = RiffChunks.Name((await window.AtAsync(chunk.Data.Offset, 4).ConfigureAwait(false)).Span);
            boxes.Add(new NamedBox(box, chunk.Range));
        }
        return boxes;
    }
}
