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
        return before.IndexOfAnyExcept(SpaceOrMark) < 0 || before[^1] is (byte)'\r' or (byte)'\n' ? at : null;
    }

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation) { StoresAreOne = true };
        var head = await walk.Window.AtAsync(0, HeaderSearch).ConfigureAwait(false);
        var file = new PdfFile(source, walk.Window, limits, cancellation);
        try
        {
            await WalkAsync(walk, file, FindHeader(head.Span) ?? 0).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        if (file.Length > 0 && !walk.HasRegions)
            walk.Region(new ByteRange(0, file.Length), RegionKind.Media, "objects");
        return walk.ToMap(this, MediaTypes[0]);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, PdfFile file, long header)
    {
        var (stores, damage) = await FindAsync(file, header).ConfigureAwait(false);
        if (stores is null)
        {
            stores = new PdfStores(await PdfRebuild.RunAsync(file).ConfigureAwait(false));
            await stores.FindListedAsync().ConfigureAwait(false);
        }
        if (stores.Found.Count == 0 && stores.Fault is null && await StoreTrace.ExistsAsync(walk.Window).ConfigureAwait(false))
        {
            await stores.FindUnlistedAsync().ConfigureAwait(false);
            foreach (var store in stores.Found)
                walk.Note(store.Data.Offset, "the catalogue does not list the manifest store under AF (C2PA 2.5 §A.4.2.1)");
        }
        await PdfRegions.AddAsync(walk, file, stores).ConfigureAwait(false);
        if (damage is not null)
            await walk.DamagedAsync(damage).ConfigureAwait(false);
    }

    /// <summary>The stores the document lists; or the damage that keeps us from them.</summary>
    private static async ValueTask<(PdfStores? Stores, MalformedDataException? Damage)> FindAsync(PdfFile file, long header)
    {
        try
        {
            var stores = new PdfStores(await OpenAsync(file, header).ConfigureAwait(false));
            await stores.FindListedAsync().ConfigureAwait(false);
            return stores.Fault is { } fault ? (null, fault) : (stores, null);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            return (null, e);
        }
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

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
