using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Text;

public sealed class TextFormatTests
{
    [Theory]
    [InlineData("61", true)]
    [InlineData("EFBBBF61", true)]
    [InlineData("C3A9", true)]
    [InlineData("61C3", true)]
    [InlineData("61E282", true)]
    [InlineData("61F09F98", true)]
    [InlineData("6109610A610C610D611B", true)]
    [InlineData("C3", false)]
    [InlineData("61C0", false)]
    [InlineData("61F5", false)]
    [InlineData("61C328", false)]
    [InlineData("61EDA08061", false)]
    [InlineData("6100", false)]
    [InlineData("6108", false)]
    [InlineData("610B", false)]
    [InlineData("610E", false)]
    [InlineData("617F", false)]
    [InlineData("FFFE6100", false)]
    [InlineData("", false)]
    public void Text_is_UTF_8_without_control_characters(string head, bool isText) =>
        Assert.Equal(isText ? "Text" : null, AssetFormats.Find(Convert.FromHexString(head))?.Name);

    [Fact]
    public void A_head_may_end_inside_a_character()
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\u20AC", AssetFormats.HeadLength)))[..AssetFormats.HeadLength];
        Assert.Equal("Text", AssetFormats.Find(head)?.Name);
    }

    // Wrappers

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Padding_belongs_to_the_wrapper(int padding)
    {
        var text = new TestText { Padding = padding };
        byte[] store = Store(41);
        var embedding = text.Embed(store);
        var found = Assert.Single((await MapAsync(embedding.Bytes)).Stores);
        Assert.Equal([new ByteRange(embedding.Extent.Start, embedding.Extent.Length)], found.Extent);
        Assert.Equal(store, await ReadAsync(embedding.Bytes, found));
    }

    [Fact]
    public async Task A_wrapper_longer_than_what_is_read_at_once_is_one_wrapper()
    {
        byte[] store = Store(300_000);
        for (int shift = 0; shift < 4; shift++)
        {
            var embedding = new TestText { Text = new string('a', 65_530 + shift) }.Embed(store);
            var map = await TextMapAsync(new CountingSource(embedding.Bytes));
            Assert.Equal(new ByteRange(embedding.Extent.Start, embedding.Extent.Length), Assert.Single(map.Stores).Extent[0]);
            Assert.Equal(store, await ReadAsync(embedding.Bytes, map.Stores[0]));
        }
    }

    [Fact]
    public async Task Two_wrappers_are_two_stores()
    {
        byte[] wrapper = TestText.Wrapper(Store());
        Assert.Equal(2, (await MapAsync([.. "a"u8, .. wrapper, .. "b"u8, .. wrapper])).Stores.Count);
        Assert.Equal(2, (await MapAsync([.. wrapper, .. wrapper])).Stores.Count);
    }

    [Fact]
    public async Task A_wrapper_may_start_the_file_and_stand_behind_another_mark()
    {
        byte[] wrapper = TestText.Wrapper(Store());
        Assert.Equal(0, Assert.Single((await MapAsync([.. wrapper, .. "text"u8])).Stores).Extent[0].Offset);
        Assert.Equal(3, Assert.Single((await MapAsync([0xEF, 0xBB, 0xBF, .. wrapper])).Stores).Extent[0].Offset);
    }

    [Fact]
    public async Task Selectors_without_the_mark_are_text()
    {
        byte[] wrapper = TestText.Wrapper(Store());
        var map = await MapAsync([.. "heart \u2764\uFE0F "u8, .. wrapper[3..]]);
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task A_wrapper_shorter_than_it_says_is_told_and_is_none_beside_a_whole_one()
    {
        byte[] store = Store();
        byte[] exact = TestText.Wrapper(store, padding: 0), tooLong = TestText.Wrapper(store, padding: 0, declaredLength: store.Length + 1);
        Assert.Single((await MapAsync(exact)).Stores);
        var map = await MapAsync(tooLong);
        Assert.Empty(map.Stores);
        Assert.NotNull(map.StoreFault);
        map = await MapAsync([.. tooLong, .. "text"u8, .. exact]);
        Assert.Single(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task A_wrapper_of_another_version_is_told()
    {
        Assert.Null((await MapAsync(TestText.Wrapper(Store(), version: 1))).StoreFault);
        Assert.NotNull((await MapAsync(TestText.Wrapper(Store(), version: 2))).StoreFault);
    }

    [Fact]
    public async Task A_wrapper_holds_a_store_as_long_as_the_limit_and_no_longer()
    {
        byte[] store = Store(10);
        var embedding = TestText.Small().Embed(store);
        var map = await MapAsync(embedding.Bytes);
        Assert.Equal(store, await ReadAsync(embedding.Bytes, map.Stores[0], Limits.Default with { StoreBytes = store.Length }));
        await Assert.ThrowsAsync<LimitExceededException>(() => ReadAsync(embedding.Bytes, map.Stores[0], Limits.Default with { StoreBytes = store.Length - 1 }));
    }

    [Theory]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("\uD55C", "\u1112\u1161\u11AB")]
    public async Task An_edit_that_keeps_the_normal_form_is_no_change(string stored, string edited)
    {
        // §A.8.6.2: so that a text survives systems that store it in another form.
        string text = $"Caf{stored} and more\n";
        var asset = World.Sound("text").Embed(new TestText { Text = text, Normalized = text });
        byte[] changed = Replace(asset.Bytes, stored, edited);
        // The edit moves the wrapper, and with it the exclusion does not agree: offsets are on the text as stored.
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(changed).VerifyAsync()).State);
        var behind = World.Sound("text").Embed(new TestText { Text = text, Normalized = text, Before = 0 });
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(Replace(behind.Bytes, stored, edited)).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(Replace(behind.Bytes, stored, "x")).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_wrapper_elsewhere_than_the_exclusion_makes_it_malformed()
    {
        var asset = World.Sound("text").Embed(new TestText { Before = 4 });
        byte[] wrapper = asset.Bytes[(int)asset.StoreExtent.Start..(int)asset.StoreExtent.End];
        byte[] moved = [.. TestText.Small().Bytes, .. wrapper];
        var report = await new CaseFile(moved).VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.Code.Text == "assertion.dataHash.malformed");
        Assert.Equal(ValidationState.Invalid, report.State);
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_further_on_matches_nothing()
    {
        string text = new string('a', 10_000) + "\u00E9";
        var asset = World.Sound("text").Embed(new TestText { Text = text, Normalized = text, Before = 0 });
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.Bytes[..^1]).VerifyAsync()).State);
        Assert.Equal(ValidationState.Invalid, (await new CaseFile([.. asset.Bytes, 0xFF]).VerifyAsync()).State);
    }

    [Fact]
    public async Task As_much_text_is_normalized_as_the_limit_allows_and_no_more()
    {
        string text = string.Concat(Enumerable.Repeat("e\u0301", 50_000)), normalized = new string('\u00E9', 50_000);
        var asset = World.Sound("text").Embed(new TestText { Text = text, Normalized = normalized });
        ValueTask<VerificationReport> With(int bytes) => (new CaseFile(asset.Bytes) with { Limits = Limits.Default with { TextBytes = bytes } }).VerifyAsync();
        Assert.Equal(ValidationState.Trusted, (await With(100_000)).State);
        var report = await With(99_999);
        Assert.Null(report.State);
        Assert.Equal(nameof(Limits.TextBytes), report.Error?.Limit);
    }

    [Fact]
    public async Task A_long_text_is_normalized_across_the_edges_of_what_is_read_at_once()
    {
        for (int shift = 0; shift < 6; shift++)
        {
            // A letter, its mark and the wrapper about the edge; then text in normal form; then another stretch.
            string start = new string('x', 65_530 + shift), rest = new string('\u4E00', 50_000);
            var text = new TestText { Text = $"{start}e\u0301{rest}\u1112\u1161\u11AB{rest}", Normalized = $"{start}\u00E9{rest}\uD55C{rest}", Before = start.Length + 1 };
            var asset = World.Sound("text").Embed(text);
            var report = await Provenance.Verifier.Verifier.VerifyAsync(new CountingSource(asset.Bytes), new CaseFile(asset.Bytes).Policy, TestContext.Current.CancellationToken);
            Assert.Equal(ValidationState.Trusted, report.State);
        }
    }

    // Blocks

    [Theory]
    [InlineData(BlockPlace.Start, "\n")]
    [InlineData(BlockPlace.Start, "\r\n")]
    [InlineData(BlockPlace.Middle, "\n")]
    [InlineData(BlockPlace.Middle, "\r\n")]
    [InlineData(BlockPlace.End, "\n")]
    [InlineData(BlockPlace.End, "\r\n")]
    [InlineData(BlockPlace.FrontMatter, "\n")]
    [InlineData(BlockPlace.FrontMatter, "\r\n")]
    public async Task A_block_is_left_out_with_its_lines(BlockPlace place, string lineEnd)
    {
        var text = new TestStructuredText { Place = place, LineEnd = lineEnd, Open = "# " };
        foreach (bool bare in place == BlockPlace.End ? [false, true] : new[] { false })
        {
            var embedding = (text with { EndsBare = bare }).Embed(Store());
            var found = Assert.Single((await MapAsync(embedding.Bytes)).Stores);
            Assert.Equal([new ByteRange(embedding.Extent.Start, embedding.Extent.Length)], found.Extent);
            Assert.Equal(Store(), await ReadAsync(embedding.Bytes, found));
        }
    }

    [Fact]
    public async Task A_file_of_one_block_is_left_out_whole()
    {
        var embedding = new TestStructuredText { Lines = [] }.Embed(Store());
        Assert.Equal(new ByteRange(0, embedding.Bytes.Length), Assert.Single((await MapAsync(embedding.Bytes)).Stores).Extent[0]);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(-1, 0, true)]
    [InlineData(-2, 0, true)]
    [InlineData(0, -2, true)]
    [InlineData(-2, -2, true)]
    [InlineData(1, 0, false)]
    [InlineData(-3, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(0, -3, false)]
    [InlineData(0, 1, false)]
    public async Task The_line_ends_around_a_block_may_be_left_out_or_not(int start, int end, bool isSound)
    {
        var text = new TestStructuredText { Place = BlockPlace.Middle, LineEnd = "\r\n" };
        var binding = Provenance.TestKit.HardBinding.Data("c2pa.hash.data", c => [new Extent(c.Asset.Extent.Start + start, c.Asset.Extent.Length - start + end)]);
        var asset = World.Sound("text").BoundBy(binding).Embed(text);
        Assert.Equal(isSound ? ValidationState.Trusted : ValidationState.Invalid, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("# ", "", true)]
    [InlineData("\t// ", "", true)]
    [InlineData("/*", "*/", true)]
    [InlineData("/** ", " */", true)]
    [InlineData("<!-- ", " -->", true)]
    [InlineData("NOTE ", "", true)]
    [InlineData("\uFEFF% ", "", true)]
    [InlineData("run(); # ", "", false)]
    [InlineData("note ", "", false)]
    [InlineData("/* ", "", false)]
    [InlineData("/* ", " */ run();", false)]
    [InlineData("<!-- ", " */", false)]
    [InlineData("# ", " run()", false)]
    [InlineData("*/ /*", "", false)]
    [InlineData("        \"\"\"", "", false)]
    [InlineData("#################### ", "", false)]
    public async Task Beside_a_block_stand_the_signs_of_a_comment_and_nothing_else(string open, string close, bool isSound)
    {
        var map = await MapAsync(new TestStructuredText { Open = open, Close = close }.Embed(Store()).Bytes);
        Assert.Equal(isSound, map.StoreFault is null);
        Assert.Equal(isSound ? 1 : 0, map.Stores.Count);
    }

    [Theory]
    [InlineData("https://example.org/a.c2pa", "https://example.org/a.c2pa")]
    [InlineData("  https://example.org/a.c2pa\t", "https://example.org/a.c2pa")]
    [InlineData("<manifest-reference>", null)]
    [InlineData("../a.c2pa", null)]
    [InlineData("https://example.org/a b", null)]
    [InlineData("data:application/c2pa,AAAA", null)]
    [InlineData("data:text/plain;base64,AAAA", null)]
    [InlineData("data:application/c2pa;base64,oWV...truncated...", null)]
    [InlineData("", null)]
    public async Task A_block_may_name_where_the_store_is(string reference, string? url)
    {
        var map = await MapAsync(new TestStructuredText().EmbedReference(reference).Bytes);
        Assert.Equal(url, map.ManifestUrl);
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Fact]
    public async Task Two_blocks_are_none_and_never_unnoticed_with_a_store()
    {
        byte[] store = new TestStructuredText { Lines = [] }.Embed(Store()).Bytes;
        byte[] link = new TestStructuredText { Lines = [] }.EmbedReference("https://example.org/a.c2pa").Bytes;
        Assert.Equal(2, (await MapAsync([.. store, .. store])).Stores.Count);
        Assert.NotNull((await MapAsync([.. store, .. link])).StoreFault);
        var map = await MapAsync([.. link, .. link]);
        Assert.Null(map.StoreFault);
        Assert.Null(map.ManifestUrl);
        Assert.Single(map.Notes);
    }

    [Fact]
    public async Task Half_a_block_with_a_store_is_told()
    {
        byte[] file = TestStructuredText.Small().Embed(Store()).Bytes;
        int end = file.AsSpan().IndexOf("-----END"u8);
        Assert.Null((await MapAsync(file)).StoreFault);
        Assert.NotNull((await MapAsync([.. file[..end], .. "-----KEND"u8, .. file[(end + 8)..]])).StoreFault);
        Assert.NotNull((await MapAsync(file[..end])).StoreFault);
        Assert.Null((await MapAsync("-----BEGIN C2PA MANIFEST-----\nwords about it"u8.ToArray())).StoreFault);
        // Without its beginning it is Base64 like any other; that it is a store is noted.
        Assert.Single((await MapAsync(file[5..])).Notes);
    }

    [Fact]
    public async Task A_text_with_a_wrapper_and_a_block_has_two_stores() =>
        Assert.Equal(2, (await MapAsync([.. TestStructuredText.Small().Embed(Store()).Bytes, .. TestText.Wrapper(Store())])).Stores.Count);

    [Fact]
    public async Task A_text_full_of_marks_is_read_once()
    {
        byte[] many = [.. Enumerable.Repeat("-----BEGIN C2PA MANIFEST-----\n-----BEGIN C2PA CHECKPOINT-----\n-----END C2PA MANIFEST-----\uFEFF\U000E0133{\"c2pa:checkpoint\"\n"u8.ToArray(), 20_000).SelectMany(part => part)];
        var source = new CountingSource(many);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await TextMapAsync(source);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    // Checkpoints

    [Theory]
    [InlineData("{\"c2pa:checkpoint\":\"https://example.org/a\"}\n", "https://example.org/a")]
    [InlineData(" { \"c2pa:checkpoint\" :\t\"https://example.org/a\" } \r\n", "https://example.org/a")]
    [InlineData("-----BEGIN C2PA CHECKPOINT----- https://example.org/a -----END C2PA CHECKPOINT-----\r\n", "https://example.org/a")]
    [InlineData("x -----BEGIN C2PA CHECKPOINT----- https://example.org/a -----END C2PA CHECKPOINT-----\n", "")]
    [InlineData("see \"c2pa:checkpoint\" there\n", "")]
    [InlineData("-----BEGIN C2PA CHECKPOINT----- https://example.org/a -----END C2PA CHECKPOINT----- x\n", null)]
    [InlineData("-----BEGIN C2PA CHECKPOINT----- https://example.org/a -----END C2PA CHECKPOINT-----", null)]
    [InlineData("-----BEGIN C2PA CHECKPOINT----- https://example.org/a\n", null)]
    [InlineData("{\"c2pa:checkpoint\":\"https://example.org/a\",\"event\":\"made up\"}\n", null)]
    [InlineData("{\"c2pa:checkpoint\":1}\n", null)]
    [InlineData("{\"c2pa:checkpoint\":\"\"}\n", null)]
    public async Task A_checkpoint_is_a_whole_line_and_nothing_else(string line, string? url)
    {
        var map = await MapAsync(Encoding.UTF8.GetBytes("a line\n" + line));
        Assert.Equal(url is null, map.LacksCheckpoint);
        Assert.Equal(url is null, map.StoreFault is not null);
        Assert.Equal(url is { Length: > 0 } ? url : null, map.ManifestUrl);
    }

    [Fact]
    public async Task The_last_checkpoint_counts()
    {
        string line = "{\"c2pa:checkpoint\":\"https://example.org/1\"}\n";
        Assert.Equal("https://example.org/2", (await MapAsync(Encoding.UTF8.GetBytes(line + line.Replace('1', '2')))).ManifestUrl);
        var report = await new CaseFile(Encoding.UTF8.GetBytes(line + "{\"c2pa:checkpoint\":\"/1\"}\n")).VerifyAsync();
        Assert.Equal("manifest.appendOnlyText.noSentinel", Assert.Single(report.Findings).Code.Text);
        Assert.NotEqual(Label.None, report.Label);
    }

    // The corpus: made by others.

    [Theory]
    [InlineData("emoji-variation-selectors-no-manifest.txt", 0, false)]
    [InlineData("made-two-wrappers.txt", 2, false)]
    [InlineData("made-wrapper-bad-length.txt", 0, true)]
    [InlineData("made-wrapper-foreign-store.txt", 1, false)]
    public async Task Texts_of_the_corpus_hold_the_stores_they_were_made_with(string file, int stores, bool isFault)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", "text", file), TestContext.Current.CancellationToken);
        var map = await MapAsync(bytes);
        Assert.Equal(stores, map.Stores.Count);
        Assert.Equal(isFault, map.StoreFault is not null);
        var report = await new CaseFile(bytes).VerifyAsync();
        Assert.True(report.State is null or ValidationState.Invalid);
        Assert.Equal(stores == 0 && !isFault, report.Label == Label.None);
    }

    private static ValueTask<AssetMap> TextMapAsync(AssetSource source) =>
        AssetFormats.All.Single(format => format.Name == "Text").MapAsync(source, Limits.Default, CancellationToken.None);

    private static async Task<byte[]> ReadAsync(byte[] file, StoreLocation store, Limits? limits = null) =>
        (await StoreBytes.ReadAsync(AssetSource.FromMemory(file), store, limits ?? Limits.Default, CancellationToken.None)).ToArray();

    private static byte[] Replace(byte[] bytes, string old, string with)
    {
        byte[] found = Encoding.UTF8.GetBytes(old);
        int at = bytes.AsSpan().IndexOf(found);
        return [.. bytes[..at], .. Encoding.UTF8.GetBytes(with), .. bytes[(at + found.Length)..]];
    }
}
