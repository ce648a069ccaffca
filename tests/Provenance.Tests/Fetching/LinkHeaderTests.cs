using Provenance.Fetching;
using Xunit;

namespace Provenance.Tests.Fetching;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<a.c2pa>; rel=c2pa-manifest", "a.c2pa")]
    [InlineData("<a.c2pa>; rel=\"c2pa-manifest\"", "a.c2pa")]
    [InlineData("<a.c2pa>;rel=c2pa-manifest", "a.c2pa")]
    [InlineData("  < a.c2pa >  ;\tREL = \"C2PA-Manifest\"  ", "a.c2pa")]
    [InlineData("<a.c2pa>; rel=\"preload c2pa-manifest next\"", "a.c2pa")]
    [InlineData("<a.c2pa>; title=\"x; rel=no, <b>\"; rel=c2pa-manifest", "a.c2pa")]
    [InlineData("<a.c2pa>; title=\"a \\\" b\"; rel=c2pa-manifest", "a.c2pa")]
    [InlineData("<a,b;c.c2pa>; rel=c2pa-manifest", "a,b;c.c2pa")]
    [InlineData("<s.css>; rel=preload, <a.c2pa>; rel=\"c2pa-manifest\"; type=\"application/c2pa\", <n>; rel=next", "a.c2pa")]
    [InlineData(",, ,<a.c2pa>; rel=c2pa-manifest,,", "a.c2pa")]
    [InlineData("<a.c2pa>; crossorigin; rel=c2pa-manifest", "a.c2pa")]
    [InlineData("<a.c2pa>;;; rel=c2pa-manifest", "a.c2pa")]
    [InlineData("<a.c2pa> junk, <b.c2pa>; rel=c2pa-manifest", "b.c2pa")]
    [InlineData("<https://a.example/x.jpg#jumbf=c2pa>; rel=c2pa-manifest", "https://a.example/x.jpg#jumbf=c2pa")]
    public void The_link_to_a_manifest_is_found(string field, string target) => Assert.Equal([target], LinkHeader.ManifestTargets([field]));

    [Theory]
    [InlineData("")]
    [InlineData("<a.c2pa>")]
    [InlineData("<a.c2pa>; rel=c2pa-manifest-x")]
    [InlineData("<a.c2pa>; rel=x-c2pa-manifest")]
    [InlineData("<a.c2pa>; rel=")]
    [InlineData("<a.c2pa>; rel")]
    [InlineData("<a.c2pa>; rev=c2pa-manifest")]
    [InlineData("<a.c2pa>; rel=next; rel=c2pa-manifest")]
    [InlineData("<a.c2pa>; rel=c2pa-manifest; anchor=\"https://b.example/\"")]
    [InlineData("<a.c2pa; rel=c2pa-manifest")]
    [InlineData("a.c2pa; rel=c2pa-manifest")]
    [InlineData("<a.c2pa>, rel=c2pa-manifest")]
    [InlineData("<a.c2pa>; title=\"; rel=c2pa-manifest")]
    public void Anything_else_is_not(string field) => Assert.Empty(LinkHeader.ManifestTargets([field]));

    [Fact]
    public void Several_targets_are_all_told_and_each_once() =>
        Assert.Equal(["a", "b"], LinkHeader.ManifestTargets(["<a>; rel=c2pa-manifest, <b>; rel=c2pa-manifest", "<a>; rel=c2pa-manifest"]));

    [Fact]
    public void The_64th_link_is_read_and_the_65th_is_not()
    {
        static string After(int links) => string.Concat(Enumerable.Repeat("<s>; rel=next, ", links)) + "<a>; rel=c2pa-manifest";
        Assert.Single(LinkHeader.ManifestTargets([After(63)]));
        Assert.Empty(LinkHeader.ManifestTargets([After(64)]));
    }

    [Fact]
    public void Fields_of_32_KiB_are_read_and_longer_ones_are_not()
    {
        const string link = "<a>; rel=c2pa-manifest";
        Assert.Single(LinkHeader.ManifestTargets([link.PadRight(32 << 10)]));
        Assert.Empty(LinkHeader.ManifestTargets([link.PadRight((32 << 10) + 1)]));
    }

    [Theory]
    [InlineData('<')]
    [InlineData(';')]
    [InlineData('"')]
    [InlineData('\\')]
    [InlineData(',')]
    [InlineData('=')]
    public void A_field_of_one_character_again_and_again_comes_to_an_end(char c) => Assert.Empty(LinkHeader.ManifestTargets([new string(c, 32 << 10), "<a>" + new string(c, 32 << 10)]));
}
