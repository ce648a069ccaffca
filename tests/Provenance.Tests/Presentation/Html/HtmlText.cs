using System.Text;
using System.Xml;
using System.Xml.Linq;
using Provenance.Presentation;
using Provenance.Presentation.Html;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Trust;
using Xunit;
using VerificationPolicy = Provenance.Verifier.VerificationPolicy;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Presentation.Html;

/// <summary>Documents made for tests, read again by a parser that is not ours and forgives nothing.</summary>
internal static class HtmlText
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every element of a document and the attributes it may have. Nothing here runs, asks, leads elsewhere or frames.</summary>
    private static readonly Dictionary<string, string[]> s_ours = new()
    {
        ["html"] = ["lang"],
        ["head"] = [],
        ["meta"] = ["charset", "http-equiv", "content", "name"],
        ["title"] = [],
        ["style"] = [],
        ["body"] = [],
        ["header"] = [],
        ["main"] = [],
        ["footer"] = [],
        ["section"] = ["data-topic"],
        ["div"] = ["class", "data-label"],
        ["h1"] = [],
        ["h2"] = [],
        ["h3"] = [],
        ["p"] = ["class"],
        ["ul"] = ["class"],
        ["ol"] = ["class"],
        ["li"] = ["class"],
        ["dl"] = ["class"],
        ["dt"] = ["class"],
        ["dd"] = ["class"],
        ["bdi"] = [],
        ["span"] = ["class"],
        ["time"] = ["class", "datetime"],
        ["details"] = [],
        ["summary"] = [],
        ["figure"] = ["class"],
        ["figcaption"] = [],
        ["img"] = ["alt", "src"],
        ["svg"] = ["class", "viewBox", "aria-hidden", "focusable", "preserveAspectRatio"],
        ["path"] = ["class", "d"],
        ["rect"] = ["class", "x", "y", "width", "height"],
    };

    public static async Task<VerificationReport> ReportAsync(byte[] asset, bool withDigest = true, params TrustList[] lists)
    {
        var policy = lists.Length == 0 ? VerificationPolicy.WithoutTrustAnchorsUnsafe(s_time) : VerificationPolicy.WithTrust(s_time, lists);
        return await Provenance.Verifier.Verifier.VerifyAsync(AssetSource.FromMemory(asset), policy with { WithDigest = withDigest });
    }

    public static string Of(VerificationReport report, Words? words = null, string? file = "photo.jpg", PagePicture? picture = null)
    {
        var text = new StringWriter();
        HtmlReport.Write(text, ReportPage.Of(report, words ?? Words.English, file, inFull: true), picture);
        return text.ToString();
    }

    /// <summary>Reads it as strict XML.</summary>
    public static XElement Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader).Root!;
    }

    /// <summary>Fails where an element, an attribute or a place that a browser would go to is not one of ours.</summary>
    public static XElement AssertOurs(string html)
    {
        var root = Parse(html);
        foreach (var element in root.DescendantsAndSelf())
        {
            Assert.True(s_ours.TryGetValue(element.Name.ToString(), out string[]? attributes), element.Name.ToString());
            Assert.All(element.Attributes(), attribute => Assert.Contains(attribute.Name.ToString(), attributes!));
        }
        Assert.All(root.Descendants("img"), image => Assert.Matches("^data:image/(jpeg|png|gif|webp|avif);base64,[A-Za-z0-9+/]+=*$", image.Attribute("src")!.Value));
        Assert.Single(root.Descendants("style"));
        Assert.Equal(HtmlStyle.Sheet, root.Descendants("style").Single().Value);
        Assert.Equal(HtmlStyle.Policy, root.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value);
        Assert.DoesNotContain(root.DescendantNodes(), node => node is XComment or XProcessingInstruction);
        return root;
    }

    /// <summary>Tags and attributes of HTML as a browser writes it down again; text has no "&lt;" there.</summary>
    public static void AssertOursInBrowser(string dumped)
    {
        foreach (System.Text.RegularExpressions.Match tag in System.Text.RegularExpressions.Regex.Matches(WithoutStyle(dumped), "<([a-zA-Z!][^\\s>/]*)((?:\\s+[^\\s=>]+(?:=\"[^\"]*\")?)*)\\s*/?>"))
        {
            string name = tag.Groups[1].Value;
            if (name.StartsWith('!'))
                continue;
            Assert.True(s_ours.TryGetValue(name, out string[]? attributes), name);
            foreach (System.Text.RegularExpressions.Match attribute in System.Text.RegularExpressions.Regex.Matches(tag.Groups[2].Value, "\\s+([^\\s=>]+)(?:=\"[^\"]*\")?"))
                Assert.Contains(attribute.Groups[1].Value, attributes!);
        }
    }

    private static string WithoutStyle(string html)
    {
        int start = html.IndexOf("<style>", StringComparison.Ordinal), end = html.IndexOf("</style>", StringComparison.Ordinal);
        return html[..start] + html[end..];
    }

    /// <summary>All text that is seen or heard.</summary>
    public static string TextOf(XElement root)
    {
        var text = new StringBuilder();
        foreach (var node in root.Element("body")!.DescendantNodes().OfType<XText>())
            text.Append(node.Value).Append('\n');
        return text.ToString();
    }

    /// <summary>The texts below a heading.</summary>
    public static string Section(XElement root, PageTopic topic) =>
        root.Descendants("section").Single(section => section.Attribute("data-topic")!.Value == HtmlSections.TopicOf(topic)).Value;

    public static TestCertificate Signer { get; } = TestAuthority.Root("Html Root").Intermediate("Html CA").Issue("Html Signer");
}
