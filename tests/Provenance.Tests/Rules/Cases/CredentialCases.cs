using System.Security.Cryptography.X509Certificates;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>What a signer's certificate must look like (C2PA 2.5 §13.5.1).</summary>
internal static class CredentialCases
{
    public static void Add(RuleCases cases)
    {
        Leaf(cases, "leaf-without-purpose", c => c.WithoutExtendedKeyUsage());
        Leaf(cases, "leaf-for-any-purpose", c => c.ExtendedKeyUsages(Oids.EmailProtection, Oids.AnyExtendedKeyUsage));
        Leaf(cases, "leaf-for-time-stamping", c => c.ExtendedKeyUsages(critical: true, Oids.TimeStamping));
        Leaf(cases, "leaf-for-ocsp-signing", c => c.ExtendedKeyUsages(Oids.OcspSigning));
        Leaf(cases, "leaf-for-claims-and-time-stamping", c => c.ExtendedKeyUsages(Oids.ClaimSigning, Oids.TimeStamping));
        Leaf(cases, "leaf-for-claims-and-ocsp-signing", c => c.ExtendedKeyUsages(Oids.ClaimSigning, Oids.OcspSigning));
        Leaf(cases, "leaf-for-claims-alone", c => c.ExtendedKeyUsages(Oids.ClaimSigning));
        Leaf(cases, "leaf-for-email-alone", c => c.ExtendedKeyUsages(Oids.EmailProtection));
        Leaf(cases, "leaf-for-documents-alone", c => c.ExtendedKeyUsages(Oids.DocumentSigning));
        Leaf(cases, "leaf-for-claims-and-more", c => c.ExtendedKeyUsages(Oids.ClaimSigning, Oids.ClientAuth, Oids.Unknown));
        Leaf(cases, "purpose-no-list-accepts", c => c.ExtendedKeyUsages(Oids.ServerAuth));
        Leaf(cases, "private-purpose-no-list-accepts", c => c.ExtendedKeyUsages(Oids.Unknown));

        Leaf(cases, "leaf-without-key-usage", c => c.WithoutKeyUsage());
        Leaf(cases, "leaf-without-digital-signature", c => c.KeyUsage(X509KeyUsageFlags.KeyEncipherment));
        Leaf(cases, "leaf-with-key-cert-sign", c => c.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign));
        Leaf(cases, "leaf-with-non-repudiation", c => c.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation));
        Leaf(cases, "leaf-is-a-ca", c => c.BasicConstraints(true));
        Leaf(cases, "leaf-without-basic-constraints", c => c.WithoutBasicConstraints());
        Leaf(cases, "leaf-without-authority-key-identifier", c => c.WithoutAuthorityKeyIdentifier());
        Leaf(cases, "leaf-without-subject-key-identifier", c => c.WithoutSubjectKeyIdentifier());
        Leaf(cases, "leaf-with-unique-ids", c => c.WithUniqueIds());
        Leaf(cases, "leaf-of-version-1", c => c.Version(1));
        Leaf(cases, "leaf-with-unknown-critical-extension", c => c.UnknownCriticalExtension());
        cases.Add("allowed-leaf-with-unknown-critical-extension", image =>
        {
            TestCertificate leaf = World.Stranger.Issue("Odd certificate", change: c => c.UnknownCriticalExtension());
            return World.Sound().SignedBy(leaf).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: leaf.Pem));
        });
        Leaf(cases, "leaf-with-an-extension-twice", c => c.DuplicateExtension(Oids.KeyUsage, true, [3, 2, 7, 0x80]));
        Leaf(cases, "leaf-with-trailing-bytes", c => c.DerChanged(der => [.. der, 0]));
        Leaf(cases, "leaf-with-two-algorithms", c => c.InnerAlgorithm(SignatureMethod.Es384));

        Leaf(cases, "leaf-signed-with-sha1", c => c.SignedWith(SignatureMethod.EcdsaSha1));
        Leaf(cases, "leaf-with-rsa-1024", c => { }, TestKey.Rsa(1024), SignatureMethod.Ps256);
        Leaf(cases, "leaf-with-secp256k1", c => { }, TestKey.Secp256k1("rules"));
        cases.Change("leaf-signed-with-pss", m => m.SignedBy(RsaAuthority.Issue("PSS leaf", change: c => c.SignedWith(SignatureMethod.Ps256))));
        cases.Change("leaf-signed-with-pss-without-parameters", m => m.SignedBy(RsaAuthority.Issue("PSS leaf", change: c => c.SignedWith(SignatureMethod.Ps256)
            .AlgorithmAs(writer =>
            {
                using (writer.PushSequence()) writer.WriteObjectIdentifier(SignatureMethod.Ps256.Oid);
            }))));
    }

    private static readonly TestAuthority RsaAuthority = World.Root.Intermediate("Rule RSA CA", TestKey.Rsa(2048));

    private static void Leaf(RuleCases cases, string name, Action<CertificateRecipe> how, TestKey? key = null, SignatureMethod? method = null) =>
        cases.Change(name, m => m.SignedBy(World.Authority.Issue(name, key, how), method));
}
