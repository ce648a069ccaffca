using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;
using HashAlgorithm = Provenance.Verifier.Crypto.HashAlgorithm;

namespace Provenance.Tests.X509;

public sealed class CertificateTests
{
    private static readonly DateTimeOffset s_from = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_certificate_tells_its_fields()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=Signer, O=\"Example , Inc.\", C=AT", key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 2, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Oids.C2paClaimSigning), new Oid(Oids.EmailProtection)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension("0102", false));
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", [5, 0], true));
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(["http://ocsp.example/"], ["http://ca.example/"]));
        using var made = request.CreateSelfSigned(s_from, s_from.AddYears(30));
        var certificate = Certificate.Parse(made.RawData);

        Assert.Equal(3, certificate.Version);
        Assert.Equal(Convert.ToHexString(made.SerialNumberBytes.Span), Convert.ToHexString(certificate.SerialNumber.Span));
        Assert.Equal("CN=Signer,O=Example \\, Inc.,C=AT", certificate.Subject.ToString());
        Assert.Equal(("Signer", "Example , Inc."), (certificate.Subject.CommonName, certificate.Subject.Organization));
        Assert.True(certificate.IsSelfIssued);
        Assert.Equal((s_from, s_from.AddYears(30)), (certificate.NotBefore, certificate.NotAfter));
        Assert.Equal((PublicKeyKind.P384, 384), (certificate.PublicKey.Kind, certificate.PublicKey.Bits));
        Assert.Equal(new SignatureScheme(SignatureFamily.Ecdsa, HashAlgorithm.Sha384), certificate.SignatureScheme);
        Assert.Equal((true, 2), (certificate.IsCa, certificate.PathLength));
        Assert.Equal(KeyUsages.DigitalSignature | KeyUsages.KeyCertSign, certificate.KeyUsage);
        Assert.Equal([Oids.C2paClaimSigning, Oids.EmailProtection], certificate.ExtendedKeyUsages);
        Assert.Equal("0102", Convert.ToHexString(certificate.SubjectKeyIdentifier!.Value.Span));
        Assert.Null(certificate.AuthorityKeyIdentifier);
        Assert.Equal(["http://ocsp.example/"], certificate.OcspUrls);
        Assert.Equal(["1.2.3.4"], certificate.UnknownCriticalExtensions);
    }

    [Fact]
    public void The_corpus_of_path_validation_parses_except_the_cases_that_are_about_encoding()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        var refused = new SortedSet<string>(StringComparer.Ordinal);
        var suite = Newtonsoft.Json.Linq.JObject.Parse(File.ReadAllText(Shared.Path("vectors", "x509-limbo", "limbo.json")));
        foreach (var test in suite["testcases"]!)
        {
            foreach (string? pem in test["trusted_certs"]!.Concat(test["untrusted_intermediates"]!).Append(test["peer_certificate"]!).Select(t => (string?)t))
            {
                var fields = PemEncoding.Find(pem);
                try
                {
                    Certificate.Parse(Convert.FromBase64String(pem![fields.Base64Data]));
                }
                catch (MalformedDataException fault)
                {
                    refused.Add($"{test["id"]}: {fault.Structure}");
                }
            }
        }
        Assert.Equal(
            [
                "rfc5280::duplicate-extensions: Extension",
                "rfc5280::mismatching-signature-algorithm: Certificate",
                "rfc5280::san::malformed: extension 2.5.29.17",
                "rfc5280::serial::too-long: serialNumber",
                "webpki::nc::intermediate-permitted-excluded-subtrees-both-null: extension 2.5.29.30",
            ],
            refused);
    }
}
