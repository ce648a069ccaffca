using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Tests.Rules.Cases;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.History;

public sealed class SourceTreeTests
{
    [Fact]
    public async Task Each_node_says_what_it_is_of_and_how_it_stands_with_its_credential()
    {
        var parent = Made.Builder("parent").Created().Embed();
        var nodes = (await Made.Builder("root").Titled("whole").Opened(parent, "earlier").From(Ingredient.Component(null).Titled("part")).ReportAsync()).History.Sources;

        Assert.Equal(
            ["0  whole IssuerNotLookedUp", "1 parentOf earlier IssuerNotLookedUp", "1 componentOf part None"],
            nodes.Select(node => $"{node.Depth} {node.Ingredient?.Relationship} {node.Title} {node.State}"));
        Assert.Equal([null, 0, 0], nodes.Select(node => node.Parent));
        Assert.Equal(parent.ActiveLabel, nodes[1].Manifest!.Label);
    }

    [Theory]
    [InlineData(true, CredentialState.IssuerKnown, CredentialState.IssuerUnknown)]
    [InlineData(false, CredentialState.IssuerNotLookedUp, CredentialState.IssuerNotLookedUp)]
    public async Task Lists_tell_known_issuers_from_others_where_they_are_asked(bool withTrust, CredentialState root, CredentialState source)
    {
        var parent = Made.Builder("strange", Made.Stranger).Created().Embed();
        var nodes = (await Made.Builder("known").Opened(parent).ReportAsync(withTrust)).History.Sources;

        Assert.Equal([root, source], nodes.Select(node => node.State));
    }

    [Fact]
    public async Task A_source_that_changed_shows_nothing_of_its_own()
    {
        var source = Made.Builder("torn").Titled("own").Created().From(Ingredient.Component(null).Titled("hidden")).Embed();
        byte[] store = [.. source.Store];
        store[store.AsSpan().IndexOf("c2pa.created"u8)] ^= 1;
        var nodes = (await Made.Builder("outer").Opened(source with { Store = store }, "given").ReportAsync()).History.Sources;

        Assert.Equal(2, nodes.Count);
        Assert.Equal((CredentialState.Changed, "given", true), (nodes[1].State, nodes[1].Title, nodes[1].Manifest is null));
    }

    [Fact]
    public async Task A_credential_that_is_missing_and_one_that_the_signer_did_not_see_are_told_apart()
    {
        var parent = Made.Builder("given").Created().Embed();
        var missing = Ingredient.Component(parent).Titled("missing").Fields(fields => ((CborFields)fields["activeManifest"]!)["url"] = "self#jumbf=/c2pa/urn:c2pa:00000000-0000-0000-0000-000000000000");
        var other = Ingredient.Component(parent).Titled("other").Fields(fields => ((CborFields)fields["activeManifest"]!)["hash"] = new byte[32]);
        var nodes = (await Made.Builder("states").From(missing).From(other).Created().ReportAsync()).History.Sources;

        Assert.Equal([CredentialState.Missing, CredentialState.NotAsSeen], nodes.Skip(1).Select(node => node.State));
        Assert.All(nodes.Skip(1), node => Assert.Null(node.Manifest));
    }

    [Fact]
    public async Task A_manifest_to_which_several_roads_lead_is_shown_once_with_what_is_below_it()
    {
        var origin = Made.Builder("origin").Created().Embed();
        var shared = Made.Builder("shared").Opened(origin).Embed();
        var nodes = (await Made.Builder("twice").Created().Placed(shared, "first").Placed(shared, "second").ReportAsync()).History.Sources;

        Assert.Equal(["first", "parent", "second"], nodes.Skip(1).Select(node => node.Title));
        Assert.Equal([false, false, true], nodes.Skip(1).Select(node => node.IsShownAbove));
    }

    [Fact]
    public async Task Diamonds_make_a_short_tree()
    {
        var file = IngredientCases.Diamonds(30)(World.Jpeg);
        var report = await Made.ReportAsync(file.Bytes);

        Assert.Equal(30, report.Manifests.Count);
        Assert.True(report.History.Sources.Count <= 60);
        Assert.Equal(30, report.History.Told.Count);
    }

    [Fact]
    public async Task What_was_recorded_when_a_source_was_added_stands_with_it()
    {
        var parent = Made.Builder("noted").Created().Embed();
        var ingredient = Ingredient.Parent(parent) with { RecordedFailures = [("assertion.dataHash.mismatch", $"self#jumbf=/c2pa/{parent.ActiveLabel}/c2pa.assertions/c2pa.hash.data")] };
        var nodes = (await Made.Builder("notes").From(ingredient).Opened().ReportAsync()).History.Sources;

        Assert.Equal(["assertion.dataHash.mismatch"], nodes[1].Ingredient!.RecordedFailures);
    }

    [Fact]
    public async Task The_reports_JSON_has_the_tree_the_timeline_and_what_does_not_go_together()
    {
        var parent = Made.Builder("json-parent").Created(DigitalSource.ArtificialIntelligence).With(StandardAssertions.Thumbnail(TestJpeg.Small())).Embed();
        var json = Made.Json(await Made.Builder("json").Opened(parent).Action("c2pa.edited", a => a.Add("digitalSourceType", DigitalSource.Camera)).ReportAsync());

        Assert.Equal([null, 0], json["sources"]!.Select(node => (int?)node["parent"]));
        Assert.Equal("image/jpeg", (string?)json["sources"]![1]!["thumbnail"]!["mediaType"]);
        Assert.Equal(["action", "signing", "action", "action", "signing"], json["timeline"]!.Select(item => (string?)item["kind"]));
        Assert.Equal("capture-over-ai", (string?)json["conflicts"]![0]!["kind"]);
        Assert.Empty(json["hops"]!);
    }
}
