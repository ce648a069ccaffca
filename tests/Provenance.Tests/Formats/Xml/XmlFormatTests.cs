using System.Text;
using Provenance.TestKit;
using Provenance.Tests.Rules;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats;
using Provenance.Verifier.Labels;
using Xunit;
using static Provenance.Tests.Formats.Sample;

namespace Provenance.Tests.Formats.Xml;

public sealed class XmlFormatTests
{
    private const string Start = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:c2pa='http://c2pa.org/manifest'>", Metadata = "<metadata>", End = "</metadata></svg>";

    private static readonly string s_text = Convert.ToBase64String(Store());

    private static readonly string s_manifest = $"<c2pa:manifest>{s_text}</c2pa:manifest>";

    private static Task<AssetMap> MapAsync(string text) => Sample.MapAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<(int Stores, bool Fault, int Notes)> CountAsync(string text)
    {
        var map = await MapAsync(text);
        // Both ways of reading agree.
        Assert.Equal(Describe(map), Describe(await map.Format.MapAsync(new CountingSource(Encoding.UTF8.GetBytes(text)), Limits.Default, default)));
        return (map.Stores.Count, map.StoreFault is not null, map.Notes.Count);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\n\t ", "\r\n")]
    public async Task The_extent_in_an_SVG_is_the_text_without_white_space(string before, string behind)
    {
        var embedding = (TestXml.Svg() with { White = (before, behind) }).Embed(Store(101));
        var found = Assert.Single((await Sample.MapAsync(embedding.Bytes)).Stores);
        Assert.Equal([new ByteRange(embedding.Extent.Start, embedding.Extent.Length)], found.Extent);
        Assert.Equal(found.Extent, found.Payload);
        Assert.Equal(Store(101), (await StoreBytes.ReadAsync(AssetSource.FromMemory(embedding.Bytes), found, Limits.Default, default)).ToArray());
    }

    [Fact]
    public async Task The_extent_in_a_TTML_is_the_element()
    {
        var embedding = (TestXml.Ttml() with { White = (" ", " ") }).Embed(Store(101));
        var found = Assert.Single((await Sample.MapAsync(embedding.Bytes)).Stores);
        Assert.Equal([new ByteRange(embedding.Extent.Start, embedding.Extent.Length)], found.Extent);
        Assert.Equal("<c2pa:manifest>", Encoding.UTF8.GetString(embedding.Bytes.AsSpan((int)found.Extent[0].Offset, 15)));
        Assert.Equal(Store(101), (await StoreBytes.ReadAsync(AssetSource.FromMemory(embedding.Bytes), found, Limits.Default, default)).ToArray());
    }

    [Theory]
    [InlineData("c2pa:manifest", true)]
    [InlineData("c2pa:manifest xmlns:c2pa='http://c2pa.org/manifest'", true)]
    [InlineData("c2pa:manifest xmlns:c2pa = \"http://c2pa.org/manifest\" ", true)]
    [InlineData("c2pa:manifest xmlns:c2pa='http://c2pa.org/manifest' id='a'", false)]
    [InlineData("c2pa:manifest id='a'", false)]
    [InlineData("c2pa:manifest xmlns:c2pa='http://c2pa.org/manifesto'", false)]
    public async Task The_tag_of_a_TTML_says_nothing_else_since_no_hash_covers_it(string start, bool isSound)
    {
        var embedding = (TestXml.Ttml() with { Element = (start, "c2pa:manifest") }).Embed(Store());
        var map = await Sample.MapAsync(embedding.Bytes);
        Assert.Equal(isSound, map.StoreFault is null);
        Assert.Equal(isSound ? 1 : 0, map.Stores.Count);
    }

    [Theory]
    [InlineData("<c2pa:manifest>", "</c2pa:manifest>", 1)]
    [InlineData("<c2pa:manifest id='a > b'>", "</c2pa:manifest >", 1)]
    [InlineData("<m:manifest xmlns:m='http://c2pa.org/manifest'>", "</m:manifest>", 1)]
    [InlineData("<manifest xmlns='http://c2pa.org/manifest'>", "</manifest>", 1)]
    [InlineData("<manifest>", "</manifest>", 0)]
    [InlineData("<c2pa:Manifest>", "</c2pa:Manifest>", 0)]
    [InlineData("<m:manifest xmlns:m='http://example.org/'>", "</m:manifest>", 0)]
    public async Task An_element_is_told_by_its_name_or_its_namespace(string start, string end, int stores) =>
        Assert.Equal((stores, false, 0), await CountAsync(Start + Metadata + start + s_text + end + End));

    [Fact]
    public async Task A_namespace_may_be_declared_on_any_element_around()
    {
        string text = $"<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:x='http://c2pa.org/manifest'><s:metadata><x:manifest>{s_text}</x:manifest></s:metadata></s:svg>";
        Assert.Equal((1, false, 0), await CountAsync(text));
        Assert.Equal((1, false, 0), await CountAsync(text.Replace("xmlns:x='http://c2pa.org/manifest'", "", StringComparison.Ordinal).Replace("x:", "c2pa:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<g><metadata>", "</metadata></g></svg>")]
    [InlineData("<metadata><g>", "</g></metadata></svg>")]
    [InlineData("<desc>", "</desc></svg>")]
    [InlineData("", "</svg>")]
    [InlineData("<svg><metadata>", "</metadata></svg></svg>")]
    public async Task An_element_elsewhere_is_noted_and_not_read(string before, string behind) => Assert.Equal((0, false, 1), await CountAsync(Start + before + s_manifest + behind));

    [Theory]
    [InlineData("<!--", "-->")]
    [InlineData("<![CDATA[", "]]>")]
    [InlineData("<?x ", "?>")]
    [InlineData("<a b=\"", "\"/>")]
    public async Task What_is_no_markup_holds_no_element(string before, string behind)
    {
        Assert.Equal((0, false, 0), await CountAsync(Start + Metadata + before + s_manifest + behind + End));
        Assert.Equal((1, false, 0), await CountAsync(Start + Metadata + before + s_manifest + behind + s_manifest + End));
    }

    [Fact]
    public async Task Two_elements_are_two()
    {
        Assert.Equal(2, (await CountAsync(Start + Metadata + s_manifest + s_manifest + End)).Stores);
        Assert.Equal(2, (await CountAsync(Start + Metadata + s_manifest + "</metadata><metadata>" + s_manifest + End)).Stores);
        Assert.Equal(2, (await CountAsync(Start + Metadata + s_manifest + $"<m:manifest xmlns:m='http://c2pa.org/manifest'>{s_text}</m:manifest>" + End)).Stores);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task An_empty_element_is_none(string white)
    {
        Assert.Equal((0, false, 1), await CountAsync($"{Start}{Metadata}<c2pa:manifest>{white}</c2pa:manifest>{End}"));
        Assert.Equal((0, false, 1), await CountAsync($"{Start}{Metadata}<c2pa:manifest{white}/>{End}"));
        Assert.Equal((1, false, 1), await CountAsync($"{Start}{Metadata}<c2pa:manifest/>{s_manifest}{End}"));
    }

    [Theory]
    [InlineData("<!-- -->")]
    [InlineData("<![CDATA[AAAA]]>")]
    [InlineData("<rect/>")]
    [InlineData("</c2pa:manifestx>")]
    [InlineData("</metadata>")]
    public async Task Nothing_but_text_stands_in_an_element(string between)
    {
        Assert.True((await CountAsync($"{Start}{Metadata}<c2pa:manifest>{s_text}{between}</c2pa:manifest>{End}")).Fault);
        Assert.True((await CountAsync($"{Start}{Metadata}<c2pa:manifest>{s_text[..8]}{between}{s_text[8..]}</c2pa:manifest>{End}")).Fault);
    }

    [Fact]
    public async Task A_text_that_ends_in_an_element_is_a_fault()
    {
        string text = Start + Metadata + s_manifest;
        Assert.Equal((1, false, 0), await CountAsync(text));
        Assert.True((await CountAsync(text[..^1])).Fault);
        Assert.True((await CountAsync(text[..^17])).Fault);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"]>\"> <!-- ' ]> --> <?x ]> ?> <!ENTITY % b SYSTEM 'file:///etc/passwd'> %b; ]>")]
    [InlineData("\uFEFF<?xml version='1.0'?>\n<!-- <svg> --> <!DOCTYPE svg>")]
    public async Task A_document_type_is_stepped_over_whatever_it_declares(string doctype)
    {
        Assert.Equal((1, false, 0), await CountAsync(doctype + Start + Metadata + s_manifest + End));
        Assert.Equal((0, false, 0), await CountAsync(doctype + Start + Metadata + "&a;" + End));
    }

    [Theory]
    [InlineData("</svg>")]
    [InlineData("<svg></svg><svg>")]
    [InlineData("<svg/><svg>")]
    [InlineData("<svg><!-- ")]
    [InlineData("<svg><a b='")]
    public async Task Damage_before_a_store_is_no_file_without_credentials(string damage)
    {
        string text = "<!DOCTYPE svg>" + damage;
        await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(text + "<metadata>" + s_manifest + "</metadata>"));
        Assert.Empty((await MapAsync(text + "<metadata></metadata>")).Stores);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(66_000)]
    [InlineData(200_000)]
    public async Task Long_tags_and_comments_are_stepped_over(int length)
    {
        string many = new('x', length);
        foreach (string markup in new[] { $"<image href='{many}>/'/>", $"<g a=\"{many}\" b='>'></g>", $"<!--{many}-->", $"<![CDATA[{many}<svg>]]>", $"<?x {many}?>", many })
        {
            Assert.Equal((1, false, 0), await CountAsync(Start + markup + Metadata + s_manifest + End));
            Assert.Equal((1, false, 0), await CountAsync(Start + Metadata + markup + s_manifest + markup + End));
        }
        Assert.Equal((1, false, 0), await CountAsync($"<svg a='{many}'>{Metadata}{s_manifest}{End}"));
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public async Task A_tag_of_a_manifest_has_a_length(int length, bool isRead)
    {
        string tag = $"<c2pa:manifest a='{new string('x', length - 20)}'>";
        Assert.Equal(length, tag.Length);
        string text = Start + Metadata + tag + s_text + "</c2pa:manifest>" + End;
        if (isRead)
            Assert.Equal((1, false, 0), await CountAsync(text));
        else
            await Assert.ThrowsAsync<MalformedDataException>(() => MapAsync(text));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public async Task White_space_around_the_text_has_a_length(int length, bool isRead)
    {
        string white = new(' ', length), half = white[..(length - 1)];
        Assert.Equal(!isRead, (await CountAsync($"{Start}{Metadata}<c2pa:manifest>{half}{s_text}</c2pa:manifest>{End}")).Fault);
        Assert.Equal(!isRead, (await CountAsync($"{Start}{Metadata}<c2pa:manifest>{s_text}{half}</c2pa:manifest>{End}")).Fault);
        Assert.Equal(!isRead, (await CountAsync($"{Start}{Metadata}<c2pa:manifest>{white}</c2pa:manifest>{End}")).Fault);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_text_in_UTF_16_is_told(bool bigEndian, bool withMark)
    {
        var encoding = new UnicodeEncoding(bigEndian, withMark);
        byte[] Encode(string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        var map = await Sample.MapAsync(Encode("<?xml version='1.0'?>" + Start + Metadata + s_manifest + End));
        Assert.Equal("SVG", map.Format.Name);
        Assert.NotNull(map.StoreFault);
        var plain = await Sample.MapAsync(Encode(Start + End));
        Assert.Null(plain.StoreFault);
        Assert.Single(plain.Notes);
    }

    [Theory]
    [InlineData("<svg", "SVG")]
    [InlineData("<svg>", "SVG")]
    [InlineData("<x:svg>", "SVG")]
    [InlineData("  <!-- <tt> --><svg/>", "SVG")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE svg [", "SVG")]
    [InlineData("<!DOCTYPE svg>", "SVG")]
    [InlineData("<!DOCTYPE svg><!-- ", "SVG")]
    [InlineData("<!DOCTYPE svg><html>", null)]
    [InlineData("<tt xmlns='http://www.w3.org/ns/ttml'>", "TTML")]
    [InlineData("<tt:tt xmlns:tt='http://www.w3.org/ns/ttml' ", "TTML")]
    [InlineData("<tt>", null)]
    [InlineData("<tt><a href='http://www.w3.org/ns/ttml'/>", null)]
    [InlineData("<svgs>", null)]
    [InlineData("<html><svg>", null)]
    [InlineData("x<svg>", null)]
    [InlineData("<!-- <svg>", null)]
    [InlineData("", null)]
    [InlineData("<", null)]
    public void A_document_is_told_by_its_root(string head, string? format)
    {
        string? found = AssetFormats.Find(Encoding.UTF8.GetBytes(head))?.Name;
        Assert.Equal(format, found is "SVG" or "TTML" ? found : null);
    }

    [Fact]
    public async Task An_XMP_packet_is_read_and_no_region()
    {
        string packet = TestMetadata.Xmp("https://example.org/m.c2pa");
        var map = await MapAsync(Start + Metadata + packet + End);
        Assert.Equal("https://example.org/m.c2pa", XmpProvenance.Find(map.Xmp!.Value.Span).Reference);
        Assert.All(map.Regions, region => Assert.Equal(RegionKind.Media, region.Kind));
    }

    [Fact]
    public async Task What_an_attacker_draws_where_the_padding_was_is_no_match()
    {
        var asset = World.Sound("svg-pad").Cose(cose => cose.Padding = 300).Embed(TestXml.Svg());
        Assert.Equal(ValidationState.Trusted, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
        string text = Encoding.UTF8.GetString(asset.Bytes);
        int end = text.IndexOf("</c2pa:manifest>", StringComparison.Ordinal);
        // The exclusion reaches as far as before, and now holds a rectangle.
        string forged = text[..(end - 40)] + "</c2pa:manifest>" + "<rect width='64' height='64'></rect><!--" + text[(end + 16)..];
        Assert.Equal(text.Length, forged.Length);
        Assert.NotEqual(ValidationState.Trusted, (await new CaseFile(Encoding.UTF8.GetBytes(forged)).VerifyAsync()).State);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(2, 3, true)]
    [InlineData(1, 3, false)]
    [InlineData(0, 3, false)]
    [InlineData(3, 3, false)]
    public async Task White_space_is_left_out_as_a_whole_or_not_at_all(int before, int behind, bool isMatch)
    {
        var carrier = TestXml.Svg() with { White = ("\n ", "  \n") };
        var binding = HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start - before, c.Asset.Extent.Length + before + behind)]);
        var asset = World.Sound("svg-white").BoundBy(binding).Embed(carrier);
        Assert.Equal(isMatch ? ValidationState.Trusted : ValidationState.Invalid, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Fact]
    public async Task A_wider_exclusion_is_no_match()
    {
        var asset = World.Sound("svg-wide").BoundBy(HardBinding.Data("c2pa.hash.data", c => [new(c.Asset.Extent.Start - 15, c.Asset.Extent.Length + 15)])).Embed(TestXml.Svg());
        Assert.Equal(ValidationState.Invalid, (await new CaseFile(asset.Bytes).VerifyAsync()).State);
    }

    [Theory]
    [InlineData("made-signed/sample5-signed.svg")]
    [InlineData("made-variants/container.svg")]
    [InlineData("c2pa-rs-bench/100kb-signed.svg")]
    public async Task Real_files_hold_one(string file)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", file), TestContext.Current.CancellationToken);
        string text = Encoding.Latin1.GetString(bytes);
        int end = text.IndexOf("</c2pa:manifest>", StringComparison.Ordinal), start = text.LastIndexOf('>', end) + 1;
        Assert.Equal([ByteRange.FromTo(start, end)], Assert.Single((await Sample.MapAsync(bytes)).Stores).Extent);
    }

    [Fact]
    public async Task Entities_that_multiply_are_never_expanded()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        byte[] bytes = await File.ReadAllBytesAsync(Shared.Path("corpus", "malformed/made-containers/svg-billion-laughs.svg"), TestContext.Current.CancellationToken);
        Assert.Empty((await Sample.MapAsync(bytes)).Stores);
    }
}
