using Provenance.Verifier.History;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.History;

/// <summary>Histories of files that other programs made.</summary>
public sealed class CorpusHistoryTests
{
    [Fact]
    public async Task Photoshop_over_a_stock_photograph()
    {
        var history = (await Made.OfCorpusAsync("real-world/adobe-photoshop-23.3.2-sunset.jpg")).History;

        Assert.Equal(
            [
                "adobe.delivered", "signed by stock-prod",
                "parentOf AdobeStock_121552328.jpeg", "componentOf 5a680667-6da9-d84c-a5a4-bc27a6bb7e2e.jpg",
                "c2pa.edited", "c2pa.edited", "c2pa.edited", "c2pa.edited", "signed by cai-prod",
            ],
            history.Lines());
        Assert.All(history.Sources, node => Assert.Equal("image/jpeg", node.Thumbnail!.MediaType));
        Assert.Empty(history.Renditions);
    }

    [Theory]
    [InlineData("real-world/openai-chatgpt-greencat.png", AiFact.InSource, true)]
    [InlineData("real-world/google-gemini-3.1pro.png", AiFact.InSource, true)]
    [InlineData("real-world/google-pixel10-PXL_20250818_155024632.jpg", AiFact.InSource, true)]
    [InlineData("real-world/adobe-premiere-firefly.mp4", AiFact.InSource, false)]
    [InlineData("real-world/openai-gpt-image2.png", AiFact.Generated, null)]
    [InlineData("real-world/adobe-gen-fill.jpg", AiFact.Edited, null)]
    [InlineData("real-world/google-pixel10-PXL_20260208_202351558.jpg", AiFact.NotDeclared, null)]
    [InlineData("public-testfiles/nikon-20221019-building.jpeg", AiFact.NotDeclared, null)]
    [InlineData("public-testfiles/truepic-20230212-landscape.jpg", AiFact.NotChecked, null)]
    [InlineData("public-testfiles/adobe-20220124-I.jpg", AiFact.NotChecked, null)]
    public async Task What_issuers_declare_about_models_is_kept_through_edits(string path, AiFact fact, bool? ofEarlierVersion)
    {
        var ai = (await Made.OfCorpusAsync(path)).Ai;

        Assert.Equal(fact, ai.Fact);
        if (ofEarlierVersion is { } earlier)
            Assert.All(ai.Statements, statement => Assert.Equal((true, earlier), (statement.OfIngredient, statement.OfEarlierVersion)));
    }

    [Fact]
    public async Task A_picture_that_was_signed_again_is_a_rendition_of_what_was_generated()
    {
        var history = (await Made.OfCorpusAsync("real-world/openai-chatgpt-greencat.png")).History;

        Assert.Equal(["c2pa.created", "c2pa.converted", "signed by Truepic Lens CLI in ChatGPT", "c2pa.opened", "signed by Truepic Lens CLI in ChatGPT"], history.Lines());
        Assert.Single(history.Renditions);
    }

    [Fact]
    public async Task A_history_of_dozens_of_manifests_with_hops_between_them()
    {
        var history = (await Made.OfCorpusAsync("real-world/google-gemini-triple.png")).History;

        Assert.Equal(["c2pa.transcoded"], history.Renditions.SelectMany(run => run.Actions).Distinct());
        Assert.Contains(history.Sources, node => node.IsShownAbove);
        Assert.Equal(history.Told.Count, history.Timeline.Count(item => item.Kind == HistoryEventKind.Signing));
    }

    [Fact]
    public async Task Behind_a_source_against_the_rules_nothing_is_told()
    {
        var history = (await Made.OfCorpusAsync("real-world/sony-camera-teletrax-kinetiq-cawg.mp4")).History;

        Assert.Contains("withheld test_sony_official.mp4: AgainstRules", history.Lines());
        Assert.Equal(CredentialState.AgainstRules, history.Sources[^1].State);
        Assert.Contains("soft binding tv.kinetiq.watercast.48.1", history.Lines());
    }

    [Fact]
    public async Task A_source_that_does_not_match_its_signature_is_withheld()
    {
        var history = (await Made.OfCorpusAsync("public-testfiles/adobe-20220124-CIE-sig-CA.jpg")).History;

        Assert.Contains("withheld E-sig-CA.jpg: Changed", history.Lines());
    }

    [Fact]
    public async Task No_real_file_of_the_corpus_contradicts_itself()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (string file in Directory.EnumerateFiles(Shared.Path("corpus", "real-world")).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
            Assert.Empty((await Made.ReportAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))).History.Conflicts);
    }
}
