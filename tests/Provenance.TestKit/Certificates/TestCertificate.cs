using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Provenance.TestKit;

/// <summary>A certificate, its private key and the way up to its root.</summary>
public sealed class TestCertificate
{
    internal TestCertificate(byte[] der, TestKey key, TestCertificate? issuer, byte[] subject, byte[] issuerName, byte[] keyId, byte[] serial)
    {
        Der = der;
        Key = key;
        Issuer = issuer;
        Subject = subject;
        IssuerName = issuerName;
        KeyId = keyId;
        Serial = serial;
    }

    public byte[] Der { get; }

    public TestKey Key { get; }

    /// <summary>Who signed it; null when it signed itself.</summary>
    public TestCertificate? Issuer { get; }

    /// <summary>The subject as a DER Name.</summary>
    public byte[] Subject { get; }

    /// <summary>The issuer as a DER Name.</summary>
    public byte[] IssuerName { get; }

    /// <summary>SHA-1 of the public key bits: what the key identifiers hold.</summary>
    public byte[] KeyId { get; }

    /// <summary>The serial number, big-endian.</summary>
    public byte[] Serial { get; }

    /// <summary>Leaf first, then intermediates; the root is left out unless it is the leaf itself.</summary>
    public IReadOnlyList<byte[]> Chain
    {
        get
        {
            List<byte[]> chain = [Der];
            for (TestCertificate? next = Issuer; next?.Issuer is not null; next = next.Issuer) chain.Add(next.Der);
            return chain;
        }
    }

    /// <summary>The chain with the root at its end.</summary>
    public IReadOnlyList<byte[]> ChainWithRoot => Issuer is null ? [Der] : [.. Chain, Root.Der];

    public TestCertificate Root => Issuer is null ? this : Issuer.Root;

    public string Pem => new string(PemEncoding.Write("CERTIFICATE", Der)) + "\n";

    /// <summary>The platform's view, without the private key.</summary>
    public X509Certificate2 ToX509() => X509CertificateLoader.LoadCertificate(Der);
}
