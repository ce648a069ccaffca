using System.Formats.Asn1;
using Provenance.Verifier.Crypto;

namespace Provenance.Verifier.X509.Ocsp;

/// <summary>
/// Writes the question about one certificate (RFC 6960 §4.1.1), as the profile for many askers has it (RFC 5019 §2.1): one certificate, a
/// certID made with SHA-1, no nonce, not signed. Every responder must take SHA-1 there, and it is an index, no proof: the answer counts by
/// its signature. A nonce would make the answers useless that are made in advance, as most are; what an answer is worth ends with its time.
/// <code>
/// OCSPRequest ::= SEQUENCE { tbsRequest SEQUENCE { requestList SEQUENCE OF SEQUENCE { reqCert CertID } } }
/// </code>
/// </summary>
internal static class OcspRequest
{
    /// <summary>id-sha1 (RFC 3279 §2.1).</summary>
    private const string Sha1 = "1.3.14.3.2.26";

    /// <summary>The request in DER.</summary>
    /// <param name="subject">The certificate in question.</param>
    /// <param name="issuer">The certificate above it in a path that was validated.</param>
    /// <param name="crypto">Hashes.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async ValueTask<ReadOnlyMemory<byte>> WriteAsync(Certificate subject, Certificate issuer, ICryptoProvider crypto, CancellationToken cancellation)
    {
        byte[] name = await crypto.HashAsync(HashAlgorithm.Sha1, subject.Issuer.Raw, cancellation).ConfigureAwait(false);
        byte[] key = await crypto.HashAsync(HashAlgorithm.Sha1, issuer.PublicKey.Key, cancellation).ConfigureAwait(false);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.PushSequence();
        writer.PushSequence();
        writer.PushSequence();
        writer.PushSequence();
        // CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash, issuerKeyHash, serialNumber }
        writer.PushSequence();
        writer.PushSequence();
        writer.WriteObjectIdentifier(Sha1);
        writer.WriteNull();
        writer.PopSequence();
        writer.WriteOctetString(name);
        writer.WriteOctetString(key);
        writer.WriteInteger(subject.SerialNumber.Span);
        for (int open = 0; open < 5; open++)
            writer.PopSequence();
        return writer.Encode();
    }
}
