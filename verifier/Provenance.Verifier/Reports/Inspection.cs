using System.Globalization;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Reports;

/// <summary>What an asset consists of, down to the fields of its manifests: for people who look for a fault. Nothing is checked.</summary>
public static class Inspection
{
    /// <summary>Nodes of one tree.</summary>
    private const int Nodes = 20_000;

    /// <summary>Nodes that the container's parts may take, so that there is room for the manifest store.</summary>
    private const int ContainerNodes = 5_000;

    /// <summary>
    /// Reads the container's parts and every manifest store in it. What cannot be read leaves a node "fault" behind what could be. At most
    /// about 20,000 nodes are made, each value at most some 512 characters long.
    /// </summary>
    /// <param name="source">The asset; not disposed. Errors of reading it travel untouched.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="cancellation">Honoured while reading.</param>
    public static async ValueTask<InspectionNode> ReadAsync(AssetSource source, Limits limits, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(limits);
        var budget = new InspectionBudget(Nodes);
        var all = new ByteRange(0, source.Length);
        var head = await source.ReadAsync(new ByteRange(0, Math.Min(AssetFormats.HeadLength, source.Length)), cancellation).ConfigureAwait(false);
        if (AssetFormats.Find(head.Span) is not { } format)
        {
            var unknown = new InspectionBranch(budget, "unknown format", all, source.Length == 0 ? "empty" : $"begins with {DiagnosticText.Hex(head.Span)}");
            return unknown.Build();
        }
        AssetMap map;
        try
        {
            map = await format.MapAsync(source, limits, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException fault)
        {
            var broken = new InspectionBranch(budget, format.Name, all, format.MediaTypes[0]);
            broken.Fault(fault);
            return broken.Build();
        }

        var root = new InspectionBranch(budget, format.Name, all, map.MediaType);
        AddContainer(root, map);
        for (int i = 0; i < map.Stores.Count && !root.IsFull; i++)
            await AddStoreAsync(root, map.Stores[i], map.Stores.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" {i + 1}") : "", source, limits, cancellation).ConfigureAwait(false);
        if (map.StoreFault is { } storeFault)
            root.Add("manifest store", null, null, branch => branch.Fault(storeFault));
        return root.Build();
    }

    private static void AddContainer(InspectionBranch root, AssetMap map)
    {
        root.Add("container", null, $"{map.Regions.Count} parts", branch =>
        {
            foreach (var region in map.Regions.Take(ContainerNodes))
                branch.Add(region.Name, region.Kind.ToString(), region.Range);
            if (map.Regions.Count > ContainerNodes)
                branch.Add("…", string.Create(CultureInfo.InvariantCulture, $"{map.Regions.Count - ContainerNodes} more"));
        });
        foreach (var note in map.Notes.Take(ContainerNodes / 10))
            root.Add("note", DiagnosticText.Clean(note.Text), new ByteRange(note.Offset, 0));
        var pointer = map.Xmp is { } xmp ? XmpProvenance.Find(xmp.Span) : default;
        if (pointer.Reference is { } reference)
            root.Add("manifest elsewhere", DiagnosticText.Quote(reference));
        if (pointer.Reason is { } reason)
            root.Add("fault", DiagnosticText.Clean(reason));
    }

    private static async ValueTask AddStoreAsync(InspectionBranch root, StoreLocation store, string number, AssetSource source, Limits limits, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> bytes = default;
        MalformedDataException? fault = null;
        try
        {
            bytes = await StoreBytes.ReadAsync(source, store, limits, cancellation).ConfigureAwait(false);
        }
        catch (MalformedDataException limit)
        {
            fault = limit;
        }
        var range = store.Extent.Count == 1 ? store.Extent[0] : store.Payload.Count == 1 ? store.Payload[0] : (ByteRange?)null;
        // Where a byte of a store lies that is written as text, nobody asks.
        bool isRaw = store.Encoding == StoreEncoding.Raw;
        root.Add("manifest store" + number, range, isRaw ? $"{store.PayloadLength} bytes" : $"{bytes.Length} bytes, written as {store.PayloadLength} bytes of {store.Encoding}", branch =>
        {
            if (store.Payload.Count > 1)
            {
                branch.Add("pieces", null, string.Create(CultureInfo.InvariantCulture, $"{store.Payload.Count}"), pieces =>
                {
                    foreach (var piece in store.Payload.Take(ContainerNodes / 10))
                        pieces.Add("piece", null, piece);
                });
            }
            if (fault is null)
                new InspectionBoxes(bytes, new StoreOffsets(isRaw ? store.Payload : []), limits, new(limits)).AddAll(branch);
            else
                branch.Fault(fault);
        });
    }
}
