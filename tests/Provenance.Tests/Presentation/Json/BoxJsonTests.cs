using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Provenance.Presentation.Json;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Presentation.Json;

public sealed class BoxJsonTests
{
    [Fact]
    public async Task Every_node_of_an_inspection_is_written_and_in_its_order()
    {
        byte[] file = new ManifestBuilder("box-json").SignedBy(TestAuthority.Root("Root").Issue("Signer")).Created().Titled("a\u202e\"title").Embed(TestJpeg.Small()).Bytes;
        var root = await Inspection.ReadAsync(AssetSource.FromMemory(file), Limits.Default, TestContext.Current.CancellationToken);

        string text = Write(root);

        Assert.Matches("^[\x20-\x7e]*$", text);
        var lines = Lines(root, 1).ToList();
        Assert.True(lines.Count > 100);
        Assert.Equal(lines, Lines(Parse(text), 1));
    }

    [Fact]
    public void What_is_nothing_has_no_member()
    {
        var root = new InspectionNode("PNG", 0, 9, "image/png", [new("bare", null, null, null, []), new("empty", 8, 0, "", [])]);

        Assert.Equal("""{"name":"PNG","value":"image/png","offset":0,"length":9,"children":[{"name":"bare"},{"name":"empty","value":"","offset":8,"length":0}]}""", Write(root));
    }

    [Theory]
    [InlineData(BoxJson.MostNodes - 1, 0)]
    [InlineData(BoxJson.MostNodes, 1)]
    [InlineData(BoxJson.MostNodes + 6, 7)]
    public void More_nodes_than_a_tree_holds_are_cut_and_counted(int children, int missing)
    {
        var lines = Parse(Write(new("x", null, null, null, [.. Enumerable.Range(0, children).Select(_ => new InspectionNode("x", null, null, null, []))])))["children"]!.ToList();

        Assert.Equal(BoxJson.MostNodes - 1, lines.Count(line => (string?)line["name"] == "x"));
        Assert.Equal(missing == 0 ? [] : [$"{missing} more"], lines.Where(line => (string?)line["name"] == "…").Select(line => (string?)line["value"]));
    }

    [Theory]
    [InlineData(BoxJson.MostLevels, false)]
    [InlineData(BoxJson.MostLevels + 1, true)]
    [InlineData(200_000, true)]
    public void A_tree_deeper_than_it_may_be_is_cut_and_counted(int levels, bool isCut)
    {
        var node = new InspectionNode("x", null, null, null, []);
        for (int i = 1; i < levels; i++)
            node = new("x", null, null, null, [node]);
        string text = Write(node);

        Assert.Equal(Math.Min(levels, BoxJson.MostLevels), text.Split("\"x\"").Length - 1);
        Assert.Equal(isCut, text.Contains("""{"name":"\u2026","value":"1 more"}""", StringComparison.Ordinal));
    }

    [Fact]
    public void However_much_is_said_a_tree_stays_below_four_mebibytes_and_every_list_that_was_cut_says_so()
    {
        string wide = string.Concat(Enumerable.Repeat("\U0001F600\u202e\"", 2000));
        var leaf = new InspectionNode(wide, long.MaxValue, long.MaxValue, wide, []);
        var node = new InspectionNode("deepest", null, null, null, [.. Enumerable.Repeat(leaf, 3000)]);
        for (int i = 0; i < BoxJson.MostLevels - 2; i++)
            node = new("x", null, null, wide, [node, leaf, leaf]);

        string text = Write(node);

        Assert.InRange(text.Length, BoxJson.MostCharacters, (4 << 20) - 1);
        Assert.Matches("^[\x20-\x7e]*$", text);
        Assert.Equal(BoxJson.MostLevels - 2, text.Split("""{"name":"\u2026","value":"2 more"}]""").Length - 1);
    }

    [Fact]
    public async Task Every_file_of_the_corpus_is_written_whole()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(Shared.Path("corpus", "real-world")))
        {
            var root = await Inspection.ReadAsync(AssetSource.FromMemory(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)), Limits.Default, TestContext.Current.CancellationToken);
            Assert.Equal(Lines(root, 1), Lines(Parse(Write(root)), 1));
            files++;
        }
        Assert.True(files > 10, $"{files}");
    }

    private static IEnumerable<string> Lines(InspectionNode node, int level) =>
        node.Children.SelectMany(child => Lines(child, level + 1)).Prepend($"{level}|{node.Name}|{node.Offset}|{node.Length}|{node.Value}");

    private static IEnumerable<string> Lines(JToken node, int level) =>
        (node["children"] ?? new JArray()).SelectMany(child => Lines(child, level + 1)).Prepend($"{level}|{node["name"]}|{node["offset"]}|{node["length"]}|{node["value"]}");

    private static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = 1000, DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private static string Write(InspectionNode root)
    {
        var text = new StringWriter();
        BoxJson.Write(text, root);
        return text.ToString();
    }
}
