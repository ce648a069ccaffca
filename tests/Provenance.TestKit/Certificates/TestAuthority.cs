using System.Security.Cryptography.X509Certificates;

namespace Provenance.TestKit;

/// <summary>A virtual certification authority: <c>TestAuthority.Root("Example Root").Intermediate("Example CA").Issue("Signer")</c>.</summary>
public sealed class TestAuthority
{
    private TestAuthority(TestCertificate certificate) => Certificate = certificate;

    public TestCertificate Certificate { get; }

    /// <summary>This CA's own certificate as PEM: list it and everything below is trusted.</summary>
    public string AnchorPem => Certificate.Pem;

    /// <summary>A self-signed root; its key is P-256 from the name unless given.</summary>
    public static TestAuthority Root(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null)
    {
        CertificateRecipe recipe = AuthorityRecipe(commonName, key);
        change?.Invoke(recipe);
        return new(recipe.Build(issuer: null));
    }

    /// <summary>A CA below this one.</summary>
    public TestAuthority Intermediate(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null)
    {
        CertificateRecipe recipe = AuthorityRecipe(commonName, key);
        change?.Invoke(recipe);
        return new(recipe.Build(Certificate));
    }

    /// <summary>A claim-signing leaf by the profile: digitalSignature, claimSigning and emailProtection.</summary>
    public TestCertificate Issue(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null) =>
        Issue(LeafRecipe(commonName, key), change);

    /// <summary>A time-stamping leaf: critical EKU with timeStamping alone (RFC 3161 §2.3).</summary>
    public TestCertificate IssueTimeStamper(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null) =>
        Issue(LeafRecipe(commonName, key).ExtendedKeyUsages(critical: true, Oids.TimeStamping), change);

    /// <summary>An OCSP responder's certificate with OCSPSigning and id-pkix-ocsp-nocheck.</summary>
    public TestCertificate IssueOcspResponder(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null) =>
        Issue(LeafRecipe(commonName, key).ExtendedKeyUsages(Oids.OcspSigning).Extension("1.3.6.1.5.5.7.48.1.5", critical: false, [0x05, 0x00]), change);

    /// <summary>A leaf that signed itself, otherwise by the profile.</summary>
    public static TestCertificate SelfSigned(string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null)
    {
        CertificateRecipe recipe = LeafRecipe(commonName, key);
        change?.Invoke(recipe);
        return recipe.Build(issuer: null);
    }

    /// <summary>A certificate that uses another certificate as though it were a CA.</summary>
    public static TestCertificate IssuedBy(TestCertificate issuer, string commonName, TestKey? key = null, Action<CertificateRecipe>? change = null)
    {
        CertificateRecipe recipe = LeafRecipe(commonName, key);
        change?.Invoke(recipe);
        return recipe.Build(issuer);
    }

    private TestCertificate Issue(CertificateRecipe recipe, Action<CertificateRecipe>? change)
    {
        change?.Invoke(recipe);
        return recipe.Build(Certificate);
    }

    private static CertificateRecipe AuthorityRecipe(string commonName, TestKey? key) =>
        new CertificateRecipe(commonName, key ?? TestKey.P256(commonName))
            .BasicConstraints(authority: true)
            .KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign);

    private static CertificateRecipe LeafRecipe(string commonName, TestKey? key) =>
        new CertificateRecipe(commonName, key ?? TestKey.P256(commonName))
            .Organization("Example Organization")
            .BasicConstraints(authority: false)
            .KeyUsage(X509KeyUsageFlags.DigitalSignature)
            .ExtendedKeyUsages(Oids.ClaimSigning, Oids.EmailProtection);
}
