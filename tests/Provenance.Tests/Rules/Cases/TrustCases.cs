using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Trust;
using Provenance.Verifier.X509;
using Oids = Provenance.TestKit.Oids;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Whom the lists vouch for (C2PA 2.5 §13.4) and whether the certificates were in force (§14.7).</summary>
internal static class TrustCases
{
    private static readonly TestCertificate s_stranger = World.Stranger.Issue("Stranger");

    private static readonly TestCertificate s_expired = World.Authority.Issue("Expired signer", change: c => c.Valid("2024-01-01", "2025-01-01"));

    public static void Add(RuleCases cases)
    {
        Lists(cases);
        Purposes(cases);
        Windows(cases);
        Paths(cases);
        Validity(cases);
    }

    private static void Lists(RuleCases cases)
    {
        cases.Change("anchor-nobody-lists", m => m.SignedBy(s_stranger));
        cases.Add("no-lists", image => World.Sound().Embed(image).Trusting());
        cases.Add("anchor-is-an-intermediate", image => World.Sound().Embed(image).Trusting(World.SignerList(World.Authority.AnchorPem)));
        cases.Add("anchor-beside-others", image => World.Sound().Embed(image).Trusting(World.SignerList(World.Stranger.AnchorPem), World.SignerList(World.Stranger.AnchorPem + World.Root.AnchorPem)));
        cases.Add("anchor-of-a-time-stamp-list", image => World.Sound().Embed(image)
            .Trusting(World.SignerList(World.Stranger.AnchorPem), TrustList.FromPem("stamps", TrustPurpose.TimeStamp, World.Root.AnchorPem)));
        cases.Add("anchors-for-time-stamps-only", image => World.Sound().Embed(image).Trusting(World.TimeStampers));
        cases.Add("allowed-certificate", image => World.Sound().SignedBy(s_stranger).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: s_stranger.Pem)));
        cases.Add("allowed-certificate-by-hash", image => World.Sound().SignedBy(s_stranger).Embed(image)
            .Trusting(World.SignerList(World.Root.AnchorPem, allowed: Convert.ToBase64String(SHA256.HashData(s_stranger.Der)))));
        cases.Add("allowed-certificate-of-the-same-key", image =>
        {
            TestCertificate twin = World.Stranger.Issue("Stranger's twin", s_stranger.Key);
            return World.Sound().SignedBy(twin).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: s_stranger.Pem));
        });
        cases.Add("allowed-certificate-without-purpose", image =>
        {
            TestCertificate bare = World.Stranger.Issue("Bare certificate", change: c => c.WithoutExtendedKeyUsage().WithoutKeyUsage());
            return World.Sound().SignedBy(bare).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: bare.Pem));
        });
        cases.Add("allowed-certificate-with-weak-key", image =>
        {
            TestCertificate weak = World.Stranger.Issue("Weak certificate", TestKey.Rsa(1024));
            return World.Sound().SignedBy(weak).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: weak.Pem));
        });
        cases.Add("allowed-certificate-expired", image => World.Sound().SignedBy(s_expired).Embed(image)
            .Trusting(World.SignerList(World.Stranger.AnchorPem, allowed: s_expired.Pem)));
    }

    private static void Purposes(RuleCases cases)
    {
        TestCertificate Of(string purpose) => World.Authority.Issue("Signer for " + purpose, change: c => c.ExtendedKeyUsages(purpose));
        cases.Add("purpose-configured", image => World.Sound().SignedBy(Of(Oids.CodeSigning)).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, Oids.CodeSigning)));
        cases.Add("purpose-of-another-list", image => World.Sound().SignedBy(Of(Oids.CodeSigning)).Embed(image)
            .Trusting(World.SignerList(World.Root.AnchorPem), World.SignerList(World.Stranger.AnchorPem, Oids.CodeSigning)));
        cases.Add("purpose-replaced-by-configuration", image => World.Sound().SignedBy(Of(Oids.EmailProtection)).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, Oids.CodeSigning)));
        cases.Add("purpose-claim-signing-is-always-configured", image => World.Sound().SignedBy(Of(Oids.ClaimSigning)).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, Oids.CodeSigning)));
    }

    private static void Windows(RuleCases cases)
    {
        static TrustList Window(string? from, string? until) => TrustList.FromAnchors("window", TrustPurpose.Signer,
            [new TrustAnchor(Certificate.Parse(World.Root.Certificate.Der), from is null ? null : World.Utc(from), until is null ? null : World.Utc(until))]);

        cases.Add("anchor-inside-its-window", image => World.Sound().Embed(image).Trusting(Window("2026-03-01", "2026-03-31")));
        cases.Add("anchor-at-the-first-moment-of-its-window", image => World.Sound().Embed(image).Trusting(Window("2026-03-15T12:00:00Z", null)));
        cases.Add("anchor-at-the-last-moment-of-its-window", image => World.Sound().Embed(image).Trusting(Window(null, "2026-03-15T12:00:00Z")));
        cases.Add("anchor-before-its-window", image => World.Sound().Embed(image).Trusting(Window("2026-03-15T12:00:01Z", null)));
        cases.Add("anchor-after-its-window", image => World.Sound().Embed(image).Trusting(Window(null, "2026-03-15T11:59:59Z")));
        cases.Add("anchor-after-its-window-stamped-inside", image => World.Sound().TimeStampedBy(World.Tsa).Embed(image).Trusting(Window(null, "2026-03-15"), World.TimeStampers));
        cases.Add("anchor-inside-its-window-stamped-before", image => World.Sound().TimeStampedBy(World.Tsa).Embed(image).Trusting(Window("2026-03-15", null), World.TimeStampers));
    }

    private static void Paths(RuleCases cases)
    {
        cases.Change("path-through-a-leaf", m => m.SignedBy(TestAuthority.IssuedBy(World.Signer, "Issued by a leaf")));
        cases.Change("path-longer-than-allowed", m => m.SignedBy(
            World.Root.Intermediate("CA that allows none below", change: c => c.BasicConstraints(true, 0)).Intermediate("CA below").Issue("Too deep")));
        cases.Change("path-as-long-as-allowed", m => m.SignedBy(
            World.Root.Intermediate("CA that allows one below", change: c => c.BasicConstraints(true, 1)).Intermediate("CA below").Issue("Deep enough")));
        cases.Change("path-with-a-ca-that-may-not-sign", m => m.SignedBy(
            World.Root.Intermediate("CA without keyCertSign", change: c => c.KeyUsage(System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.CrlSign)).Issue("Signer")));
        cases.Change("path-inside-name-constraints", m => m.SignedBy(
            World.Root.Intermediate("Constrained CA", change: c => c.PermitOnlyOrganization("Example Organization")).Issue("Signer", change: NamedInOrder)));
        cases.Change("path-outside-name-constraints", m => m.SignedBy(
            World.Root.Intermediate("Constrained CA", change: c => c.PermitOnlyOrganization("Another Organization")).Issue("Signer", change: NamedInOrder)));
        cases.Change("path-with-a-wrong-signature", m => m.SignedBy(World.Authority.Issue("Forged", change: c => c.BadSignature())));
        cases.Change("path-with-sha1", m => m.SignedBy(World.Root.Intermediate("Weak CA", change: c => c.SignedWith(SignatureMethod.EcdsaSha1)).Issue("Signer")));
        cases.Change("anchor-of-the-same-name", m => m.SignedBy(TestAuthority.Root("Rule Root CA", TestKey.P256("impostor")).Intermediate("Rule Issuing CA", TestKey.P256("impostor below")).Issue("Signer")));
        cases.Change("self-signed", m => m.SignedBy(TestAuthority.SelfSigned("Self-signed")));
        cases.Change("self-signed-ca", m => m.SignedBy(TestAuthority.SelfSigned("Self-signed CA", change: c => c.BasicConstraints(true))));
    }

    private static void Validity(RuleCases cases)
    {
        cases.Change("expired-without-stamp", m => m.SignedBy(s_expired));
        cases.Change("expired-stamped-in-time", m => m.SignedBy(s_expired).TimeStampedBy(World.Tsa.At("2024-06-01")));
        cases.Change("expired-stamped-by-a-stranger", m => m.SignedBy(s_expired).TimeStampedBy(World.UnlistedTsa.At("2024-06-01")));
        cases.Change("expired-stamped-too-late", m => m.SignedBy(s_expired).TimeStampedBy(World.Tsa));
        cases.Change("not-yet-valid", m => m.SignedBy(World.Authority.Issue("Signer of tomorrow", change: c => c.Valid("2026-03-16", "2030-01-01"))));
        cases.Change("stamped-before-it-was-valid", m => m.SignedBy(World.Authority.Issue("Signer of today", change: c => c.Valid("2026-03-15", "2030-01-01"))).TimeStampedBy(World.Tsa));
        cases.Add("expired-and-unknown", image => World.Sound().SignedBy(World.Stranger.Issue("Expired stranger", change: c => c.Valid("2024-01-01", "2025-01-01"))).Embed(image));
        cases.Change("issuer-expired", m => m.SignedBy(World.Root.Intermediate("Expired CA", change: c => c.Valid("2024-01-01", "2025-01-01")).Issue("Signer of an expired CA")));
        cases.Change("issuer-expired-stamped-in-time", m => m.SignedBy(World.Root.Intermediate("Expired CA", change: c => c.Valid("2024-01-01", "2025-01-01")).Issue("Signer of an expired CA"))
            .TimeStampedBy(World.Tsa.At("2024-06-01")));
        cases.Add("last-second-of-validity", image => World.Sound().SignedBy(s_expired).Embed(image).At("2025-01-01T00:00:00Z"));
        cases.Add("first-second-after-validity", image => World.Sound().SignedBy(s_expired).Embed(image).At("2025-01-01T00:00:01Z"));
    }

    /// <summary>A directory name that lies below the constraint's: the organisation comes first.</summary>
    private static void NamedInOrder(CertificateRecipe certificate) =>
        certificate.WithoutSubject().Organization("Example Organization").CommonName("Signer");
}
