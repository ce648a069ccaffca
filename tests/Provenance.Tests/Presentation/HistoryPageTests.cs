using Provenance.Presentation;
using Provenance.TestKit;
using Provenance.Tests.History;
using Provenance.Tests.Labels;
using Provenance.Verifier.Labels;
using Xunit;

namespace Provenance.Tests.Presentation;

/// <summary>The history as people read it.</summary>
public sealed class HistoryPageTests
{
    [Fact]
    public async Task A_chain_is_told_from_its_origin_to_this_file_and_no_tree_beside_it()
    {
        var camera = Made.Builder("camera").Action("c2pa.created", a => a.With("digitalSourceType", DigitalSource.Camera).With("when", "2026-01-01T10:00:00Z")).Embed();
        var page = await PageAsync(Made.Builder("page", Made.Network).Opened(camera, "IMG_1.jpg").Action("c2pa.cropped", a => a.With("softwareAgent", new CborFields { { "name", "Editor" } })));

        Assert.Equal(
            """
            IMG_1.jpg — its credential holds, the certificate names History Camera (Example Organization): not looked up
              created: captured with a digital device, 1 Jan 2026 10:00 UTC
            this file
              opened to be edited (IMG_1.jpg)
              cropped, with Editor

            """.ReplaceLineEndings("\n"), Tree(page, PageTopic.History));
        Assert.DoesNotContain(page.Sections, section => section.Topic is PageTopic.Sources or PageTopic.Conflicts);
    }

    [Fact]
    public async Task Renditions_take_one_line_of_a_short_page_and_stand_apart_in_a_full_one()
    {
        var origin = Made.Builder("origin").Created().Embed();
        var hop = Made.Builder("first hop", Made.Network).Over(origin, "c2pa.resized").Embed();
        var builder = Made.Builder("second hop", Made.Network).Over(hop, "c2pa.converted");

        Assert.EndsWith("this file — resized, converted to another format, by the word of History Network (Example Organization) (as the certificate says); originally signed by History Camera (Example Organization) (as the certificate says)\n",
            Tree(await PageAsync(builder), PageTopic.History), StringComparison.Ordinal);
        Assert.Contains("this file\n  opened to be edited (parent)\n  converted to another format\n", Tree(await PageAsync(builder, inFull: true), PageTopic.History), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_four_manifests_a_short_page_tells_origin_and_file()
    {
        string four = Tree(await PageAsync(Chain(4)), PageTopic.History), five = Tree(await PageAsync(Chain(5)), PageTopic.History);

        Assert.DoesNotContain("further manifest", four, StringComparison.Ordinal);
        Assert.StartsWith("parent — its credential holds, the certificate names History Camera (Example Organization): not looked up\n  created: captured with a digital device\n3 further manifests: the JSON report tells all\nthis file\n", five, StringComparison.Ordinal);
        Assert.Equal(1, five.Split("cropped").Length - 1);
        Assert.Equal(4, Tree(await PageAsync(Chain(5), inFull: true), PageTopic.History).Split("cropped").Length - 1);
    }

    [Fact]
    public async Task What_is_withheld_is_told_however_many_manifests_there_are()
    {
        var source = Made.Builder("torn").Created().Embed();
        byte[] store = [.. source.Store];
        store[store.AsSpan().IndexOf("c2pa.created"u8)] ^= 1;
        var asset = Made.Builder("above").Created().Placed(source with { Store = store }, "torn.jpg").Embed();
        for (int i = 0; i < 6; i++)
            asset = Made.Builder($"further {i}").Over(asset, "c2pa.cropped").Embed();

        Assert.Contains("contains: torn.jpg — does not match its own credential; nothing of it is told", Tree(await PageAsync(asset), PageTopic.History), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_is_drawn_where_the_history_does_not_tell_all_and_in_full_with_pictures()
    {
        var part = Made.Builder("part").Created(DigitalSource.DigitalCreation).With(StandardAssertions.Thumbnail(TestJpeg.Small())).Embed();
        var builder = Made.Builder("whole").Created().Placed(part, "part.jpg").Placed(part, "again.jpg");

        var page = await PageAsync(builder);
        Assert.Equal("contains: part.jpg — its credential holds, the certificate names History Camera (Example Organization): not looked up\ncontains: again.jpg — its credential holds, the certificate names History Camera (Example Organization): not looked up; shown above\n",
            Tree(page, PageTopic.Sources));
        Assert.All(Section(page, PageTopic.Sources)!.Nodes, node => Assert.Null(node.Picture));
        Assert.Equal("image/jpeg", Section(await PageAsync(builder, inFull: true), PageTopic.Sources)!.Nodes[0].Picture!.MediaType);
    }

    [Fact]
    public async Task What_does_not_go_together_is_shown_with_both_sides_and_accuses_nobody()
    {
        var builder = Made.Builder("odd").Created().Action("c2pa.edited", a => a.Add("digitalSourceType", DigitalSource.CompositeWithAi));

        Assert.Equal(
            """
            The signer states that this was captured, and also that AI made it or a part of it.
              History Camera (Example Organization) (as the certificate says) states: captured with a digital device
              History Camera (Example Organization) (as the certificate says) states: AI used for a part of it

            """.ReplaceLineEndings("\n"), Tree(await PageAsync(builder), PageTopic.Conflicts));
    }

    [Fact]
    public async Task Who_declared_AI_of_what_is_told_where_the_line_below_the_sentence_does_not()
    {
        var generated = Made.Builder("generated").GeneratedBy("Painter").Created(DigitalSource.ArtificialIntelligence).Embed();

        Assert.Equal(["an earlier version: AI made all of it (Painter), declared by History Camera (Example Organization) (as the certificate says)"], AiRows(await PageAsync(Made.Builder("crop").Over(generated, "c2pa.cropped"))));
        Assert.Empty(AiRows(await PageAsync(generated)));
        Assert.Single(AiRows(await PageAsync(Made.Builder("none").Created())));
    }

    [Fact]
    public async Task Regions_are_told_in_place_time_frames_text_and_name()
    {
        var regions = new object[]
        {
            Region(("type", "spatial"), ("shape", new CborFields { { "type", "rectangle" }, { "unit", "percent" }, { "origin", new CborFields { { "x", 10.0 }, { "y", 5.5 } } }, { "width", 50.0 }, { "height", 40.0 } })),
            Region(("type", "temporal"), ("time", new CborFields { { "type", "npt" }, { "start", "0" }, { "end", "5.2" } })),
            Region(("type", "frame"), ("frame", new CborFields { { "start", 3 } })),
        };
        var page = await PageAsync(Made.Builder("regions").Created().Action("c2pa.edited", a => a.Add("changes", regions)));

        Assert.Contains("edited, where: rectangle 50 × 40 % at 10, 5.5; time 0 to 5.2; frames from 3 on", Tree(page, PageTopic.History), StringComparison.Ordinal);

        static CborFields Region(params (string Key, object Value)[] fields)
        {
            var range = new CborFields();
            foreach (var (key, value) in fields)
                range.Add(key, value);
            return new() { { "region", new object[] { range } } };
        }
    }

    [Fact]
    public async Task A_hostile_history_stays_short_and_on_its_lines()
    {
        string text = string.Concat(Enumerable.Repeat("\u202e\u001b[2J<script>\n", 500));
        var builder = Made.Builder("hostile").Titled(text).GeneratedBy(text).Created();
        for (int i = 0; i < 500; i++)
            builder.Action($"x{i}", a => a.With("description", text).With("reason", text).With("when", text).With("softwareAgent", text).With("changed", text)
                .With("changes", new object[] { new CborFields { { "name", text }, { "region", new object[] { new CborFields { { "type", "identified" }, { "item", new CborFields { { "identifier", text }, { "value", text } } } } } } } }));
        var report = await builder.ReportAsync();

        foreach (var words in (Words[])[Words.English, Words.Korean])
        {
            var page = ReportPage.Of(report, words, null);
            var lines = page.Sections.SelectMany(section => section.Nodes).SelectMany(Lines).ToList();
            Assert.InRange(lines.Count, 10, 45);
            Assert.All(lines, line => Assert.True(line.Length < 1200 && !line.Any(c => char.IsControl(c) || c == '\u202e'), line));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_line_of_a_real_history_judges_truth(bool inFull)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        foreach (string file in Directory.EnumerateFiles(Shared.Path("corpus", "real-world")))
        {
            var report = await Made.ReportAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            foreach (var words in (Words[])[Words.English, Words.Korean])
            {
                var page = ReportPage.Of(report, words, null, inFull: inFull);
                Assert.All(page.Sections.Where(section => section.Topic is PageTopic.History or PageTopic.Sources or PageTopic.Conflicts).SelectMany(section => section.Nodes).SelectMany(Lines), line => Assert.DoesNotMatch(ForbiddenWords.Pattern, line));
            }
        }
    }

    private static SignedAsset Chain(int manifests)
    {
        var asset = Made.Builder("chain 0").Created().Embed();
        for (int i = 1; i < manifests; i++)
            asset = Made.Builder($"chain {i}").Over(asset, "c2pa.cropped").Embed();
        return asset;
    }

    private static Task<ReportPage> PageAsync(ManifestBuilder builder, bool inFull = false) => PageAsync(builder.Embed(), inFull);

    private static async Task<ReportPage> PageAsync(SignedAsset asset, bool inFull = false) => ReportPage.Of(await asset.ReportAsync(), Words.English, null, inFull: inFull);

    private static PageSection? Section(ReportPage page, PageTopic topic) => page.Sections.FirstOrDefault(section => section.Topic == topic);

    private static IEnumerable<string> AiRows(ReportPage page) => Section(page, PageTopic.Credential)!.Rows.Where(row => row.Name == "AI use").Select(row => row.Text);

    private static string Tree(ReportPage page, PageTopic topic) => string.Concat(Section(page, topic)!.Nodes.SelectMany(Lines).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(PageNode node) => node.Children.SelectMany(Lines).Select(line => "  " + line).Prepend(node.Text);
}
