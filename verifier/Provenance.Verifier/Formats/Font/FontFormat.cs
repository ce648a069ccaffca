using System.Buffers.Binary;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Font;

/// <summary>
/// OpenType and TrueType fonts (ISO/IEC 14496-22). The manifest store, or the URL of one, stands in the table C2PA (C2PA 2.5 §A.3.12):
/// <code>
/// version 4 | number of tables 2 | 6 | records of 16 bytes | tables, each padded to a multiple of 4
/// </code>
/// </summary>
internal sealed class FontFormat : IAssetFormat, IOlderBoxNames
{
    /// <summary>Tables of the largest fonts: about thirty.</summary>
    private const int MostTables = 1024;

    /// <summary>checkSumAdjustment in "head": it follows from all other bytes, those of the store too, and counts as zero (§16.3.3.3.6).</summary>
    private const int AdjustmentOffset = 8, AdjustmentLength = 4;

    public string Name => "font";

    public IReadOnlyList<string> MediaTypes { get; } = ["font/ttf", "font/otf"];

    public IReadOnlyList<string> Extensions { get; } = [".ttf", ".otf"];

    public StorePlacement Placement { get; } = StorePlacement.Embedded("A.3.12", "the table C2PA", "c2pa.hash.boxes");

    /// <summary>The version alone is too common a number: the first record must be one.</summary>
    public bool Matches(ReadOnlySpan<byte> head)
    {
        if (head.Length < FontTable.HeaderLength + FontTable.RecordLength || !(head.StartsWith("\0\x01\0\0"u8) || IsOpenType(head) || head.StartsWith("true"u8)))
            return false;
        int count = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        var record = head.Slice(FontTable.HeaderLength, FontTable.RecordLength);
        return count is > 0 and <= MostTables && !record[..4].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)
            && BinaryPrimitives.ReadUInt32BigEndian(record[8..]) >= FontTable.HeaderLength + count * FontTable.RecordLength;
    }

    private static bool IsOpenType(ReadOnlySpan<byte> head) => head.StartsWith("OTTO"u8);

    public async ValueTask<AssetMap> MapAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var walk = new AssetWalk(source, limits, cancellation);
        var version = await walk.Window.AtAsync(0, 4).ConfigureAwait(false);
        string mediaType = IsOpenType(version.Span) ? MediaTypes[1] : MediaTypes[0];
        try
        {
            await WalkAsync(walk, await FontTable.ListAsync(walk.Window).ConfigureAwait(false)).ConfigureAwait(false);
        }
        // A limit is not damage: it travels.
        catch (MalformedDataException e) when (e is not LimitExceededException)
        {
            if (e.Structure == "font " + FontTable.Manifest)
                walk.StoreFault(e);
            await walk.DamagedAsync(e).ConfigureAwait(false);
        }
        if (!walk.HasRegions && source.Length > 0)
            walk.Region(new ByteRange(0, source.Length), RegionKind.Structure, "font");
        return walk.ToMap(this, mediaType);
    }

    private static async ValueTask WalkAsync(AssetWalk walk, IReadOnlyList<FontTable> tables)
    {
        foreach (var table in tables.Where(table => table.Tag == FontTable.Manifest))
        {
            try
            {
                var manifest = await ManifestTable.ReadAsync(walk.Window, table.Range).ConfigureAwait(false);
                walk.ManifestUrl ??= manifest.Uri;
                if (manifest.Store is { } store)
                    walk.Store(new StoreLocation([table.Range], [store]));
            }
            catch (MalformedDataException e) when (e is not LimitExceededException)
            {
                walk.StoreFault(e);
            }
        }
        long at = FontTable.HeaderLength + tables.Count * FontTable.RecordLength;
        walk.Region(new ByteRange(0, at), RegionKind.Structure, "table directory");
        foreach (var table in tables.Where(table => table.Range.Length > 0).OrderBy(table => table.Range.Offset))
        {
            if (table.Range.Offset < at)
                continue; // overlaps are for the binding to judge
            if (table.Range.Offset > at)
                walk.Region(ByteRange.FromTo(at, table.Range.Offset), RegionKind.Structure, "padding");
            walk.Region(table.Range, KindOf(table.Tag), table.Tag);
            at = table.Range.End;
        }
        if (at < walk.Window.Length)
            walk.Region(ByteRange.FromTo(at, walk.Window.Length), RegionKind.Structure, "padding");
    }

    private static RegionKind KindOf(string tag) => tag switch
    {
        FontTable.Manifest => RegionKind.ManifestStore,
        "glyf" or "CFF " or "CFF2" or "SVG " or "sbix" or "CBDT" or "EBDT" or "COLR" => RegionKind.Media,
        "DSIG" or "meta" => RegionKind.OtherMetadata,
        _ => RegionKind.Structure,
    };

    /// <summary>The tables in the order of the directory (§16.3.3.3.6); the directory itself belongs to none.</summary>
    public async ValueTask<IReadOnlyList<NamedBox>?> ListBoxesAsync(AssetSource source, AssetMap map, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var tables = await ListAsync(window).ConfigureAwait(false);
        long end = tables.Max(table => table.Range.End);
        var boxes = new List<NamedBox>();
        foreach (var table in tables)
        {
            boxes.Add(new NamedBox(table.Tag, table.Range)
            {
                Zeroed = table.Tag == FontTable.Head ? Adjustment(table) : null,
                PaddingBehind = table.Range.End == end ? await PaddingAsync(window, end).ConfigureAwait(false) : 0,
                // A table that fills its extent with a URL alone is no store, and the store from there needs none here.
                IsManifestPointer = table.Tag == FontTable.Manifest && (await ManifestTable.ReadAsync(window, table.Range).ConfigureAwait(false)).Store is null,
            });
        }
        return boxes;
    }

    public string OlderMark => "hea0";

    /// <summary>The tables in the order of the file, and "head" in two parts around its checkSumAdjustment.</summary>
    public async ValueTask<IReadOnlyList<NamedBox>> ListOlderBoxesAsync(AssetSource source, Limits limits, CancellationToken cancellation)
    {
        var window = new ReadWindow(source, cancellation);
        var tables = await ListAsync(window).ConfigureAwait(false);
        var boxes = new List<NamedBox>();
        foreach (var table in tables.OrderBy(table => table.Range.Offset))
        {
            if (table.Tag == FontTable.Head && Adjustment(table) is { } adjustment)
                boxes.AddRange([new(OlderMark, ByteRange.FromTo(table.Range.Offset, adjustment.Offset)), new("hea2", ByteRange.FromTo(adjustment.End, table.Range.End))]);
            else
                boxes.Add(new NamedBox(table.Tag, table.Range));
        }
        boxes[^1] = boxes[^1] with { PaddingBehind = await PaddingAsync(window, boxes[^1].Range.End).ConfigureAwait(false) };
        return boxes;
    }

    /// <summary>The tables, none of which overlaps another: what is hashed as one of them must not be read as two.</summary>
    private static async ValueTask<IReadOnlyList<FontTable>> ListAsync(ReadWindow window)
    {
        var tables = await FontTable.ListAsync(window).ConfigureAwait(false);
        var inOrder = tables.OrderBy(table => table.Range.Offset).ToList();
        for (int i = 1; i < inOrder.Count; i++)
        {
            if (inOrder[i].Range.Offset < inOrder[i - 1].Range.End)
                throw new MalformedDataException("font", inOrder[i].Range.Offset, $"the tables {inOrder[i - 1].Tag} and {inOrder[i].Tag} overlap");
        }
        return tables.Count > 0 ? tables : throw new MalformedDataException("font", 4, "a font has tables");
    }

    private static ByteRange? Adjustment(FontTable head) =>
        head.Range.Length >= AdjustmentOffset + AdjustmentLength ? new ByteRange(head.Range.Offset + AdjustmentOffset, AdjustmentLength) : null;

    /// <summary>Zeros that pad the last table to a multiple of four bytes, if the file ends with them.</summary>
    private static async ValueTask<int> PaddingAsync(ReadWindow window, long end)
    {
        var rest = await window.AtAsync(end, 4).ConfigureAwait(false);
        return rest.Length < 4 && (end + rest.Length) % 4 == 0 && !rest.Span.ContainsAnyExcept((byte)0) ? rest.Length : 0;
    }
}
