using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>What enclosed OCSP answers prove (C2PA 2.5 §14.9; RFC 6960).</summary>
internal static class RevocationCases
{
    private static readonly TestOcspResponder s_responder = TestOcspResponder.Delegated(World.Authority);

    public static void Add(RuleCases cases)
    {
        Answers(cases);
        Authority(cases);
        Times(cases);
        Elsewhere(cases);
    }

    private static void Answers(RuleCases cases)
    {
        Stapled(cases, "ocsp-good", s_responder.Respond(World.Signer));
        Stapled(cases, "ocsp-revoked", s_responder.Respond(World.Signer, OcspAnswer.Revoked));
        Stapled(cases, "ocsp-unknown", s_responder.Respond(World.Signer, OcspAnswer.Unknown));
        Stapled(cases, "ocsp-about-another-certificate", s_responder.Respond(World.Camera));
        Stapled(cases, "ocsp-revoked-about-another-certificate", s_responder.Respond(World.Camera, OcspAnswer.Revoked));
        Stapled(cases, "ocsp-lifted", s_responder.Respond(World.Signer, OcspAnswer.Revoked, r => r.Single(s => s.Reason = 8)));
        Stapled(cases, "ocsp-garbage", [1, 2, 3]);
        Stapled(cases, "ocsp-good-beside-an-empty-element", s_responder.Respond(World.Signer), []);
        Stapled(cases, "ocsp-good-beside-garbage", [0xFF], s_responder.Respond(World.Signer));
        Stapled(cases, "ocsp-good-and-revoked", s_responder.Respond(World.Signer), s_responder.Respond(World.Signer, OcspAnswer.Revoked));
        Stapled(cases, "ocsp-revoked-and-good", s_responder.Respond(World.Signer, OcspAnswer.Revoked), s_responder.Respond(World.Signer));
        Stapled(cases, "ocsp-try-later", s_responder.Respond(World.Signer, change: r => r.Status = 3));
    }

    private static void Authority(RuleCases cases)
    {
        Stapled(cases, "ocsp-of-the-issuer", TestOcspResponder.Issuer(World.Authority).Respond(World.Signer));
        Stapled(cases, "ocsp-of-a-stranger", TestOcspResponder.Delegated(World.Stranger).Respond(World.Signer));
        Stapled(cases, "ocsp-of-a-sister-ca", TestOcspResponder.Delegated(World.Root.Intermediate("Sister CA")).Respond(World.Signer));
        Stapled(cases, "ocsp-of-a-certificate-for-something-else", TestOcspResponder.Delegated(World.Camera).Respond(World.Signer));
        Stapled(cases, "ocsp-with-a-wrong-signature", s_responder.Respond(World.Signer, change: r => r.BadSignature()));
        Stapled(cases, "ocsp-revoked-with-a-wrong-signature", s_responder.Respond(World.Signer, OcspAnswer.Revoked, r => r.BadSignature()));
        Stapled(cases, "ocsp-without-the-responders-certificate", s_responder.Respond(World.Signer, change: r => r.Certificates = null));
        cases.Change("ocsp-revoked-under-the-anchor", m =>
        {
            TestCertificate signer = World.Root.Issue("Signer right under the anchor");
            return m.SignedBy(signer).TimeStampedBy(World.Tsa).Stapled(TestOcspResponder.Issuer(World.Root).Respond(signer, OcspAnswer.Revoked));
        });
        cases.Change("ocsp-revoked-for-an-unknown-issuer", m =>
        {
            TestCertificate signer = World.Stranger.Issue("Stranger");
            return m.SignedBy(signer).TimeStampedBy(World.Tsa).Stapled(TestOcspResponder.Issuer(World.Stranger).Respond(signer, OcspAnswer.Revoked));
        });
    }

    private static void Times(RuleCases cases)
    {
        cases.Change("ocsp-good-without-stamp", m => m.Stapled(s_responder.Respond(World.Signer)));
        cases.Change("ocsp-revoked-without-stamp", m => m.Stapled(s_responder.Respond(World.Signer, OcspAnswer.Revoked)));
        cases.Change("ocsp-good-with-the-stamp-of-a-stranger", m => m.TimeStampedBy(World.UnlistedTsa).Stapled(s_responder.Respond(World.Signer)));
        Stapled(cases, "ocsp-outdated-when-signed", s_responder.Respond(World.Signer, change: r => r.Single(s => (s.ThisUpdate, s.NextUpdate) = (World.Utc("2026-03-01"), World.Utc("2026-03-08")))));
        Stapled(cases, "ocsp-of-later-than-signing", s_responder.Respond(World.Signer, change: r => r.Single(s => (s.ThisUpdate, s.NextUpdate) = (World.Utc("2026-03-15"), World.Utc("2026-03-22")))));
        Stapled(cases, "ocsp-of-the-future", s_responder.Respond(World.Signer, change: r => r.Single(s => (s.ThisUpdate, s.NextUpdate) = (World.Utc("2026-03-16"), World.Utc("2026-03-22")))));
        Stapled(cases, "ocsp-without-end-within-a-day", s_responder.Respond(World.Signer, change: r => r.Single(s => s.NextUpdate = null)));
        Stapled(cases, "ocsp-without-end-after-a-day", s_responder.Respond(World.Signer, change: r =>
        {
            r.ProducedAt = World.Utc("2026-03-12T00:00:01Z");
            r.Single(s => (s.ThisUpdate, s.NextUpdate) = (World.Utc("2026-03-12"), null));
        }));
        Stapled(cases, "ocsp-revoked-after-signing", s_responder.Respond(World.Signer, OcspAnswer.Revoked, r => r.Single(s => s.RevocationTime = World.Utc("2026-03-15"))));
    }

    private static void Elsewhere(RuleCases cases)
    {
        static CaseFile Carried(TestAsset image, Assertion status) => World.Silent().Opened(World.Source(image: image)).TimeStampedBy(World.Tsa).With(status).Embed(image);
        cases.Add("certificate-status-good", image => Carried(image, StandardAssertions.CertificateStatus(s_responder.Respond(World.Signer))));
        cases.Add("certificate-status-as-text", image => Carried(image, StandardAssertions.CertificateStatusAsText(s_responder.Respond(World.Signer))));
        cases.Add("certificate-status-revoked", image => Carried(image, StandardAssertions.CertificateStatus(s_responder.Respond(World.Signer, OcspAnswer.Revoked))));
        cases.Add("certificate-status-changed", image => Carried(image, StandardAssertions.CertificateStatus(s_responder.Respond(World.Signer)).Entry(entry => entry["hash"] = new byte[32])));
        cases.Add("certificate-status-in-the-outer-manifest", image =>
        {
            SignedAsset inner = World.Sound("inner").SignedBy(World.Camera).TimeStampedBy(World.Tsa).Embed(image);
            return World.Silent().Opened(inner).With(StandardAssertions.CertificateStatus(s_responder.Respond(World.Camera, OcspAnswer.Revoked))).Embed(image);
        });
    }

    private static void Stapled(RuleCases cases, string name, params byte[][] responses) => cases.Change(name, m => m.TimeStampedBy(World.Tsa).Stapled(responses));
}
