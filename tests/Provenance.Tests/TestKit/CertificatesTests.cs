using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.TestKit;

/// <summary>The platform reads and believes the certificates the kit makes, and only those it should.</summary>
public sealed class CertificatesTests
{
    private static readonly TestAuthority s_root = TestAuthority.Root("Root");

    public static TheoryData<string> KeyKinds => ["P-256", "P-384", "P-521", "RSA-2048", "RSA-3072"];

    [Theory]
    [MemberData(nameof(KeyKinds))]
    public void A_chain_of_any_platform_key_is_believed(string kind)
    {
        TestKey key = Key(kind);
        TestCertificate leaf = s_root.Intermediate("CA " + kind, key).Issue("Leaf " + kind, key);

        Assert.Equal(X509ChainStatusFlags.NoError, Build(leaf));
    }

    [Fact]
    public void A_certificate_signed_with_RSASSA_PSS_is_believed()
    {
        TestCertificate leaf = s_root.Intermediate("PSS CA", TestKey.Rsa(2048)).Issue("Leaf", change: c => c.SignedWith(SignatureMethod.Ps256));

        Assert.Equal(X509ChainStatusFlags.NoError, Build(leaf));
    }

    [Fact]
    public void A_wrong_signature_is_noticed() =>
        Assert.NotEqual(X509ChainStatusFlags.NoError, Build(s_root.Issue("Leaf", change: c => c.BadSignature())));

    [Fact]
    public void An_unknown_critical_extension_is_noticed() =>
        Assert.NotEqual(X509ChainStatusFlags.NoError, Build(s_root.Issue("Leaf", change: c => c.UnknownCriticalExtension())));

    [Fact]
    public void A_leaf_used_as_authority_is_noticed() =>
        Assert.NotEqual(X509ChainStatusFlags.NoError, Build(TestAuthority.IssuedBy(s_root.Issue("Leaf"), "Below")));

    [Fact]
    public void The_leaf_says_what_the_profile_wants()
    {
        using X509Certificate2 leaf = s_root.Issue("Signer").ToX509();

        Assert.Equal("O=Example Organization, CN=Signer", leaf.Subject);
        Assert.Equal(3, leaf.Version);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Equal([Oids.ClaimSigning, Oids.EmailProtection], leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(o => o.Value));
        Assert.False(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(s_root.Certificate.KeyId, leaf.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.ToArray());
        Assert.Equal(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), leaf.NotBefore.ToUniversalTime());
        Assert.Equal(new DateTime(2056, 1, 1, 0, 0, 0, DateTimeKind.Utc), leaf.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void A_profile_extension_can_be_left_out()
    {
        using X509Certificate2 leaf = s_root.Issue("Bare", change: c => c.WithoutKeyUsage().WithoutExtendedKeyUsage()
            .WithoutBasicConstraints().WithoutAuthorityKeyIdentifier().WithoutSubjectKeyIdentifier()).ToX509();

        Assert.Empty(leaf.Extensions);
    }

    [Fact]
    public void The_same_seed_makes_the_same_key()
    {
        Assert.Equal(TestKey.P256("one").SubjectPublicKeyInfo, TestKey.P256("one").SubjectPublicKeyInfo);
        Assert.NotEqual(TestKey.P256("one").SubjectPublicKeyInfo, TestKey.P256("two").SubjectPublicKeyInfo);
        Assert.Equal(TestKey.Ed25519("one").SubjectPublicKeyInfo, TestKey.Ed25519("one").SubjectPublicKeyInfo);
    }

    [Fact]
    public void PSS_with_the_length_of_the_hash_is_what_the_platform_verifies_and_another_length_is_not()
    {
        TestKey key = TestKey.Rsa(2048);
        byte[] data = [1, 2, 3];
        bool Verifies(int salt) => ((RSA)key.Platform!).VerifyData(data, key.Sign(data, SignatureMethod.Ps256 with { SaltLength = salt }, EcdsaForm.Raw), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        Assert.True(Verifies(32));
        Assert.False(Verifies(31));
    }

    // RFC 8032 §7.1, tests 1 and 2.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Ed25519_signs_as_the_standard_shows(string seed, string publicKey, string message, string signature)
    {
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519Signer.PublicKey(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519Signer.Sign(Convert.FromHexString(seed), Convert.FromHexString(message))));
    }

    private static TestKey Key(string kind) => kind switch
    {
        "P-256" => TestKey.P256(kind),
        "P-384" => TestKey.P384(kind),
        "P-521" => TestKey.P521(kind),
        _ => TestKey.Rsa(int.Parse(kind.AsSpan(4), null)),
    };

    private static X509ChainStatusFlags Build(TestCertificate leaf)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = new DateTime(2026, 3, 14, 0, 0, 0, DateTimeKind.Utc);
        chain.ChainPolicy.CustomTrustStore.Add(leaf.Root.ToX509());
        foreach (byte[] der in leaf.Chain.Skip(1)) chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(der));
        using X509Certificate2 certificate = leaf.ToX509();
        chain.Build(certificate);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }
}
