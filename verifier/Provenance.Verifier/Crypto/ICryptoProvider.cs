using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Crypto;

/// <summary>One part of what is hashed: bytes in hand, or a range of the asset.</summary>
public sealed record DigestPart
{
    private DigestPart(ReadOnlyMemory<byte> bytes, ByteRange range, bool isRange) => (Bytes, Range, IsRange) = (bytes, range, isRange);

    /// <summary>Bytes in hand; empty for a range.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The range of the asset; empty for bytes in hand.</summary>
    public ByteRange Range { get; }

    /// <summary>Whether this part is a range of the asset.</summary>
    public bool IsRange { get; }

    /// <summary>A part whose bytes are in hand.</summary>
    public static DigestPart Of(ReadOnlyMemory<byte> bytes) => new(bytes, new ByteRange(0, 0), false);

    /// <summary>A part that is read from the asset.</summary>
    public static DigestPart Of(ByteRange range) => new(default, range, true);

    /// <summary>Complains of a range that does not lie inside the asset: what every provider does before it reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range does not lie inside the source.</exception>
    internal static void RequireInside(IReadOnlyList<DigestPart> parts, AssetSource source)
    {
        foreach (var part in parts)
        {
            if (part.Range.Offset < 0 || part.Range.Length < 0 || part.Range.Length > source.Length - part.Range.Offset)
                throw new ArgumentOutOfRangeException(nameof(parts), $"{part.Range.Length} bytes at {part.Range.Offset} of an asset of {source.Length} bytes.");
        }
    }
}

/// <summary>
/// The only platform seam: "hash these ranges" and "is this signature good under this key?". Both are awaited because the
/// browser answers both through WebCrypto. A provider never falls back because something unexpected went wrong.
/// </summary>
public interface ICryptoProvider
{
    /// <summary>The digest of bytes in hand.</summary>
    ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>One digest over the parts, in order. Ranges are read from <paramref name="source"/> and lie inside it.</summary>
    /// <param name="algorithm">The digest.</param>
    /// <param name="source">The asset.</param>
    /// <param name="parts">What is hashed, in order.</param>
    /// <param name="progress">Told how many bytes were hashed since the last call; may be null.</param>
    /// <param name="cancellation">Honoured at least every MiB.</param>
    ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation);

    /// <summary>
    /// Whether <paramref name="signature"/> over <paramref name="message"/> is good. A key that does not suit the scheme, is not on its
    /// curve, or cannot be imported is <see cref="SignatureCheck.Bad"/>.
    /// </summary>
    ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation);
}
