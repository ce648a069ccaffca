using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Warc;

/// <summary>
/// A web archive, records behind each other. The manifest store is the block of a record of its own type, the last (C2PA 2.5 §A.10.2). The
/// collection hash binds every other record.
/// </summary>
internal sealed class WarcFormat : IAssetFormat, IRecordFormat
{
    public string Name => "WARC";

    public IReadOnlyList<string> MediaTypes { get; } = ["application/warc"];

    public IReadOnlyList<string> Extensions { get; } = [".warc"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.10", "the last record", "c2pa.hash.collection.data");

    public bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("WARC/1."u8);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        try
        {
            await WalkAsync(walk.Window, limits, record => AddStore(walk, record)).ConfigureAwait(false);
        }
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        walk.RegionsAroundStores(RegionKind.Media, "records");
        return walk.ToMap(this, MediaTypes[0]);
    }

    public async ValueTask<IReadOnlyList<ArchiveRecord>> ReadRecordsAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var records = new List<ArchiveRecord>();
        await WalkAsync(new ReadWindow(source, cancellation), limits, record =>
        {
            if (!record.IsStore)
                records.Add(new(record.Id ?? throw new MalformedDataException("WARC record", record.Range.Offset, "WARC-Record-ID is missing"), record.Range));
        }).ConfigureAwait(false);
        return records;
    }

    private static void AddStore(AssetWalk walk, WarcRecord record)
    {
        if (!record.IsStore)
            return;
        walk.Store(new([record.Range], [record.Block]));
        // No hash covers this header: nobody may take the store for something that was captured.
        if (record["WARC-Target-URI"] is not null)
            walk.StoreFault(new("WARC C2PA manifest record", record.Range.Offset, "it has no WARC-Target-URI (§A.10.2)"));
    }

    private static async ValueTask WalkAsync(ReadWindow window, Limits limits, Action<WarcRecord> take)
    {
        int count = 0;
        for (long at = 0; at < window.Length;)
        {
            if (++count > limits.ContainerParts)
                throw new LimitExceededException("WARC", at, nameof(Limits.ContainerParts), limits.ContainerParts);
            var record = await WarcRecord.ReadAsync(window, at).ConfigureAwait(false);
            take(record);
            at = record.Range.End;
        }
    }

    public ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<NamedBox>?>(null);
}
