using System.Text;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Zip;

/// <summary>
/// ZIP and the documents that are ZIP archives: Office Open XML, OpenDocument, EPUB, OpenXPS. The manifest store is a file of its own in the
/// archive, stored as it is (C2PA 2.5 §A.6); every other file is bound by itself, and the directory with them.
/// </summary>
internal sealed class ZipFormat : IAssetFormat, ICollectionFormat
{
    private const string Plain = "application/zip";

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string PowerPoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    private const string OpenXps = "application/oxps";

    /// <summary>Bytes of the member "mimetype", whose content is a media type.</summary>
    private const int LongestMediaType = 100;

    public string Name => "ZIP";

    public IReadOnlyList<string> MediaTypes { get; } =
    [
        Plain, Word, Excel, PowerPoint, OpenXps, "application/epub+zip", "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.graphics",
    ];

    public IReadOnlyList<string> Extensions { get; } = [".zip", ".docx", ".xlsx", ".pptx", ".oxps", ".epub", ".odt", ".ods", ".odp", ".odg"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.6", "the file META-INF/content_credential.c2pa", "c2pa.hash.collection.data");

    /// <summary>A first member, or the end of an archive that has none.</summary>
    public bool Matches(ReadOnlySpan<byte> head) => head.Length > 4 && (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8));

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        string mediaType = Plain;
        try
        {
            var directory = await ZipDirectory.ReadAsync(walk.Window, limits).ConfigureAwait(false);
            mediaType = await MediaTypeAsync(walk.Window, directory).ConfigureAwait(false);
            await WalkAsync(walk, directory).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        if (!walk.HasRegions && source.Length > 0)
            walk.Region(new ByteRange(0, source.Length), RegionKind.Media, "archive");
        return walk.ToMap(this, mediaType);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, ZipDirectory directory)
    {
        long directoryStart = directory.Range.Offset;
        // Only the store's own header is read; the others' parts end where the next one starts.
        var stores = new List<ByteRange>();
        foreach (var entry in directory.Entries.Where(entry => entry.IsStore))
        {
            if (await ReadStoreAsync(walk, entry, directoryStart).ConfigureAwait(false) is { } store)
                stores.Add(store);
        }
        long at = 0;
        string name = "bytes before the first file";
        var starts = directory.Entries.Where(entry => !entry.IsStore && entry.LocalHeader < directoryStart).Select(entry => (Start: entry.LocalHeader, Name: entry.Names[0], Store: (ByteRange?)null));
        foreach (var part in starts.Concat(stores.Select(store => (Start: store.Offset, Name: ZipEntry.StorePath, Store: (ByteRange?)store))).OrderBy(part => part.Start))
        {
            if (part.Start < at)
                continue; // overlaps are for the binding to judge
            if (part.Start > at)
                walk.Region(ByteRange.FromTo(at, part.Start), RegionKind.Media, name);
            (at, name) = (part.Start, part.Name);
            if (part.Store is { } store)
            {
                walk.Region(store, RegionKind.ManifestStore, part.Name);
                (at, name) = (store.End, "bytes between files");
            }
        }
        if (directoryStart > at)
            walk.Region(ByteRange.FromTo(at, directoryStart), RegionKind.Media, name);
        walk.Region(ByteRange.FromTo(directoryStart, walk.Window.Length), RegionKind.Structure, "central directory");
    }

    /// <summary>The store with its local header; null where it cannot be read, which is said.</summary>
    private static async ValueTask<ByteRange?> ReadStoreAsync(AssetWalk walk, ZipEntry entry, long limit)
    {
        const string structure = "ZIP " + ZipEntry.StorePath;
        try
        {
            var member = await ZipMember.ReadAsync(walk.Window, entry, limit).ConfigureAwait(false);
            if (entry.IsEncrypted)
                throw new EncryptedDataException(structure, member.Header.Offset, "the manifest store is encrypted (C2PA 2.5 §A.6.3)");
            if (entry.Method != 0 || entry.HasDescriptor)
                throw new MalformedDataException(structure, member.Header.Offset, "the manifest store is stored as it is, without flags (C2PA 2.5 §A.6.3)");
            await member.RequireAgreementAsync(walk.Window, entry).ConfigureAwait(false);
            await RequirePlainHeaderAsync(walk.Window, member, entry).ConfigureAwait(false);
            walk.Store(new StoreLocation([member.Range], [member.Data]) { LengthFields = [new ByteRange(entry.Header.Offset + ZipEntry.CrcOffset, ZipEntry.CrcLength)] });
            return member.Range;
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            walk.StoreFault(e);
            return null;
        }
    }

    /// <summary>No hash covers the store's local header, so nothing may be put there: its extra field is that of the directory, or empty.</summary>
    private static async ValueTask RequirePlainHeaderAsync(ReadWindow window, ZipMember member, ZipEntry entry)
    {
        int extraLength = (int)member.Header.Length - 30 - entry.NameBytes.Length;
        var extra = await window.AtAsync(member.Header.End - extraLength, extraLength).ConfigureAwait(false);
        if (extraLength > 0 && !extra.Span.SequenceEqual(entry.Extra.Span))
            throw new MalformedDataException("ZIP " + ZipEntry.StorePath, member.Header.Offset, "the local header has an extra field that the directory does not have");
    }

    private static async ValueTask<string> MediaTypeAsync(ReadWindow window, ZipDirectory directory)
    {
        // ODF 1.3 part 2 §3.3, EPUB OCF §4.3: the first file, stored.
        if (directory.Entries is [{ Names: ["mimetype", ..], Method: 0, LocalHeader: 0, IsEncrypted: false, PackedSize: > 0 and <= LongestMediaType } first, ..])
        {
            var member = await ZipMember.ReadAsync(window, first, directory.Range.Offset).ConfigureAwait(false);
            var text = await window.AtAsync(member.Data.Offset, (int)member.Data.Length).ConfigureAwait(false);
            return Array.Find(Known, type => Encoding.ASCII.GetBytes(type).AsSpan().SequenceEqual(text.Span.Trim(" \r\n"u8))) ?? Plain;
        }
        if (!Holds("[Content_Types].xml"))
            return Plain;
        return Holds("word/document.xml") ? Word : Holds("xl/workbook.xml") || Holds("xl/workbook.bin") ? Excel : Holds("ppt/presentation.xml") ? PowerPoint
            : directory.Entries.Any(entry => entry.Names[0].EndsWith(".fdseq", StringComparison.OrdinalIgnoreCase)) ? OpenXps : Plain;

        bool Holds(string path) => directory.Entries.Any(entry => entry.Names[0] == path);
    }

    private static string[] Known { get; } = [.. new ZipFormat().MediaTypes];

    /// <summary>An archive has no boxes.</summary>
    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);

    public ValueTask<CollectionLayout> ReadCollectionAsync(AssetSource source, Limits limits, CancellationToken cancellation) =>
        ZipCollection.ReadAsync(new ReadWindow(source, cancellation), limits);
}
