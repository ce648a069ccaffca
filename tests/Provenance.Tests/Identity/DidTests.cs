using Provenance.Fetching;
using Provenance.Verifier.Identity;
using Xunit;

namespace Provenance.Tests.Identity;

public sealed class DidTests
{
    [Theory]
    [InlineData("did:web:example.org", "web", "example.org")]
    [InlineData("did:web:example.org#key-0", "web", "example.org")]
    [InlineData("did:web:example.org%3A8443:users:ana", "web", "example.org%3A8443:users:ana")]
    [InlineData("did:a1:x", "a1", "x")]
    public void An_identifier_is_method_and_what_it_makes_of_it(string text, string method, string specific) =>
        Assert.Equal(new Did(method, specific), Did.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("did:")]
    [InlineData("did:web")]
    [InlineData("did:web:")]
    [InlineData("did::x")]
    [InlineData("DID:web:example.org")]
    [InlineData("did:Web:example.org")]
    [InlineData("not-did:web:example.org")]
    [InlineData("did:web:example.org:")]
    [InlineData("did:web:example.org/path")]
    [InlineData("did:web:example.org?query")]
    [InlineData("did:web:example.org%3")]
    [InlineData("did:web:example.org%zz")]
    [InlineData("did:web:exämple.org")]
    [InlineData("did:web:exa mple.org")]
    public void What_breaks_the_syntax_is_none(string? text) => Assert.Null(Did.Parse(text));

    [Fact]
    public void An_identifier_has_4096_characters_at_most()
    {
        Assert.NotNull(Did.Parse("did:jwk:" + new string('a', 4088)));
        Assert.Null(Did.Parse("did:jwk:" + new string('a', 4089)));
    }

    [Theory]
    [InlineData("did:web:example.org", "https://example.org/.well-known/did.json")]
    [InlineData("did:web:example.org:users:ana", "https://example.org/users/ana/did.json")]
    [InlineData("did:web:example.org%3A8443", "https://example.org:8443/.well-known/did.json")]
    [InlineData("did:web:example.org%3A443:a", "https://example.org:443/a/did.json")]
    [InlineData("did:key:z6Mk", null)]
    [InlineData("did:web:example.org%2Fpath", null)]
    [InlineData("did:web:example.org::a", null)]
    [InlineData("did:web:example.org:..:a", null)]
    [InlineData("did:web:example.org:%2e%2e", null)]
    [InlineData("did:web:ana%40example.org", null)]
    public void A_web_identifier_stands_for_one_url(string did, string? url) => Assert.Equal(url, WebDidDocuments.UrlOf(did));
}
