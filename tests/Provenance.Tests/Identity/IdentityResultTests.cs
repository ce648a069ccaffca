using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Tests.Rules.Cases;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Status;
using Provenance.Verifier.Trust;
using Xunit;

namespace Provenance.Tests.Identity;

/// <summary>Who vouches for what, as reports tell it.</summary>
public sealed class IdentityResultTests
{
    private static readonly TestAggregator s_aggregator = IdentityCases.Aggregator;

    private static async Task<VerificationReport> VerifyAsync(SignedAsset asset, Func<VerificationPolicy, VerificationPolicy>? change = null) =>
        await (asset.Trusting(World.Signers, World.TimeStampers, IdentityCases.People) with { Also = change }).VerifyAsync();

    private static async Task<IdentityResult> OnlyAsync(Assertion identity, params string[] issuers) =>
        Assert.Single((await VerifyAsync(World.Sound().With(identity).Embed(World.Jpeg), policy => policy with { TrustedIdentityIssuers = issuers })).Identities);

    [Fact]
    public async Task A_trusted_identity_names_who_vouches_as_what_for_what()
    {
        var identity = await OnlyAsync(IdentityRecipe.By(IdentityCases.Author, r =>
        {
            r.Roles.Add("cawg.creator");
            r.Vouches.Add("c2pa.actions.v2");
        }));

        Assert.Equal((IdentityState.Trusted, "cawg.x509.cose"), (identity.State, identity.SignatureType));
        Assert.Equal(("Rule Author", "rule people"), (identity.Signer!.Name, identity.Signer.ListName));
        Assert.Contains("Rule People Root CA", identity.Signer.Anchor);
        Assert.Equal(["cawg.creator"], identity.Roles);
        Assert.Equal([("c2pa.hash.data", true), ("c2pa.actions.v2", true)], identity.References.Select(reference => (reference.Label, reference.IsListed)));
        Assert.Null(identity.SignedAt);
    }

    [Fact]
    public async Task Nobody_is_named_who_is_not_proven()
    {
        var stranger = await OnlyAsync(IdentityRecipe.By(World.Stranger.Issue("Stranger", change: c => c.ExtendedKeyUsages(Oids.DocumentSigning))));
        Assert.Equal((IdentityState.WellFormed, null), (stranger.State, stranger.Signer));
        Assert.Equal("Stranger", stranger.Certificate!.Subject.CommonName);
        var changed = await OnlyAsync(IdentityRecipe.By(IdentityCases.Author, r => r.StoredChange = f => f.Add("role", new[] { "cawg.creator" })));
        Assert.Equal((IdentityState.Failed, null), (changed.State, changed.Signer));
    }

    [Fact]
    public async Task An_aggregators_word_is_told_as_its_word()
    {
        var identity = await OnlyAsync(IdentityRecipe.By(s_aggregator), s_aggregator.Did);

        Assert.Equal((s_aggregator.Did, true, null), (identity.Issuer, identity.IsIssuerTrusted, identity.Signer));
        var attested = Assert.Single(identity.Attested);
        Assert.Equal(("cawg.social_media", "Silly Cats", "silly-cats", "Example Social"), (attested.Type, attested.Name, attested.UserName, attested.ProviderName));
        Assert.Equal(World.Utc("2026-03-14T07:00:00Z"), attested.At);
        Assert.False((await OnlyAsync(IdentityRecipe.By(s_aggregator))).IsIssuerTrusted);
    }

    [Fact]
    public async Task In_a_manifest_that_does_not_hold_nobody_vouches_for_anything()
    {
        var asset = World.Sound().With(IdentityRecipe.By(IdentityCases.Author)).Embed(World.Jpeg);
        Assert.Equal(IdentityFact.Trusted, (await VerifyAsync(asset)).Facts.Identity);
        byte[] changed = [.. asset.Bytes];
        changed[^10] ^= 1;
        var report = await (new CaseFile(changed) with { Lists = [World.Signers, IdentityCases.People] }).VerifyAsync();

        Assert.Equal(Label.Broken, report.Label);
        var identity = Assert.Single(report.Identities);
        Assert.Equal((IdentityState.NotChecked, null), (identity.State, identity.Signer));
        Assert.DoesNotContain(report.Findings, finding => finding.Code == StatusCodes.IdentityTrusted);
    }

    [Fact]
    public async Task The_worst_of_several_counts_for_the_file_and_the_best_for_what_is_vouched_for()
    {
        var both = World.Sound().With(
            TrainingMining("notAllowed"),
            IdentityRecipe.By(IdentityCases.Author, r => r.Vouches.Add("cawg.training-mining")),
            IdentityRecipe.By(IdentityCases.Author, r => (r.Label, r.Pad1) = ("cawg.identity__1", [1])));
        var report = await VerifyAsync(both.Embed(World.Jpeg));

        Assert.Equal([IdentityState.Trusted, IdentityState.Failed], report.Identities.Select(identity => identity.State));
        Assert.Equal((Label.IntactKnown, IdentityFact.Failed), (report.Label, report.Facts.Identity));
        var statement = Assert.Single(report.Manifests[0].TrainingMining);
        Assert.Equal(IdentityState.Trusted, statement.VouchedFor);
        Assert.All(statement.Uses, use => Assert.True(use.IsRefused));
        Assert.Equal(2, report.Manifests[0].Identities.Count);
    }

    [Fact]
    public async Task What_nobody_vouches_for_is_told_as_such()
    {
        var report = await VerifyAsync(World.Sound().With(TrainingMining("allowed"), IdentityRecipe.By(IdentityCases.Author)).Embed(World.Jpeg));

        Assert.Null(Assert.Single(report.Manifests[0].TrainingMining).VouchedFor);
        Assert.Empty((await VerifyAsync(World.Sound().Embed(World.Jpeg))).Manifests[0].TrainingMining);
    }

    [Fact]
    public async Task Identities_of_ingredients_are_theirs()
    {
        var source = World.Source(how: m => m.With(IdentityRecipe.By(IdentityCases.Author, r => r.Pad1 = [1])));
        var report = await VerifyAsync(World.Sound().Placed(source, "source").Embed(World.Jpeg));

        Assert.Equal(ValidationState.Trusted, report.State);
        Assert.Empty(report.IngredientFailures);
        Assert.Equal((IdentityState.Failed, source.ActiveLabel), (report.Identities[0].State, report.Identities[0].Manifest));
        Assert.Equal(IdentityFact.None, report.Facts.Identity);
    }

    [Theory]
    [InlineData("c2pa.hash.data", IdentityState.Trusted)]
    [InlineData("c2pa.actions.v2", IdentityState.Failed)]
    public async Task Under_an_update_the_binding_in_force_is_its_parents(string vouched, IdentityState expected)
    {
        var parent = World.Source();
        var identity = IdentityRecipe.By(IdentityCases.Author, r =>
        {
            r.Vouches.Clear();
            r.PayloadChange = (c, f) => f["referenced_assertions"] = new object[] { c.HashedUri(parent.ActiveLabel, $"c2pa.assertions/{vouched}") };
        });
        var report = await VerifyAsync(new ManifestBuilder("update").SignedBy(World.Signer).Update().Opened(parent).With(identity).Embed(World.Jpeg));

        Assert.Equal(Label.IntactKnown, report.Label);
        Assert.Equal(expected, Assert.Single(report.Identities).State);
    }

    [Fact]
    public async Task What_was_signed_is_told()
    {
        async Task<string> ToldAsync(PayloadEncoding encoding) => (await OnlyAsync(IdentityRecipe.By(IdentityCases.Author, r => r.Signs = encoding))).Findings.Single(finding => finding.Code == StatusCodes.IdentitySignatureValidated).Explanation;
        Assert.EndsWith("the deterministic encoding of signer_payload, which is stored otherwise", await ToldAsync(PayloadEncoding.Deterministic));
        Assert.EndsWith("signer_payload as stored, which is not its deterministic encoding", await ToldAsync(PayloadEncoding.AsStored));
    }

    private static ManifestBuilder AttestedBy(params string[] dids)
    {
        var builder = World.Sound();
        for (int i = 0; i < dids.Length; i++)
        {
            string label = i == 0 ? "cawg.identity" : $"cawg.identity__{i}";
            builder.With(IdentityRecipe.By(TestAggregator.Named(TestKey.Ed25519("many"), dids[i]), r => r.Label = label));
        }
        return builder;
    }

    [Fact]
    public async Task A_document_is_asked_for_once()
    {
        var documents = new GivenDocuments("did:web:nobody.example", "{}");
        await VerifyAsync(AttestedBy("did:web:a.example", "did:web:b.example", "did:web:a.example").Embed(World.Jpeg), policy => policy with { DidDocuments = documents });
        Assert.Equal(["did:web:a.example", "did:web:b.example"], documents.Asked);
    }

    [Fact]
    public async Task No_more_issuers_are_asked_about_than_allowed()
    {
        var asset = AttestedBy("did:web:a.example", "did:web:b.example", "did:web:c.example", "did:web:d.example", "did:web:e.example").Embed(World.Jpeg);
        var documents = new GivenDocuments("did:web:nobody.example", "{}");
        var report = await VerifyAsync(asset, policy => policy with { DidDocuments = documents });
        Assert.Equal(4, documents.Asked.Count);
        Assert.Contains("there is none", report.Identities[3].Reason);
        Assert.Contains("more than 4 issuers", report.Identities[4].Reason);
        Assert.All(report.Identities, identity => Assert.Equal(IdentityState.NotChecked, identity.State));
    }

    [Fact]
    public async Task A_certificate_that_a_list_of_incidents_names_vouches_for_nothing()
    {
        var asset = World.Sound().With(IdentityRecipe.By(IdentityCases.Author)).Embed(World.Jpeg);
        string fingerprint = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(IdentityCases.Author.Der));
        var list = IncidentList.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "format": "provenance-list", "version": 1, "kind": "incidents", "name": "News", "sequenceNumber": 1, "issued": "2026-03-01T00:00:00Z", "incidents": [{ "certificateSha256": "{{fingerprint}}", "reason": "key published" }] }"""));
        var report = await VerifyAsync(asset, policy => policy with { Incidents = [list] });
        Assert.Equal((Label.IntactKnown, IdentityState.Failed), (report.Label, Assert.Single(report.Identities).State));
        Assert.Contains(report.Findings, finding => finding.Code == StatusCodes.IdentityCredentialRevoked);
    }

    [Theory]
    [InlineData(0, IdentityState.Trusted)]
    [InlineData(1, IdentityState.NotChecked)]
    public async Task A_document_longer_than_allowed_is_not_read(int more, IdentityState expected)
    {
        var web = TestAggregator.Named(TestKey.P256("web"), "did:web:a.example");
        var asset = World.Sound().With(IdentityRecipe.By(web)).Embed(World.Jpeg);
        string document = web.Document().ToJsonString();
        document += new string(' ', Limits.Default.IdentityDocumentBytes - document.Length + more);
        var report = await VerifyAsync(asset, policy => policy with { DidDocuments = new GivenDocuments(web.Did, document), TrustedIdentityIssuers = [web.Did] });
        Assert.Equal(expected, Assert.Single(report.Identities).State);
    }

    private static Assertion TrainingMining(string use) =>
        Assertion.Cbor("cawg.training-mining", new CborFields { { "entries", new CborFields { { "cawg.ai_training", new CborFields { { "use", use } } } } } });
}
