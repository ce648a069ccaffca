using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Browser;

/// <summary>
/// The provider of the browser: digests and signatures are JavaScript's (package/src/crypto.ts), which reads ranges of a file without
/// bringing them in here. What a key and a signature must be like is asked before (<see cref="KeyRules"/>), as on the desktop.
/// </summary>
internal sealed partial class WebCrypto : ICryptoProvider
{
    /// <inheritdoc/>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        byte[] digest = new byte[algorithm.DigestLength()];
        return DigestBytes((int)algorithm, MemoryMarshal.AsMemory(bytes).Span, digest) ? ValueTask.FromResult(digest) : LaterAsync(digest, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        DigestPart.RequireInside(parts, source);
        return source is BlobSource blob ? HashBlobAsync(algorithm, blob, parts, cancellation) : HashOtherAsync(algorithm, source, parts, cancellation);
    }

    /// <summary>The parts as JavaScript reads them: offset and length of a range; -1 and a length for the next bytes of those handed over.</summary>
    private static ValueTask<byte[]> HashBlobAsync(HashAlgorithm algorithm, BlobSource blob, IReadOnlyList<DigestPart> parts, CancellationToken cancellation)
    {
        double[] plan = new double[2 * parts.Count];
        int handed = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            handed += part.Bytes.Length;
            plan[2 * i] = part.IsRange ? part.Range.Offset : -1;
            plan[2 * i + 1] = part.IsRange ? part.Range.Length : part.Bytes.Length;
        }
        byte[] bytes = handed == 0 ? [] : new byte[handed];
        for (int i = 0, at = 0; i < parts.Count && handed > 0; i++)
        {
            parts[i].Bytes.Span.CopyTo(bytes.AsSpan(at));
            at += parts[i].Bytes.Length;
        }
        byte[] digest = new byte[algorithm.DigestLength()];
        return DigestParts((int)algorithm, blob.Number, plan, bytes, digest) ? ValueTask.FromResult(digest) : LaterAsync(digest, cancellation);
    }

    /// <summary>The digest that was begun, when it is there.</summary>
    private static async ValueTask<byte[]> LaterAsync(byte[] digest, CancellationToken cancellation)
    {
        await DigestLater().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        TakeDigest(digest);
        return digest;
    }

    /// <summary>Of what is in memory already, such as a store that was unpacked.</summary>
    private async ValueTask<byte[]> HashOtherAsync(HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, CancellationToken cancellation)
    {
        byte[] bytes = new byte[parts.Sum(part => part.IsRange ? part.Range.Length : part.Bytes.Length)];
        int at = 0;
        foreach (var part in parts)
        {
            var read = part.IsRange ? await source.ReadAsync(part.Range, cancellation).ConfigureAwait(false) : part.Bytes;
            read.CopyTo(bytes.AsMemory(at));
            at += read.Length;
        }
        return await HashAsync(algorithm, bytes, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<SignatureCheck> VerifyAsync(SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return scheme.Family switch
        {
            SignatureFamily.Ecdsa => KeyRules.SuitsEcdsa(scheme, key, signature.Span) ? AskAsync(scheme, key.Key.ToArray(), [], message, signature) : ValueTask.FromResult(SignatureCheck.Bad),
            SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss => KeyRules.RsaSuiting(scheme, key, signature.Span) is { } rsa
                ? AskAsync(scheme, rsa.Modulus, rsa.Exponent, message, signature) : ValueTask.FromResult(SignatureCheck.Bad),
            // Ours, and not the browser's: they differ at the edges.
            SignatureFamily.Ed25519 => ValueTask.FromResult(key.Kind == PublicKeyKind.Ed25519 && Ed25519.Verify(key.Key.Span, message.Span, signature.Span) ? SignatureCheck.Good : SignatureCheck.Bad),
            SignatureFamily.MlDsa => ValueTask.FromResult(KeyRules.SuitsMlDsa(key, signature.Span) ? SignatureCheck.Unsupported : SignatureCheck.Bad),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme.Family, "no such family"),
        };
    }

    private static async ValueTask<SignatureCheck> AskAsync(SignatureScheme scheme, byte[] key, byte[] exponent, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature)
    {
        int answer = await Check((int)scheme.Family, (int)scheme.Hash!.Value, scheme.SaltLength, key, exponent, message.ToArray(), signature.ToArray()).ConfigureAwait(false);
        return answer switch
        {
            1 => SignatureCheck.Good,
            0 => SignatureCheck.Bad,
            _ => SignatureCheck.Unsupported,
        };
    }

    /// <summary>Writes the digest of few bytes at once; of many it is worked out, and false returned: <see cref="DigestLater"/>.</summary>
    [JSImport("digestBytes", "crypto")]
    private static partial bool DigestBytes(int algorithm, [JSMarshalAs<JSType.MemoryView>] Span<byte> bytes, [JSMarshalAs<JSType.MemoryView>] Span<byte> digest);

    /// <summary>The same of ranges of a file and bytes handed over.</summary>
    [JSImport("digestParts", "crypto")]
    private static partial bool DigestParts(
        int algorithm, int source, [JSMarshalAs<JSType.MemoryView>] Span<double> plan, [JSMarshalAs<JSType.MemoryView>] Span<byte> bytes, [JSMarshalAs<JSType.MemoryView>] Span<byte> digest);

    /// <summary>Waits for the digest that was last begun.</summary>
    [JSImport("digestLater", "crypto")]
    private static partial Task DigestLater();

    /// <summary>Writes the digest that was waited for.</summary>
    [JSImport("takeDigest", "crypto")]
    private static partial void TakeDigest([JSMarshalAs<JSType.MemoryView>] Span<byte> digest);

    /// <summary>1 where a signature is good, 0 where it is bad or the key is none, -1 where the platform lacks the algorithm.</summary>
    /// <param name="family">A <see cref="SignatureFamily"/>.</param>
    /// <param name="hash">A <see cref="HashAlgorithm"/>.</param>
    /// <param name="saltLength">Bytes of salt, for RSA-PSS.</param>
    /// <param name="key">The point of an elliptic curve, or the modulus of RSA.</param>
    /// <param name="exponent">The exponent of RSA.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="signature">The signature.</param>
    [JSImport("check", "crypto")]
    private static partial Task<int> Check(int family, int hash, int saltLength, byte[] key, byte[] exponent, byte[] message, byte[] signature);
}
