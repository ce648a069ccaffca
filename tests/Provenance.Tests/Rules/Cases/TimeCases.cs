using System.Security.Cryptography;
using Provenance.TestKit;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Time stamps (C2PA 2.5 §14.8; RFC 3161). A stamp that fails is ignored, and said so.</summary>
internal static class TimeCases
{
    public static void Add(RuleCases cases)
    {
        Generations(cases);
        Authorities(cases);
        Tokens(cases);
        Assertions(cases);
        SignersOwnWord(cases);
    }

    private static void Generations(RuleCases cases)
    {
        cases.ChangeOld("stamp-v1", m => m.TimeStampedBy(World.Tsa));
        Stamp(cases, "stamp-v1-header-on-claim-v2", World.Tsa.Stamp(StampGeneration.V1));
        Stamp(cases, "stamp-v1-in-the-header-of-v2", World.Tsa.Stamp(StampGeneration.V1, "sigTst2"));
        cases.ChangeOld("stamp-v2-in-the-header-of-v1", m => m.Cose(cose => cose.Stamped(World.Tsa.Stamp(StampGeneration.V2, "sigTst"))));
        Stamp(cases, "stamp-v2-inside-a-response", World.Tsa.Stamp(wrapped: true));
        cases.ChangeOld("stamp-v1-without-a-response", m => m.Cose(cose => cose.Stamped(World.Tsa.Stamp(wrapped: false))));
        cases.ChangeOld("stamp-in-a-refusing-response", m => m.Cose(cose => cose.Stamped(
            new() { Token = World.Tsa.Token, Wrap = token => TestTimeStampAuthority.Response(token, status: 2) })));
        cases.ChangeOld("stamp-in-a-response-granted-with-changes", m => m.Cose(cose => cose.Stamped(
            new() { Token = World.Tsa.Token, Wrap = token => TestTimeStampAuthority.Response(token, status: 1) })));
        cases.Change("stamp-twice", m => m.TimeStampedBy(World.Tsa).TimeStampedBy(World.Tsa.At("2026-03-13")));
        cases.Change("stamp-in-both-headers", m => m.Cose(cose => cose.Stamped(World.Tsa.Stamp(StampGeneration.V1)).Stamped(World.Tsa.Stamp(StampGeneration.V2))));
        cases.Change("stamp-list-empty", m => m.Cose(cose => cose.UnprotectedChange = header => header.Add("sigTst2", new CborFields { { "tstTokens", Array.Empty<object>() } })));
    }

    private static void Authorities(RuleCases cases)
    {
        cases.Change("stamp-of-a-stranger", m => m.TimeStampedBy(World.UnlistedTsa));
        cases.ChangeOld("stamp-of-a-stranger-v1", m => m.TimeStampedBy(World.UnlistedTsa));
        cases.Add("stamp-of-a-stranger-v1-in-the-older-model", image => World.Old().TimeStampedBy(World.UnlistedTsa).Embed(image).InOlderTimeModel());
        cases.Add("stamp-of-a-stranger-v2-in-the-older-model", image => World.Sound().TimeStampedBy(World.UnlistedTsa).Embed(image).InOlderTimeModel());
        cases.Add("stamp-of-another-imprint-in-the-older-model", image => World.Old().TimeStampedBy(World.UnlistedTsa.With(t => t.ImprintChange = Flipped)).Embed(image).InOlderTimeModel());
        cases.Change("stamp-of-a-signers-anchor", m => m.TimeStampedBy(new(World.Root.IssueTimeStamper("Stamps under the signers' root"))));
        cases.Add("stamp-of-an-allowed-certificate", image =>
        {
            TestTimeStampAuthority tsa = World.UnlistedTsa;
            return World.Sound().TimeStampedBy(tsa).Embed(image).Trusting(World.SignerList(World.Root.AnchorPem, allowed: tsa.Certificate.Pem), World.TimeStampers);
        });
        Authority(cases, "stamp-of-an-authority-for-email", c => c.ExtendedKeyUsages(critical: true, Oids.EmailProtection));
        Authority(cases, "stamp-of-an-authority-for-more", c => c.ExtendedKeyUsages(critical: true, Oids.TimeStamping, Oids.EmailProtection));
        Authority(cases, "stamp-of-an-authority-without-purpose", c => c.WithoutExtendedKeyUsage());
        Authority(cases, "stamp-of-an-authority-with-uncritical-purpose", c => c.ExtendedKeyUsages(critical: false, Oids.TimeStamping));
        Authority(cases, "stamp-of-an-authority-expired-since", c => c.Valid("2024-01-01", "2026-03-15"));
        Authority(cases, "stamp-of-an-authority-expired-then", c => c.Valid("2024-01-01", "2026-03-14"));
        Authority(cases, "stamp-of-an-authority-not-yet-valid", c => c.Valid("2026-03-15", "2030-01-01"));
        Authority(cases, "stamp-of-a-forged-authority", c => c.BadSignature());
        Authority(cases, "stamp-of-an-authority-with-rsa-1024", _ => { }, TestKey.Rsa(1024));
    }

    private static void Tokens(RuleCases cases)
    {
        Token(cases, "stamp-on-something-else", t => t.ImprintChange = Flipped);
        Token(cases, "stamp-with-sha1-imprint", t => t.ImprintAlgorithm = HashAlgorithmName.SHA1);
        Token(cases, "stamp-with-sha384-imprint", t => t.ImprintAlgorithm = HashAlgorithmName.SHA384);
        Token(cases, "stamp-with-sha1-attributes", t => (t.DigestAlgorithm, t.Method) = (HashAlgorithmName.SHA1, SignatureMethod.EcdsaSha1));
        Token(cases, "stamp-with-a-wrong-signature", t => t.BadSignature());
        Token(cases, "stamp-with-another-time-written-in", t => t.ContentChange = content => Changed(content, "20260314"u8, "20240314"u8));
        Token(cases, "stamp-of-other-content", t => t.ContentTypeOid = "1.2.840.113549.1.7.1");
        Token(cases, "stamp-without-signed-attributes", t => t.WithSignedAttributes = false);
        Token(cases, "stamp-naming-another-certificate", t => t.NamedCertificate = World.Signer);
        Token(cases, "stamp-without-certificates", t => t.Certificates = null);
        Token(cases, "stamp-signed-twice", t => t.Signers = 2);
        Token(cases, "stamp-cut-short", t => t.TokenChange = token => token[..^1]);
        Token(cases, "stamp-that-is-no-token", t => t.TokenChange = token => new byte[token.Length]);
        Token(cases, "stamp-with-a-date-that-is-none", t => t.TimeText = "20261314092653Z");
        Token(cases, "stamp-four-minutes-ahead", t => t.Time = World.Now.AddMinutes(4));
        Token(cases, "stamp-six-minutes-ahead", t => t.Time = World.Now.AddMinutes(6));
        cases.Add("stamp-on-an-expired-certificate-with-another-time-written-in", image => World.Sound()
            .SignedBy(World.Authority.Issue("Expired signer", change: c => c.Valid("2024-01-01", "2025-01-01")))
            .TimeStampedBy(World.Tsa.With(t => t.ContentChange = content => Changed(content, "20260314"u8, "20240314"u8))).Embed(image));
    }

    private static void Assertions(RuleCases cases)
    {
        static ManifestBuilder Expired(string seed) => World.Sound(seed).SignedBy(World.Authority.Issue("Expired camera", change: c => c.Valid("2024-01-01", "2025-01-01")));
        static CaseFile Updated(TestAsset image, Func<SignedAsset, Assertion[]> stamps)
        {
            SignedAsset earlier = Expired("earlier").Embed(image);
            return World.Silent("later").Update().Opened(earlier).With(stamps(earlier)).Embed(image);
        }

        TestTimeStampAuthority then = World.Tsa.At("2024-06-01");
        cases.Add("time-stamp-assertion", image => Updated(image, earlier => [StandardAssertions.TimeStamp(earlier, then)]));
        cases.Add("time-stamp-assertion-absent", image => Updated(image, _ => []));
        cases.Add("time-stamp-assertion-for-another-manifest", image => Updated(image, _ => [StandardAssertions.TimeStamp(Expired("other").Embed(image), then)]));
        cases.Add("time-stamp-assertion-under-another-name", image => Updated(image, earlier =>
            [StandardAssertions.TimeStamp(Expired("other").Embed(image) with { ActiveLabel = earlier.ActiveLabel }, then)]));
        cases.Add("time-stamp-assertion-of-a-stranger", image => Updated(image, earlier => [StandardAssertions.TimeStamp(earlier, World.UnlistedTsa.At("2024-06-01"))]));
        cases.Add("time-stamp-assertion-changed", image =>
        {
            SignedAsset earlier = Expired("earlier").Embed(image);
            return World.Silent("later").Update().Opened(earlier).With(StandardAssertions.TimeStamp(earlier, then).Entry(entry => entry["hash"] = new byte[32])).Embed(image);
        });
        cases.Change("time-stamp-assertion-empty", m => m.With(Assertion.Cbor("c2pa.time-stamp", new CborFields())));
        cases.Change("time-stamp-assertion-not-a-map", m => m.With(Assertion.Cbor("c2pa.time-stamp", new object[] { 1 })));
        cases.Change("time-stamp-assertion-for-a-manifest-that-is-not-here", m => m.With(Assertion.Cbor("c2pa.time-stamp", new CborFields { { "urn:c2pa:elsewhere", new byte[4] } })));
    }

    private static void SignersOwnWord(RuleCases cases)
    {
        void Word(string name, string time) => cases.Change(name, m => m.TimeStampedBy(World.Tsa)
            .Cose(cose => cose.ProtectedChange = header => header.Add(15, new CborFields { { 6, World.Utc(time).ToUnixTimeSeconds() } })));
        Word("signers-time-before-the-stamp", "2026-03-14T09:00:00Z");
        Word("signers-time-after-the-stamp", "2026-03-14T10:00:00Z");
        Word("signers-time-before-the-certificate", "2020-01-01T00:00:00Z");
    }

    private static void Stamp(RuleCases cases, string name, StampRecipe stamp) => cases.Change(name, m => m.Cose(cose => cose.Stamped(stamp)));

    private static void Token(RuleCases cases, string name, Action<TokenRecipe> how) => cases.Change(name, m => m.TimeStampedBy(World.Tsa.With(how)));

    /// <summary>An authority of this kind under an anchor that is listed.</summary>
    private static void Authority(RuleCases cases, string name, Action<CertificateRecipe> how, TestKey? key = null)
    {
        TestAuthority root = TestAuthority.Root("Listed root for " + name);
        cases.Add(name, image => World.Sound().TimeStampedBy(new(root.IssueTimeStamper(name, key, how))).Embed(image)
            .Trusting(World.Signers, Provenance.Verifier.Trust.TrustList.FromPem("stamps", Provenance.Verifier.Trust.TrustPurpose.TimeStamp, root.AnchorPem)));
    }

    private static byte[] Flipped(byte[] bytes) => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];

    private static byte[] Changed(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> now)
    {
        byte[] changed = [.. bytes];
        now.CopyTo(changed.AsSpan(bytes.AsSpan().IndexOf(old)));
        return changed;
    }
}
