using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class LinkedResourceCheckTests
{
    private const string Label = "c2pa.linked-resource-integrity";
    private const string Malformed = "assertion.linkedResourceIntegrity.malformed", InvalidUri = "assertion.linkedResourceIntegrity.invalidURI";

    private static readonly byte[] s_hash = new byte[32];

    private static CborFields Relative(string uri) => new() { { "uri", uri }, { "hash", s_hash } };

    private static CborFields External() => new() { { "url", "https://example.com/a.js" }, { "alg", "sha256" }, { "hash", s_hash } };

    private static Assertion Of(object? resources) => Assertion.Cbor(Label, new CborFields { { "resources", resources } });

    private static Assertion RelativeTo(params CborFields[] entries) => Of(new CborFields { { "relativeResources", entries }, { "alg", "sha256" } });

    private static Task<string> Judge(Assertion assertion) => Statements.JudgeAsync(Statements.Sound().With(assertion));

    [Fact]
    public async Task Each_resource_is_reported_as_skipped_under_its_own_name()
    {
        var report = await Statements.VerifyAsync(Statements.Sound().With(Of(new CborFields
        {
            { "externalResources", new[] { External() } }, { "relativeResources", new[] { Relative("./a.png"), Relative("b/./c.png") } }, { "alg", "sha256" },
        })));
        Assert.Equal(
            ["https://example.com/a.js", "./a.png", "b/./c.png"],
            report.Findings.Where(finding => finding.Code == StatusCodes.LinkedResourceSkipped).Select(finding => finding.ResourceUrl));
        Assert.DoesNotContain(report.Findings, finding => finding.IsFailure);
    }

    [Fact]
    public async Task The_list_is_a_statement_of_the_signer()
    {
        var list = RelativeTo(Relative("a.png"));
        Assert.Equal("Trusted", await Judge(list));
        Assert.Equal("assertion.linkedResourceIntegrity.notCreated", await Judge(list.Gathered()));
    }

    [Fact]
    public async Task Resources_are_external_or_relative_with_an_algorithm()
    {
        Assert.Equal("Trusted", await Judge(Of(new CborFields { { "externalResources", new[] { External() } } })));
        Assert.Equal(Malformed, await Judge(Of(null)));
        Assert.Equal(Malformed, await Judge(Of(new CborFields())));
        Assert.Equal(Malformed, await Judge(Of(new CborFields { { "externalResources", Array.Empty<object>() } })));
        Assert.Equal(Malformed, await Judge(Of(new CborFields { { "relativeResources", Array.Empty<object>() }, { "alg", "sha256" } })));
        Assert.Equal(Malformed, await Judge(Of(new CborFields { { "relativeResources", new[] { Relative("a.png") } } })));
    }

    [Theory]
    [InlineData("url")]
    [InlineData("alg")]
    [InlineData("hash")]
    public async Task An_external_resource_has_url_algorithm_and_hash(string key) =>
        Assert.Equal(Malformed, await Judge(Of(new CborFields { { "externalResources", new[] { External(), External().Omit(key) } } })));

    [Theory]
    [InlineData("uri")]
    [InlineData("hash")]
    public async Task A_relative_resource_has_uri_and_hash(string key) =>
        Assert.Equal(Malformed, await Judge(RelativeTo(Relative("a.png").Omit(key))));

    [Fact]
    public async Task The_algorithm_of_relative_resources_must_be_one_of_the_list() =>
        Assert.Equal("algorithm.unsupported", await Judge(Of(new CborFields { { "relativeResources", new[] { Relative("a.png") } }, { "alg", "sha1" } })));

    [Theory]
    [InlineData("../a.png", false)]
    [InlineData("a/../b.png", false)]
    [InlineData("a/..", false)]
    [InlineData("%2e%2E/a.png", false)]
    [InlineData("a%2f..%2Fb", false)]
    [InlineData("%252e%252e/a.png", true)] // decoded once, this is a folder called "%2e%2e"
    [InlineData("./a.png", true)]
    [InlineData("a/...", true)]
    [InlineData("..a/b..", true)]
    [InlineData("a%", true)]
    public async Task A_path_may_not_climb_out_of_its_folder(string uri, bool allowed)
    {
        var report = await Statements.VerifyAsync(Statements.Sound().With(RelativeTo(Relative(uri))));
        var found = report.Find(allowed ? StatusCodes.LinkedResourceSkipped : StatusCodes.LinkedResourceInvalidUri);
        Assert.Equal(uri, found?.ResourceUrl);
        Assert.Equal(allowed, report.Findings.All(finding => finding.Code.Text != InvalidUri));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "Assertions")]
    public async Task There_are_no_more_resources_than_the_limit_allows(int count, string? limit)
    {
        var asset = Statements.Sound().With(RelativeTo([.. Enumerable.Range(0, count).Select(i => Relative($"{i}.png"))])).Embed(TestJpeg.Small());
        var report = await Statements.VerifyAsync(asset, Limits.Default with { Assertions = 3 });
        Assert.Equal(limit, report.Error?.Limit);
    }

    [Fact]
    public async Task What_is_no_CBOR_is_reported_as_such() => Assert.Equal("assertion.cbor.invalid", await Judge(Assertion.Json(Label, "{}")));
}
