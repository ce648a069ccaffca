using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;

namespace Provenance.Tests.Reports;

public sealed class AiDisclosureTests
{
    private static readonly TestCertificate Signer = TestAuthority.Root("Ai Root").Intermediate("Ai CA").Issue("Ai Signer");

    [Theory]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", AiUse.Generated)]
    [InlineData("https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", AiUse.Edited)]
    [InlineData("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData", AiUse.Generated)]
    [InlineData("c2pa.trainedAlgorithmicData", AiUse.Generated)]
    public async Task A_term_for_AI_is_a_declaration(string term, AiUse use)
    {
        var ai = await OfAsync(Builder("term").Created(term));

        Assert.Equal(AiDeclaration.Declared, ai.Declaration);
        Assert.Equal(use, Assert.Single(ai.Statements).Use);
    }

    [Theory]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")]
    [InlineData("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia")]
    [InlineData("http://example.com/trainedAlgorithmicMedia")]
    [InlineData("TRAINEDALGORITHMICMEDIA")]
    public async Task Any_other_term_is_none(string term) =>
        Assert.Equal(AiDeclaration.NotDeclared, (await OfAsync(Builder("other").Created(term))).Declaration);

    [Fact]
    public async Task What_the_signer_only_passes_on_is_no_declaration_of_its_own()
    {
        var actions = Assertion.Cbor("c2pa.actions.v2__1", new CborFields
        {
            { "actions", new object[] { new CborFields { { "action", "c2pa.edited" }, { "digitalSourceType", DigitalSource.ArtificialIntelligence } } } },
            { "allActionsIncluded", true },
        });

        Assert.Equal(AiDeclaration.NotDeclared, (await OfAsync(Builder("gathered").Created().With(actions.Gathered()))).Declaration);
        Assert.Equal(AiDeclaration.Declared, (await OfAsync(Builder("stated").Created().With(actions))).Declaration);
    }

    [Fact]
    public async Task A_declaration_about_a_source_is_told_as_such_and_by_whom()
    {
        var source = Builder("source").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());
        var ai = await OfAsync(Builder("outer").Created().Placed(source, "dream"));

        Assert.Equal(AiDeclaration.DeclaredInIngredient, ai.Declaration);
        Assert.Equal(source.ActiveLabel, Assert.Single(ai.Statements).Manifest);
    }

    [Fact]
    public async Task A_source_that_does_not_hold_declares_nothing()
    {
        var source = Builder("torn").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());
        byte[] store = [.. source.Store];
        store[store.AsSpan().IndexOf("c2pa.created"u8)] ^= 1;

        Assert.Equal(AiDeclaration.NotDeclared, (await OfAsync(Builder("around").Created().Placed(source with { Store = store }, "dream"))).Declaration);
    }

    [Fact]
    public async Task A_file_that_does_not_match_declares_nothing()
    {
        var asset = Builder("changed").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());

        Assert.Equal(AiDeclaration.NotChecked, (await OfAsync(asset.MediaChanged())).Declaration);
    }

    [Fact]
    public async Task A_disclosure_names_its_model()
    {
        var disclosure = Assertion.Cbor("c2pa.ai-disclosure", new CborFields { { "modelType", "c2pa.types.model.diffusion" }, { "modelName", "Example Diffusion" } });
        var statement = Assert.Single((await OfAsync(Builder("model").Created().With(disclosure))).Statements);

        Assert.Equal((AiUse.ModelUsed, "Example Diffusion", false), (statement.Use, statement.Tool, statement.OfIngredient));
        Assert.Equal(AiFact.ModelUsed, (await OfAsync(Builder("model").Created().With(disclosure))).Fact);
    }

    [Fact]
    public async Task What_templates_related_actions_and_metadata_declare_counts()
    {
        Task<AiDisclosure> With(Func<ManifestBuilder, ManifestBuilder> change) => OfAsync(change(Builder("places").Created()));

        Assert.Equal(AiFact.Edited, (await With(builder => builder.Action("c2pa.filtered").Actions(list =>
            list.Add("templates", new object[] { new CborFields { { "action", "c2pa.filtered" }, { "digitalSourceType", DigitalSource.ArtificialIntelligence } } })))).Fact);
        Assert.Equal(AiFact.Edited, (await With(builder => builder.Action("c2pa.edited", action =>
            action.Add("related", new object[] { new CborFields { { "digitalSourceType", DigitalSource.CompositeWithAi } } })))).Fact);
        Assert.Equal(AiFact.Generated, (await With(builder => builder.With(StandardAssertions.Metadata($"\"Iptc4xmpExt:DigitalSourceType\": \"{DigitalSource.ArtificialIntelligence}\"")))).Fact);
        Assert.Equal(AiFact.NotDeclared, (await With(builder => builder.With(StandardAssertions.Metadata($"\"Iptc4xmpExt:DigitalSourceType\": \"{DigitalSource.ArtificialIntelligence}\"").Gathered()))).Fact);
    }

    [Fact]
    public async Task However_many_edits_follow_what_was_generated_stays_told_with_its_tool()
    {
        var version = Builder("v0").GeneratedBy("Painter", "2").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());
        for (int i = 1; i < 6; i++)
            version = Builder($"v{i}").Opened(version).Action("c2pa.cropped").Embed(TestJpeg.Small());
        var ai = await OfAsync(version.Bytes);

        Assert.Equal(AiFact.InSource, ai.Fact);
        var statement = Assert.Single(ai.Statements);
        Assert.Equal(("Painter 2", true, true), (statement.Tool, statement.OfIngredient, statement.OfEarlierVersion));
    }

    [Fact]
    public async Task A_part_is_no_earlier_version()
    {
        var part = Builder("p").Created(DigitalSource.ArtificialIntelligence).Embed(TestJpeg.Small());

        Assert.False(Assert.Single((await OfAsync(Builder("whole").Created(DigitalSource.DigitalCreation).Placed(part, "part"))).Statements).OfEarlierVersion);
    }

    [Theory]
    [InlineData(DigitalSource.ArtificialIntelligence, DigitalSource.CompositeWithAi, AiFact.Generated)]
    [InlineData(DigitalSource.DigitalCreation, DigitalSource.ArtificialIntelligence, AiFact.Edited)]
    public async Task The_widest_statement_about_this_file_is_its_fact(string created, string edited, AiFact fact) =>
        Assert.Equal(fact, (await OfAsync(Builder("widest").Created(created).Action("c2pa.edited", action => action.Add("digitalSourceType", edited)))).Fact);

    private static ManifestBuilder Builder(string seed) => new ManifestBuilder("ai/" + seed).SignedBy(Signer);

    private static Task<AiDisclosure> OfAsync(ManifestBuilder builder) => OfAsync(builder.Embed(TestJpeg.Small()).Bytes);

    private static async Task<AiDisclosure> OfAsync(byte[] bytes)
    {
        await using var source = AssetSource.FromMemory(bytes);
        var policy = VerificationPolicy.WithoutTrustAnchorsUnsafe(new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));
        return (await Verifier.Verifier.VerifyAsync(source, policy, TestContext.Current.CancellationToken)).Ai;
    }
}
