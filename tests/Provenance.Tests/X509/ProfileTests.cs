using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;
using Provenance.Verifier.X509;
using Xunit;
using Oids = Provenance.Verifier.X509.Oids;

namespace Provenance.Tests.X509;

public sealed class ProfileTests
{
    private static readonly TestAuthority s_ca = TestAuthority.Root("CA");

    [Fact]
    public void A_signer_by_the_profile_passes() => Assert.Equal([], Signer(_ => { }));

    [Fact]
    public void Signers_with_every_allowed_key_pass()
    {
        foreach (var key in new[] { TestKey.P256("s"), TestKey.P384("s"), TestKey.P521("s"), TestKey.Rsa(2048), TestKey.RsaPssOnly(2048), TestKey.Ed25519("s") })
            Assert.Equal([], SignerProfile.Check(PathSetup.Parse(s_ca.Issue("Signer", key))).Violations);
    }

    [Fact]
    public void What_the_clause_lets_be_absent_may_be_absent()
    {
        Assert.Equal([], Signer(recipe => recipe.WithoutBasicConstraints()));
        Assert.Equal([], Signer(recipe => recipe.WithoutSubjectKeyIdentifier()));
        Assert.Equal([], Signer(recipe => recipe.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment, critical: false)));
        Assert.Equal([], SignerProfile.Check(PathSetup.Parse(TestAuthority.SelfSigned("Own", change: recipe => recipe.WithoutAuthorityKeyIdentifier()))).Violations);
    }

    [Fact]
    public void Unknown_and_unconfigured_purposes_are_no_matter_of_the_profile()
    {
        Assert.Equal([], Signer(recipe => recipe.ExtendedKeyUsages("1.2.840.113583.1.1.12", "1.3.6.1.5.5.7.3.2")));
        Assert.Equal([], Signer(recipe => recipe.ExtendedKeyUsages("1.3.6.1.5.5.7.3.1")));
    }

    [Theory]
    [InlineData("v1", "version 1")]
    [InlineData("v2", "version 2")]
    [InlineData("unique ids", "issuerUniqueID")]
    [InlineData("cA", "cA")]
    [InlineData("no AKI", "authority key identifier")]
    [InlineData("no KU", "key usage is absent")]
    [InlineData("KU without digitalSignature", "lacks digitalSignature")]
    [InlineData("KU with keyCertSign", "keyCertSign")]
    [InlineData("no EKU", "extended key usage is absent")]
    [InlineData("any EKU", "anyExtendedKeyUsage")]
    [InlineData("timeStamping", "timeStamping")]
    [InlineData("timeStamping and emailProtection", "timeStamping")]
    [InlineData("OCSPSigning", "OCSPSigning")]
    [InlineData("OCSPSigning and claimSigning", "OCSPSigning")]
    public void Each_broken_rule_of_form_is_named_and_spared_in_the_private_store(string rule, string named)
    {
        void Change(CertificateRecipe recipe) => _ = rule switch
        {
            "v1" => recipe.Version(1),
            "v2" => recipe.Version(2).Without(Oids.KeyUsage).Without(Oids.ExtendedKeyUsage).Without(Oids.BasicConstraints).WithoutAuthorityKeyIdentifier().WithoutSubjectKeyIdentifier(),
            "unique ids" => recipe.WithUniqueIds(),
            "cA" => recipe.BasicConstraints(true),
            "no AKI" => recipe.WithoutAuthorityKeyIdentifier(),
            "no KU" => recipe.WithoutKeyUsage(),
            "KU without digitalSignature" => recipe.KeyUsage(X509KeyUsageFlags.NonRepudiation),
            "KU with keyCertSign" => recipe.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign),
            "no EKU" => recipe.WithoutExtendedKeyUsage(),
            "any EKU" => recipe.ExtendedKeyUsages(Oids.AnyExtendedKeyUsage, Oids.C2paClaimSigning),
            "timeStamping" => recipe.ExtendedKeyUsages(Oids.TimeStamping),
            "timeStamping and emailProtection" => recipe.ExtendedKeyUsages(Oids.EmailProtection, Oids.TimeStamping),
            "OCSPSigning" => recipe.ExtendedKeyUsages(Oids.OcspSigning),
            "OCSPSigning and claimSigning" => recipe.ExtendedKeyUsages(Oids.C2paClaimSigning, Oids.OcspSigning),
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
        Assert.Contains(Signer(Change), violation => violation.Contains(named, StringComparison.Ordinal));
        Assert.Equal([], Signer(Change, inPrivateStore: true));
    }

    [Theory]
    [InlineData("SHA-1")]
    [InlineData("RSA 1024")]
    [InlineData("secp256k1")]
    [InlineData("PSS without parameters")]
    [InlineData("PSS with SHA-1")]
    [InlineData("PSS without mask")]
    [InlineData("PSS with another hash in the mask")]
    public void Weak_algorithms_and_keys_are_refused_in_the_private_store_as_well(string rule)
    {
        var ca = TestAuthority.Root("RSA CA", TestKey.Rsa(2048));
        var key = rule switch { "RSA 1024" => TestKey.Rsa(1024), "secp256k1" => TestKey.Secp256k1("s"), _ => null };
        var leaf = PathSetup.Parse(ca.Issue("Signer", key, recipe => _ = rule switch
        {
            "SHA-1" => recipe.SignedWith(SignatureMethod.Rs1),
            "PSS without parameters" => recipe.SignedWith(SignatureMethod.Ps256).AlgorithmAs(writer => WritePss(writer, null, null)),
            "PSS with SHA-1" => recipe.SignedWith(SignatureMethod.Ps256).AlgorithmAs(writer => WritePss(writer, Oids.Sha1, Oids.Sha1)),
            "PSS without mask" => recipe.SignedWith(SignatureMethod.Ps256).AlgorithmAs(writer => WritePss(writer, Oids.Sha256, null)),
            "PSS with another hash in the mask" => recipe.SignedWith(SignatureMethod.Ps256).AlgorithmAs(writer => WritePss(writer, Oids.Sha256, Oids.Sha384)),
            _ => recipe,
        }));
        Assert.Single(SignerProfile.Check(leaf).Violations);
        Assert.Single(SignerProfile.Check(leaf, inPrivateStore: true).Violations);
        Assert.Equal([], SignerProfile.Check(PathSetup.Parse(ca.Issue("Signer", change: recipe => recipe.SignedWith(SignatureMethod.Ps256)))).Violations);
    }

    [Fact]
    public void Every_broken_rule_is_told_and_not_only_the_first() =>
        Assert.Equal(4, Signer(recipe => recipe.WithUniqueIds().BasicConstraints(true).WithoutKeyUsage().WithoutExtendedKeyUsage()).Count);

    [Fact]
    public void A_time_stamp_authority_has_the_one_purpose_and_says_so_critically()
    {
        static bool Passes(Action<CertificateRecipe> change) => TimeStampAuthorityProfile.Check(PathSetup.Parse(s_ca.IssueTimeStamper("TSA", change: change))).Passes;
        Assert.True(Passes(_ => { }));
        Assert.True(Passes(recipe => recipe.WithoutKeyUsage()));
        Assert.True(Passes(recipe => recipe.KeyUsage(X509KeyUsageFlags.NonRepudiation)));
        Assert.False(Passes(recipe => recipe.ExtendedKeyUsages(critical: false, Oids.TimeStamping)));
        Assert.False(Passes(recipe => recipe.ExtendedKeyUsages(critical: true, Oids.TimeStamping, Oids.EmailProtection)));
        Assert.False(Passes(recipe => recipe.ExtendedKeyUsages(critical: true, Oids.AnyExtendedKeyUsage)));
        Assert.False(Passes(recipe => recipe.WithoutExtendedKeyUsage()));
        Assert.False(Passes(recipe => recipe.KeyUsage(X509KeyUsageFlags.KeyEncipherment)));
    }

    [Fact]
    public void An_OCSP_responder_is_named_as_one()
    {
        static bool Passes(Action<CertificateRecipe> change) => OcspResponderProfile.Check(PathSetup.Parse(s_ca.IssueOcspResponder("OCSP", change: change))).Passes;
        Assert.True(Passes(_ => { }));
        Assert.True(Passes(recipe => recipe.ExtendedKeyUsages(Oids.EmailProtection, Oids.OcspSigning)));
        Assert.False(Passes(recipe => recipe.ExtendedKeyUsages(Oids.AnyExtendedKeyUsage)));
        Assert.False(Passes(recipe => recipe.WithoutExtendedKeyUsage()));
        Assert.False(Passes(recipe => recipe.KeyUsage(X509KeyUsageFlags.NonRepudiation)));
    }

    private static IReadOnlyList<string> Signer(Action<CertificateRecipe> change, bool inPrivateStore = false) =>
        SignerProfile.Check(PathSetup.Parse(s_ca.Issue("Signer", change: change)), inPrivateStore).Violations;

    private static void WritePss(AsnWriter writer, string? hash, string? maskHash)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.RsassaPss);
            if (hash is null)
                return;
            using (writer.PushSequence())
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(hash);
                if (maskHash is null)
                    return;
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Mgf1);
                    using (writer.PushSequence())
                        writer.WriteObjectIdentifier(maskHash);
                }
            }
        }
    }
}
