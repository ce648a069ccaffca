using System.Diagnostics;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats;

/// <summary>Reads the bytes of a store that was found.</summary>
internal static class StoreBytes
{
    private const string Structure = "manifest store";

    /// <summary>The store's own bytes, its pieces joined and decoded.</summary>
    /// <exception cref="LimitExceededException">They are more than <see cref="Limits.StoreBytes"/>.</exception>
    /// <exception cref="MalformedDataException">They are not written as they should be.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(AssetSource source, StoreLocation store, Limits limits, CancellationToken cancellation)
    {
        long longest = store.Encoding switch
        {
            StoreEncoding.Raw => limits.StoreBytes,
            StoreEncoding.Base64 => Base64Text.LongestText(limits),
            StoreEncoding.VariationSelectors => (long)VariationSelectors.Longest * limits.StoreBytes,
            _ => throw new UnreachableException(),
        };
        if (store.PayloadLength > longest)
            throw new LimitExceededException(Structure, store.Payload[0].Offset, nameof(Limits.StoreBytes), limits.StoreBytes);
        var written = await JoinAsync(source, store.Payload, cancellation).ConfigureAwait(false);
        return store.Encoding switch
        {
            StoreEncoding.Base64 => Base64Text.Decode(written.Span, store.Payload[0].Offset, limits),
            StoreEncoding.VariationSelectors => VariationSelectors.Decode(written.Span, store.Payload[0].Offset, limits),
            _ => written,
        };
    }

    /// <summary>The bytes of the ranges, in order; the caller has asked <see cref="Limits"/> before.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> JoinAsync(AssetSource source, IReadOnlyList<ByteRange> pieces, CancellationToken cancellation)
    {
        if (pieces is [var whole])
            return await source.ReadAsync(whole, cancellation).ConfigureAwait(false);
        long length = 0;
        foreach (var piece in pieces)
            length += piece.Length;
        byte[] joined = new byte[length];
        if (length == 0)
            return joined;
        // A GIF cuts a store into hundreds of pieces with a byte between: one read for all of them.
        var span = ByteRange.FromTo(pieces[0].Offset, pieces[^1].End);
        bool isDense = span.Length >= length && span.Length <= 2 * length;
        var around = isDense ? await source.ReadAsync(span, cancellation).ConfigureAwait(false) : default;
        int at = 0;
        foreach (var piece in pieces)
        {
            var target = joined.AsMemory(at, (int)piece.Length);
            if (isDense && span.Contains(piece))
                around.Slice((int)(piece.Offset - span.Offset), (int)piece.Length).CopyTo(target);
            else
                await source.ReadExactlyAsync(piece.Offset, target, cancellation).ConfigureAwait(false);
            at += (int)piece.Length;
        }
        return joined;
    }
}
