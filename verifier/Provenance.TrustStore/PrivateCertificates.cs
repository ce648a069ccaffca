using System.Security.Cryptography;
using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;

namespace Provenance.TrustStore;

/// <summary>The private credential store (C2PA 2.5 §13.4.3): signers' certificates that the user chose one by one.</summary>
internal static class PrivateCertificates
{
    public const string Id = "private", Name = "Private credential store";

    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <exception cref="MalformedDataException">The certificate is an authority's, or one for time stamps.</exception>
    public static void Require(Certificate certificate)
    {
        if (certificate.IsCa)
            throw new MalformedDataException("certificate", 0, "it is an authority's certificate (CA): import it as an anchor, without --certificate, if you mean to trust all that it signs");
        if (certificate.ExtendedKeyUsages?.Contains(TimeStamping) == true)
            throw new MalformedDataException("certificate", 0, "it is for time stamps, which single certificates never vouch for (C2PA 2.5 §13.4.3)");
    }

    /// <summary>The certificates of a text.</summary>
    /// <exception cref="MalformedDataException">One is damaged, or there is none.</exception>
    public static IReadOnlyList<Certificate> Of(byte[] pem) => [.. TrustList.FromPem(Name, TrustPurpose.Signer, Encoding.UTF8.GetString(pem)).Anchors.Select(anchor => anchor.Certificate)];

    /// <summary>The certificates that are installed.</summary>
    /// <exception cref="DamagedStoreException">They are damaged.</exception>
    public static IReadOnlyList<Certificate> Of(TrustFolder folder, InstalledList installed) => Of(folder.Read(installed, installed.Main));

    /// <summary>Certificates as text, each once.</summary>
    public static byte[] Pem(IEnumerable<Certificate> certificates) =>
        Encoding.ASCII.GetBytes(string.Concat(certificates.Select(certificate => PemEncoding.WriteString("CERTIFICATE", certificate.Raw.Span) + "\n").Distinct()));
}
