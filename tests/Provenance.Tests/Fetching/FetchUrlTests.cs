using Newtonsoft.Json.Linq;
using Provenance.Fetching;
using Xunit;

namespace Provenance.Tests.Fetching;

public sealed class FetchUrlTests
{
    private static readonly int[] Ports = [443];

    public static TheoryData<string> MustRefuse => Vectors("mustRefuse");

    public static TheoryData<string> MustAllow => Vectors("mustAllow");

    [Theory]
    [MemberData(nameof(MustRefuse))]
    public void What_must_be_refused_is_refused_as_it_stands_and_with_https(string url)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        Assert.NotNull(WhyNot(url));
        // The scheme alone would refuse most of the list: what else is wrong must be seen too. The standard port hides nothing.
        if (url.StartsWith("http:", StringComparison.Ordinal))
            Assert.NotNull(WhyNot("https" + url[4..].Replace(":80/", ":443/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(MustAllow))]
    public void What_must_be_allowed_is_allowed_over_https(string url)
    {
        Assert.SkipUnless(Shared.Exists, Shared.Absent);
        // The list allows http as well; this client does not (decision 0013).
        if (url.StartsWith("http:", StringComparison.Ordinal))
        {
            Assert.Equal("only https:// is fetched", WhyNot(url));
            url = "https" + url[4..].Replace(":80/", ":443/", StringComparison.Ordinal);
        }
        Assert.Null(WhyNot(url));
    }

    [Theory]
    [InlineData("https://Example.COM", "https://example.com/")]
    [InlineData("HTTPS://example.com:443/a", "https://example.com/a")]
    [InlineData("https://example.com:/a", "https://example.com/a")]
    [InlineData("https://example.com./a?b=c#d", "https://example.com/a?b=c")]
    [InlineData("https://example.com?x", "https://example.com/?x")]
    [InlineData("https://example.com#x", "https://example.com/")]
    [InlineData("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4")]
    [InlineData("https://BÜCHER.example/", "https://xn--bcher-kva.example/")]
    [InlineData("https://한국.example/", "https://xn--3e0b707e.example/")]
    [InlineData("https://93.184.215.14/", "https://93.184.215.14/")]
    [InlineData("https://[2606:2800:21F:CB07:0:0:0:1]/", "https://[2606:2800:21f:cb07::1]/")]
    [InlineData("https://example.com/a/../b/./c", "https://example.com/b/c")]
    public void A_URL_has_one_spelling(string written, string one) => Assert.Equal(one, Read(written).Uri.AbsoluteUri);

    [Theory]
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://93.184.215.014/")]
    [InlineData("https://93.184.215/")]
    [InlineData("https://93.184.215.256/")]
    [InlineData("https://1572395790/")]
    [InlineData("https://0x5db8d70e/")]
    [InlineData("https://a.0x0/")]
    [InlineData("https://a.1/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://93.184.215.14../")]
    [InlineData("https://example..com/")]
    [InlineData("https://.example.com/")]
    [InlineData("https://-a.example/")]
    [InlineData("https://a-.example/")]
    [InlineData("https://a_b.example/")]
    [InlineData("https://intranet/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://x.LOCAL./")]
    [InlineData("https://a.internal/")]
    [InlineData("https://abc.onion/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https://nowhere.invalid/")]
    [InlineData("https://ｅｘａｍｐｌｅ.com/")]
    [InlineData("https://ｌｏｃａｌｈｏｓｔ/")]
    [InlineData("https://𝐞xample.com/")]
    [InlineData("https://exam\u00ADple.com/")]
    [InlineData("https://exam\u200Bple.com/")]
    [InlineData("https://examplе.com:444/")]
    [InlineData("https://[::1/")]
    [InlineData("https://[::1]x/")]
    [InlineData("https://[2606:2800:21f:cb07::1]:8443/")]
    [InlineData("https://[1.2.3.4]/")]
    [InlineData("https://example.com:+443/")]
    [InlineData("https://example.com:443:443/")]
    [InlineData("https://example.com:44３/")]
    [InlineData("https:///example.com/")]
    [InlineData("https:example.com/")]
    [InlineData("https:\\\\example.com\\")]
    [InlineData(" https://example.com/")]
    [InlineData("https://example.com/\u0085")]
    [InlineData("https://example.com/\u2028")]
    [InlineData("https://a@example.com/")]
    [InlineData("https://a:b@example.com/")]
    [InlineData("https://@example.com/")]
    public void Odd_spellings_are_refused(string url) => Assert.NotNull(WhyNot(url));

    [Fact]
    public void A_reason_repeats_no_password_path_or_query() =>
        Assert.All(["https://name:hush@example.com/secret?token=secret", "http://example.com/secret", "https://example.com:22/secret?secret", "ftp://secret"], url =>
        {
            Assert.DoesNotContain("secret", WhyNot(url), StringComparison.Ordinal);
            Assert.DoesNotContain("hush", WhyNot(url), StringComparison.Ordinal);
        });

    [Fact]
    public void The_longest_URL_is_read_and_a_longer_one_is_not()
    {
        string longest = "https://example.com/" + new string('a', 4096 - 20);
        Assert.Null(WhyNot(longest));
        Assert.NotNull(WhyNot(longest + "a"));
    }

    [Fact]
    public void The_longest_name_is_read_and_a_longer_one_is_not()
    {
        string label = new('a', 63), name = $"{label}.{label}.{label}.{new string('a', 57)}.com";
        Assert.Equal(253, name.Length);
        Assert.Null(WhyNot($"https://{name}/"));
        Assert.NotNull(WhyNot($"https://{name.Replace(".com", "a.com", StringComparison.Ordinal)}/"));
        Assert.Null(WhyNot($"https://{label}.com/"));
        Assert.NotNull(WhyNot($"https://{label}a.com/"));
    }

    [Fact]
    public void Another_port_is_asked_only_if_a_list_says_so()
    {
        Assert.NotNull(WhyNot("https://example.com:8443/"));
        Assert.True(FetchUrl.TryResolve("https://example.com:8443/", null, [443, 8443], out var url, out _));
        Assert.Equal(8443, url.Port);
        Assert.False(FetchUrl.TryResolve("https://example.com/", null, [8443], out _, out _));
    }

    [Theory]
    [InlineData("b.c2pa", "https://example.com/x/b.c2pa")]
    [InlineData("/b.c2pa", "https://example.com/b.c2pa")]
    [InlineData("../../../b.c2pa", "https://example.com/b.c2pa")]
    [InlineData("//b.example/c", "https://b.example/c")]
    [InlineData("?q", "https://example.com/x/a.jpg?q")]
    [InlineData("./a:b", "https://example.com/x/a:b")]
    [InlineData("https://b.example/c", "https://b.example/c")]
    public void A_relative_reference_is_read_against_the_asset(string reference, string absolute)
    {
        Assert.True(FetchUrl.TryResolve(reference, new Uri("https://example.com/x/a.jpg"), Ports, out var url, out string? why), why);
        Assert.Equal(absolute, url.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("//127.0.0.1/c")]
    [InlineData("//user@example.com/c")]
    [InlineData("\\\\127.0.0.1\\c")]
    [InlineData("http://example.com/c")]
    [InlineData("file:///etc/passwd")]
    public void And_judged_like_any_other(string reference) =>
        Assert.False(FetchUrl.TryResolve(reference, new Uri("https://example.com/x/a.jpg"), Ports, out _, out _));

    [Theory]
    [InlineData("https://example.com/a.jpg#jumbf=c2pa", true)]
    [InlineData("https://example.com/a.jpg#jumbf=c2pa/urn:uuid:1", true)]
    [InlineData("https://example.com/a.jpg#x", false)]
    [InlineData("https://example.com/jumbf=c2pa", false)]
    public void A_fragment_says_whether_the_store_lies_in_an_asset(string written, bool namesStore) => Assert.Equal(namesStore, Read(written).NamesStore);

    private static FetchUrl Read(string url)
    {
        Assert.True(FetchUrl.TryResolve(url, null, Ports, out var read, out string? why), why);
        return read;
    }

    private static string? WhyNot(string url) => FetchUrl.TryResolve(url, null, Ports, out _, out string? why) ? null : why;

    private static TheoryData<string> Vectors(string list) =>
        Shared.Exists ? [.. JObject.Parse(File.ReadAllText(Shared.Path("vectors", "ssrf", "urls.json")))[list]!.Select(row => (string)row["u"]!)] : ["https://127.0.0.1/"];
}
