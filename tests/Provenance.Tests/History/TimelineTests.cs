using System.Diagnostics;
using Provenance.TestKit;
using Provenance.Verifier.History;
using Provenance.Verifier.Manifests.Assertions;
using StandardAssertions = Provenance.TestKit.StandardAssertions;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.History;

public sealed class TimelineTests
{
    [Fact]
    public async Task A_chain_is_told_from_its_origin_to_now_each_manifest_closed_by_its_signing()
    {
        var camera = Made.Builder("camera").Created().Embed();
        var edited = Made.Builder("edited", Made.Network).Over(camera, "c2pa.cropped", "c2pa.filtered").Embed();

        Assert.Equal(
            ["c2pa.created", "signed by History Camera", "c2pa.opened", "c2pa.cropped", "c2pa.filtered", "signed by History Network"],
            (await edited.ReportAsync()).History.Lines());
    }

    [Fact]
    public async Task Claimed_times_do_not_change_the_order()
    {
        var late = Made.Builder("late").Action("c2pa.created", a => a.With("digitalSourceType", DigitalSource.Camera).With("when", "2026-03-01T00:00:01Z")).Embed();
        var report = await Made.Builder("early").Opened(late).Action("c2pa.cropped", a => a.Add("when", "1999-01-01T00:00:01Z")).ReportAsync();

        Assert.Equal(["c2pa.created", "c2pa.opened", "c2pa.cropped"], report.History.Timeline.Where(item => item.Kind == HistoryEventKind.Action).Select(item => item.Name));
    }

    [Fact]
    public async Task What_a_file_was_made_from_stands_before_it_its_earlier_version_first()
    {
        var part = Made.Builder("part").Created(DigitalSource.DigitalCreation).Embed();
        var parent = Made.Builder("parent").Created().Embed();
        var report = await Made.Builder("whole").From(Ingredient.Component(part).Titled("part")).Opened(parent).ActionOn("c2pa.placed", i => i.Title == "part").ReportAsync();

        Assert.Equal([parent.ActiveLabel, part.ActiveLabel, report.ActiveManifest], report.History.Told.Select(manifest => manifest.Label));
    }

    [Fact]
    public async Task An_ingredient_that_an_action_names_is_told_with_it_and_one_that_none_names_by_itself()
    {
        var part = Made.Builder("inner").Created().Embed();
        var report = await Made.Builder("outer").From(Ingredient.Component(null).Titled("silent")).Created().Placed(part, "named").ReportAsync();

        Assert.Equal(["c2pa.created", "signed by History Camera", "c2pa.created", "componentOf silent", "c2pa.placed", "signed by History Camera"], report.History.Lines());
        Assert.Equal("named", Assert.Single(report.History.Timeline.Single(item => item.Name == "c2pa.placed").Ingredients).Title);
    }

    [Fact]
    public async Task Of_a_source_whose_credential_does_not_hold_only_that_is_told()
    {
        var source = Made.Builder("torn").Titled("secret").Created(DigitalSource.ArtificialIntelligence).Embed();
        byte[] store = [.. source.Store];
        store[store.AsSpan().IndexOf("c2pa.created"u8)] ^= 1;
        var report = await Made.Builder("around").Over(source with { Store = store }, "c2pa.cropped").ReportAsync();

        Assert.Equal(["withheld parent: Changed", "c2pa.opened", "c2pa.cropped", "signed by History Camera"], report.History.Lines());
    }

    [Fact]
    public async Task What_lies_behind_a_source_that_does_not_hold_is_not_told_either()
    {
        var origin = Made.Builder("deep").Created(DigitalSource.ArtificialIntelligence).Embed();
        var middle = Made.Builder("middle").Over(origin, "c2pa.cropped").Embed();
        byte[] store = [.. middle.Store];
        store[store.AsSpan().IndexOf("c2pa.cropped"u8)] ^= 1;
        var report = await Made.Builder("top").Over(middle with { Store = store }).ReportAsync();

        Assert.Equal(["withheld parent: Changed", "c2pa.opened", "signed by History Camera"], report.History.Lines());
        Assert.Equal(AiDeclaration.NotDeclared, report.Ai.Declaration);
    }

    [Fact]
    public async Task Of_a_file_that_does_not_match_nothing_is_told()
    {
        var report = await Made.ReportAsync(Made.Builder("changed").Created().Embed().MediaChanged());

        Assert.Empty(report.History.Timeline);
        Assert.Equal((CredentialState.Changed, null), (Assert.Single(report.History.Sources).State, report.History.Sources[0].Manifest));
    }

    [Fact]
    public async Task A_file_without_a_credential_has_no_history()
    {
        var report = await Made.ReportAsync(TestJpeg.Small().Bytes);

        Assert.Empty(report.History.Timeline);
        Assert.Empty(report.History.Sources);
        Assert.Empty(report.History.Conflicts);
    }

    [Fact]
    public async Task Every_field_of_an_action_is_told_with_its_templates_below_it()
    {
        var report = await Made.Builder("fields").Created().Action("c2pa.edited", action => action
            .With("whenStart", "2026-01-01T10:00:00Z").With("whenEnd", new CborFields { { "value", "2026-01-01T11:00:00Z" }, { "timeStampType", "upperBound" } })
            .With("reason", "why").With("changed", "sky")
            .With("actors", new object[] { new CborFields { { "identifier", "Ada" } }, new CborFields { { "identifier", "Grace" } } })
            .With("changes", new object[] { new CborFields { { "region", new object[] { new CborFields { { "type", "frame" }, { "frame", new CborFields { { "start", 3 } } } } } } } })
            .With("related", new object[] { new CborFields { { "action", "c2pa.filtered" } } })
            .With("parameters", new CborFields { { "multipleInstances", true }, { "sourceLanguage", "de" }, { "targetLanguage", "ko" } }))
            .Actions(list => list.Add("templates", new object[]
            {
                new CborFields { { "action", "c2pa.edited" }, { "description", "from the template" }, { "softwareAgent", new CborFields { { "name", "Brush" }, { "version", "3" } } } },
            })).ReportAsync();

        var item = report.History.Timeline.Single(item => item.Name == "c2pa.edited");
        Assert.Equal(("Brush 3", "from the template", "why", "sky"), (item.Agent, item.Description, item.Reason, item.Changed));
        Assert.Equal(("2026-01-01T10:00:00Z", TimeBound.Absolute, TimeBound.Upper), (item.Start!.Text, item.Start.Bound, item.End!.Bound));
        Assert.Equal(["Ada", "Grace"], item.Actors);
        Assert.Equal((3L, true, "de", "ko"), (item.Regions[0].Ranges[0].Frames!.Start!.Value, item.MultipleInstances!.Value, item.SourceLanguage, item.TargetLanguage));
        var related = report.History.Timeline.Single(one => one.Name == "c2pa.filtered");
        Assert.True(related.IsRelated);
        Assert.Equal("Brush 3", related.Agent);
    }

    [Fact]
    public async Task What_is_passed_on_is_told_as_such()
    {
        var actions = Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", new object[] { new CborFields { { "action", "c2pa.edited" } } } }, { "allActionsIncluded", true } });

        Assert.Contains("c2pa.edited (passed on)", (await Made.Builder("gathered").Created().With(actions.Gathered()).ReportAsync()).History.Lines());
        Assert.Contains("c2pa.edited", (await Made.Builder("stated").Created().With(actions).ReportAsync()).History.Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redaction_is_told_once_with_its_reason_where_one_is_given(bool withAction)
    {
        var source = Made.Builder("told").Created().With(StandardAssertions.Metadata()).Embed();
        string uri = $"self#jumbf=/c2pa/{source.ActiveLabel}/c2pa.assertions/c2pa.metadata";
        var builder = Made.Builder("removes").Opened(source).Redacts(source.ActiveLabel, "c2pa.metadata");
        if (withAction)
            builder.Action("c2pa.redacted", action => action.With("reason", "c2pa.PII.present").With("parameters", new CborFields { { "redacted", uri } }));
        var report = await builder.ReportAsync();

        var item = Assert.Single(report.History.Timeline, item => item.Kind == HistoryEventKind.Redaction);
        Assert.Equal((uri, withAction ? "c2pa.PII.present" : null), (item.Redacted, item.Reason));
    }

    [Fact]
    public async Task A_soft_binding_is_mentioned_with_its_algorithm()
    {
        var binding = Assertion.Cbor("c2pa.soft-binding", new CborFields { { "alg", "com.example.mark" }, { "blocks", Array.Empty<object>() } });

        Assert.Contains("soft binding com.example.mark", (await Made.Builder("marked").Created().With(binding).ReportAsync()).History.Lines());
    }

    [Fact]
    public async Task Proven_and_claimed_time_of_a_signing_are_kept_apart()
    {
        var builder = Made.Builder("stamped").Created().StampedAt("2026-02-01T08:00:00Z");
        var proven = (await builder.ReportAsync(withTrust: true)).History.Timeline[^1].Manifest.Time;
        var claimed = (await builder.ReportAsync()).History.Timeline[^1].Manifest.Time;

        Assert.Equal((true, true), (proven.Proven is not null, proven.Claimed is null));
        Assert.Equal((true, true), (claimed.Proven is null, claimed.Claimed is not null));
    }

    [Fact]
    public async Task Whether_all_actions_are_told_is_said_only_where_every_list_says_so()
    {
        Assert.True((await Made.Builder("all").Created().ReportAsync()).History.Timeline[^1].AllActionsIncluded);
        Assert.Null((await Made.Builder("silent").Created().Actions(list => list.Omit("allActionsIncluded")).ReportAsync()).History.Timeline[^1].AllActionsIncluded);
    }

    [Fact]
    public async Task Thousands_of_actions_over_thousands_of_ingredients_take_no_second()
    {
        var builder = Made.Builder("thousands");
        for (int i = 0; i < 1000; i++)
            builder.From(Ingredient.Component(null).Titled($"{i}") with { Label = $"c2pa.ingredient.v3__{i + 1}" });
        builder.Created();
        for (int i = 0; i < 3000; i++)
            builder.Action("c2pa.edited");
        var references = Enumerable.Range(1, 1000).Select(i => new CborFields { { "url", $"self#jumbf=c2pa.assertions/c2pa.ingredient.v3__{i}" }, { "hash", new byte[32] } }).ToArray();
        builder.Actions(list => list.Add("templates", new object[] { new CborFields { { "action", "c2pa.edited" }, { "parameters", new CborFields { { "ingredients", references } } } } }));
        var report = await builder.ReportAsync();

        long start = Stopwatch.GetTimestamp();
        var history = report.History;
        int events = history.Timeline.Count;
        var json = Made.Json(report);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2), $"{Stopwatch.GetElapsedTime(start)}");

        Assert.Equal(3000, history.Timeline.Count(item => item.Name == "c2pa.edited"));
        Assert.True(events <= 3000 + 1000 + 2);
        Assert.All(history.Timeline, item => Assert.True(item.Ingredients.Count <= HistoryEvent.MostIngredients));
        Assert.True((int)json["timelineOmitted"]! > 0);
        Assert.True((bool)json["truncated"]!);
    }
}
