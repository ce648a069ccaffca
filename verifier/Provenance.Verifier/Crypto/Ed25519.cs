using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Provenance.Verifier.Crypto;

/// <summary>
/// Checks Ed25519 signatures (RFC 8032 §5.1.7; pure, no context) with SHA-512 as the only help from the platform, so that every
/// platform gives the same answer: .NET has no Ed25519, and the libraries that have it differ at the edges
/// ("Taming the many EdDSAs", Chalkias, Garillot and Nikolaenko, 2020).
/// </summary>
/// <remarks>
/// RFC 8032 leaves choices. Ours, each the stricter one, because an honest signer never comes near them:
/// <list type="bullet">
/// <item>S must be below the order L (the RFC demands it): otherwise signatures are malleable.</item>
/// <item>A and R must be canonical encodings, y below p and no "negative zero" (the RFC demands it).</item>
/// <item>A of small order (1, 2, 4, 8) is refused: a signature under such a key can be good for many messages.</item>
/// <item>R of small order is refused: it betrays the private key, so no signer makes it. (As ed25519-dalek's strict check and libsodium.)</item>
/// <item>The equation is R = [S]B - [k]A without the cofactor 8: what the cofactored one accepts beyond, only a signer who wants
/// verifiers to disagree can make. A and R with a component of small order are accepted where this equation holds.</item>
/// </list>
/// Only public values are handled; nothing takes constant time.
/// </remarks>
public static class Ed25519
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeyBytes = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureBytes = 64;

    /// <summary>L, the order of the base point (RFC 8032 §5.1).</summary>
    private static readonly BigInteger Order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether <paramref name="signature"/> (R, then S, together 64 bytes) over <paramref name="message"/> is good under
    /// <paramref name="publicKey"/> (A, 32 bytes). Any other length is a bad signature.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyBytes || signature.Length != SignatureBytes)
            return false;
        var encodedR = signature[..32];
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= Order)
            return false;
        if (!Edwards25519Point.TryDecode(publicKey, out var a) || a.IsSmallOrder)
            return false;

        byte[] digest = SHA512.HashData([.. encodedR, .. publicKey, .. message]);
        var k = new BigInteger(digest, isUnsigned: true) % Order;
        var r = Edwards25519Point.LinearCombination(s, Edwards25519Point.Base, k, -a);

        // Comparing encodings refuses every R that is not canonical.
        Span<byte> encoded = stackalloc byte[32];
        r.Encode(encoded);
        return encoded.SequenceEqual(encodedR) && !r.IsSmallOrder;
    }
}
