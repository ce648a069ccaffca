using System.Formats.Asn1;
using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.X509;

/// <summary>Reads the unsigned certificates that travel inside CMS and OCSP.</summary>
internal static class EnclosedCertificates
{
    /// <summary>
    /// The certificates up to the end of <paramref name="list"/>, in the order stored. What is no certificate is left out, since anybody
    /// may put anything there: whoever needs it will not find it.
    /// </summary>
    /// <exception cref="LimitExceededException">More elements than <see cref="Limits.ChainCertificates"/>.</exception>
    /// <exception cref="MalformedDataException">An element is no ASN.1 value.</exception>
    public static List<Certificate> Read(DerReader list, string structure, Limits limits, KnownCertificates known)
    {
        var certificates = new List<Certificate>();
        for (int count = 0; list.HasData; count++)
        {
            if (count == limits.ChainCertificates)
                throw new LimitExceededException(structure, list.Offset, nameof(Limits.ChainCertificates), limits.ChainCertificates);
            // The other choices of CMS (RFC 5652 §10.2.2), attribute certificates among them, have context tags.
            bool isCertificate = list.NextIs(UniversalTagNumber.Sequence);
            var encoded = list.ReadEncoded();
            if (isCertificate && encoded.Length <= limits.CertificateBytes && known.TryRead(encoded) is { } certificate)
                certificates.Add(certificate);
        }
        return certificates;
    }
}
