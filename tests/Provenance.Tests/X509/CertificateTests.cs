using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Crypto;
using Provenance.Verifier.X509;
using Xunit;
using HashAlgorithm = Provenance.Verifier.Crypto.HashAlgorithm;
using Oids = Provenance.Verifier.X509.Oids;
using SignatureFamily = Provenance.Verifier.Crypto.SignatureFamily;

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

    [Fact]
    public void A_certificate_that_nobody_would_accept_still_parses()
    {
        Assert.Null(Parse(recipe => recipe.SignedWith(SignatureMethod.Rs1), TestKey.Rsa(2048)).SignatureScheme);
        Assert.Equal(PublicKeyKind.Other, PathSetup.Parse(TestAuthority.SelfSigned("S", TestKey.Secp256k1("s"))).PublicKey.Kind);
        Assert.Equal(1, Parse(recipe => recipe.Version(1)).Version);
        Assert.Equal(["1.3.6.1.4.1.99999.1"], Parse(recipe => recipe.Extension("1.3.6.1.4.1.99999.1", true, [0x05, 0x00])).UnknownCriticalExtensions);
        Assert.True(Parse(recipe => recipe.WithUniqueIds()).HasSubjectUniqueId);
        Assert.True(Parse(recipe => recipe.WithoutSubject()).Subject.IsEmpty);
        var never = Parse(recipe => recipe.Valid(s_from, s_from.AddDays(-1)));
        Assert.True(never.NotAfter < never.NotBefore);
    }

    [Fact]
    public void A_certificate_cut_short_or_continued_is_malformed()
    {
        byte[] der = TestAuthority.SelfSigned("S").Der;
        for (int length = 0; length < der.Length; length++)
            Assert.Throws<MalformedDataException>(() => Certificate.Parse(der.AsMemory(0, length)));
        Assert.Throws<MalformedDataException>(() => Certificate.Parse((byte[])[.. der, 0]));
    }

    [Fact]
    public void BER_is_malformed()
    {
        byte[] der = TestAuthority.SelfSigned("S").Der;
        Assert.Equal([0x30, 0x82], der[..2]);
        Assert.Throws<MalformedDataException>(() => Certificate.Parse((byte[])[0x30, 0x83, 0, .. der[2..]]));
        Assert.Throws<MalformedDataException>(() => Certificate.Parse((byte[])[0x30, 0x80, .. der[4..], 0, 0]));
    }

    [Theory]
    [InlineData("extension twice")]
    [InlineData("algorithms differ")]
    [InlineData("version 4")]
    [InlineData("extensions in version 2")]
    [InlineData("unique ids in version 1")]
    [InlineData("trailing byte in an extension")]
    [InlineData("no purposes")]
    [InlineData("negative path length")]
    [InlineData("no alternative name")]
    [InlineData("alternative name of no kind")]
    [InlineData("empty name constraints")]
    [InlineData("subtree with a minimum")]
    [InlineData("critical as 01")]
    [InlineData("a name that is no UTF-8")]
    public void What_leaves_its_meaning_open_is_malformed(string rule) => Assert.Throws<MalformedDataException>(() => Parse(recipe => _ = rule switch
    {
        "extension twice" => recipe.DuplicateExtension(Oids.KeyUsage, true, [0x03, 0x02, 0x07, 0x80]),
        "algorithms differ" => recipe.InnerAlgorithm(SignatureMethod.Es384),
        "version 4" => recipe.Version(4),
        "extensions in version 2" => recipe.Version(2),
        "unique ids in version 1" => recipe.Version(1).WithUniqueIds(),
        "trailing byte in an extension" => recipe.Extension(Oids.KeyUsage, true, [0x03, 0x02, 0x07, 0x80, 0x00]),
        "no purposes" => recipe.ExtendedKeyUsages(),
        "negative path length" => recipe.Extension(Oids.BasicConstraints, true, [0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0xff]),
        "no alternative name" => recipe.Extension(Oids.SubjectAltName, false, [0x30, 0x00]),
        "alternative name of no kind" => recipe.Extension(Oids.SubjectAltName, false, [0x30, 0x02, 0x89, 0x00]),
        "empty name constraints" => recipe.Extension(Oids.NameConstraints, true, [0x30, 0x00]),
        "subtree with a minimum" => recipe.Extension(Oids.NameConstraints, true, [0x30, 0x0a, 0xa0, 0x08, 0x30, 0x06, 0x82, 0x01, 0x61, 0x80, 0x01, 0x01]),
        "critical as 01" => recipe.Extension(Oids.KeyUsage, true, [0x03, 0x02, 0x07, 0x80]).DerChanged(der => Replace(der, "0603551d0f0101ff", "0603551d0f010101")),
        "a name that is no UTF-8" => recipe.CommonName("Signer").DerChanged(der => Replace(der, "5369676e6572", "5369676effff")),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    }));

    [Fact]
    public void Two_deviations_from_DER_are_accepted_because_they_decide_nothing()
    {
        // A Key Usage with its trailing zero bits, cA FALSE written out.
        Assert.Equal(KeyUsages.DigitalSignature, Parse(recipe => recipe.Extension(Oids.KeyUsage, true, [0x03, 0x02, 0x00, 0x80])).KeyUsage);
        Assert.False(Parse(recipe => recipe.Extension(Oids.BasicConstraints, true, [0x30, 0x03, 0x01, 0x01, 0x00])).IsCa);
        Assert.Equal(KeyUsages.DecipherOnly | KeyUsages.KeyAgreement, Parse(recipe => recipe.Extension(Oids.KeyUsage, true, [0x03, 0x03, 0x07, 0x08, 0x80])).KeyUsage);
    }

    [Theory]
    [InlineData("7fffffffffffffffffffffffffffffffffffffff", true)]
    [InlineData("00ffffffffffffffffffffffffffffffffffffffff", true)]
    [InlineData("01ffffffffffffffffffffffffffffffffffffffff", false)]
    [InlineData("00", true)]
    [InlineData("ff", false)]
    public void A_serial_number_is_not_negative_and_has_at_most_20_bytes(string serial, bool accepted)
    {
        var fault = Record.Exception(() => Parse(recipe => recipe.Serial(Convert.FromHexString(serial))));
        Assert.True(accepted ? fault is null : fault is MalformedDataException);
    }

    [Theory]
    [InlineData(23, "491231235959Z", "2049-12-31T23:59:59")]
    [InlineData(23, "500101000000Z", "1950-01-01T00:00:00")]
    [InlineData(24, "20240101000000Z", "2024-01-01T00:00:00")]
    [InlineData(24, "99991231235959Z", "9999-12-31T23:59:59")]
    [InlineData(23, "2401010000Z", null)]
    [InlineData(23, "240101000000", null)]
    [InlineData(23, "240101000000\0", null)]
    [InlineData(23, "241301000000Z", null)]
    [InlineData(23, "20240101000000Z", null)]
    [InlineData(24, "240101000000Z", null)]
    [InlineData(24, "20240101000000.5Z", null)]
    [InlineData(24, "20240101000000", null)]
    [InlineData(24, "20240101000000+0000", null)]
    [InlineData(22, "240101000000Z", null)]
    public void A_date_is_one_of_two_forms_and_never_stretched(int tag, string text, string? expected)
    {
        byte[] time = [(byte)tag, (byte)text.Length, .. text.Select(c => (byte)c)];
        void Change(CertificateRecipe recipe) => recipe.ValidityAs(writer =>
        {
            writer.WriteUtcTime(s_from);
            writer.WriteEncodedValue(time);
        });
        if (expected is null)
            Assert.Throws<MalformedDataException>(() => Parse(Change));
        else
            Assert.Equal(expected, Parse(Change).NotAfter.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Damaged_certificates_are_read_the_same_twice_or_malformed()
    {
        byte[] good = TestAuthority.Root("Root").Intermediate("CA", change: recipe => recipe.PermitOnlyOrganization("O").OcspAt("http://o").UnknownCriticalExtension()).Certificate.Der;
        var random = new Random(5280);
        int parsed = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bad = [.. good];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            var fault = Record.Exception(() =>
            {
                var (first, second) = (Certificate.Parse(bad), Certificate.Parse(bad));
                Assert.Equal(first.Subject.ToString(), second.Subject.ToString());
                Assert.Equal(first.PublicKey.Kind, second.PublicKey.Kind);
                Assert.Equal(CertificateRules.LeafFault(first), CertificateRules.LeafFault(second));
                Assert.Equal(CertificateRules.IntermediateFault(first), CertificateRules.IntermediateFault(second));
                Assert.Equal(SignerProfile.Check(first).Violations, SignerProfile.Check(second).Violations);
                parsed++;
            });
            Assert.True(fault is null or MalformedDataException, fault?.ToString());
        }
        Assert.InRange(parsed, 1000, 19_000);
    }

    private static Certificate Parse(Action<CertificateRecipe> change, TestKey? issuerKey = null) =>
        PathSetup.Parse(TestAuthority.Root("CA", issuerKey).Issue("Signer", change: change));

    private static byte[] Replace(byte[] der, string from, string to)
    {
        string hex = Convert.ToHexStringLower(der);
        Assert.Contains(from, hex, StringComparison.Ordinal);
        return Convert.FromHexString(hex.Replace(from, to, StringComparison.Ordinal));
    }
}
