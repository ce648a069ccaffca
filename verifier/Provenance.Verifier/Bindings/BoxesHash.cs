using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>One entry of the general box hash: consecutive boxes under one digest.</summary>
/// <param name="Names">The boxes, in order.</param>
/// <param name="Algorithm">The entry's own algorithm, if any.</param>
/// <param name="Hash">The digest.</param>
/// <param name="Excluded">The entry is not hashed (since 2.3).</param>
/// <param name="Exclusions">Ranges left out, each from the start of the box of that index.</param>
internal sealed record BoxesHashEntry(
    IReadOnlyList<string> Names, string? Algorithm, ReadOnlyMemory<byte> Hash, bool Excluded, IReadOnlyList<(ByteRange Range, int Box)> Exclusions);

/// <summary>
/// The general box hash (C2PA 2.5 §16.3.3, §14.12.3): digests over the named parts of the asset, which name all of them in order.
/// <code>{ ?alg, boxes: [{ names, ?alg, hash, ?excluded, ?exclusions: [{ start, length, ?boxIndex }], ?pad, ?pad2 }] }</code>
/// </summary>
internal sealed record BoxesHash(IReadOnlyList<BoxesHashEntry> Entries, string? Algorithm) : HardBinding
{
    /// <summary>The name of the manifest store's box, whatever the container calls it.</summary>
    public const string StoreName = "C2PA";

    /// <summary>The name for everything behind the last box, last in the list (§16.3.3.3).</summary>
    private const string AfterName = "c2pa.after";

    private const string Structure = "general box hash";

    /// <exception cref="MalformedDataException">A field is missing or of another type, or a range is no range.</exception>
    public static BoxesHash Read(CborValue value, Limits limits)
    {
        if (value["boxes"] is not { Kind: CborKind.Array, Items.Count: > 0 } boxes)
            throw new MalformedDataException(Structure, value.Offset, "boxes is an array of at least one entry");
        if (boxes.Items.Count > limits.ContainerParts || boxes.Items.Sum(box => (long)(box["names"]?.Items.Count ?? 0)) > limits.ContainerParts)
            throw new LimitExceededException(Structure, boxes.Offset, nameof(Limits.ContainerParts), limits.ContainerParts);
        return new([.. boxes.Items.Select(item => ReadEntry(item, limits))], value["alg"]?.Text is { Length: > 0 } alg ? alg : null);
    }

    /// <inheritdoc/>
    public override async ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (await asset.BoxesAsync(used => Entries.Any(entry => entry.Names.Contains(used)), cancellation).ConfigureAwait(false) is not { } boxes)
            return new(BindingOutcome.NotApplicable, $"general box hash: {asset.Map.Format.Name} has no named boxes (§16.3.3.3)");

        int next = 0;
        var covered = new List<ByteRange>();
        var uncovered = new List<ByteRange>();
        foreach (var entry in Entries)
        {
            if (entry.Names is [AfterName])
            {
                if (!ReferenceEquals(entry, Entries[^1]) || next != boxes.Count)
                    return BindingResult.Mismatch("general box hash: c2pa.after stands last (§16.3.3.3)");
            }
            else if (MatchNames(entry, boxes, next, Entries) is { } difference)
            {
                return difference;
            }

            var named = entry.Names is [AfterName]
                ? [new NamedBox(AfterName, ByteRange.FromTo(boxes.Count == 0 ? 0 : boxes.Max(box => box.Range.End), asset.Source.Length))]
                : boxes.Skip(next).Take(entry.Names.Count).ToList();
            // In a font the order of the list is not that of the file; a hash from the first box to the last is then none of them.
            if (named.Zip(named.Skip(1)).Any(pair => pair.First.Pieces is null && pair.Second.Range.Offset < pair.First.Range.End))
                return BindingResult.Mismatch($"general box hash: '{named[0].Name}' and the boxes listed with it do not follow each other in the file");
            var span = ByteRange.FromTo(named[0].Range.Offset, named[^1].Range.End);
            next += entry.Names is [AfterName] ? 0 : named.Count;
            covered.Add(span);

            if (named.Exists(box => box.Name == StoreName))
            {
                bool isElsewhere = named[0].IsManifestPointer && asset.Stores.Count == 0;
                if (named.Count != 1 || !(isElsewhere || await IsStoreAsync(asset, named[0], cancellation).ConfigureAwait(false)))
                    return BindingResult.Mismatch("general box hash: the entry C2PA stands alone and is the manifest store (§14.12.3.1)");
                continue;
            }
            var failed = await CheckEntryAsync(asset, entry, named, span, claimAlgorithm, uncovered, cancellation).ConfigureAwait(false);
            if (failed is not null)
                return failed;
        }
        if (next < boxes.Count)
            return new(BindingOutcome.UnknownBox, $"general box hash: '{boxes[next].Name}' at 0x{boxes[next].Range.Offset:X} is in no entry");
        long end = covered.Max(span => span.End);
        if (end + (boxes.Count == 0 ? 0 : boxes.Max(box => box.PaddingBehind)) < asset.Source.Length)
            return new(BindingOutcome.UnknownBox, $"general box hash: the bytes from 0x{end:X} on are in no entry");
        uncovered.AddRange(ByteRange.Complement(covered, asset.Source.Length));
        uncovered.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return new(BindingOutcome.Match, "general box hash: every part of the file is listed and matches") { Uncovered = uncovered };
    }

    /// <summary>A RIFF box includes the pad byte behind a chunk of odd length (§16.3.3.3), the extent of the store does not (§A.3.9). It is zero.</summary>
    private static async ValueTask<bool> IsStoreAsync(BoundAsset asset, NamedBox named, CancellationToken cancellation)
    {
        if (named.Pieces is { } pieces)
            return ByteRange.Merge(pieces).SequenceEqual(asset.StoreExtent);
        var box = named.Range;
        if (asset.StoreExtent is not [var store] || box.Offset != store.Offset || box.Length - store.Length > store.Length % 2 || box.Length < store.Length)
            return false;
        var pad = await asset.Source.ReadAsync(ByteRange.FromTo(store.End, box.End), cancellation).ConfigureAwait(false);
        return pad.Span.IndexOfAnyExcept((byte)0) < 0;
    }

    private async ValueTask<BindingResult?> CheckEntryAsync(
        BoundAsset asset, BoxesHashEntry entry, List<NamedBox> named, ByteRange span, string? claimAlgorithm, List<ByteRange> uncovered, CancellationToken cancellation)
    {
        string name = string.Join(',', named.Select(box => box.Name).Distinct());
        IReadOnlyList<ByteRange> leftOut = entry.Excluded ? [span] : [];
        bool isInPieces = named.Exists(box => box.Pieces is not null);
        // Where in its pieces a range would lie is told nowhere; what is in pieces is content (docs/decisions/0012).
        if (isInPieces && (entry.Excluded || entry.Exclusions.Count > 0))
            return BindingResult.Mismatch($"general box hash: '{name}' is left out and holds content");
        if (!entry.Excluded && entry.Exclusions.Count > 0)
        {
            var ranges = new List<ByteRange>();
            foreach (var (range, box) in entry.Exclusions)
            {
                if (box >= named.Count)
                    return BindingResult.Malformed($"general box hash: boxIndex {box} in an entry of {named.Count} boxes");
                if (range.End > named[box].Range.Length)
                    return BindingResult.Mismatch($"general box hash: a range left out reaches beyond its box '{named[box].Name}'");
                ranges.Add(new(named[box].Range.Offset + range.Offset, range.Length));
            }
            if (ranges.Zip(ranges.Skip(1)).Any(pair => pair.Second.Offset < pair.First.End))
                return BindingResult.Malformed("general box hash: ranges are in order and do not overlap");
            leftOut = ranges;
        }
        if (await asset.FirstRenderedAsync(leftOut, cancellation).ConfigureAwait(false) is not null)
            return BindingResult.Mismatch($"general box hash: '{name}' is left out and holds content or what it takes to render it");
        uncovered.AddRange(leftOut);
        if (entry.Excluded)
            return null;
        // What counts as zero may hold anything.
        uncovered.AddRange(named.Select(box => box.Zeroed).OfType<ByteRange>());

        string? alg = entry.Algorithm ?? Algorithm ?? claimAlgorithm;
        if (HashAlgorithms.FromC2pa(alg) is not { } algorithm)
            return new(BindingOutcome.AlgorithmUnsupported, $"general box hash: sha256, sha384 or sha512 expected, '{alg}' found");
        var hashed = isInPieces ? named.SelectMany(box => box.Pieces ?? [box.Range]) : ByteRange.Complement(leftOut.Append(ByteRange.FromTo(0, span.Offset)), span.End);
        byte[] actual = await asset.HashAsync(algorithm, PartsOf(hashed, named), cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(entry.Hash.Span) ? null : BindingResult.Mismatch($"general box hash: '{name}' at 0x{span.Offset:X} does not match");
    }

    /// <summary>The boxes from <paramref name="next"/> on carry the entry's names; what differs is unknown if no entry names it at all.</summary>
    private static BindingResult? MatchNames(BoxesHashEntry entry, IReadOnlyList<NamedBox> boxes, int next, IReadOnlyList<BoxesHashEntry> all)
    {
        for (int i = 0; i < entry.Names.Count; i++)
        {
            if (next + i == boxes.Count)
                return BindingResult.Mismatch($"general box hash: '{entry.Names[i]}' is listed and absent");
            var box = boxes[next + i];
            if (box.IsNamed(entry.Names[i]))
                continue;
            int listed = all.Sum(other => other.Names.Count(box.IsNamed)), present = boxes.Count(other => other.Name == box.Name);
            return present > listed
                ? new(BindingOutcome.UnknownBox, $"general box hash: '{box.Name}' at 0x{box.Range.Offset:X} is in no entry")
                : BindingResult.Mismatch($"general box hash: '{entry.Names[i]}' expected at 0x{box.Range.Offset:X}, '{box.Name}' found");
        }
        return null;
    }

    /// <summary>The ranges, with zeros for the fields of boxes that count as zero.</summary>
    private static List<DigestPart> PartsOf(IEnumerable<ByteRange> ranges, List<NamedBox> boxes)
    {
        var zeroed = boxes.Select(box => box.Zeroed).OfType<ByteRange>().ToList();
        var parts = new List<DigestPart>();
        foreach (var range in ranges)
        {
            long at = range.Offset;
            foreach (var field in zeroed.Where(range.Contains))
            {
                parts.Add(DigestPart.Of(ByteRange.FromTo(at, field.Offset)));
                parts.Add(DigestPart.Of(new byte[field.Length]));
                at = field.End;
            }
            parts.Add(DigestPart.Of(ByteRange.FromTo(at, range.End)));
        }
        return parts;
    }

    private static BoxesHashEntry ReadEntry(CborValue item, Limits limits)
    {
        if (item["names"] is not { Kind: CborKind.Array, Items.Count: > 0 } names || names.Items.Any(name => name.Text is null))
            throw new MalformedDataException(Structure, item.Offset, "names is an array of at least one name");
        foreach (string pad in (ReadOnlySpan<string>)["pad", "pad2"])
        {
            if (item[pad] is { } value && (value.Bytes is not { } bytes || !PadRule.IsPadding(bytes.Span)))
                throw new MalformedDataException(Structure, value.Offset, "padding holds zero bytes and nothing else");
        }
        if (item["excluded"] is { Boolean: null })
            throw new MalformedDataException(Structure, item.Offset, "excluded is true or false");
        var exclusions = new List<(ByteRange, int)>();
        if (item["exclusions"] is { IsNull: false } list)
        {
            if (list.Kind != CborKind.Array)
                throw new MalformedDataException(Structure, list.Offset, "exclusions is an array");
            if (list.Items.Count > limits.Exclusions)
                throw new LimitExceededException(Structure, list.Offset, nameof(Limits.Exclusions), limits.Exclusions);
            foreach (var exclusion in list.Items)
            {
                var range = DataHash.ReadRanges([exclusion], Structure).First();
                long? box = exclusion["boxIndex"] is { } index ? index.Int64 : names.Items.Count == 1 ? 0 : null;
                if (box is not (>= 0 and <= int.MaxValue))
                    throw new MalformedDataException(Structure, exclusion.Offset, "boxIndex says in which of several boxes the range lies");
                exclusions.Add((range, (int)box.Value));
            }
        }
        return new([.. names.Items.Select(name => name.Text!)], item["alg"]?.Text is { Length: > 0 } alg ? alg : null,
            item["hash"]?.Bytes ?? default, item["excluded"]?.Boolean == true, exclusions);
    }
}
