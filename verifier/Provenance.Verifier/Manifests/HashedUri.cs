using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Jumbf;

namespace Provenance.Verifier.Manifests;

/// <summary>A reference with the digest of what it points to (C2PA 2.5 §9.4.2): { url, ?alg, hash }.</summary>
/// <param name="Url">The reference as written.</param>
/// <param name="Algorithm">The algorithm named beside the hash; null where the enclosing structures name it.</param>
/// <param name="Hash">The digest; empty where it is absent or no byte string, which matches nothing.</param>
internal sealed record HashedUri(string Url, string? Algorithm, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The reference inside the store; null where it is none.</summary>
    public JumbfUri? Target { get; } = JumbfUri.Parse(Url);

    /// <summary>Reads { url, ?alg, hash }; null where the value is no such map.</summary>
    public static HashedUri? Read(CborValue? value) =>
        value?["url"]?.Text is { } url ? new(url, value["alg"]?.Text is { Length: > 0 } alg ? alg : null, value["hash"]?.Bytes ?? default) : null;

    /// <summary>Reads a list of { url, ?alg, hash }.</summary>
    /// <exception cref="MalformedDataException">Not an array, an entry is none, or there are more than a limit allows.</exception>
    public static IReadOnlyList<HashedUri> ReadList(CborValue list, string structure, Limits limits)
    {
        if (list.Kind != CborKind.Array)
            throw new MalformedDataException(structure, list.Offset, "an array of references expected");
        if (list.Items.Count > limits.Assertions)
            throw new LimitExceededException(structure, list.Offset, nameof(Limits.Assertions), limits.Assertions);
        return [.. list.Items.Select(item => Read(item) ?? throw new MalformedDataException(structure, item.Offset, "a reference { url, hash } expected"))];
    }
}
