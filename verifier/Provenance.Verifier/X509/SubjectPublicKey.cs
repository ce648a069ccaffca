using System.Formats.Asn1;
using System.Numerics;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) and says what makes a key too weak or too costly.</summary>
internal static class SubjectPublicKey
{
    /// <summary>Smallest RSA modulus C2PA 2.5 §13.5.1.1 allows.</summary>
    public const int RsaBitsMinimum = 2048;

    /// <summary>Largest RSA modulus: the cost of one check grows with its square (attack E07).</summary>
    public const int RsaBitsMaximum = 8192;

    /// <summary>
    /// Tells the key apart. Explicit curve parameters, other curves, compressed or damaged points and keys that break the rules of
    /// their own algorithm are <see cref="PublicKeyKind.Other"/>, which no check accepts, so that their certificate can still be shown.
    /// </summary>
    /// <param name="spki">The DER of the SubjectPublicKeyInfo.</param>
    /// <param name="restriction">For id-RSASSA-PSS with parameters: the hash and the least salt length the key allows (RFC 4055 §3.3).</param>
    /// <exception cref="MalformedDataException">The outer structure is not a SubjectPublicKeyInfo.</exception>
    public static PublicKey Parse(ReadOnlyMemory<byte> spki, out SignatureScheme? restriction)
    {
        restriction = null;
        var outer = new DerReader(spki, "SubjectPublicKeyInfo");
        var reader = outer.ReadSequence();
        outer.ExpectEnd();
        var algorithm = AlgorithmIdentifier.Read(reader);
        var key = reader.ReadBitString();
        reader.ExpectEnd();

        var kind = PublicKeyKind.Other;
        int bits = 0;
        bool pssOnly = algorithm.Oid == Oids.RsassaPss;
        var usable = spki;
        switch (algorithm.Oid)
        {
            case Oids.EcPublicKey:
                (kind, bits) = Curve(algorithm);
                // X9.62 §2.3.3: 04 x y. The compressed form (02, 03) and infinity (00) are refused (attack E06).
                if (bits == 0 || key.Length != 1 + 2 * ((bits + 7) / 8) || key.Span[0] != 0x04)
                    (kind, bits) = (PublicKeyKind.Other, 0);
                break;
            case Oids.RsaEncryption when algorithm.ParametersAreNull:
                if (TryReadRsa(key, out var modulus, out _))
                    (kind, bits) = (PublicKeyKind.Rsa, (int)modulus.GetBitLength());
                break;
            case Oids.RsassaPss:
                bool unrestricted = algorithm.Parameters is null;
                restriction = unrestricted ? null : SignatureAlgorithms.PssScheme(SignatureAlgorithms.Pss(algorithm));
                if ((unrestricted || restriction is not null) && TryReadRsa(key, out modulus, out _))
                    (kind, bits, usable) = (PublicKeyKind.Rsa, (int)modulus.GetBitLength(), AsRsaEncryption(key));
                break;
            case Oids.Ed25519 when algorithm.Parameters is null && key.Length == 32:
                (kind, bits) = (PublicKeyKind.Ed25519, 0);
                break;
            // FIPS 204 table 2: sizes of the public key.
            case Oids.MlDsa44 when algorithm.Parameters is null && key.Length == 1312:
                kind = PublicKeyKind.MlDsa44;
                break;
            case Oids.MlDsa65 when algorithm.Parameters is null && key.Length == 1952:
                kind = PublicKeyKind.MlDsa65;
                break;
            case Oids.MlDsa87 when algorithm.Parameters is null && key.Length == 2592:
                kind = PublicKeyKind.MlDsa87;
                break;
        }
        return new PublicKey(kind, usable, key, bits, pssOnly, algorithm.Oid);
    }

    /// <summary>Why a key must not check any signature; null where it may (C2PA 2.5 §13.5.1.1, attack E07).</summary>
    public static string? Weakness(PublicKey key)
    {
        if (key.Kind == PublicKeyKind.Other)
            return $"public key algorithm {key.AlgorithmOid}, or its parameters or encoding, is not allowed";
        if (key.Kind != PublicKeyKind.Rsa)
            return null;
        if (key.Bits is < RsaBitsMinimum or > RsaBitsMaximum)
            return $"RSA modulus of {key.Bits} bits; {RsaBitsMinimum} to {RsaBitsMaximum} are allowed";
        if (!TryReadRsa(key.Key, out var modulus, out var exponent))
            return "RSA public key is malformed";
        if (modulus.IsEven)
            return "RSA modulus is even";
        if (exponent.IsEven || exponent < 3 || exponent.GetBitLength() > 64)
            return "RSA public exponent must be odd, at least 3 and below 2^64";
        return null;
    }

    private static (PublicKeyKind Kind, int Bits) Curve(AlgorithmIdentifier algorithm)
    {
        // Only a named curve: explicit parameters let an attacker choose the generator (CVE-2020-0601).
        if (algorithm.Parameters is not { } parameters)
            return (PublicKeyKind.Other, 0);
        var reader = new DerReader(parameters, "ECParameters");
        if (!reader.NextIs(UniversalTagNumber.ObjectIdentifier))
            return (PublicKeyKind.Other, 0);
        return reader.ReadOid() switch
        {
            Oids.Prime256v1 => (PublicKeyKind.P256, 256),
            Oids.Secp384r1 => (PublicKeyKind.P384, 384),
            Oids.Secp521r1 => (PublicKeyKind.P521, 521),
            _ => (PublicKeyKind.Other, 0),
        };
    }

    private static bool TryReadRsa(ReadOnlyMemory<byte> key, out BigInteger modulus, out BigInteger exponent)
    {
        (modulus, exponent) = (default, default);
        try
        {
            var outer = new DerReader(key, "RSAPublicKey");
            var reader = outer.ReadSequence();
            outer.ExpectEnd();
            modulus = reader.ReadInteger();
            exponent = reader.ReadInteger();
            reader.ExpectEnd();
            return modulus.Sign > 0 && exponent.Sign > 0;
        }
        catch (MalformedDataException)
        {
            return false;
        }
    }

    private static byte[] AsRsaEncryption(ReadOnlyMemory<byte> key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.RsaEncryption);
                writer.WriteNull();
            }
            writer.WriteBitString(key.Span);
        }
        return writer.Encode();
    }
}
