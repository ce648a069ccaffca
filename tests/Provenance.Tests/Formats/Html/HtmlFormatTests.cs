using System.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Html;

public sealed class HtmlFormatTests
{
    private static readonly string s_script = $"<script type=\"application/c2pa\">{Convert.ToBase64String(Store())}</script>";

    [Theory]
    [InlineData("<!DOCTYPE html>", true)]
    [InlineData("<!doctype HTML PUBLIC \"x\">", true)]
    [InlineData("\uFEFF \r\n<!-- a --><!-- b --><html lang=en>", true)]
    [InlineData("<?xml version=\"1.0\"?><html xmlns=\"x\">", true)]
    [InlineData("<head>", true)]
    [InlineData("<TITLE>a", true)]
    [InlineData("<!DOCTYPE book>", false)]
    [InlineData("<!DOCTYPE", false)]
    [InlineData("<htmlx>", false)]
    [InlineData("<p>a", false)]
    [InlineData("<!-- a <html>", false)]
    [InlineData("text <html>", false)]
    public void An_HTML_file_starts_like_one(string head, bool isHtml) => Assert.Equal(isHtml ? "HTML" : "Text", AssetFormats.Find(Encoding.UTF8.GetBytes(head))?.Name);

    [Theory]
    [InlineData("<!DOCTYPE html><html><head>#</head>")]
    [InlineData("<!DOCTYPE html>#<p>")]
    [InlineData("<html><meta charset=utf-8><link rel=stylesheet href=a><base href=/>#")]
    [InlineData("<html><!-- <body> -->#")]
    [InlineData("<html><!-->#<!-- -->")]
    [InlineData("<html><!--->#<!-- -->")]
    [InlineData("<html><!-- a --!>#<!-- -->")]
    [InlineData("<html><!bogus><?php ?></1>#")]
    [InlineData("<html><title></head><body></title>#")]
    [InlineData("<html><style>p > a { } <body></style >#")]
    [InlineData("<html><noscript><body></noscript>#")]
    [InlineData("<html><script>'<body>'</script>#")]
    [InlineData("<html><script><!-- </script>#")]
    [InlineData("<html><script><!-- <script> </script> --></script>#")]
    [InlineData("<html><script><!--><script> </script>#")]
    [InlineData("<html><script></scriptx></SCRIPT\n>#")]
    [InlineData("<html><template><p>text<script><body></script></head></template>#")]
    [InlineData("<html><meta content=\"a > b\" name='</head>'>#")]
    [InlineData("<html><link/rel=icon/ href=/a>#")]
    public async Task A_script_in_the_head_is_found(string page)
    {
        byte[] file = Encoding.UTF8.GetBytes(page.Replace("#", s_script, StringComparison.Ordinal));
        var store = Assert.Single((await MapAsync(file)).Stores);
        Assert.Equal([new ByteRange(page.IndexOf('#', StringComparison.Ordinal), s_script.Length)], store.Extent);
        Assert.Equal(Store(), (await StoreBytes.ReadAsync(AssetSource.FromMemory(file), store, Limits.Default, CancellationToken.None)).ToArray());
    }

    [Theory]
    [InlineData("<html><head></head>#")]
    [InlineData("<html><body>#")]
    [InlineData("<html>text#")]
    [InlineData("<html><p>#")]
    [InlineData("<html><svg>#</svg>")]
    [InlineData("<html></body>#")]
    [InlineData("<html><!-- # -->")]
    [InlineData("<html><!-- - -- #")]
    [InlineData("<html><title>#</title>")]
    [InlineData("<html><style>#</style>")]
    [InlineData("<html><noscript>#</noscript>")]
    [InlineData("<html><template>#</template>")]
    [InlineData("<html><template><template></template>#</template>")]
    [InlineData("<html><script><!-- <script> </script> #")]
    [InlineData("<html><script>'#")]
    [InlineData("<html><meta content='#'>")]
    public async Task A_script_elsewhere_is_not_looked_at(string page)
    {
        var map = await MapAsync(Encoding.UTF8.GetBytes(page.Replace("#", s_script, StringComparison.Ordinal)));
        Assert.Empty(map.Stores);
        Assert.Null(map.StoreFault);
    }

    [Theory]
    [InlineData("type=application/c2pa", 1, 0)]
    [InlineData("TYPE=' Application/C2PA '", 1, 0)]
    [InlineData("type=application/c2pa type=module", 1, 0)]
    [InlineData("type=application/c2pa id=a", 1, 1)]
    [InlineData("type=module type=application/c2pa", 0, 0)]
    [InlineData("type=application/c2pa-x", 0, 0)]
    [InlineData("type", 0, 0)]
    [InlineData("", 0, 0)]
    public async Task Its_type_tells_the_script_that_holds_a_store(string attributes, int stores, int notes)
    {
        var map = await MapAsync(Encoding.UTF8.GetBytes(s_script.Replace("type=\"application/c2pa\"", attributes, StringComparison.Ordinal)));
        Assert.Equal(stores, map.Stores.Count);
        Assert.Equal(notes, map.Notes.Count);
        Assert.Null(map.StoreFault);
    }

    [Theory]
    [InlineData("style='display:block'")]
    [InlineData("src=a.js")]
    [InlineData("ONERROR=run()")]
    public async Task Its_element_shows_and_runs_nothing(string attribute) =>
        Assert.NotNull((await MapAsync(Encoding.UTF8.GetBytes(s_script.Replace("<script", "<script " + attribute, StringComparison.Ordinal)))).StoreFault);

    [Fact]
    public async Task A_script_without_its_end_is_told()
    {
        Assert.Null((await MapAsync(Encoding.UTF8.GetBytes(s_script))).StoreFault);
        Assert.NotNull((await MapAsync(Encoding.UTF8.GetBytes(s_script[..^1]))).StoreFault);
        Assert.NotNull((await MapAsync(Encoding.UTF8.GetBytes(s_script[..^9]))).StoreFault);
    }

    [Theory]
    [InlineData("<link rel=c2pa-manifest href=https://example.org/a>", "https://example.org/a")]
    [InlineData("<link href=' a.c2pa?b=1&amp;c=2 ' rel=\"preload C2PA-Manifest\">", "a.c2pa?b=1&c=2")]
    [InlineData("<link rel=c2pa-manifest>", null)]
    [InlineData("<link rel=c2pa-manifest href=''>", null)]
    [InlineData("<link rel=c2pa-manifest href='a b'>", null)]
    [InlineData("<link rel=c2pa-manifests href=a>", null)]
    [InlineData("<a rel=c2pa-manifest href=a>", null)]
    [InlineData("<link rel=c2pa-manifest href=a><link rel=c2pa-manifest href=b>", null)]
    [InlineData("<!-- <link rel=c2pa-manifest href=a> -->", null)]
    public async Task A_link_in_the_head_names_where_the_store_is(string head, string? url) =>
        Assert.Equal(url, (await MapAsync(Encoding.UTF8.GetBytes("<html>" + head))).ManifestUrl);

    [Fact]
    public async Task Two_elements_are_never_one()
    {
        Assert.Equal(2, (await MapAsync(Encoding.UTF8.GetBytes(s_script + s_script))).Stores.Count);
        Assert.NotNull((await MapAsync(Encoding.UTF8.GetBytes(s_script + "<link rel=c2pa-manifest href=a>"))).StoreFault);
        Assert.Null((await MapAsync(Encoding.UTF8.GetBytes(s_script + "<body><link rel=c2pa-manifest href=a>"))).StoreFault);
    }

    [Fact]
    public async Task A_head_has_as_many_elements_as_the_limit_and_no_more()
    {
        byte[] Page(int count) => Encoding.UTF8.GetBytes("<html>" + string.Concat(Enumerable.Repeat("<meta>", count)));
        var limits = Limits.Default with { ContainerParts = 10 };
        await MapAsync(Page(9), limits);
        await Assert.ThrowsAsync<LimitExceededException>(() => MapAsync(Page(10), limits));
    }

    [Theory]
    [InlineData(65_534, 1)]
    [InlineData(65_535, 0)]
    public async Task A_tag_is_as_long_as_what_is_read_at_once_and_no_longer(int spaces, int stores)
    {
        // "<meta" and ">" are the other bytes.
        string meta = "<meta" + new string(' ', spaces - 4) + ">";
        byte[] page = Encoding.UTF8.GetBytes("<html>" + meta + s_script);
        if (stores == 0)
            Assert.Contains("a tag of more than", (await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(page))).Message, StringComparison.Ordinal);
        else
            Assert.Equal((stores, 0), ((await MapAsync(page)).Stores.Count, (await MapAsync(page)).Notes.Count));
    }

    [Fact]
    public async Task Elements_across_the_edge_of_what_is_read_at_once_are_found()
    {
        for (int shift = 0; shift < 40; shift++)
        {
            string page = "<html><!--" + new string('-', 65_500 + shift) + "--><script>'" + new string('<', 70_000) + "'</script>" + s_script;
            byte[] file = Encoding.UTF8.GetBytes(page);
            var map = await AssetFormats.Find(file)!.MapAsync(new CountingSource(file), Limits.Default, CancellationToken.None);
            Assert.Equal(page.Length - s_script.Length, Assert.Single(map.Stores).Extent[0].Offset);
        }
    }
}
