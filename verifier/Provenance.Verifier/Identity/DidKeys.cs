using System.Text.Json;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Identity;

/// <summary>A key somebody's DID document gives.</summary>
/// <param name="Key">The key.</param>
/// <param name="Algorithm">The one algorithm it is for, as JOSE names it; null where it says none.</param>
internal sealed record DidKey(PublicKey Key, string? Algorithm);

/// <summary>Reads public keys as DID documents write them: JSON Web Key (RFC 7517, 7518 §6, 8037 §2) and Multikey (W3C Controlled Identifiers 1.0 §2.2.2).</summary>
internal static class DidKeys
{
    private const string Structure = "public key of the DID document";

    /// <summary>Reads a JSON Web Key. Strict: each number in its one spelling and full width, and no private part, which nobody may know.</summary>
    /// <exception cref="MalformedDataException">It is no public key for signatures that we know.</exception>
    public static DidKey FromJwk(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            throw Malformed("publicKeyJwk is an object");
        if (jwk.Member("d") is not null)
            throw Malformed("the key has its private part beside it: anybody may have signed");
        if (jwk.Member("use") is not null && jwk.Text("use") != "sig")
            throw Malformed("the key is not for signatures (use, RFC 7517 §4.2)");
        if (jwk.Member("key_ops") is not null && !jwk.Texts("key_ops").Contains("verify"))
            throw Malformed("the key is not for checking signatures (key_ops, RFC 7517 §4.3)");
        var key = (jwk.Text("kty"), jwk.Text("crv")) switch
        {
            ("OKP", "Ed25519") => SubjectPublicKeyWriter.Ed25519(Number(jwk, "x", 32)),
            ("EC", "P-256") => SubjectPublicKeyWriter.Ec(Oids.Prime256v1, Number(jwk, "x", 32), Number(jwk, "y", 32)),
            ("EC", "P-384") => SubjectPublicKeyWriter.Ec(Oids.Secp384r1, Number(jwk, "x", 48), Number(jwk, "y", 48)),
            ("EC", "P-521") => SubjectPublicKeyWriter.Ec(Oids.Secp521r1, Number(jwk, "x", 66), Number(jwk, "y", 66)),
            ("RSA", null) => SubjectPublicKeyWriter.Rsa(Number(jwk, "n", null), Number(jwk, "e", null)),
            _ => throw Malformed("kty and crv name no key that we know"),
        };
        return new(Checked(key), jwk.Text("alg"));
    }

    /// <summary>Reads a Multikey: "z" and base 58 of a prefix that names the kind, and the key.</summary>
    /// <exception cref="MalformedDataException">It is no public key that we know.</exception>
    public static DidKey FromMultibase(string? text)
    {
        if (text is not ['z', .. var digits] || Base58.Decode(digits) is not { } bytes)
            throw Malformed("a Multikey is 'z' and base 58");
        // Multicodec prefixes: ed25519-pub, p256-pub, p384-pub, p521-pub, each as varint.
        var key = bytes switch
        {
            [0xED, 0x01, .. var raw] when raw.Length == 32 => SubjectPublicKeyWriter.Ed25519(raw),
            [0x80, 0x24, .. var point] when point.Length == 33 => Decompress(CompressedPoint.P256, Oids.Prime256v1, point),
            [0x81, 0x24, .. var point] when point.Length == 49 => Decompress(CompressedPoint.P384, Oids.Secp384r1, point),
            [0x82, 0x24, .. var point] when point.Length == 67 => Decompress(CompressedPoint.P521, Oids.Secp521r1, point),
            _ => throw Malformed("the Multikey is of no kind that we know, or of the wrong length"),
        };
        return new(Checked(key), null);
    }

    private static PublicKey Decompress(CompressedPoint curve, string oid, byte[] point) =>
        curve.Decompress(point) is { } coordinates ? SubjectPublicKeyWriter.Ec(oid, coordinates.X, coordinates.Y) : throw Malformed("the Multikey is no point of its curve");

    private static PublicKey Checked(PublicKey key) => SubjectPublicKey.Weakness(key) is { } weakness ? throw Malformed(weakness) : key;

    /// <summary>A number in base64url (RFC 7515 §2): no padding, no spare bits, and of the width its kind demands.</summary>
    private static byte[] Number(JsonElement jwk, string name, int? width)
    {
        byte[]? bytes = DecodeBase64Url(jwk.Text(name));
        if (bytes is not { Length: > 0 } || (width is null ? bytes[0] == 0 : bytes.Length != width))
            throw Malformed($"{name} is no number of {(width is null ? "the shortest form" : $"{width} bytes")} in base64url");
        return bytes;
    }

    /// <summary>The bytes of a base64url text in its one spelling; null where it is none.</summary>
    public static byte[]? DecodeBase64Url(string? text)
    {
        // The platform's own reader of this alphabet throws at spare bits; the other one passes over them, and the comparison does not.
        if (text is null || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        string padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        byte[] bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out int length) && Convert.ToBase64String(bytes, 0, length) == padded ? bytes[..length] : null;
    }

    private static MalformedDataException Malformed(string rule) => new(Structure, 0, rule);
}
