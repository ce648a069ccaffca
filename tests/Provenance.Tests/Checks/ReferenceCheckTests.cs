using System.Security.Cryptography;
using Provenance.TestKit;
using Provenance.Verifier.Status;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class ReferenceCheckTests
{
    private static readonly Assertion s_icon = Assertion.File("c2pa.icon", "image/png", TestPng.Small().Bytes);

    /// <summary>Every place of an actions assertion that refers to something, with the reference given.</summary>
    private static CborFields ActionsWith(string place, object? reference)
    {
        var agent = new CborFields { { "name", "x" }, { "icon", reference } };
        return place switch
        {
            "softwareAgent" => new() { { "actions", new[] { Statements.Created(("softwareAgent", agent)) } } },
            "softwareAgents" => new() { { "actions", new[] { Statements.Created() } }, { "softwareAgents", new[] { agent } } },
            "template" => new() { { "actions", new[] { Statements.Created() } }, { "templates", new[] { new CborFields { { "action", "com.litware.a" }, { "icon", reference } } } } },
            "templateAgent" => new() { { "actions", new[] { Statements.Created() } }, { "templates", new[] { new CborFields { { "action", "*" }, { "softwareAgent", agent } } } } },
            "ingredients" => new() { { "actions", new[] { Statements.Created(("parameters", new CborFields { { "ingredients", new[] { reference } } })) } } },
            "relatedAssertions" => new() { { "actions", new[] { Statements.Created(("parameters", new CborFields { { "relatedAssertions", new[] { reference } } })) } } },
            _ => throw new ArgumentOutOfRangeException(nameof(place)),
        };
    }

    private static Task<string> Judge(string place, Func<BuildContext, object?> reference) =>
        Statements.JudgeAsync(Statements.Silent().With(s_icon).With(Statements.Actions(c => ActionsWith(place, reference(c)))));

    [Theory]
    [InlineData("softwareAgent")]
    [InlineData("softwareAgents")]
    [InlineData("template")]
    [InlineData("templateAgent")]
    [InlineData("ingredients")]
    [InlineData("relatedAssertions")]
    public async Task What_actions_refer_to_is_there_and_has_its_hash(string place)
    {
        Assert.Equal("Trusted", await Judge(place, c => c.HashedUri("c2pa.icon")));
        Assert.Equal("hashedURI.mismatch", await Judge(place, c => c.HashedUri("c2pa.icon").With("hash", new byte[32])));
        Assert.Equal("hashedURI.mismatch", await Judge(place, c => c.HashedUri("c2pa.icon").Omit("hash")));
        Assert.Contains("hashedURI.missing", await Judge(place, c => c.HashedUri("c2pa.icon").With("url", "self#jumbf=c2pa.assertions/c2pa.icon__9")), StringComparison.Ordinal);
        Assert.Contains("hashedURI.missing", await Judge(place, c => c.HashedUri("c2pa.icon").Omit("url")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_is_null_is_none() => Assert.Equal("Trusted", await Judge("softwareAgent", _ => null));

    [Fact]
    public async Task What_lies_outside_is_not_looked_for() =>
        Assert.Equal("Trusted", await Judge("softwareAgent", _ => new CborFields { { "url", "https://example.com/icon.png" }, { "alg", "sha256" }, { "hash", new byte[32] } }));

    [Fact]
    public async Task The_algorithm_of_a_reference_must_be_one_of_the_list() =>
        Assert.Equal("algorithm.unsupported", await Judge("template", c => c.HashedUri("c2pa.icon").With("alg", "sha1")));

    [Theory]
    [InlineData(false, "Trusted")]
    [InlineData(true, "hashedURI.mismatch")]
    public async Task An_icon_may_stand_in_a_data_box(bool otherHash, string judged)
    {
        var box = TestBox.Super("cbor", "c2pa.data", TestBox.Content("cbor", TestCbor.Encode(new CborFields { { "dc:format", "image/png" }, { "data", TestPng.Small().Bytes } })));
        var icon = new CborFields { { "url", "self#jumbf=c2pa.databoxes/c2pa.data" }, { "hash", otherHash ? new byte[32] : SHA256.HashData(box.HashedBytes()) } };
        var manifest = Statements.Sound().WithBox(TestBox.Super("c2db", "c2pa.databoxes", box))
            .Claim(claim => claim["claim_generator_info"] = new CborFields { { "name", "x" }, { "icon", icon } });
        Assert.Equal(judged, await Statements.JudgeAsync(manifest));
    }

    [Fact]
    public async Task Metadata_about_another_assertion_refers_to_it()
    {
        static ManifestBuilder About(Action<CborFields>? change) => Statements.Sound().With(s_icon).With(Assertion.Cbor("c2pa.assertion.metadata", c =>
        {
            var reference = c.HashedUri("c2pa.icon");
            change?.Invoke(reference);
            return new CborFields { { "reference", reference } };
        }));
        Assert.Equal("Trusted", await Statements.JudgeAsync(About(null)));
        Assert.Equal("hashedURI.mismatch", await Statements.JudgeAsync(About(r => r["hash"] = new byte[32])));
    }

    [Theory]
    [InlineData(false, "Trusted")]
    [InlineData(true, "hashedURI.mismatch")]
    public async Task The_hashes_of_parts_are_referred_to_by_hash(bool otherHash, string judged)
    {
        Assertion[] parts = HardBinding.Parts(HardBinding.PictureAndRest, 2, fields =>
        {
            if (otherHash)
                ((CborFields)((CborFields[])fields["parts"]!)[0]["hashAssertion"]!)["hash"] = new byte[32];
        });
        Assert.Equal(judged, await Statements.JudgeAsync(Statements.Sound().With(parts)));
    }

    [Fact]
    public async Task In_a_claim_of_version_1_the_hash_of_an_ingredient_in_an_action_is_not_looked_at()
    {
        static ManifestBuilder Old(int version) => Statements.Silent().OldClaim().From(Ingredient.Component()).With(Assertion.Cbor("c2pa.actions", c => new CborFields
        {
            { "actions", new[] { new CborFields { { "action", "c2pa.placed" }, { "parameters", new CborFields { { "ingredient", c.HashedUri("c2pa.ingredient").With("hash", new byte[32]) } } } } } },
        }));
        Assert.Equal("Trusted", await Statements.JudgeAsync(Old(1)));
    }

    [Fact]
    public async Task A_related_assertion_that_was_removed_and_declared_so_is_told()
    {
        var source = Statements.Silent("source").With(s_icon).With(Statements.Actions(c => ActionsWith("relatedAssertions", c.HashedUri("c2pa.icon")))).Embed(TestJpeg.Small());
        var report = await Statements.VerifyAsync(Statements.Silent().Opened(source).Redacts(source.ActiveLabel, "c2pa.icon"));
        Assert.Empty(report.IngredientFailures);
        Assert.Contains(report.Result!.Reached[1].Findings.All, finding => finding.Code == StatusCodes.AssertionRedacted);
    }
}
