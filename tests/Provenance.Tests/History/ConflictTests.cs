using Provenance.TestKit;
using Provenance.Verifier.History;
using Xunit;

namespace Provenance.Tests.History;

public sealed class ConflictTests
{
    private const string Computational = DigitalSource.Prefix + "computationalCapture";

    [Fact]
    public async Task A_plain_history_has_no_conflict()
    {
        var camera = Made.Builder("plain camera").Created().StampedAt("2026-02-01T08:00:00Z").Embed();
        var edited = Made.Builder("plain edit").Opened(camera).Action("c2pa.edited", a => a.With("digitalSourceType", DigitalSource.CompositeWithAi).With("when", "2026-02-02T08:00:00Z")).StampedAt("2026-02-02T08:00:01Z");

        Assert.Empty((await edited.ReportAsync(withTrust: true)).History.Conflicts);
    }

    [Theory]
    [InlineData(DigitalSource.Camera, DigitalSource.CompositeWithAi, ConflictKind.CaptureBesideAi)]
    [InlineData(Computational, DigitalSource.ArtificialIntelligence, ConflictKind.CaptureBesideAi)]
    [InlineData(DigitalSource.Camera, DigitalSource.Composite, ConflictKind.CaptureBesideComposite)]
    [InlineData(DigitalSource.Camera, DigitalSource.HumanEdits, null)]
    [InlineData(DigitalSource.DigitalCreation, DigitalSource.ArtificialIntelligence, null)]
    public async Task Capture_beside_a_model_or_a_composite_by_one_signer_is_shown(string created, string edited, ConflictKind? kind)
    {
        var report = await Made.Builder("beside").Created(created).Action("c2pa.edited", a => a.Add("digitalSourceType", edited)).ReportAsync();

        if (kind is null)
        {
            Assert.Empty(report.History.Conflicts);
            return;
        }
        var conflict = Assert.Single(report.History.Conflicts);
        Assert.Equal(kind, conflict.Kind);
        Assert.Equal([created, edited], conflict.Evidence.Select(evidence => evidence.Value));
        Assert.All(conflict.Evidence, evidence => Assert.Equal(report.ActiveManifest, evidence.Manifest!.Label));
    }

    [Fact]
    public async Task Capture_stated_over_something_generated_is_shown_however_many_edits_lie_between()
    {
        var generated = Made.Builder("generated").Created(DigitalSource.ArtificialIntelligence).Embed();
        var between = Made.Builder("between").Over(generated, "c2pa.cropped").Embed();
        var report = await Made.Builder("captured").Opened(between).Action("c2pa.edited", a => a.Add("digitalSourceType", DigitalSource.Camera)).ReportAsync();

        var conflict = Assert.Single(report.History.Conflicts);
        Assert.Equal(ConflictKind.CaptureOverAi, conflict.Kind);
        Assert.Equal([report.ActiveManifest, generated.ActiveLabel], conflict.Evidence.Select(evidence => evidence.Manifest!.Label));
    }

    [Fact]
    public async Task A_generated_part_under_a_camera_is_shown()
    {
        var part = Made.Builder("dream").Created(DigitalSource.ArtificialIntelligence).Embed();

        Assert.Equal(ConflictKind.CaptureOverAi, Assert.Single((await Made.Builder("photo").Created().Placed(part, "dream").ReportAsync()).History.Conflicts).Kind);
    }

    [Fact]
    public async Task What_was_only_passed_on_conflicts_with_nothing()
    {
        var actions = Assertion.Cbor("c2pa.actions.v2__1", new CborFields { { "actions", new object[] { new CborFields { { "action", "c2pa.edited" }, { "digitalSourceType", DigitalSource.CompositeWithAi } } } }, { "allActionsIncluded", true } });

        Assert.Empty((await Made.Builder("rumour").Created().With(actions.Gathered()).ReportAsync()).History.Conflicts);
        Assert.Single((await Made.Builder("statement").Created().With(actions).ReportAsync()).History.Conflicts);
    }

    [Theory]
    [InlineData("2026-02-01T08:05:00Z", false)] // clocks differ by minutes
    [InlineData("2026-02-01T08:05:01Z", true)]
    [InlineData("2026-02-01T22:00:00+09:00", true)]
    [InlineData("2026-02-01T17:00:00+09:00", false)]
    [InlineData("2026-02-01T00:00:00Z", false)]
    [InlineData("2026-02-02T00:00:00Z", true)]
    [InlineData("yesterday", false)]
    [InlineData("9999-12-31T00:00:00Z", true)]
    public async Task A_time_stated_after_the_proven_one_of_signing_is_shown(string when, bool isConflict)
    {
        var report = await Stamped("late").Action("c2pa.edited", a => a.Add("when", when)).ReportAsync(withTrust: true);

        Assert.Equal(isConflict ? [when, "2026-02-01T08:00:00Z"] : [], report.History.Conflicts.SelectMany(conflict => conflict.Evidence).Select(evidence => evidence.Value));
    }

    [Theory]
    [InlineData("lowerBound", true)]
    [InlineData("upperBound", false)]
    public async Task A_bound_conflicts_only_on_its_own_side(string bound, bool isConflict)
    {
        var time = new CborFields { { "value", "2026-02-05T12:00:00Z" }, { "timeStampType", bound } };
        var report = await Stamped("bound").Action("c2pa.edited", a => a.Add("whenStart", time)).ReportAsync(withTrust: true);

        Assert.Equal(isConflict ? 1 : 0, report.History.Conflicts.Count);
    }

    [Fact]
    public async Task Where_no_time_is_proven_no_time_conflicts() =>
        Assert.Empty((await Stamped("unproven").Action("c2pa.edited", a => a.Add("when", "2030-01-01T12:00:00Z")).ReportAsync()).History.Conflicts);

    [Theory]
    [InlineData("2026-02-01T07:55:00Z", false)]
    [InlineData("2026-02-01T07:54:59Z", true)]
    [InlineData("2026-01-31T00:00:00Z", false)] // a day, of any zone
    [InlineData("2026-01-30T00:00:00Z", true)]
    public async Task A_time_stated_before_the_proven_one_of_the_source_is_shown(string when, bool isConflict)
    {
        var source = Stamped("source").Embed();
        var report = await Made.Builder("after").Opened(source).Action("c2pa.edited", a => a.Add("when", when)).ReportAsync(withTrust: true);

        if (isConflict)
            Assert.Equal(ConflictKind.TimeBeforeSource, Assert.Single(report.History.Conflicts).Kind);
        else
            Assert.Empty(report.History.Conflicts);
    }

    [Fact]
    public async Task A_stamp_that_was_added_later_conflicts_with_nothing()
    {
        var source = Made.Builder("unstamped").Created().Embed();
        var report = await Made.Builder("stamps").Opened(source).Action("c2pa.edited", a => a.Add("when", "2026-01-05T12:00:00Z"))
            .With(StandardAssertions.TimeStamp(source, Made.ClockAt("2026-02-01T08:00:00Z"))).ReportAsync(withTrust: true);

        Assert.NotNull(report.Manifests[1].Time.Proven);
        Assert.Empty(report.History.Conflicts);
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/jpeg", false)]
    [InlineData("image/jpg", false)]
    [InlineData("jpeg", false)]
    [InlineData("application/octet-stream", false)]
    public async Task Another_format_than_stated_is_shown(string stated, bool isConflict)
    {
        var report = await Made.Builder("format").Created().Claim(claim => claim["dc:format"] = stated).ReportAsync();

        Assert.Equal(isConflict ? [stated, "image/jpeg"] : [], report.History.Conflicts.SelectMany(conflict => conflict.Evidence).Select(evidence => evidence.Value));
    }

    [Fact]
    public async Task Of_a_manifest_that_does_not_hold_nothing_conflicts()
    {
        var asset = Made.Builder("gone").Created().Action("c2pa.edited", a => a.Add("digitalSourceType", DigitalSource.ArtificialIntelligence)).Embed();

        Assert.Empty((await Made.ReportAsync(asset.MediaChanged())).History.Conflicts);
    }

    [Fact]
    public async Task Thousands_of_contradictions_are_told_by_a_few()
    {
        var builder = Stamped("many");
        for (int i = 0; i < 2000; i++)
            builder.Action("c2pa.edited", a => a.With("when", "2030-01-01T12:00:00Z").With("digitalSourceType", DigitalSource.CompositeWithAi));
        var conflicts = (await builder.ReportAsync(withTrust: true)).History.Conflicts;

        Assert.Equal([ConflictKind.CaptureBesideAi, ConflictKind.TimeAfterSigning], conflicts.Select(conflict => conflict.Kind));
        Assert.All(conflicts, conflict => Assert.InRange(conflict.Evidence.Count, 2, 8));
    }

    private static ManifestBuilder Stamped(string seed) => Made.Builder(seed).Created().StampedAt("2026-02-01T08:00:00Z");
}
