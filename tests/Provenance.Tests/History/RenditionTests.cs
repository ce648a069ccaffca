using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.History;

/// <summary>What a network that delivers pictures does to one: signed again at each hop, nothing edited.</summary>
public sealed class RenditionTests
{
    [Fact]
    public async Task Hops_one_behind_the_other_are_one_run_over_its_origin()
    {
        var origin = Made.Builder("origin").Created().Embed();
        var resized = Made.Builder("resized", Made.Network).Over(origin, "c2pa.resized").Embed();
        var report = await Made.Builder("converted", Made.Network).Over(resized, "c2pa.resized", "c2pa.converted", "c2pa.published").ReportAsync();

        var run = Assert.Single(report.History.Renditions);
        Assert.Equal((origin.ActiveLabel, 2), (run.Origin.Label, run.Steps.Count));
        Assert.Equal([resized.ActiveLabel, report.ActiveManifest], run.Steps.Select(step => step.Label));
        Assert.Equal(["c2pa.resized", "c2pa.converted", "c2pa.published"], run.Actions);
        Assert.Equal([true, true, false], report.History.Sources.Select(node => node.IsRendition));
    }

    [Fact]
    public async Task Two_runs_with_an_edit_between_them_stay_two()
    {
        var origin = Made.Builder("first").Created().Embed();
        var hop = Made.Builder("hop").Over(origin, "c2pa.transcoded").Embed();
        var edit = Made.Builder("edit").Over(hop, "c2pa.cropped").Embed();
        var report = await Made.Builder("again").Over(edit, "c2pa.resized").ReportAsync();

        Assert.Equal([origin.ActiveLabel, edit.ActiveLabel], report.History.Renditions.Select(run => run.Origin.Label));
    }

    [Theory]
    [InlineData("c2pa.converted", true)]
    [InlineData("c2pa.published", true)]
    [InlineData("c2pa.repackaged", true)]
    [InlineData("c2pa.resized", true)]
    [InlineData("c2pa.resized.proportional", true)]
    [InlineData("c2pa.transcoded", true)]
    [InlineData("c2pa.cropped", false)]
    [InlineData("c2pa.edited", false)]
    [InlineData("c2pa.enhanced", false)]
    [InlineData("c2pa.unknown", false)]
    [InlineData("com.example.resized", false)]
    public async Task What_was_done_decides(string action, bool isRendition) => Assert.Equal(isRendition, await IsOneAsync(builder => builder.Action(action)));

    [Fact]
    public async Task To_sign_again_what_was_only_opened_is_a_rendition() => Assert.True(await IsOneAsync(builder => builder));

    [Fact]
    public async Task A_name_decides_nothing() => Assert.False(await IsOneAsync(builder => builder.GeneratedBy("Cloudflare Images").Action("c2pa.filtered")));

    [Fact]
    public async Task Where_a_model_or_a_region_is_named_more_was_done()
    {
        Assert.True(await IsOneAsync(builder => builder.Action("c2pa.transcoded", a => a.Add("digitalSourceType", DigitalSource.Prefix + "algorithmicallyEnhanced"))));
        Assert.False(await IsOneAsync(builder => builder.Action("c2pa.transcoded", a => a.Add("digitalSourceType", DigitalSource.CompositeWithAi))));
        Assert.False(await IsOneAsync(builder => builder.Action("c2pa.resized", a => a.Add("changes", new object[] { new CborFields { { "description", "the sky" } } }))));
        Assert.False(await IsOneAsync(builder => builder.Action("c2pa.resized", a => a.Add("related", new object[] { new CborFields { { "action", "c2pa.filtered" } } }))));
    }

    [Fact]
    public async Task Whoever_says_that_more_was_done_is_believed()
    {
        Assert.True(await IsOneAsync(builder => builder.Action("c2pa.resized").Actions(list => list.Omit("allActionsIncluded"))));
        Assert.False(await IsOneAsync(builder => builder.Action("c2pa.resized").Actions(list => list["allActionsIncluded"] = false)));
    }

    [Fact]
    public async Task A_further_source_or_statement_is_more_than_a_rendition()
    {
        Assert.False(await IsOneAsync(builder => builder.From(Ingredient.Component(null)).Action("c2pa.resized")));
        Assert.False(await IsOneAsync(builder => builder.With(StandardAssertions.Metadata()).Action("c2pa.resized")));
        Assert.True(await IsOneAsync(builder => builder.With(StandardAssertions.Thumbnail(TestJpeg.Small())).Action("c2pa.resized")));
    }

    [Fact]
    public async Task Where_lists_are_asked_the_signer_of_a_rendition_is_known_to_one()
    {
        var origin = Made.Builder("trusted").Created().Embed();

        Assert.Single((await Made.Builder("known", Made.Network).Over(origin, "c2pa.resized").ReportAsync(withTrust: true)).History.Renditions);
        Assert.Empty((await Made.Builder("unknown", Made.Stranger).Over(origin, "c2pa.resized").ReportAsync(withTrust: true)).History.Renditions);
    }

    [Fact]
    public async Task A_hop_that_does_not_hold_or_is_over_nothing_that_holds_is_never_collapsed()
    {
        var origin = Made.Builder("whole").Created().Embed();
        var hop = Made.Builder("torn hop").Over(origin, "c2pa.resized").Embed();
        byte[] store = [.. hop.Store];
        store[store.AsSpan().IndexOf("c2pa.resized"u8)] ^= 1;

        Assert.Empty((await Made.Builder("over it").Over(hop with { Store = store }, "c2pa.resized").ReportAsync()).History.Renditions);
        Assert.Empty((await Made.Builder("over nothing").From(Ingredient.Parent(null)).Opened().Action("c2pa.resized").ReportAsync()).History.Renditions);
    }

    private static async Task<bool> IsOneAsync(Func<ManifestBuilder, ManifestBuilder> change)
    {
        var origin = Made.Builder("one").Created().Embed();
        return (await change(Made.Builder("other").Opened(origin)).ReportAsync()).History.Renditions.Count == 1;
    }
}
