using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;
using Provenance.TestKit;
using Provenance.Verifier.Labels;
using Xunit;
using VerificationReport = Provenance.Verifier.VerificationReport;

namespace Provenance.Tests.Presentation.Html;

/// <summary>Words of the file stay words, in every field (attacks K8, K11).</summary>
public sealed class HostileHtmlTests
{
    private static readonly string[] s_ours =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)", "</title><script>1</script>", "</style><style>*{display:none}</style>",
        "<!-- ", "--><b>", "]]><b/>", "<![CDATA[", "<?xml?>", "&lt;script&gt;", "&#60;script&#62;", "&nbsp;&bogus;", "javascript:alert(1)", "https://example.com/ click",
        "</bdi></dd></dl></section></main>", "<svg/onload=alert(1)>", "\u202eGPJ.exe", "\u2066\u2067x", "a\u0000b\u0001\u001b[31m", "\ud800 lone", "\ufffe\uffff\ufdd0", "\u2028\u2029",
        "{issuer} {0} {{x}}", "%3Cscript%3E", "＜script＞", "\u05d0\u05d1\u05d2 <b>", "${x} `x`", "\u00adx\u200b\ufeff", "<math><mi//xlink:href=\"data:x,<script>1</script>\">",
    ];

    [Fact]
    public async Task No_words_of_a_file_become_markup()
    {
        foreach (string hostile in s_ours)
            AssertHarmless(hostile, HtmlText.Of(await ReportAsync(hostile), file: "N" + hostile));
    }

    [Fact]
    public async Task None_of_the_collections_does()
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        // Many at a time: sixty in sixty fields of one file.
        foreach (string[] strings in Collected().Chunk(60))
        {
            AssertHarmless(strings[0], HtmlText.Of(await ReportAsync(strings), Words.Korean, strings[^1]));
            foreach (string name in strings)
                AssertHarmless(name, HtmlText.Of(VerificationReport.Unread(Provenance.Verifier.VerificationPolicy.WithoutTrustAnchorsUnsafe(DateTimeOffset.UnixEpoch), name), file: name));
        }
    }

    [Fact]
    public async Task A_browser_reads_no_element_that_is_not_ours()
    {
        string? browser = new[] { "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "no browser is here");
        string folder = Directory.CreateTempSubdirectory("provenance-html-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "hostile.html"), HtmlText.Of(await ReportAsync(s_ours), file: string.Concat(s_ours)));
            var start = new ProcessStartInfo(browser!, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", "--dump-dom", $"file://{folder}/hostile.html"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string dumped = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Contains("</html>", dumped, StringComparison.Ordinal);
            HtmlText.AssertOursInBrowser(dumped);
            Assert.DoesNotContain("Content Security Policy", await errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertHarmless(string hostile, string html)
    {
        var root = HtmlText.AssertOurs(html);
        foreach (var rune in html.EnumerateRunes())
        {
            bool isOurs = rune.Value is '\n' or 0x2068 or 0x2069;
            Assert.True(isOurs || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator), $"U+{rune.Value:X4} of {hostile}");
        }
        // Isolates that are opened are closed in the same piece of text.
        Assert.All(root.Element("body")!.DescendantNodes().OfType<XText>(), text => Assert.Equal(text.Value.Count(c => c == '\u2068'), text.Value.Count(c => c == '\u2069')));
        Assert.True(html.Length < 1 << 20);
    }

    private static IEnumerable<string> Collected()
    {
        var strings = JArray.Parse(File.ReadAllText(Shared.Path("vectors", "strings", "ui", "hostile-strings.json"))).Select(item => (string)item["text"]!)
            .Concat(JArray.Parse(File.ReadAllText(Shared.Path("vectors", "strings", "blns", "blns.json"))).Select(item => (string)item!));
        foreach (string file in Directory.EnumerateFiles(Shared.Path("vectors", "strings", "c2pa-attacks"), "*.attack"))
            strings = strings.Concat(File.ReadAllLines(file));
        return strings.Where(text => text.Length > 0);
    }

    /// <summary>A file that says this in every field that a report shows.</summary>
    private static Task<VerificationReport> ReportAsync(params string[] hostile)
    {
        string Next(int i) => new UTF8Encoding(false).GetString(Encoding.UTF8.GetBytes(hostile[i % hostile.Length]));
        // A certificate's strings hold no NUL, no lone surrogate and no more than 64 characters.
        string Subject(int i) => new([.. "S" + new string([.. hostile[i % hostile.Length].Where(c => c != '\0' && !char.IsSurrogate(c)).Take(60)])]);
        string seed = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(hostile))));
        var signer = TestAuthority.Root("Hostile Root").Intermediate(Subject(0)).Issue(Subject(1), change: c => c.Organization(Subject(2)));
        var source = new ManifestBuilder(seed + "/source").Created().SignedBy(signer).Embed(TestJpeg.Small());
        var builder = new ManifestBuilder(seed).GeneratedBy("G" + Next(3), Next(4)).Titled("T" + Next(5));
        for (int i = 0; i < Math.Max(1, hostile.Length / 5); i++)
        {
            int at = 5 * i;
            builder = builder
                .Action("c2pa.created", a => a.With("description", "D" + Next(at)).With("reason", Next(at + 1)).With("softwareAgent", new CborFields { { "name", Next(at + 2) } }).Add("digitalSourceType", "http://x/" + Next(at + 3)))
                .Action("x." + Next(at + 4));
        }
        return HtmlText.ReportAsync(builder.Placed(source, "I" + Next(6)).SignedBy(signer).Embed(TestJpeg.Small().WithExif(TestMetadata.Exif("Camera", "M", "2026"))).Bytes);
    }
}
