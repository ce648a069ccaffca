using System.Text;
using Provenance.Verifier.Formats;
using Xunit;

namespace Provenance.Tests.Formats;

public sealed class XmpProvenanceTests
{
    private const string Url = "https://example.invalid/m/3.c2pa";
    private const string DcTerms = "xmlns:dcterms=\"http://purl.org/dc/terms/\"";

    private static XmpProvenance Find(string packet) => XmpProvenance.Find(Encoding.UTF8.GetBytes(packet));

    /// <summary>A packet as tools write it, around the attributes and content of rdf:Description.</summary>
    private static string Packet(string attributes, string content = "") =>
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- a > b -->
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
          <rdf:Description rdf:about="" {attributes}>{content}</rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>
        """;

    [Fact]
    public void The_attribute_form_is_found() => Assert.Equal(Url, Find(Packet($"{DcTerms} dcterms:provenance=\"{Url}\"")).Reference);

    [Fact]
    public void The_attribute_may_stand_before_its_declaration_and_in_single_quotes() =>
        Assert.Equal(Url, Find(Packet($"dcterms:provenance = '{Url}' {DcTerms}")).Reference);

    [Fact]
    public void The_element_form_is_found() =>
        Assert.Equal(Url, Find(Packet(DcTerms, $"<dcterms:provenance>\n {Url} </dcterms:provenance>")).Reference);

    [Fact]
    public void The_element_form_with_a_resource_is_found() =>
        Assert.Equal(Url, Find(Packet(DcTerms, $"<dcterms:provenance rdf:resource=\"{Url}\"/>")).Reference);

    [Fact]
    public void Any_prefix_will_do_if_it_is_bound_to_the_namespace()
    {
        Assert.Equal(Url, Find(Packet($"xmlns:q=\"http://purl.org/dc/terms/\" q:provenance=\"{Url}\"")).Reference);
        Assert.Equal(Url, Find(Packet("", $"<provenance xmlns=\"http://purl.org/dc/terms/\">{Url}</provenance>")).Reference);
    }

    [Theory]
    [InlineData("xmlns:dcterms=\"http://purl.org/dc/elements/1.1/\" dcterms:provenance=\"u\"", "")]
    [InlineData("dcterms:provenance=\"u\"", "")]
    [InlineData("provenance=\"u\"", "")]
    [InlineData("xmlns=\"http://purl.org/dc/terms/\" provenance=\"u\"", "")]
    [InlineData(DcTerms + " dcterms:provenances=\"u\"", "")]
    [InlineData(DcTerms + " dcterms:title=\"dcterms:provenance=&quot;u&quot;\"", "")]
    [InlineData(DcTerms, "<!-- <dcterms:provenance>u</dcterms:provenance> -->")]
    [InlineData(DcTerms, "<![CDATA[<dcterms:provenance>u</dcterms:provenance>]]>")]
    [InlineData(DcTerms, "<dcterms:provenance></dcterms:provenance>")]
    [InlineData(DcTerms, "<dcterms:provenance/>u")]
    [InlineData("", "<a xmlns:q=\"http://purl.org/dc/terms/\"/><b q:provenance=\"u\"/>")]
    [InlineData("", "<a xmlns:q=\"http://purl.org/dc/terms/\"></a><b q:provenance=\"u\"/>")]
    [InlineData("xmlns:q=\"http://purl.org/dc/terms/\"", "<b xmlns:q=\"other\" q:provenance=\"u\"/>")]
    public void What_only_looks_like_the_property_is_not_it(string attributes, string content) =>
        Assert.Equal(new XmpProvenance(null, null), Find(Packet(attributes, content)));

    [Fact]
    public void A_declaration_ends_with_its_element_and_the_outer_one_returns() =>
        Assert.Equal(Url, Find(Packet(DcTerms, $"<a xmlns:dcterms=\"other\"><b/></a><c dcterms:provenance=\"{Url}\"/>")).Reference);

    [Fact]
    public void Entities_are_decoded() =>
        Assert.Equal("https://x/?a=1&b=<2>\"'é😀", Find(Packet($"{DcTerms} dcterms:provenance=\"https://x/?a=1&amp;b=&lt;2&gt;&quot;&apos;&#233;&#x1F600;\"")).Reference);

    [Theory]
    [InlineData("&unknown;")]
    [InlineData("&amp")]
    [InlineData("&;")]
    [InlineData("&#;")]
    [InlineData("&#x;")]
    [InlineData("&#xD800;")]
    [InlineData("&#x110000;")]
    [InlineData("&#99999999999;")]
    [InlineData("&#-1;")]
    [InlineData("&#10;x")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u0085b")]
    public void Text_that_is_no_reference_is_refused(string value)
    {
        var result = Find(Packet($"{DcTerms} dcterms:provenance=\"https://x/{value}\""));
        Assert.Null(result.Reference);
        Assert.Contains("not well-formed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_UTF_8_is_refused()
    {
        byte[] packet = Encoding.UTF8.GetBytes(Packet($"{DcTerms} dcterms:provenance=\"https://x/~\""));
        Assert.NotNull(XmpProvenance.Find(packet).Reference);
        packet[Array.IndexOf(packet, (byte)'~')] = 0xC3;
        Assert.NotNull(XmpProvenance.Find(packet).Reason);
    }

    [Theory]
    [InlineData("q:provenance=\"a\"", "", "a")]
    [InlineData("q:provenance=\"a\" q:provenance=\"a\"", "", null)]
    [InlineData("q:provenance=\"a\" r:provenance=\"b\"", "", null)]
    [InlineData("q:provenance=\"a\"", "<q:provenance>b</q:provenance>", null)]
    [InlineData("", "<q:provenance>a</q:provenance><r:provenance>b</r:provenance>", null)]
    [InlineData("", "<q:provenance r:provenance=\"a\">b</q:provenance>", null)]
    public void Two_answers_are_none(string attributes, string content, string? expected)
    {
        var result = Find(Packet($"xmlns:q=\"http://purl.org/dc/terms/\" xmlns:r=\"http://purl.org/dc/terms/\" {attributes}", content));
        Assert.Equal(expected, result.Reference);
        Assert.Equal(expected is null, result.Reason is not null);
    }

    [Fact]
    public void References_to_an_embedded_store_do_not_count()
    {
        const string embedded = "<q:provenance>self#jumbf=c2pa/x</q:provenance>";
        const string declaration = "xmlns:q=\"http://purl.org/dc/terms/\"";
        Assert.Equal(new XmpProvenance(null, null), Find(Packet(declaration, embedded)));
        Assert.Equal(Url, Find(Packet(declaration, $"{embedded}<q:provenance>{Url}</q:provenance>{embedded}")).Reference);
    }

    [Fact]
    public void A_reference_has_at_most_4096_bytes()
    {
        Assert.Equal(4096, Find(Packet($"{DcTerms} dcterms:provenance=\"{new string('a', 4096)}\"")).Reference!.Length);
        Assert.Contains("4096", Find(Packet($"{DcTerms} dcterms:provenance=\"{new string('a', 4097)}\"")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_declaration_is_refused() =>
        Assert.Contains("document type", Find("<!DOCTYPE x [<!ENTITY a \"b\">]>" + Packet($"{DcTerms} dcterms:provenance=\"{Url}\"")).Reason, StringComparison.Ordinal);

    [Fact]
    public void UTF_16_is_refused_and_a_UTF_8_mark_is_not()
    {
        string packet = Packet($"{DcTerms} dcterms:provenance=\"{Url}\"");
        Assert.Equal(Url, XmpProvenance.Find([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(packet)]).Reference);
        Assert.Contains("UTF-8", XmpProvenance.Find(Encoding.Unicode.GetBytes(packet)).Reason, StringComparison.Ordinal);
        Assert.Contains("UTF-8", XmpProvenance.Find(Encoding.BigEndianUnicode.GetBytes(packet)).Reason, StringComparison.Ordinal);
        Assert.Contains("UTF-8", XmpProvenance.Find([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(packet)]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_and_declarations_are_limited()
    {
        Assert.Null(Find(string.Concat(Enumerable.Repeat("<a>", 64))).Reason);
        Assert.Contains("nested", Find(string.Concat(Enumerable.Repeat("<a>", 65))).Reason, StringComparison.Ordinal);
        Assert.Null(Find($"<a {string.Concat(Enumerable.Range(0, 256).Select(i => $"xmlns:n{i}=\"u\" "))}/>").Reason);
        Assert.Contains("declares", Find($"<a {string.Concat(Enumerable.Range(0, 257).Select(i => $"xmlns:n{i}=\"u\" "))}/>").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a")]
    [InlineData("<a b")]
    [InlineData("<a b=")]
    [InlineData("<a b=c>")]
    [InlineData("<a b=\"c>")]
    [InlineData("<a/")]
    [InlineData("< a>")]
    [InlineData("<a></a")]
    [InlineData("<!-- x")]
    [InlineData("<?x")]
    [InlineData("<![CDATA[x")]
    public void What_is_not_well_formed_gives_no_answer(string tail)
    {
        var result = Find($"<x {DcTerms} dcterms:provenance=\"{Url}\"/>" + tail);
        Assert.Null(result.Reference);
        Assert.NotNull(result.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("no tags at all")]
    [InlineData("</a></a></a><b/>")]
    public void Anything_can_be_asked(string packet) => Assert.Null(Find(packet).Reference);

    [Fact]
    public void A_packet_at_the_limit_of_any_shape_is_searched_in_bounded_time()
    {
        string[] shapes = ["<", "<a/>", "<a>", "</a>", "<a b=\"\" ", "<a xmlns:q=\"http://purl.org/dc/terms/\"/>", "&", "<?", "<!--", " q:provenance=\"\"", "<q:provenance>"];
        foreach (string shape in shapes)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Find($"<x xmlns:q=\"http://purl.org/dc/terms/\" {string.Concat(Enumerable.Repeat(shape, (1 << 20) / shape.Length))}");
            Find(string.Concat(Enumerable.Repeat(shape, (1 << 20) / shape.Length)));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{shape}: {clock.Elapsed}");
        }
    }
}
