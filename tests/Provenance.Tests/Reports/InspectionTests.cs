using System.Text;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;
using Provenance.Verifier.Reports;
using Xunit;

namespace Provenance.Tests.Reports;

public sealed class InspectionTests
{
    [Fact]
    public async Task Boxes_are_shown_where_they_lie_in_the_file_though_pieces_cut_them()
    {
        byte[] file = C2paToolJsonTests.Builder("pieces").With(Assertion.Cbor("org.example.bulk", new byte[150_000])).Embed(TestJpeg.Small()).Bytes;

        var root = await ReadAsync(file);
        var boxes = All(root).Where(node => node.Name is "jumb" or "jumd" or "cbor").ToList();

        Assert.Equal("3", Single(root, "pieces").Value);
        Assert.True(boxes.Count > 10);
        Assert.All(boxes, box => Assert.Equal(box.Name, Encoding.ASCII.GetString(file, (int)box.Offset!.Value + 4, 4)));
        Assert.Contains("in 3 pieces", All(root).First(node => node.Name == "jumb").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(All(root), node => node.Name == "fault");
    }

    [Fact]
    public async Task Values_are_shown_where_they_lie_in_the_file()
    {
        byte[] file = C2paToolJsonTests.Builder("values").Titled("a title to look for").Embed(TestPng.Small()).Bytes;

        var title = Single(await ReadAsync(file), "dc:title");

        Assert.Equal("\"a title to look for\"", title.Value);
        Assert.Equal("a title to look for", Encoding.UTF8.GetString(file, (int)title.Offset!.Value + 1, (int)title.Length!.Value - 1));
    }

    [Fact]
    public async Task Certificates_time_stamps_and_stapled_answers_are_spelled_out()
    {
        var ca = TestAuthority.Root("Root").Intermediate("CA");
        var signer = ca.Issue("Signer");
        byte[] answer = TestOcspResponder.Issuer(ca).Respond(signer);
        var root = await ReadAsync(new ManifestBuilder("spelled").Created().SignedBy(signer).TimeStampedBy(TestTimeStampAuthority.Create()).Stapled(answer).Embed(TestJpeg.Small()).Bytes);

        Assert.Contains(Children(root, "certificate 1"), node => node is { Name: "subject", Value: { } subject } && subject.Contains("CN=Signer", StringComparison.Ordinal));
        Assert.Contains(Children(root, "certificate 1"), node => node is { Name: "extended key usage", Value: "C2PA claim signing, email protection" });
        Assert.Contains(Children(root, "time stamp (sigTst2)"), node => node is { Name: "time", Value: "2026-03-14T09:26:53Z" });
        Assert.Contains(Children(root, "OCSP response"), node => node is { Name: "certificate status", Value: "Good" });
    }

    [Fact]
    public async Task A_compressed_manifest_is_unpacked_and_its_parts_have_no_place_in_the_file()
    {
        var root = await ReadAsync(C2paToolJsonTests.Builder("packed").Titled("inside").Compressed().Embed(TestPng.Small()).Bytes);

        Assert.Null(Single(root, "dc:title").Offset);
        Assert.Contains("in the unpacked manifest", Single(root, "brob").Children[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_before_a_fault_is_shown_and_then_the_fault()
    {
        var root = await ReadAsync(C2paToolJsonTests.Builder("cut").Titled("before").StoreBytes(store => store[..^20]).Embed(TestPng.Small()).Bytes);

        // The store's own length no longer fits, so nothing in it is reached but the fault.
        Assert.Contains("a length of", Single(root, "fault").Value, StringComparison.Ordinal);

        root = await ReadAsync(C2paToolJsonTests.Builder("odd").Titled("before").With(Assertion.CborBytes("org.example.odd", [0xA1, 0x61])).Embed(TestPng.Small()).Bytes);
        Assert.Equal("\"before\"", Single(root, "dc:title").Value);
        Assert.Single(All(root), node => node.Name == "fault");
    }

    [Fact]
    public async Task Unknown_bytes_and_an_empty_file_are_named_as_such()
    {
        Assert.Equal("begins with h'01'", (await ReadAsync([1])).Value);
        Assert.Equal("empty", (await ReadAsync([])).Value);
    }

    [Fact]
    public async Task The_words_of_a_file_cannot_act_on_a_terminal()
    {
        var root = await ReadAsync(C2paToolJsonTests.Builder("words").Titled("a\u001B[2J\u202Eb\"\u009B").Embed(TestPng.Small()).Bytes);

        Assert.Equal("\"a\\u{1B}[2J\\u{202E}b\\\"\\u{9B}\"", Single(root, "dc:title").Value);
    }

    [Fact]
    public async Task Nodes_end_at_their_limit_and_long_values_are_cut()
    {
        object[] numbers = [.. Enumerable.Range(0, 30_000).Select(i => (object)i)];
        var root = await ReadAsync(C2paToolJsonTests.Builder("many").With(Assertion.Cbor("org.example.many", numbers), Assertion.Cbor("org.example.long", new string('x', 5000))).Embed(TestPng.Small()).Bytes);
        var nodes = All(root).ToList();

        Assert.InRange(nodes.Count(node => node.Name != "…"), 20_000, 20_001); // the root is not counted
        Assert.Contains(nodes, node => node is { Name: "…", Value: "more follows; 20000 parts are shown" });
        root = await ReadAsync(C2paToolJsonTests.Builder("long").With(Assertion.Cbor("org.example.long", new string('x', 5000))).Embed(TestPng.Small()).Bytes);
        Assert.All(All(root), node => Assert.InRange(node.Value?.Length ?? 0, 0, 600));
        Assert.Contains(All(root), node => node.Value is { } value && value.StartsWith("\"xxx", StringComparison.Ordinal) && value.EndsWith("…\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_damage_to_a_store_stops_the_reading()
    {
        byte[] file = C2paToolJsonTests.Builder("damage").TimeStampedBy(TestTimeStampAuthority.Create()).Embed(TestPng.Small()).Bytes;
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = (byte[])file.Clone();
            for (int n = random.Next(1, 5); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            await ReadAsync(damaged[..random.Next(damaged.Length + 1)]);
            await ReadAsync(damaged);
        }
    }

    [Fact]
    public async Task Every_file_of_the_corpus_is_shown_within_bounds()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        int stores = 0;
        foreach (string path in Directory.EnumerateFiles(Shared.Path("corpus"), "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".jpg" or ".jpeg" or ".png" or ".webp" or ".c2pa"))
        {
            await using var source = FileAssetSource.Open(path);
            var root = await Inspection.ReadAsync(source, Limits.Default, CancellationToken.None);
            var nodes = All(root).ToList();
            Assert.InRange(nodes.Count, 1, 42_000);
            Assert.All(nodes, node => Assert.True(node.Offset is null || (node.Offset >= 0 && node.Offset <= source.Length), path));
            stores += nodes.Any(node => node is { Name: "jumb" }) ? 1 : 0;
        }
        Assert.True(stores > 350, $"{stores}");
    }

    private static async Task<InspectionNode> ReadAsync(byte[] file) => await Inspection.ReadAsync(AssetSource.FromMemory(file), Limits.Default, CancellationToken.None);

    private static IEnumerable<InspectionNode> All(InspectionNode root) => root.Children.SelectMany(All).Prepend(root);

    private static InspectionNode Single(InspectionNode root, string name) => Assert.Single(All(root), node => node.Name == name);

    private static IReadOnlyList<InspectionNode> Children(InspectionNode root, string name) => All(root).First(node => node.Name == name).Children;
}
