using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Bindings;

/// <summary>One part of a multi-asset file.</summary>
/// <param name="Location">Where it lies; null for a part named by a BMFF box.</param>
/// <param name="HashAssertion">The assertion with its hash.</param>
/// <param name="Optional">The part may be absent.</param>
internal sealed record MultiAssetPart(ByteRange? Location, JumbfUri? HashAssertion, bool Optional);

/// <summary>
/// The multi-asset hash (C2PA 2.5 §16.3.5, §14.12.4): a file made of several, each with a hash of its own. Asked only when the main
/// binding does not match, because tools drop such parts.
/// <code>{ parts: [{ location: { byteOffset, length } | { bmffBox }, hashAssertion, ?optional }] }</code>
/// </summary>
internal sealed record MultiAssetHash(IReadOnlyList<MultiAssetPart> Parts)
{
    private const string Structure = "multi-asset hash";

    /// <exception cref="MalformedDataException">No parts, a location that is none, parts that overlap or leave bytes out.</exception>
    public static MultiAssetHash Read(CborValue value, Limits limits)
    {
        if (value["parts"] is not { Kind: CborKind.Array, Items.Count: > 0 } parts)
            throw new MalformedDataException(Structure, value.Offset, "parts is an array of at least one part");
        if (parts.Items.Count > limits.Exclusions)
            throw new LimitExceededException(Structure, parts.Offset, nameof(Limits.Exclusions), limits.Exclusions);
        var read = parts.Items.Select(ReadPart).ToList();
        long end = 0;
        foreach (var part in read.Where(part => part.Location is not null))
        {
            if (part.Location!.Offset != end)
                throw new MalformedDataException(Structure, parts.Offset, $"a part starts at 0x{part.Location.Offset:X}, the one before ends at 0x{end:X} (§14.12.4)");
            end = part.Location.End;
        }
        return new(read);
    }

    /// <summary>Checks every part that is there; the parts must reach to the end of the file, save optional ones at its end.</summary>
    public async ValueTask<BindingResult> CheckAsync(BoundAsset asset, ManifestStore store, Manifest manifest, string? claimAlgorithm, CancellationToken cancellation)
    {
        long reached = 0;
        var absent = new List<int>();
        for (int i = 0; i < Parts.Count; i++)
        {
            var part = Parts[i];
            if (part.Location is not { } location)
                return new(BindingOutcome.NotApplicable, "multi-asset hash: a part named by its box is not looked for");
            if (location.Offset >= asset.Source.Length)
            {
                if (!part.Optional)
                    return new(BindingOutcome.MissingPart, $"multi-asset hash: part {i + 1} would start at 0x{location.Offset:X}, the file ends before");
                absent.Add(i + 1);
                continue;
            }
            if (location.End > asset.Source.Length)
                return BindingResult.Mismatch($"multi-asset hash: part {i + 1} is cut short");
            if (absent.Count > 0)
                return BindingResult.Malformed("multi-asset hash: a part lies behind an absent one");
            reached = location.End;
            if (await CheckPartAsync(asset, location, part, store, manifest, claimAlgorithm, cancellation).ConfigureAwait(false) is { Outcome: not BindingOutcome.Match } failed)
                return failed with { Explanation = $"multi-asset hash, part {i + 1}: {failed.Explanation}" };
        }
        if (reached != asset.Source.Length)
            return BindingResult.Malformed($"multi-asset hash: the parts end at 0x{reached:X}, the file at 0x{asset.Source.Length:X}");
        return new(BindingOutcome.Match, absent.Count == 0
            ? "multi-asset hash: every part matches"
            : $"multi-asset hash: every part that is here matches; optional part {string.Join(", ", absent)} is absent");
    }

    private static async ValueTask<BindingResult> CheckPartAsync(
        BoundAsset asset, ByteRange location, MultiAssetPart part, ManifestStore store, Manifest manifest, string? claimAlgorithm, CancellationToken cancellation)
    {
        // The part's hash must be an assertion of this manifest, whose own hash the claim holds and the caller has checked.
        var box = store.Resolve(part.HashAssertion, manifest);
        if (box is null || manifest.Assertions.FirstOrDefault(assertion => ReferenceEquals(assertion.Box, box)) is not { } assertion)
            return BindingResult.Malformed("the hash of the part is absent");
        var source = new SlicedSource(asset.Source, location);
        var inside = asset.StoreExtent.Where(location.Contains).Select(range => range with { Offset = range.Offset - location.Offset }).ToList();
        if (inside.Count != asset.StoreExtent.Count(location.Overlaps))
            return BindingResult.Malformed("the manifest store lies in two parts");
        var head = await source.ReadAsync(new ByteRange(0, Math.Min(AssetFormats.HeadLength, source.Length)), cancellation).ConfigureAwait(false);
        if (AssetFormats.Find(head.Span) is not { } format)
            return BindingResult.Mismatch("the part is of no known format");
        var map = await format.MapAsync(source, asset.Limits, cancellation).ConfigureAwait(false);
        var bound = asset.PartOf(source, map, inside.Count == 0 ? [] : [new StoreLocation(inside, inside)]);
        return assertion.Label.Base switch
        {
            AssertionLabels.DataHash + ".part" => await DataHash.Read(assertion.Cbor(), asset.Limits).CheckAsync(bound, claimAlgorithm, false, cancellation).ConfigureAwait(false),
            AssertionLabels.BoxesHash + ".part" => await BoxesHash.Read(assertion.Cbor(), asset.Limits).CheckAsync(bound, claimAlgorithm, false, cancellation).ConfigureAwait(false),
            AssertionLabels.BmffHash + ".v2.part" or AssertionLabels.BmffHash + ".v3.part" =>
                await BmffHash.Read(assertion.Cbor(), asset.Limits).CheckAsync(bound, claimAlgorithm, false, cancellation).ConfigureAwait(false),
            _ => BindingResult.Malformed($"'{assertion.Label.Full}' is no hash of a part"),
        };
    }

    private static MultiAssetPart ReadPart(CborValue item)
    {
        var location = item["location"];
        ByteRange? range = null;
        if (location?["byteOffset"]?.Int64 is >= 0 and var offset && location["length"]?.Int64 is > 0 and var length && offset <= long.MaxValue - length)
            range = new(offset, length);
        else if (location?["bmffBox"]?.Text is null)
            throw new MalformedDataException(Structure, item.Offset, "location is { byteOffset, length } or { bmffBox }");
        // The prose shows a hashed URI, an example a bare string (§16.3.5): both name the assertion.
        string? url = item["hashAssertion"] is { } reference ? reference.Text ?? reference["url"]?.Text : null;
        if (url is null)
            throw new MalformedDataException(Structure, item.Offset, "hashAssertion names the part's hash");
        return new(range, JumbfUri.Parse(url), item["optional"]?.Boolean == true);
    }
}
