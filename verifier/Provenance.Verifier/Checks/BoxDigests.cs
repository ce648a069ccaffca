using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Checks;

/// <summary>Digests of boxes of the store: each box once per algorithm, however often it is referred to (attack C10).</summary>
internal sealed class BoxDigests(ICryptoProvider crypto, Limits limits)
{
    private readonly Dictionary<Key, byte[]> _known = [];
    private long _hashed;

    /// <summary>The digest of a hashed URI's target: the superbox without its own header (C2PA 2.5 §9.4.2.3).</summary>
    public ValueTask<byte[]> OfContentAsync(JumbfBox box, HashAlgorithm algorithm, CancellationToken cancellation) =>
        HashAsync(new(box, algorithm, false), box.Payload, cancellation);

    /// <summary>The digest of bytes that belong to <paramref name="box"/> by an older formula.</summary>
    public ValueTask<byte[]> OfBytesAsync(JumbfBox box, ReadOnlyMemory<byte> bytes, HashAlgorithm algorithm, CancellationToken cancellation) =>
        HashAsync(new(box, algorithm, true), bytes, cancellation);

    private async ValueTask<byte[]> HashAsync(Key key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (_known.TryGetValue(key, out byte[]? digest))
            return digest;
        _hashed += bytes.Length;
        if (_hashed > limits.BoxHashBytes)
            throw new LimitExceededException("manifest store", key.Box.Offset, nameof(Limits.BoxHashBytes), limits.BoxHashBytes);
        digest = await crypto.HashAsync(key.Algorithm, bytes, cancellation).ConfigureAwait(false);
        _known.Add(key, digest);
        return digest;
    }

    /// <summary>A box, by identity: boxes compare by reference.</summary>
    private sealed record Key(JumbfBox Box, HashAlgorithm Algorithm, bool ByOlderFormula);
}
