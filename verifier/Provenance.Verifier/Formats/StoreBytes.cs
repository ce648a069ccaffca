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
            _ => throw new UnreachableException(),
        };
        if (store.PayloadLength > longest)
            throw new LimitExceededException(Structure, store.Payload[0].Offset, nameof(Limits.StoreBytes), limits.StoreBytes);
        var written = await JoinAsync(source, store, cancellation).ConfigureAwait(false);
        return store.Encoding switch
        {
            StoreEncoding.Base64 => Base64Text.Decode(written.Span, store.Payload[0].Offset, limits),
            _ => written,
        };
    }

    private static async ValueTask<ReadOnlyMemory<byte>> JoinAsync(AssetSource source, StoreLocation store, CancellationToken cancellation)
    {
        if (store.Payload is [var whole])
            return await source.ReadAsync(whole, cancellation).ConfigureAwait(false);
        byte[] joined = new byte[store.PayloadLength];
        int at = 0;
        foreach (var piece in store.Payload)
        {
            await source.ReadExactlyAsync(piece.Offset, joined.AsMemory(at, (int)piece.Length), cancellation).ConfigureAwait(false);
            at += (int)piece.Length;
        }
        return joined;
    }
}
