using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Jumbf;
using Provenance.Verifier.Manifests;

namespace Provenance.Verifier.Bindings;

/// <summary>The line that closes the segment before.</summary>
/// <param name="Line">Where it lies, its line end included.</param>
/// <param name="Hash">Its digest.</param>
internal sealed record PredecessorSentinel(ByteRange Line, ReadOnlyMemory<byte> Hash);

/// <summary>
/// The segment hash (C2PA 2.5 §16.3.6, §14.12.6): a digest over what was appended to a text since its last checkpoint, and one over the line of
/// that checkpoint, whose own segment hash reaches further back.
/// <code>{ version: 1, ?alg, hash, segmentStart, segmentEnd, ?sentinelLength, ?predecessorSentinel: { start, length, hash } }</code>
/// </summary>
internal sealed record SegmentHash(ByteRange Segment, string? Algorithm, ReadOnlyMemory<byte> Hash, long? SentinelLength, PredecessorSentinel? Predecessor) : HardBinding
{
    private const string Structure = "segment hash";

    /// <exception cref="MalformedDataException">Another version; a field is missing or is no such value (§14.12.6.1).</exception>
    public static SegmentHash Read(CborValue value, Limits limits)
    {
        if (value["version"]?.Int64 != 1)
            throw new MalformedDataException(Structure, value.Offset, "version 1 expected (§14.12.6.1)");
        if (value["hash"]?.Bytes is not { IsEmpty: false } hash)
            throw new MalformedDataException(Structure, value.Offset, "hash is a byte string");
        if (value["segmentStart"]?.Int64 is not (>= 0 and var start) || value["segmentEnd"]?.Int64 is not { } end || end < start)
            throw new MalformedDataException(Structure, value.Offset, "segmentStart and segmentEnd are offsets, the one not behind the other");
        long? sentinelLength = null;
        if (value["sentinelLength"] is { } length)
            sentinelLength = length.Int64 is > 0 and var given ? given : throw new MalformedDataException(Structure, length.Offset, "sentinelLength is a number of bytes");
        var predecessor = value["predecessorSentinel"] is { } before ? ReadPredecessor(before) : null;
        return new(ByteRange.FromTo(start, end), value["alg"]?.Text is { Length: > 0 } alg ? alg : null, hash, sentinelLength, predecessor);
    }

    /// <inheritdoc/>
    public override async ValueTask<BindingResult> CheckAsync(BoundAsset asset, string? claimAlgorithm, bool throughUpdates, CancellationToken cancellation)
    {
        if (asset.Map.Checkpoint is not { } active)
            return new(BindingOutcome.NotApplicable, $"segment hash: a text with checkpoint lines expected, a {asset.Map.Format.Name} file without found (§16.3.6.2)");
        var (hash, line) = (this, active);
        // §14.12.6.2: for the active checkpoint alone, and by the line that is there too: behind a line that was made shorter there would be room.
        bool endsFile = line.Line.End == asset.Source.Length && (SentinelLength is null || Segment.End == asset.Source.Length - SentinelLength);
        for (int checkpoints = 1; ; checkpoints++)
        {
            if (checkpoints > asset.Limits.ContainerParts)
                throw new LimitExceededException(Structure, line.Line.Offset, nameof(Limits.ContainerParts), asset.Limits.ContainerParts);
            if (await hash.CheckSegmentAsync(asset, line, claimAlgorithm, cancellation).ConfigureAwait(false) is { } failed)
                return failed;
            if (!endsFile)
                return Partial($"the file goes on behind the checkpoint that ends at 0x{line.Line.End:X}");
            if (hash.Predecessor is not { } before)
                return hash.Segment.Offset == 0 ? new(BindingOutcome.Match, "segment hash: every segment and every checkpoint line matches") : Partial("the first segment does not start at 0");
            if (hash.Segment.Offset != before.Line.End)
                return Partial($"a segment starts at 0x{hash.Segment.Offset:X}, the checkpoint before ends at 0x{before.Line.End:X}");
            var (next, manifest, fault) = await PredecessorAsync(asset, before, hash.Algorithm ?? claimAlgorithm, cancellation).ConfigureAwait(false);
            if (fault is not null)
                return fault;
            (hash, line, claimAlgorithm) = (Of(manifest!, asset.Limits), next!, null);
        }
    }

    /// <summary>§14.12.6.1; null where the segment matches.</summary>
    private async ValueTask<BindingResult?> CheckSegmentAsync(BoundAsset asset, CheckpointLine line, string? claimAlgorithm, CancellationToken cancellation)
    {
        if (line.Reference.Base64 is null != SentinelLength.HasValue)
            return BindingResult.Malformed("segment hash: sentinelLength stands where the manifest is kept elsewhere, and only there");
        if (HashAlgorithms.FromC2pa(Algorithm ?? claimAlgorithm) is not { } algorithm)
            return new(BindingOutcome.AlgorithmUnsupported, $"segment hash: sha256, sha384 or sha512 expected, '{Algorithm ?? claimAlgorithm}' found");
        if (line.Line.Offset != Segment.End)
            return BindingResult.Mismatch($"segment hash: the segment ends at 0x{Segment.End:X}, its checkpoint starts at 0x{line.Line.Offset:X}");
        byte[] actual = await asset.HashAsync(algorithm, [Segment], cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(Hash.Span) ? null : BindingResult.Mismatch($"segment hash: the segment at 0x{Segment.Offset:X} does not match");
    }

    /// <summary>§14.12.6.3: the checkpoint before, whose line the digest binds and with it the manifest the line holds.</summary>
    private static async ValueTask<(CheckpointLine? Line, Manifest? Manifest, BindingResult? Fault)> PredecessorAsync(
        BoundAsset asset, PredecessorSentinel before, string? claimAlgorithm, CancellationToken cancellation)
    {
        if (HashAlgorithms.FromC2pa(claimAlgorithm) is not { } algorithm)
            return (null, null, new(BindingOutcome.AlgorithmUnsupported, $"segment hash: sha256, sha384 or sha512 expected, '{claimAlgorithm}' found"));
        byte[] actual = await asset.HashAsync(algorithm, [before.Line], cancellation).ConfigureAwait(false);
        if (!actual.AsSpan().SequenceEqual(before.Hash.Span))
            return (null, null, new(BindingOutcome.PredecessorMismatch, $"segment hash: the checkpoint line at 0x{before.Line.Offset:X} does not match"));
        if (await CheckpointLine.ReadAsync(new ReadWindow(asset.Source, cancellation), before.Line.Offset).ConfigureAwait(false) is not { } line || line.Line != before.Line)
            return (null, null, new(BindingOutcome.PredecessorMismatch, $"segment hash: what lies at 0x{before.Line.Offset:X} is no checkpoint line"));
        // The standard lets the active segment count alone; the house does not call a file intact of which the greater part may have been changed.
        if (line.Store is not { } store)
            return (null, null, new(BindingOutcome.ContentAbsent, $"segment hash: the manifest of the checkpoint at 0x{line.Line.Offset:X} is kept elsewhere; the {line.Line.Offset} bytes before it cannot be checked"));
        var bytes = await StoreBytes.ReadAsync(asset.Source, store, asset.Limits, cancellation).ConfigureAwait(false);
        // Updates of that checkpoint, if any, bind no content.
        return ManifestStore.Parse(bytes, asset.Limits).Manifests.LastOrDefault(manifest => manifest.Kind == ManifestKind.Standard) is { } manifest
            ? (line, manifest, null)
            : (null, null, BindingResult.Mismatch($"segment hash: the checkpoint at 0x{line.Line.Offset:X} holds no manifest"));
    }

    private static SegmentHash Of(Manifest manifest, Limits limits)
    {
        var found = manifest.Assertions.Where(assertion => assertion.Label.Base == AssertionLabels.SegmentHash).ToList();
        if (found is not [var only] || manifest.Claims is not [var claim])
            throw new MalformedDataException(Structure, 0, "the manifest of the checkpoint before has one claim and one segment hash");
        var hash = Read(only.Cbor(), limits);
        return hash.Algorithm is not null ? hash : hash with { Algorithm = CborReader.Read(claim.OnlyContent(JumbfType.Cbor) ?? default, "claim", new(limits))["alg"]?.Text };
    }

    private static PredecessorSentinel ReadPredecessor(CborValue value)
    {
        if (value["start"]?.Int64 is >= 0 and var start && value["length"]?.Int64 is > 0 and var length && start <= long.MaxValue - length && value["hash"]?.Bytes is { } hash)
            return new(new(start, length), hash);
        throw new MalformedDataException(Structure, value.Offset, "predecessorSentinel has start, length and hash (§14.12.6.1)");
    }

    private static BindingResult Partial(string explanation) => new(BindingOutcome.PartialCoverage, $"segment hash: {explanation} (§14.12.6.2)");
}
