using System.Net;
using Provenance.Fetching;
using Provenance.TestKit;
using Provenance.Tests.Revocation;
using Provenance.Verifier;
using Provenance.Verifier.Checks;
using Xunit;

namespace Provenance.Tests.Fetching;

/// <summary>Questions to responders over a real HTTP server: the guards of a fetch hold, and http:// is for them alone.</summary>
public sealed class RevocationClientTests : IAsyncDisposable
{
    private static readonly byte[] s_request = [0x30, 0x01, 0x02];

    private readonly TestWeb _web = new();
    private readonly RevocationClient _client;

    public RevocationClientTests() => _client = new(_web.Client);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Task<RevocationAnswer> AskAsync(string url) => _client.AskAsync(url, s_request, TestContext.Current.CancellationToken).AsTask();

    [Fact]
    public async Task A_question_is_a_POST_that_says_what_it_must_and_no_more()
    {
        _web.Gives("/ocsp", [1, 2, 3]);

        var answer = await AskAsync("http://a.example/ocsp");

        Assert.Equal([1, 2, 3], answer.Response!.Value.ToArray());
        Assert.Equal(
            ["POST /ocsp HTTP/1.1", "Accept-Encoding: identity", "Content-Length: 3", "Content-Type: application/ocsp-request", "Host: a.example", "User-Agent: Provenance"],
            _web.Requests.Single().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).OrderBy(line => !line.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Equal(s_request, _web.Bodies.Single());
        Assert.Equal(new IPEndPoint(TestWeb.Public, 80), Assert.Single(_web.Dialled));
    }

    [Fact]
    public async Task Https_is_asked_too()
    {
        _web.Gives("/ocsp", [1]);

        Assert.NotNull((await AskAsync("https://a.example/ocsp")).Response);
        Assert.Equal(new IPEndPoint(TestWeb.Public, 443), Assert.Single(_web.Dialled));
    }

    [Theory]
    [InlineData("http://127.0.0.1/ocsp", "this machine")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "the local link")]
    [InlineData("http://[::1]/ocsp", "no public address of IPv6")]
    [InlineData("http://a.example:8080/ocsp", "the port is not one that may be asked")]
    [InlineData("http://user:pw@a.example/ocsp", "a name or password")]
    [InlineData("http://localhost/ocsp", "no dot")]
    [InlineData("http://responder.internal/ocsp", "none of the public internet")]
    [InlineData("ldap://a.example/ocsp", "only http:// and https:// are asked")]
    [InlineData("file:///etc/passwd", "only http:// and https:// are asked")]
    [InlineData("/ocsp", "relative")]
    [InlineData("", "empty")]
    public async Task Whom_the_guards_refuse_is_not_asked(string url, string why)
    {
        var answer = await AskAsync(url);

        Assert.Null(answer.Response);
        Assert.Contains(why, answer.Why, StringComparison.Ordinal);
        Assert.Empty(_web.Dialled);
    }

    [Fact]
    public async Task A_responder_with_a_private_address_is_not_asked()
    {
        _web.Addresses["a.example"] = [[TestWeb.Public, IPAddress.Parse("192.168.0.1")]];

        Assert.Contains("not public", (await AskAsync("http://a.example/ocsp")).Why, StringComparison.Ordinal);
        Assert.Empty(_web.Dialled);
    }

    [Theory]
    [InlineData("http://b.example/ocsp")]
    [InlineData("http://127.0.0.1/ocsp")]
    public async Task A_question_is_not_sent_on(string location)
    {
        _web.Says("/ocsp", "302 Found", $"Location: {location}");

        Assert.Equal("a.example sends on to another URL, which is not followed", (await AskAsync("http://a.example/ocsp")).Why);
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    public async Task An_answer_is_as_long_as_an_answer_may_be(int length, bool isTaken)
    {
        _web.Gives("/ocsp", new byte[length]);

        Assert.Equal(isTaken, (await AskAsync("http://a.example/ocsp")).Response is not null);
    }

    [Fact]
    public async Task Any_status_but_200_is_no_answer()
    {
        _web.Says("/ocsp", "503 Service Unavailable");

        Assert.Equal("a.example answered 503", (await AskAsync("http://a.example/ocsp")).Why);
    }

    [Fact]
    public async Task An_answer_is_kept_and_a_failure_is_not()
    {
        _web.Gives("/ocsp", [1]);

        await AskAsync("http://a.example/ocsp");
        await AskAsync("http://a.example/ocsp");
        Assert.Single(_web.Requests);
        await AskAsync("http://a.example/none");
        await AskAsync("http://a.example/none");
        Assert.Equal(3, _web.Requests.Count);
    }

    [Fact]
    public async Task A_fetch_for_anything_else_stays_https()
    {
        _web.Gives("/x", [1]);

        await using var answer = await _web.Client.FetchAsync("http://a.example/x", FetchLimits.Manifest, TestContext.Current.CancellationToken);

        Assert.Equal("only https:// is fetched", answer.Why);
        Assert.Empty(_web.Dialled);
    }

    [Theory]
    [InlineData(OcspAnswer.Good, RevocationStatus.NotRevoked)]
    [InlineData(OcspAnswer.Revoked, RevocationStatus.Revoked)]
    public async Task A_photo_is_judged_by_what_its_responders_answer(OcspAnswer says, RevocationStatus expected)
    {
        var root = TestAuthority.Root("Wire Root");
        var authority = root.Intermediate("Wire CA", change: ca => ca.OcspAt("http://a.example/ca"));
        var camera = authority.Issue("Wire Camera", change: leaf => leaf.OcspAt("http://b.example/leaf"));
        _web.Gives("/ca", TestOcspResponder.Issuer(root).Respond(authority.Certificate)).Gives("/leaf", TestOcspResponder.Issuer(authority).Respond(camera, says));
        byte[] photo = new ManifestBuilder("revocation/wire").Created().SignedBy(camera).Embed(TestJpeg.Small()).Bytes;
        var policy = VerificationPolicy.WithTrust(Signed.Now, Verifier.Trust.TrustList.FromPem("wire", Verifier.Trust.TrustPurpose.Signer, root.AnchorPem));

        var report = await Signed.VerifyAsync(photo, policy with { RevocationSource = _client });

        Assert.Equal((expected, RevocationOrigin.Online), (report.Revocation, report.RevocationDetails!.Origin));
        Assert.Equal(2, _web.Requests.Count);
    }
}
