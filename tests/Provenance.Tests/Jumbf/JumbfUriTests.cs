using Provenance.Verifier.Jumbf;
using Xunit;

namespace Provenance.Tests.Jumbf;

public sealed class JumbfUriTests
{
    [Theory]
    [InlineData("self#jumbf=c2pa.assertions/a", null, "c2pa.assertions/a")]
    [InlineData("self#jumbf=/c2pa/m/c2pa.signature", "m", "c2pa.signature")]
    [InlineData("self#jumbf=c2pa/m/c2pa.signature", "m", "c2pa.signature")]
    [InlineData("self#jumbf=/c2pa/urn:c2pa:4F2B", "urn:c2pa:4F2B", "")]
    [InlineData("self#jumbf=c2pa.assertions/c2pa.actions.v2&cbor=/actions/0", null, "c2pa.assertions/c2pa.actions.v2")]
    [InlineData("self#jumbf=c2pa.signature", null, "c2pa.signature")]
    public void A_reference_is_taken_apart(string text, string? manifest, string path)
    {
        var uri = JumbfUri.Parse(text);
        Assert.Equal((manifest, path), (uri?.Manifest, string.Join('/', uri!.Path)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://example.org/")]
    [InlineData("c2pa.assertions/a")]
    [InlineData("SELF#jumbf=c2pa.assertions/a")]
    [InlineData("self#jumbf=")]
    [InlineData("self#jumbf=/")]
    [InlineData("self#jumbf=/c2pa")]
    [InlineData("self#jumbf=c2pa")]
    [InlineData("self#jumbf=/C2PA/m")]
    [InlineData("self#jumbf=/other/m")]
    [InlineData("self#jumbf=c2pa.assertions/../a")]
    [InlineData("self#jumbf=./a")]
    [InlineData("self#jumbf=c2pa.assertions//a")]
    [InlineData("self#jumbf=c2pa.assertions/a/")]
    public void Anything_else_is_no_reference(string? text) => Assert.Null(JumbfUri.Parse(text));

    [Fact]
    public void A_relative_reference_is_meant_inside_its_holder()
    {
        Assert.Equal("self#jumbf=/c2pa/holder/c2pa.assertions/a", JumbfUri.Parse("self#jumbf=c2pa.assertions/a")!.ToAbsolute("holder"));
        Assert.Equal("self#jumbf=/c2pa/m/c2pa.assertions/a", JumbfUri.Parse("self#jumbf=c2pa/m/c2pa.assertions/a")!.ToAbsolute("holder"));
    }
}
