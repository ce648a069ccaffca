using Provenance.Verifier.Bytes;
using Provenance.Verifier.X509;

namespace Provenance.Verifier.Trust;

/// <summary>Certificates out of a list's text.</summary>
internal static class TrustText
{
    /// <summary>Every certificate of a PEM bundle, each once, in order; text between blocks is skipped.</summary>
    /// <exception cref="MalformedDataException">A block is damaged, or there is no certificate at all.</exception>
    public static List<Certificate> ReadCertificates(string pem, string structure)
    {
        var certificates = new List<Certificate>();
        foreach (var item in PemBlocks.Read(pem, structure).Where(item => item.Der is not null))
        {
            var certificate = ParseCertificate(item, structure);
            if (!certificates.Exists(certificate.IsSameAs))
                certificates.Add(certificate);
        }
        return certificates.Count > 0 ? certificates : throw new MalformedDataException(structure, 0, "no certificate at all");
    }

    /// <summary>A certificate as a PEM block.</summary>
    public static string ToPem(Certificate certificate) => $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(certificate.Raw.Span)}\n-----END CERTIFICATE-----";

    /// <summary>The certificate of a PEM block; its faults are told with the block's line.</summary>
    public static Certificate ParseCertificate(PemItem item, string structure) => ParseCertificate(item.Der, structure, item.Offset, $"in line {item.Line}");

    /// <summary>A certificate whose faults are told with where it is in the list.</summary>
    public static Certificate ParseCertificate(ReadOnlyMemory<byte> der, string structure, long offset, string where)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (MalformedDataException fault)
        {
            throw new MalformedDataException(structure, offset, $"the certificate {where} is malformed: {fault.Message}");
        }
    }
}
