using System.Runtime.Versioning;
using System.Security.Cryptography;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// The provider of the desktop and the server: .NET's own hashes, ECDSA, RSA and ML-DSA, and <see cref="Ed25519"/>, which .NET lacks.
/// It keeps nothing but imported keys, so one instance serves any number of verifications at once, and every one gets the same answers.
/// </summary>
/// <remarks>
/// Keys are built from <see cref="PublicKey.Key"/> and <see cref="PublicKey.Kind"/>, never by handing the platform the whole SPKI: the
/// platform then has no curve parameters to read and no algorithm to choose, and what was checked is what is used.
/// A scheme over SHA-1 is always <see cref="SignatureCheck.Bad"/>. ML-DSA is <see cref="SignatureCheck.Unsupported"/> where the
/// platform has none (on Linux: OpenSSL before 3.5).
/// </remarks>
[UnsupportedOSPlatform("browser")]
public sealed class SystemCrypto : ICryptoProvider
{
    /// <summary>
    /// Bytes read and hashed at a time; cancellation and progress come as often. Larger blocks gain nothing.
    /// </summary>
    private const int BlockBytes = 256 << 10;

    private readonly KeyShelf<ECDsa> _ecdsaKeys = new();
    private readonly KeyShelf<RSA> _rsaKeys = new();

    /// <inheritdoc/>
    public ValueTask<byte[]> HashAsync(HashAlgorithm algorithm, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (bytes.Length <= BlockBytes)
            return ValueTask.FromResult(CryptographicOperations.HashData(Name(algorithm), bytes.Span));
        using var hash = IncrementalHash.CreateHash(Name(algorithm));
        Append(hash, bytes, null, cancellation);
        return ValueTask.FromResult(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A range does not lie inside the source.</exception>
    public async ValueTask<byte[]> HashAsync(
        HashAlgorithm algorithm, AssetSource source, IReadOnlyList<DigestPart> parts, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(parts);
        DigestPart.RequireInside(parts, source);
        using var hash = IncrementalHash.CreateHash(Name(algorithm));
        foreach (var part in parts)
        {
            if (!part.IsRange)
                Append(hash, part.Bytes, progress, cancellation);
            else if (source.Memory is { } memory)
                Append(hash, memory.Slice((int)part.Range.Offset, (int)part.Range.Length), progress, cancellation);
            else
                await AppendAsync(hash, source, part.Range, progress, cancellation).ConfigureAwait(false);
        }
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlyMemory<byte> bytes, IProgress<long>? progress, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(bytes.Length, BlockBytes);
            hash.AppendData(bytes.Span[..count]);
            bytes = bytes[count..];
            progress?.Report(count);
        }
    }

    private static async ValueTask AppendAsync(
        IncrementalHash hash, AssetSource source, ByteRange range, IProgress<long>? progress, CancellationToken cancellation)
    {
        var blocks = new ReadAhead(source, range, BlockBytes, cancellation);
        while (await blocks.NextAsync().ConfigureAwait(false) is { Length: > 0 } block)
        {
            hash.AppendData(block.Span);
            progress?.Report(block.Length);
        }
        blocks.Return();
    }

    /// <inheritdoc/>
    public ValueTask<SignatureCheck> VerifyAsync(
        SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(scheme.Family switch
        {
            SignatureFamily.Ecdsa => VerifyEcdsa(scheme, key, message.Span, signature.Span),
            SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss => VerifyRsa(scheme, key, message.Span, signature.Span),
            SignatureFamily.Ed25519 => Answer(key.Kind == PublicKeyKind.Ed25519 && Ed25519.Verify(key.Key.Span, message.Span, signature.Span)),
            SignatureFamily.MlDsa => VerifyMlDsa(key, message.Span, signature.Span),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme.Family, "no such family"),
        });
    }

    private SignatureCheck VerifyEcdsa(SignatureScheme scheme, PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!KeyRules.SuitsEcdsa(scheme, key, signature))
            return SignatureCheck.Bad;
        var point = key.Key.Span;
        int width = signature.Length / 2;
        try
        {
            // The length of the point tells the curve.
            var ecdsa = _ecdsaKeys.Take(key.Key) ?? ECDsa.Create(new ECParameters
            {
                Curve = CurveOf(key.Kind),
                Q = new ECPoint { X = point.Slice(1, width).ToArray(), Y = point[(1 + width)..].ToArray() },
            });
            bool good = ecdsa.VerifyData(message, signature, Name(KeyRules.SignatureHash(scheme)), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            _ecdsaKeys.Put(key.Key, ecdsa);
            return Answer(good);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return SignatureCheck.Bad;
        }
    }

    private static ECCurve CurveOf(PublicKeyKind kind) => kind switch
    {
        PublicKeyKind.P256 => ECCurve.NamedCurves.nistP256,
        PublicKeyKind.P384 => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    };

    private SignatureCheck VerifyRsa(SignatureScheme scheme, PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (KeyRules.RsaSuiting(scheme, key, signature) is not { } numbers)
            return SignatureCheck.Bad;
        try
        {
            var rsa = _rsaKeys.Take(key.Key) ?? RSA.Create(new RSAParameters { Modulus = numbers.Modulus, Exponent = numbers.Exponent });
            var padding = scheme.Family == SignatureFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            bool good = rsa.VerifyData(message, signature, Name(KeyRules.SignatureHash(scheme)), padding);
            _rsaKeys.Put(key.Key, rsa);
            return Answer(good);
        }
        catch (CryptographicException)
        {
            // A modulus shorter than the platform takes, or too short for the hash.
            return SignatureCheck.Bad;
        }
    }

    private static SignatureCheck VerifyMlDsa(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!KeyRules.SuitsMlDsa(key, signature))
            return SignatureCheck.Bad;
        if (!MLDsa.IsSupported)
            return SignatureCheck.Unsupported;
        var algorithm = key.Kind switch
        {
            PublicKeyKind.MlDsa44 => MLDsaAlgorithm.MLDsa44,
            PublicKeyKind.MlDsa65 => MLDsaAlgorithm.MLDsa65,
            _ => MLDsaAlgorithm.MLDsa87,
        };
        try
        {
            using var mlDsa = MLDsa.ImportMLDsaPublicKey(algorithm, key.Key.Span);
            return Answer(mlDsa.VerifyData(message, signature));
        }
        catch (CryptographicException)
        {
            return SignatureCheck.Bad;
        }
    }

    private static SignatureCheck Answer(bool good) => good ? SignatureCheck.Good : SignatureCheck.Bad;

    private static HashAlgorithmName Name(HashAlgorithm algorithm) => algorithm switch
    {
        HashAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        HashAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        HashAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        HashAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "no such digest"),
    };
}
