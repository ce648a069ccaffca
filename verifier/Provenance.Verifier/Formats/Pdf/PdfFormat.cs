using System.Buffers;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Pdf;

/// <summary>
/// PDF (ISO 32000-2). The manifest store is an embedded file of the catalogue (C2PA 2.5 §A.4); its extent is the stream's data. Each revision
/// of a document may bring a store of its own, and all of them are read as one.
/// </summary>
internal sealed class PdfFormat : IAssetFormat
{
    /// <summary>Bytes at the start in which readers look for the header.</summary>
    private const int HeaderSearch = 1024;

    /// <summary>White space, and the bytes of the mark that some editors put before UTF-8.</summary>
    private static SearchValues<byte> SpaceOrMark { get; } = SearchValues.Create("\uFEFF \t\r\n\0"u8);

    public string Name => "PDF";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/pdf"];

    public IReadOnlyList<string> Extensions { get; } = [".pdf"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.4", "an embedded file that the catalogue lists", "c2pa.hash.data");

    public bool Matches(ReadOnlySpan<byte> head) => FindHeader(head) is not null;

    /// <summary>Where the header stands: first, or first on a line, so that a text that speaks of PDF is none.</summary>
    private static int? FindHeader(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, HeaderSearch)];
        int at = head.IndexOf("%PDF-"u8);
        if (at < 0 || head.Length < at + 8 || head[at + 5] is < (byte)'1' or > (byte)'9' || head[at + 6] != '.' || !char.IsAsciiDigit((char)head[at + 7]))
            return null;
        var before = head[..at];
        bool isFirst = before.IndexOfAnyExcept(SpaceOrMark) < 0;
        return isFirst || before[^1] is (byte)'\r' or (byte)'\n' ? at : null;
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation) { StoresAreOne = true };
        var head = await walk.Window.AtAsync(0, HeaderSearch).ConfigureAwait(false);
        var file = new PdfFile(source, walk.Window, limits, cancellation);
        try
        {
            var document = await OpenAsync(file, FindHeader(head.Span) ?? 0).ConfigureAwait(false);
            await WalkAsync(walk, file, document).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        return walk.ToMap(this, MediaTypes[0]);
    }

    /// <summary>Reads the sections; offsets are those of the file, or of the header where something stands before it.</summary>
    private static async ValueTask<PdfDocument> OpenAsync(PdfFile file, long header)
    {
        try
        {
            return new PdfDocument(file, await PdfSections.ReadAsync(file).ConfigureAwait(false));
        }
        catch (MalformedDataException e) when (header > 0 && e is not LimitExceededException)
        {
            file.Origin = header;
            return new PdfDocument(file, await PdfSections.ReadAsync(file).ConfigureAwait(false));
        }
    }

    private static async ValueTask WalkAsync(AssetWalk walk, PdfFile file, PdfDocument document)
    {
        var stores = await new PdfStores(document).FindAsync().ConfigureAwait(false);
        foreach (var revision in stores.GroupBy(store => store.Revision))
        {
            var (first, others) = (revision.First(), revision.Skip(1).ToList());
            if (others.Count == 0)
                walk.Store(new StoreLocation([first.Data], [first.Data]));
            else
                walk.Note(first.Data.Offset, $"{others.Count + 1} manifest stores in one update section, where one may be (C2PA 2.5 §14.5.2.2); none of them counts");
        }
        if (stores.Count > 0 && !walk.HasStore)
            walk.StoreFault(new MalformedDataException("PDF C2PA manifest", stores[1].Data.Offset, $"{stores.Count} manifest stores in one update section, where one may be (C2PA 2.5 §14.5.2.2)"));
        var rest = new List<AssetRegion>();
        long at = 0;
        foreach (var store in stores.Select(store => store.Data).OrderBy(data => data.Offset))
        {
            if (store.Offset > at)
                walk.Region(ByteRange.FromTo(at, store.Offset), RegionKind.Media, "objects");
            walk.Region(store, RegionKind.ManifestStore, "C2PA_Manifest");
            at = store.End;
        }
        if (at < file.Length)
            walk.Region(ByteRange.FromTo(at, file.Length), RegionKind.Media, "objects");
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
