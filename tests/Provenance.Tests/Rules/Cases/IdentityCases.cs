using System.Text;
using System.Text.Json.Nodes;
using Provenance.TestKit;
using Provenance.Tests.Identity;
using Provenance.Verifier.Trust;

namespace Provenance.Tests.Rules.Cases;

/// <summary>Who vouches in their own name (CAWG identity 1.3). Nothing of it changes what is said of the manifest.</summary>
internal static class IdentityCases
{
    private static readonly TestAuthority s_people = TestAuthority.Root("Rule People Root CA");
    private static readonly TestAuthority s_issuing = s_people.Intermediate("Rule People Issuing CA");

    /// <summary>Somebody whose certificate is for signing documents.</summary>
    public static readonly TestCertificate Author = s_issuing.Issue("Rule Author", change: c => c.ExtendedKeyUsages(Oids.DocumentSigning));

    public static readonly TrustList People = TrustList.FromPem("rule people", TrustPurpose.Identity, s_people.AnchorPem);

    public static readonly TestAggregator Aggregator = TestAggregator.Jwk(TestKey.Ed25519("rule aggregator"));
    private static readonly TestAggregator s_web = TestAggregator.Named(TestKey.P256("rule web aggregator"), "did:web:identity.example.org");

    public static void Add(RuleCases cases)
    {
        Assertions(cases);
        References(cases);
        Certificates(cases);
        Times(cases);
        Revocation(cases);
        Credentials(cases);
        Documents(cases);
        Claims(cases);
    }

    private static void Assertions(RuleCases cases)
    {
        Signed(cases, "identity-trusted");
        cases.Change("identity-of-a-stranger", m => m.With(IdentityRecipe.By(Author)));
        Signed(cases, "identity-padded", r => r.Pad2 = new byte[7]);
        Signed(cases, "identity-pad-not-zero", r => r.Pad1 = [0, 1]);
        Signed(cases, "identity-second-pad-not-zero", r => r.Pad2 = [0, 1]);
        Signed(cases, "identity-without-pad", r => r.AssertionChange = f => f.Omit("pad1"));
        Signed(cases, "identity-with-a-field-more", r => r.AssertionChange = f => f.Add("other_stuff", "ignored"));
        Signed(cases, "identity-without-signature", r => r.AssertionChange = f => f.Omit("signature"));
        Signed(cases, "identity-with-roles-that-are-none", r => r.PayloadChange = (_, f) => f["role"] = Array.Empty<object>());
        Signed(cases, "identity-of-a-type-nobody-knows", r => r.SignatureType = "org.example.signature");
        cases.Add("identity-that-is-no-cbor", image => Trusting(World.Sound().With(Assertion.Json("cawg.identity", "{}")).Embed(image)));
    }

    private static void References(RuleCases cases)
    {
        Signed(cases, "identity-vouches-for-more", r => r.Vouches.Add("c2pa.actions.v2"));
        Signed(cases, "identity-vouches-twice", r => r.Vouches.Add("c2pa.hash.data"));
        Signed(cases, "identity-vouches-for-what-is-not-listed", r => r.PayloadChange = (_, f) => Append(f, "self#jumbf=c2pa.assertions/org.example.absent"));
        Signed(cases, "identity-vouches-with-another-hash", r => r.PayloadChange = (_, f) => Append(f, "self#jumbf=c2pa.assertions/c2pa.actions.v2"));
        Signed(cases, "identity-vouches-for-itself", r => r.PayloadChange = (_, f) => Append(f, "self#jumbf=c2pa.assertions/cawg.identity"));
        Signed(cases, "identity-without-the-binding", r => r.Vouches[0] = "c2pa.actions.v2");
        cases.Add("identity-vouches-for-an-ingredients-assertion", image => Trusting(World.Sound().Placed(World.Source(image: image), "source").With(IdentityRecipe.By(Author, r =>
            r.PayloadChange = (c, f) => Append(f, c.HashedUri(World.Source(image: image).ActiveLabel, "c2pa.assertions/c2pa.actions.v2")))).Embed(image)));
        cases.Add("identity-vouches-for-an-ingredients-binding", image => Trusting(World.Sound().Placed(World.Source(image: image), "source").With(IdentityRecipe.By(Author, r =>
            r.PayloadChange = (c, f) => f["referenced_assertions"] = new object[] { c.HashedUri(World.Source(image: image).ActiveLabel, "c2pa.assertions/c2pa.hash.data") })).Embed(image)));
    }

    private static void Certificates(RuleCases cases)
    {
        Signed(cases, "identity-signed-as-stored", r => r.Signs = PayloadEncoding.AsStored);
        Signed(cases, "identity-changed-since", r => r.StoredChange = f => f.Add("role", new[] { "cawg.creator" }));
        Signed(cases, "identity-signature-not-tagged", r => r.Cose.Tag = null);
        Signed(cases, "identity-signature-with-a-payload", r => r.Cose.Payload = new byte[] { 1 });
        Signed(cases, "identity-signature-by-another-key", r => r.Cose.OtherKey = TestKey.P256("another"));
        Signed(cases, "identity-algorithm-not-on-the-list", r => r.Cose.Algorithm = -14);
        Signed(cases, "identity-chain-not-signed", r => r.Cose.ChainPlace = HeaderPlace.Unprotected);
        Person(cases, "identity-of-a-certificate-without-key-usage", c => c.ExtendedKeyUsages(Oids.DocumentSigning).WithoutKeyUsage());
        Person(cases, "identity-for-claims-only", c => c.ExtendedKeyUsages(Oids.ClaimSigning));
        Person(cases, "identity-for-mail", c => c.ExtendedKeyUsages(Oids.EmailProtection));
        Person(cases, "identity-for-mail-with-a-name", Mail("2.23.140.1.5.3.3"));
        Person(cases, "identity-for-mail-of-a-mailbox", Mail("2.23.140.1.5.1.3"));
        cases.Add("identity-for-mail-at-the-end", image => Trusting(World.Sound().With(IdentityRecipe.By(Person(Mail("2.23.140.1.5.2.2")))).Embed(image)).At("2027-03-31T23:59:59Z"));
        cases.Add("identity-for-mail-behind-the-end", image => Trusting(World.Sound().With(IdentityRecipe.By(Person(Mail("2.23.140.1.5.2.2")))).Embed(image)).At("2027-04-01T00:00:00Z"));
        cases.Add("identity-for-mail-stamped-before-the-end", image =>
            Trusting(World.Sound().TimeStampedBy(World.Tsa).With(IdentityRecipe.By(Person(Mail("2.23.140.1.5.4.2")))).Embed(image)).At("2027-04-01T00:00:00Z"));
        cases.Add("identity-listed-itself", image =>
            World.Sound().With(IdentityRecipe.By(Author)).Embed(image).Trusting(World.Signers, World.TimeStampers, TrustList.FromPem("one", TrustPurpose.Identity, Author.Pem)));
        cases.Add("identity-under-a-signers-list", image => World.Sound().With(IdentityRecipe.By(World.Authority.Issue("Author", change: c => c.ExtendedKeyUsages(Oids.DocumentSigning)))).Embed(image)
            .Trusting(World.Signers, World.TimeStampers, People));
        cases.Add("signer-under-a-list-for-identities", image => World.Silent().Created().SignedBy(Author).Embed(image).Trusting(World.Signers, World.TimeStampers, People));
        cases.Add("signer-listed-for-identities-alone", image => World.Silent().Created().SignedBy(World.Stranger.Issue("Stranger")).Embed(image)
            .Trusting(World.Signers, TrustList.FromPem("one", TrustPurpose.Identity, World.Stranger.Issue("Stranger").Pem)));
    }

    private static void Times(RuleCases cases)
    {
        var expired = Person(c => c.ExtendedKeyUsages(Oids.DocumentSigning).Valid("2026-03-14T00:00:00Z", "2026-03-14T23:59:59Z"));
        cases.Add("identity-expired", image => Trusting(World.Sound().With(IdentityRecipe.By(expired)).Embed(image)));
        cases.Add("identity-expired-and-stamped", image => Trusting(World.Sound().With(IdentityRecipe.By(expired, r => r.Cose.Stamped(World.Tsa.Stamp()))).Embed(image)));
        cases.Add("identity-expired-under-a-stamped-claim", image => Trusting(World.Sound().TimeStampedBy(World.Tsa).With(IdentityRecipe.By(expired)).Embed(image)));
        Signed(cases, "identity-stamp-of-version-1", r => r.Cose.Stamped(World.Tsa.Stamp(StampGeneration.V1)));
        Signed(cases, "identity-stamp-that-is-none", r => r.Cose.UnprotectedChange = h => h.Add("sigTst2", new CborFields { { "tstTokens", new object[] { new CborFields { { "val", new byte[] { 1, 2 } } } } } }));
        Signed(cases, "identity-stamp-on-something-else", r => r.Cose.Stamped(World.Tsa.Stamp(StampGeneration.V1, "sigTst2", false)));
        Signed(cases, "identity-stamp-of-a-stranger", r => r.Cose.Stamped(World.UnlistedTsa.Stamp()));
        Signed(cases, "identity-stamp-outside-validity", r => r.Cose.Stamped(World.Tsa.At("2023-01-01").Stamp()));
        Signed(cases, "identity-stamp-of-a-signer", r => r.Cose.Stamped(new TestTimeStampAuthority(World.Signer).Stamp()));
        Signed(cases, "identity-signed-at", r => r.Cose.ProtectedChange = h => h.Add("iat", World.Now.ToUnixTimeSeconds()));
        Signed(cases, "identity-signed-before-its-certificate", r => r.Cose.ProtectedChange = h => h.Add("iat", 0));
    }

    private static void Revocation(RuleCases cases)
    {
        var responder = TestOcspResponder.Delegated(s_issuing);
        Action<IdentityRecipe> Stapled(OcspAnswer answer) => r =>
        {
            r.Cose.Stamped(World.Tsa.Stamp());
            r.Cose.OcspResponses.Add(responder.Respond(Author, answer));
        };
        Signed(cases, "identity-not-withdrawn", Stapled(OcspAnswer.Good));
        Signed(cases, "identity-withdrawn", Stapled(OcspAnswer.Revoked));
        Signed(cases, "identity-unknown-to-its-authority", Stapled(OcspAnswer.Unknown));
        var asked = Person(c => c.ExtendedKeyUsages(Oids.DocumentSigning).OcspAt("http://ocsp.example.org"));
        cases.Add("identity-asked-about-in-vain", image => Trusting(World.Sound().With(IdentityRecipe.By(asked)).Embed(image)) with { Also = policy => policy with { RevocationSource = new SilentSource() } });
    }

    private static void Credentials(RuleCases cases)
    {
        Attested(cases, "ica-trusted", Aggregator);
        cases.Change("ica-of-a-stranger", m => m.With(IdentityRecipe.By(Aggregator)));
        Attested(cases, "ica-not-tagged", Aggregator, r => r.Cose.Tag = null);
        Attested(cases, "ica-garbage", Aggregator, r => r.Cose.BytesChange = _ => [1, 2, 3]);
        Attested(cases, "ica-algorithm-not-on-the-list", Aggregator.Naming(-14));
        Attested(cases, "ica-algorithm-of-claims-alone", Aggregator.Naming(-19));
        Attested(cases, "ica-without-content-type", Aggregator.WithContentType(null));
        Attested(cases, "ica-of-another-content-type", Aggregator.WithContentType("application/vc+json"));
        Attested(cases, "ica-without-credential", Aggregator.Detached());
        Attested(cases, "ica-that-is-no-json", Aggregator.WithBytes(_ => Encoding.UTF8.GetBytes("{")));
        Attested(cases, "ica-with-a-name-twice", Aggregator.WithBytes(bytes => [.. bytes[..^1], .. Encoding.UTF8.GetBytes(",\"issuer\":\"did:example:other\"}")]));
        Attested(cases, "ica-without-its-context", Aggregator.With(c => c["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2")));
        Attested(cases, "ica-without-its-type", Aggregator.With(c => c["type"] = "VerifiableCredential"));
        Attested(cases, "ica-with-two-subjects", Aggregator.With(c => c["credentialSubject"] = new JsonArray(c["credentialSubject"]!.DeepClone(), new JsonObject())));
        Attested(cases, "ica-of-version-1", Aggregator.With(c =>
        {
            c["@context"] = new JsonArray("https://www.w3.org/2018/credentials/v1", "https://cawg.io/identity/1.1/ica/context/");
            c["issuanceDate"] = "2026-03-14T08:00:00Z";
            c.Remove("validFrom");
        }));
        Attested(cases, "ica-whose-issuer-is-a-map", Aggregator.With(c => c["issuer"] = new JsonObject { ["id"] = Aggregator.Did }));
        Attested(cases, "ica-whose-issuer-is-no-did", Aggregator.With(c => c["issuer"] = "https://identity.example.org"));
        Attested(cases, "ica-whose-did-is-of-another-method", Aggregator.With(c => c["issuer"] = "did:example:somebody"));
        Attested(cases, "ica-by-another-key", TestAggregator.Named(TestKey.Ed25519("another"), Aggregator.Did));
        Attested(cases, "ica-stamped", Aggregator, r => r.Cose.Stamped(World.Tsa.Stamp()));
        Attested(cases, "ica-stamped-on-something-else", Aggregator, r => r.Cose.Stamped(World.Tsa.Stamp(StampGeneration.V1, "sigTst2", false)));
        Attested(cases, "ica-with-a-stamp-of-version-1", Aggregator, r => r.Cose.Stamped(World.Tsa.Stamp(StampGeneration.V1)));
    }

    private static void Documents(RuleCases cases)
    {
        cases.Add("ica-document-not-at-hand", image => Trusting(World.Sound().With(IdentityRecipe.By(s_web)).Embed(image), s_web.Did));
        Given(cases, "ica-document-given", s_web.Document());
        Given(cases, "ica-document-with-a-multikey", s_web.Document("Multikey"));
        Given(cases, "ica-document-with-a-reference", new() { ["id"] = s_web.Did, ["verificationMethod"] = new JsonArray(s_web.Method()), ["assertionMethod"] = new JsonArray("#key-0") });
        Given(cases, "ica-document-of-another", TestAggregator.Named(TestKey.P256("rule web aggregator"), "did:web:other.example.org").Document());
        Given(cases, "ica-document-without-assertion-method", new() { ["id"] = s_web.Did, ["authentication"] = new JsonArray(s_web.Method()) });
        Given(cases, "ica-document-with-a-key-of-another-type", s_web.Document("EcdsaSecp256k1VerificationKey2019"));
        Given(cases, "ica-document-with-anothers-key", new() { ["id"] = s_web.Did, ["assertionMethod"] = new JsonArray(TestAggregator.Named(TestKey.P256("other"), s_web.Did).Method()) });
        cases.Add("ica-did-key", image => Trusting(World.Sound().With(IdentityRecipe.By(TestAggregator.Multikey(TestKey.P384("multikey")))).Embed(image), TestAggregator.Multikey(TestKey.P384("multikey")).Did));
        cases.Add("ica-did-key-of-no-point", image => Trusting(World.Sound().With(IdentityRecipe.By(TestAggregator.Named(TestKey.P256("x"), "did:key:z" + TestAggregator.Base58([0x80, 0x24, 4, .. new byte[32]])))).Embed(image)));
    }

    private static void Claims(RuleCases cases)
    {
        Changed(cases, "ica-from-when-on-not-said", c => c.Remove("validFrom"));
        Changed(cases, "ica-from-now-on", c => c["validFrom"] = "2026-03-15T12:00:00Z");
        Changed(cases, "ica-from-later-on", c => c["validFrom"] = "2026-03-15T12:00:01Z");
        cases.Add("ica-from-behind-the-claims-stamp", image =>
            Trusting(World.Sound().TimeStampedBy(World.Tsa).With(IdentityRecipe.By(Aggregator.With(c => c["validFrom"] = "2026-03-14T09:26:54Z"))).Embed(image), Aggregator.Did));
        Attested(cases, "ica-from-behind-its-stamp", Aggregator.With(c => c["validFrom"] = "2026-03-14T09:26:54Z"), r => r.Cose.Stamped(World.Tsa.Stamp()));
        Changed(cases, "ica-until-now", c => c["validUntil"] = "2026-03-15T12:00:00Z");
        Changed(cases, "ica-until-before", c => c["validUntil"] = "2026-03-15T11:59:59Z");
        Changed(cases, "ica-until-someday", c => c["validUntil"] = "someday");
        Changed(cases, "ica-with-a-status-list", c => c["credentialStatus"] = new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = "revocation" });
        Changed(cases, "ica-with-a-status-of-another-kind", c => c["credentialStatus"] = new JsonArray(new JsonObject { ["type"] = "SomeStatus", ["statusPurpose"] = "revocation" }));
        Changed(cases, "ica-for-another-file", c => c["credentialSubject"]!["c2paAsset"]!["referenced_assertions"]![0]!["hash"] = "AAAA");
        Changed(cases, "ica-for-more", c => c["credentialSubject"]!["c2paAsset"]!["role"] = new JsonArray("cawg.creator"));
        Changed(cases, "ica-for-no-file", c => ((JsonObject)c["credentialSubject"]!).Remove("c2paAsset"));
        Changed(cases, "ica-with-an-algorithm-beside-the-hash", c => c["credentialSubject"]!["c2paAsset"]!["referenced_assertions"]![0]!["alg"] = "sha256");
        Changed(cases, "ica-with-a-field-of-drafts", c => c["credentialSubject"]!["c2paAsset"]!["expected_claim_generator"] = "x");
        Changed(cases, "ica-without-identities", c => c["credentialSubject"]!["verifiedIdentities"] = new JsonArray());
        Identity(cases, "ica-without-type", i => i.Remove("type"));
        Identity(cases, "ica-account-without-its-name", i => i.Remove("username"));
        Identity(cases, "ica-wallet-without-address", i => i["type"] = "cawg.crypto_wallet");
        Identity(cases, "ica-of-an-unknown-day", i => i["verifiedAt"] = "2026-03-14");
        Identity(cases, "ica-without-provider", i => i.Remove("provider"));
        Identity(cases, "ica-web-site-without-provider", i =>
        {
            i["type"] = "cawg.web_site";
            i.Remove("provider");
        });
    }

    private static TestCertificate Person(Action<CertificateRecipe> change) => s_issuing.Issue("Rule Person", change: change);

    private static void Person(RuleCases cases, string name, Action<CertificateRecipe> change) =>
        cases.Add(name, image => Trusting(World.Sound().With(IdentityRecipe.By(Person(change))).Embed(image)));

    private static Action<CertificateRecipe> Mail(string policy) => c => c.ExtendedKeyUsages(Oids.EmailProtection).Policy(policy);

    private static void Signed(RuleCases cases, string name, Action<IdentityRecipe>? change = null) =>
        cases.Add(name, image => Trusting(World.Sound().With(IdentityRecipe.By(Author, change)).Embed(image)));

    private static void Attested(RuleCases cases, string name, TestAggregator aggregator, Action<IdentityRecipe>? change = null) =>
        cases.Add(name, image => Trusting(World.Sound().With(IdentityRecipe.By(aggregator, change)).Embed(image), Aggregator.Did));

    private static void Changed(RuleCases cases, string name, Action<JsonObject> change) => Attested(cases, name, Aggregator.With(change));

    private static void Identity(RuleCases cases, string name, Action<JsonObject> change) =>
        Changed(cases, name, c => change((JsonObject)c["credentialSubject"]!["verifiedIdentities"]![0]!));

    private static void Given(RuleCases cases, string name, JsonObject document) => cases.Add(name, image =>
        Trusting(World.Sound().With(IdentityRecipe.By(s_web)).Embed(image), s_web.Did) with
        {
            Also = policy => policy with { TrustedIdentityIssuers = [s_web.Did], DidDocuments = new GivenDocuments(s_web.Did, document.ToJsonString()) },
        });

    private static CaseFile Trusting(SignedAsset asset, params string[] issuers) =>
        asset.Trusting(World.Signers, World.TimeStampers, People) with { Also = policy => policy with { TrustedIdentityIssuers = issuers } };

    private static void Append(CborFields payload, string url) => Append(payload, new CborFields { { "url", url }, { "hash", new byte[32] } });

    private static void Append(CborFields payload, CborFields reference) =>
        payload["referenced_assertions"] = ((IEnumerable<object>)payload["referenced_assertions"]!).Append(reference).ToArray();
}
