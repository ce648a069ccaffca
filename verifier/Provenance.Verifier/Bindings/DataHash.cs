using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;

namespace Provenance.Verifier.Bindings;

/// <summary>
/// The data hash (C2PA 2.5 §16.3.1, §14.12.1): one digest over the asset in file order, without the ranges it names.
/// <code>{ ?exclusions: [{ start, length }], ?alg, hash, pad, ?pad2, ?name }</code>
/// </summary>
internal sealed record DataHash(IReadOnlyList<ByteRange> Exclusions, string? Algorithm, ReadOnlyMemory<byte> Hash) : HardBinding
{
    private const string Structure = "data hash";

    /// <exception cref="MalformedDataException">Ranges that are no ranges, out of order or overlapping; a missing or filled pad.</exception>
    public static DataHash Read(CborValue value, Limits limits)
    {
        if (value.Kind != CborKind.Map)
            throw new MalformedDataException(Structure, value.Offset, "a map expected");
        RequirePad(value["pad"] ?? throw new MalformedDataException(Structure, value.Offset, "pad is missing (§16.3.1)"));
        if (value["pad2"] is { } pad2)
            RequirePad(pad2);
        var exclusions = new List<ByteRange>();
        if (value["exclusions"] is { IsNull: false } list)
        {
            if (list.Kind != CborKind.Array)
                throw new MalformedDataException(Structure, list.Offset, "exclusions is an array");
            if (list.Items.Count > limits.Exclusions)
                throw new LimitExceededException(Structure, list.Offset, nameof(Limits.Exclusions), limits.Exclusions);
            exclusions.AddRange(ReadRanges(list.Items, Structure));
        }
        return new(exclusions, value["alg"]?.Text is { Length: > 0 } alg ? alg : null, value["hash"]?.Bytes ?? default);
    }

    /// <summary>Reads ordered, disjoint, non-empty { start, length } ranges (§14.12.1.1).</summary>
    public static IEnumerable<ByteRange> ReadRanges(IReadOnlyList<CborValue> items, string structure)
    {
        long end = 0;
        foreach (var item in items)
        {
            if (item["start"]?.Int64 is not (>= 0 and var start) || item["length"]?.Int64 is not (> 0 and var length) || start > long.MaxValue - length)
                throw new MalformedDataException(structure, item.Offset, "a range has a start of 0 or more and a length of 1 or more");
            if (start < end)
                throw new MalformedDataException(structure, item.Offset, "ranges are in order and do not overlap");
            end = start + length;
            yield return new(start, length);
        }
    }

    /// <summary>Checks the digest, and that the store is left out exactly as the container says it lies (attack A01 to A06).</summary>
    /// <inheritdoc/>
    public override async ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (HashAlgorithms.FromC2pa(Algorithm ?? claimAlgorithm) is not { } algorithm)
            return new(BindingOutcome.AlgorithmUnsupported, $"data hash: sha256, sha384 or sha512 expected, '{Algorithm ?? claimAlgorithm}' found");
        if (Hash.IsEmpty)
            return BindingResult.Mismatch("data hash: the hash is missing or empty");

        List<ByteRange> exclusions = throughUpdates ? FollowGrowth(asset.Holder) : [.. Exclusions];
        if (exclusions.Count > 0 && exclusions[^1].End > asset.Source.Length)
            return BindingResult.Mismatch($"data hash: a range left out ends at 0x{exclusions[^1].End:X}, the file at 0x{asset.Source.Length:X}");

        var aroundStore = exclusions.Where(range => asset.StoreExtent.Any(range.Overlaps)).ToList();
        if (!asset.IsStore(aroundStore))
            return LeavesOutOther(asset, $"data hash: the range left out for the manifest store is {Show(aroundStore)}, the store lies at {Show(ByteRange.Merge(asset.Holder?.Extent ?? []))}");
        var others = exclusions.Except(aroundStore).Except(asset.LengthFields).ToList();
        if (await asset.FirstRenderedAsync(others, cancellation).ConfigureAwait(false) is { } rendered)
            return BindingResult.Mismatch($"data hash: {Show([rendered])} is left out and holds content or what it takes to render it");
        if (asset.FirstSwallowing(ByteRange.Merge(others)) is { } part)
            return BindingResult.Mismatch($"data hash: the length of '{part.Name}' at 0x{part.Range.Offset:X} is left out, and what it takes in is not");
        if (exclusions.Exists(asset.LengthFields.Contains) && asset.Map.Regions is [.., { Kind: RegionKind.Trailing } behind])
            return BindingResult.Mismatch($"data hash: the length of the container is left out, and it ends before 0x{behind.Range.Offset:X}");

        var hashed = ByteRange.Complement(exclusions, asset.Source.Length);
        byte[] actual = asset.Map.HashesNormalizedText
            ? await asset.HashAsync(algorithm, await new NormalizedText(asset.Source, hashed, asset.Limits).PartsAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false)
            : await asset.HashAsync(algorithm, hashed, cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(Hash.Span)
            ? new(BindingOutcome.Match, "data hash: the bytes outside the ranges left out match") { Uncovered = others }
            : BindingResult.Mismatch("data hash: the bytes outside the ranges left out do not match");
    }

    /// <summary>
    /// The exclusion that starts where the store starts has the store's present length; later ones move by the difference (§14.12.1.1).
    /// The store's start must not have moved (§11.3.3), so no other exclusion is taken for it.
    /// </summary>
    private List<ByteRange> FollowGrowth(StoreLocation? holder)
    {
        if (ByteRange.Merge(holder?.Extent ?? []) is not [var store] || holder!.StandsFast)
            return [.. Exclusions];
        long shift = 0;
        var moved = new List<ByteRange>();
        foreach (var range in Exclusions)
        {
            if (range.Offset == store.Offset)
            {
                shift = store.Length - range.Length;
                moved.Add(store);
            }
            else
            {
                moved.Add(range.Offset <= long.MaxValue - range.Length - Math.Max(0, shift)
                    ? range with { Offset = range.Offset + shift }
                    : throw new MalformedDataException(Structure, 0, "a range ends behind the end of any file"));
            }
        }
        return moved;
    }

    /// <summary>In unstructured text, exclusions that are no wrapper make the assertion malformed (§14.12.1.3.1).</summary>
    private static BindingResult LeavesOutOther(BoundAsset asset, string explanation) =>
        asset.Map.HashesNormalizedText ? BindingResult.Malformed(explanation) : BindingResult.Mismatch(explanation);

    private static void RequirePad(CborValue pad)
    {
        if (pad.Bytes is not { } bytes || !PadRule.IsPadding(bytes.Span))
            throw new MalformedDataException(Structure, pad.Offset, "pad holds zero bytes and nothing else (§16.3.1)");
    }

    private static string Show(IEnumerable<ByteRange> ranges) =>
        string.Join(", ", ranges.Select(range => $"0x{range.Offset:X}-0x{range.End:X}")) is { Length: > 0 } text ? text : "nowhere";
}
