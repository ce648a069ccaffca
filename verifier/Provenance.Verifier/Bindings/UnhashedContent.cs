using System.Buffers.Binary;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Formats.Bmff;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// Whether anything a viewer renders lies where no hash reaches. The offsets of samples and items may point anywhere in the file, into
/// free space or into C2PA's own box (attack B04), and an exclusion may leave out the media or what describes them (attack B03).
/// </summary>
internal sealed class UnhashedContent(AssetSource source, IReadOnlyList<ByteRange> unhashed, Limits limits, CancellationToken cancellation)
{
    /// <summary>
    /// Media, and boxes that say what is rendered and how: no byte of them may be left out. The tables of offsets (stco, co64, iloc, tfhd, trun),
    /// which older lists leave out, are not among them: what they point at is looked at instead.
    /// </summary>
    private static readonly HashSet<string> Rendering = new(StringComparer.Ordinal)
    {
        "mdat", "imda", "idat", "mdhd", "dref", "stsd", "stts", "ctts", "stsc", "stsz", "stz2", "stss", "elst", "trex", "mfhd", "tfdt", "pitm", "iinf", "iref", "ipco", "ipma",
    };

    /// <summary>
    /// Boxes that may not be left out as a whole. Parts of them may: they hold others that do not matter, or, in headers, the rotation that a
    /// camera leaves for others to set.
    /// </summary>
    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "moov", "mvhd", "trak", "tkhd", "mdia", "minf", "dinf", "stbl", "edts", "mvex", "moof", "traf", "iprp",
    };

    /// <summary>Bytes of a trun or tfhd box that are read: 65,536 samples of 16 bytes.</summary>
    private const int RunLength = 1 << 20;

    private readonly ReadWindow _window = new(source, cancellation), _elsewhere = new(source, cancellation);
    private readonly HashSet<long> _followed = [];
    private readonly BoxBudget _budget = new(limits);
    private Dictionary<uint, uint> _defaultSizes = [];
    private FragmentRuns? _runs;
    private SampleChunks? _chunks;
    private bool _isSegment, _isElsewhere, _offsetsAreLeftOut;

    /// <summary>A level of boxes and the box they are in; none for those of the file.</summary>
    private sealed record Level(BmffBox? Parent, BoxSequence Boxes);

    /// <summary>The same for a segment, whose samples have the sizes that the initialization segment gives them.</summary>
    public UnhashedContent ForSegment(AssetSource segment, IReadOnlyList<ByteRange> unhashedOfSegment) => new(segment, unhashedOfSegment, limits, cancellation) { _defaultSizes = _defaultSizes, _isSegment = true };

    /// <summary>What lies outside all hashes, in words; null where nothing does.</summary>
    public async ValueTask<string?> FindAsync()
    {
        var open = new Stack<Level>([new Level(null, BoxSequence.Roots(_window, _budget))]);
        while (open.TryPeek(out var level))
        {
            if (await level.Boxes.NextAsync().ConfigureAwait(false) is not { } box)
            {
                open.Pop();
                if (await LeaveAsync(level).ConfigureAwait(false) is { } behind)
                    return behind;
                continue;
            }
            if (await VisitAsync(box, level.Parent?.Type).ConfigureAwait(false) is { } found)
                return found;
            if (await BmffContainers.ChildrenAsync(_window, box).ConfigureAwait(false) is not { } inside)
                continue;
            if (open.Count >= limits.BmffDepth)
                throw new LimitExceededException("BMFF", box.Start, nameof(Limits.BmffDepth), limits.BmffDepth);
            open.Push(new Level(box, BoxSequence.Children(_window, _budget, inside)));
        }
        return null;
    }

    private async ValueTask<string?> VisitAsync(BmffBox box, string? parent)
    {
        bool describes = Describing.Contains(box.Type);
        if ((describes || Rendering.Contains(box.Type)) && box.Content.Length > 0 && ReachedBy(box.Content) is { } hole && (!describes || hole.Contains(box.Content)))
            return $"'{box.Name}' at 0x{box.Start:X} is left out and holds content or what it takes to render it";
        if (parent == "mfra" && box.Type is not ("tfra" or "mfro" or "free"))
            return $"'{box.Name}' at 0x{box.Start:X} is no part of the 'mfra' that is left out";
        switch (box.Type)
        {
            case "meta" when parent is null:
                return await FindItemAsync(box).ConfigureAwait(false);
            case "trex" when box.Content.Length >= 24:
                var defaults = await _window.AtAsync(box.Content.Offset + 4, 20).ConfigureAwait(false);
                _defaultSizes[BinaryPrimitives.ReadUInt32BigEndian(defaults.Span)] = BinaryPrimitives.ReadUInt32BigEndian(defaults.Span[12..]);
                break;
            case "moof":
                _runs = new FragmentRuns(box.Start, _defaultSizes, _isSegment);
                break;
            case "tfhd" or "trun" when _runs is not null:
                return await FindRunAsync(box).ConfigureAwait(false);
            case "tfra" when !_isSegment:
                return await FindFragmentAsync(box).ConfigureAwait(false);
            case "minf":
                _isElsewhere = false;
                break;
            case "dref" when box.Content.Length >= 20:
                // Version, flags, count; of the first entry size, type, version and flags, the last of which says "in this file" (§8.7.2).
                _isElsewhere = (await _window.AtAsync(box.Content.Offset + 8, 12).ConfigureAwait(false)).Span[11] % 2 == 0;
                break;
            case "stbl":
                _chunks = new SampleChunks(source, cancellation);
                _offsetsAreLeftOut = false;
                break;
            case "stco" or "co64" when parent == "stbl" && _chunks is not null:
                // In the room of one table that is left out fit two, and which of them counts depends on the player.
                _offsetsAreLeftOut |= ReachedBy(box.Range) is not null;
                if (_chunks.HasOffsets && _offsetsAreLeftOut)
                    return $"'{box.Name}' at 0x{box.Start:X} is a second table of offsets, of which one is left out";
                _chunks.Add(box);
                break;
            default:
                if (parent == "stbl")
                    _chunks?.Add(box);
                break;
        }
        return null;
    }

    private async ValueTask<string?> LeaveAsync(Level level)
    {
        if (level.Parent is not { } parent)
            return null;
        if (parent.Type == "stbl" && !_isElsewhere)
            return await FindChunkAsync().ConfigureAwait(false);
        // Random access tables are left out of every hash, and so nothing else may lie there.
        return parent.Type == "mfra" && level.Boxes.Position < parent.End ? $"'mfra' at 0x{parent.Start:X} is left out and holds something else than its tables" : null;
    }

    private async ValueTask<string?> FindChunkAsync()
    {
        while (await _chunks!.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            if (chunk.Offset < (ulong)source.Length && Outside(new ByteRange((long)chunk.Offset, (long)Math.Min(chunk.Length, (ulong)source.Length - chunk.Offset)), "samples") is { } found)
                return found;
        }
        return null;
    }

    private async ValueTask<string?> FindRunAsync(BmffBox box)
    {
        if (box.Content.Length > RunLength)
            throw new LimitExceededException($"BMFF {box.Name}", box.Start, nameof(Limits.ContainerParts), limits.ContainerParts);
        try
        {
            var content = await source.ReadAsync(box.Content, cancellation).ConfigureAwait(false);
            if (box.Type == "tfhd")
            {
                _runs!.Track(content.Span, box.Content.Offset);
                return null;
            }
            var run = _runs!.Run(content.Span, box.Content.Offset);
            long start = Math.Max(run.Offset, 0), end = Math.Min(run.End, source.Length);
            return start < end ? Outside(ByteRange.FromTo(start, end), "samples") : null;
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return fault.Message;
        }
    }

    /// <summary>
    /// A table for random access, which no hash has, may lead players to a fragment that no hash has either: they read box after box from where
    /// an entry points. One that was not moved with the film points anywhere, and does no harm where no moof comes.
    /// <code>version 1 | flags 3 | track 4 | lengths 4 | count 4 | (time 4 or 8 | moof_offset 4 or 8 | three numbers of 1 to 4 bytes)…   §8.8.10</code>
    /// </summary>
    private async ValueTask<string?> FindFragmentAsync(BmffBox table)
    {
        if (table.Content.Length < 16)
            return null;
        var head = await _window.AtAsync(table.Content.Offset, 16).ConfigureAwait(false);
        int width = head.Span[0] == 0 ? 4 : 8, lengths = head.Span[11];
        int entry = 2 * width + (lengths >> 4 & 3) + (lengths >> 2 & 3) + (lengths & 3) + 3;
        long count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head.Span[12..]), (table.Content.Length - 16) / entry);
        for (long i = 0, at = table.Content.Offset + 16; i < count; i++, at += entry)
        {
            cancellation.ThrowIfCancellationRequested();
            var field = (await _window.AtAsync(at + width, width).ConfigureAwait(false)).Span;
            ulong offset = width == 4 ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt64BigEndian(field);
            if (offset < (ulong)source.Length && await FindFragmentFromAsync((long)offset).ConfigureAwait(false) is { } found)
                return found;
        }
        return null;
    }

    private async ValueTask<string?> FindFragmentFromAsync(long offset)
    {
        if (ReachedBy(new ByteRange(offset, 1)) is null || !_followed.Add(offset))
            return null;
        var boxes = BoxSequence.Children(_elsewhere, _budget, ByteRange.FromTo(offset, source.Length));
        while (await boxes.NextAsync().ConfigureAwait(false) is { } box && ReachedBy(new ByteRange(box.Start, 1)) is not null)
        {
            if (box.Type == "moof")
                return $"a fragment at 0x{box.Start:X}, which a table for random access leads to, lies in no hash";
        }
        return null;
    }

    private async ValueTask<string?> FindItemAsync(BmffBox meta)
    {
        IReadOnlyList<MetaItem> items;
        try
        {
            items = await MetaItems.ReadAsync(_window, meta, _budget, limits).ConfigureAwait(false);
        }
        catch (MalformedDataException fault) when (fault is not LimitExceededException)
        {
            return fault.Message;
        }
        foreach (var item in items)
        {
            foreach (var extent in item.IsRendered ? item.Extents : [])
            {
                if (Outside(extent, $"item {item.Id}") is { } found)
                    return found;
            }
        }
        return null;
    }

    private string? Outside(ByteRange content, string what) =>
        content.Length > 0 && ReachedBy(content) is { } hole ? $"{what} at 0x{content.Offset:X} lie in no hash, which leaves out 0x{hole.Offset:X}-0x{hole.End:X}" : null;

    /// <summary>The first range outside all hashes that shares a byte with <paramref name="content"/>.</summary>
    private ByteRange? ReachedBy(ByteRange content)
    {
        int next = ByteRange.FirstEndingBehind(unhashed, range => range, content.Offset);
        return next < unhashed.Count && unhashed[next].Overlaps(content) ? unhashed[next] : null;
    }
}
