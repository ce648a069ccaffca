using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509;

/// <summary>Checks signatures as X.509, CMS and OCSP store them, where ECDSA is a DER SEQUENCE { r, s } (RFC 5480 appendix A).</summary>
internal static class DerSignature
{
    /// <summary>Whether the signature is good; a key that does not suit the scheme and an ECDSA value that is no strict DER are bad.</summary>
    public static ValueTask<SignatureCheck> VerifyAsync(
        ICryptoProvider crypto, SignatureScheme scheme, PublicKey key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        if (!SignatureAlgorithms.Suits(scheme, key))
            return ValueTask.FromResult(SignatureCheck.Bad);
        if (scheme.Family == SignatureFamily.Ecdsa)
        {
            if (ToFixedWidth(signature, (key.Bits + 7) / 8) is not { } fixedWidth)
                return ValueTask.FromResult(SignatureCheck.Bad);
            signature = fixedWidth;
        }
        return crypto.VerifyAsync(scheme, key, message, signature, cancellation);
    }

    /// <summary>r‖s, each <paramref name="width"/> bytes; null where the DER is not strict, or a number is negative or too wide.</summary>
    public static byte[]? ToFixedWidth(ReadOnlyMemory<byte> der, int width)
    {
        try
        {
            var outer = new DerReader(der, "ECDSA-Sig-Value");
            var reader = outer.ReadSequence();
            outer.ExpectEnd();
            var r = reader.ReadIntegerBytes().Span;
            var s = reader.ReadIntegerBytes().Span;
            reader.ExpectEnd();

            byte[] joined = new byte[2 * width];
            return Place(r, joined.AsSpan(0, width)) && Place(s, joined.AsSpan(width)) ? joined : null;
        }
        catch (MalformedDataException)
        {
            return null;
        }
    }

    private static bool Place(ReadOnlySpan<byte> number, Span<byte> field)
    {
        if ((number[0] & 0x80) != 0)
            return false;
        if (number[0] == 0)
            number = number[1..];
        if (number.Length > field.Length)
            return false;
        number.CopyTo(field[(field.Length - number.Length)..]);
        return true;
    }
}
