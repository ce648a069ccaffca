using Provenance.TestKit;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class IngredientAssertionTests
{
    private static CborFields Status(string code) => new() { { "code", code }, { "url", "self#jumbf=/c2pa/m/c2pa.signature" } };

    [Fact]
    public void Every_field_of_version_3_is_read()
    {
        var codes = new CborFields { { "success", new[] { Status("s") } }, { "informational", new[] { Status("i") } }, { "failure", new[] { Status("f") } } };
        var ingredient = Made.Clean<IngredientAssertion>("c2pa.ingredient.v3", new CborFields
        {
            { "relationship", "inputTo" }, { "dc:title", "t" }, { "dc:format", "image/png" }, { "instanceID", "iid" }, { "description", "d" },
            { "informationalURI", "https://example.com" }, { "activeManifest", Made.Uri("x") }, { "claimSignature", Made.Uri("y") }, { "thumbnail", Made.Uri("z") },
            { "data", new CborFields { { "url", "https://example.com/model" }, { "alg", "sha256" }, { "hash", new byte[32] }, { "size", 7 } } },
            { "dataTypes", new[] { new CborFields { { "type", "c2pa.types.model" }, { "version", "1.0.0" } } } },
            { "digitalSourceType", "dst" }, { "relatedAssertions", new[] { Made.Uri("c2pa.metadata.ingredient") } },
            { "softBindingsMatched", true }, { "softBindingAlgorithmsMatched", new[] { "com.litware.w" } },
            {
                "validationResults", new CborFields
                {
                    { "activeManifest", codes },
                    { "ingredientDeltas", new[] { new CborFields { { "ingredientAssertionURI", "u" }, { "validationDeltas", codes } } } },
                    { "specVersion", "2.5.0" },
                    { "trustListUris", new[] { new CborFields { { "uri", "https://c2pa.org/trustlist" }, { "type", "c2pa.trustList" }, { "identifier", "42" } } } },
                }
            },
            { "metadata", new CborFields { { "regionOfInterest", new CborFields { { "region", Array.Empty<object>() }, { "name", "r" } } } } },
        });

        Assert.Equal(Relationship.InputTo, ingredient.Relationship);
        Assert.Equal(("t", "image/png", "iid", "d", "https://example.com"), (ingredient.Title, ingredient.Format, ingredient.InstanceId, ingredient.Description, ingredient.InformationalUri));
        Assert.Equal(["x", "y", "z"], new[] { ingredient.Manifest, ingredient.ClaimSignature, ingredient.Thumbnail }.Select(reference => reference!.Target!.Path[^1]));
        Assert.Equal(("https://example.com/model", 7L, null), (ingredient.Data!.Url, ingredient.Data.Size, ingredient.Data.Target));
        Assert.Equal(new AssetType("c2pa.types.model", "1.0.0"), Assert.Single(ingredient.DataTypes));
        Assert.Equal("dst", ingredient.DigitalSourceType);
        Assert.Single(ingredient.RelatedAssertions);
        Assert.True(ingredient.SoftBindingsMatched);
        Assert.Equal(["com.litware.w"], ingredient.SoftBindingAlgorithmsMatched);
        var results = ingredient.ValidationResults!;
        Assert.Equal(("s", "i", "f"), (results.ActiveManifest!.Success[0].Code, results.ActiveManifest.Informational[0].Code, results.ActiveManifest.Failure[0].Code));
        Assert.Equal("u", results.Deltas[0].IngredientUri);
        Assert.Equal("f", results.Deltas[0].Codes.Failure[0].Code);
        Assert.Equal("2.5.0", results.SpecVersion);
        Assert.Equal(new RecordedTrustList("https://c2pa.org/trustlist", "c2pa.trustList", "42"), Assert.Single(results.TrustLists));
        Assert.Equal("r", ingredient.Metadata!.RegionOfInterest!.Name);
    }

    [Theory]
    [InlineData("c2pa.ingredient")]
    [InlineData("c2pa.ingredient.v2")]
    public void Older_versions_have_other_names_for_some(string label)
    {
        var ingredient = Made.Clean<IngredientAssertion>(label, new CborFields
        {
            { "relationship", "parentOf" }, { "documentID", "did" }, { "c2pa_manifest", Made.Uri("m") }, { "informational_URI", "https://example.com" },
            { "data_types", new[] { new CborFields { { "type", "t" } } } },
            { "validationStatus", new[] { new CborFields { { "code", "x" }, { "success", false }, { "explanation", "e" } } } },
        });
        Assert.Equal("did", ingredient.DocumentId);
        Assert.Equal("m", ingredient.Manifest!.Target!.Path[0] == "c2pa.assertions" ? ingredient.Manifest.Target.Path[1] : "");
        Assert.Equal("https://example.com", ingredient.InformationalUri);
        Assert.Equal(new AssetType("t", null), Assert.Single(ingredient.DataTypes));
        Assert.Equal(new RecordedCode("x", null, null, "e", false), Assert.Single(ingredient.ValidationStatus));
    }

    [Theory]
    [InlineData("parentOf", true)]
    [InlineData("ParentOf", false)]
    [InlineData(null, false)]
    public void A_relationship_that_is_none_is_noted(string? relationship, bool known)
    {
        var ingredient = Made.Read<IngredientAssertion>("c2pa.ingredient.v3", new CborFields { { "relationship", relationship }, { "dc:title", "still shown" } });
        Assert.Equal(known, ingredient.Relationship is not null);
        Assert.Equal(known, ingredient.Notes.Count == 0);
        Assert.Equal("still shown", ingredient.Title);
    }

    [Fact]
    public void The_single_trust_list_of_2_3_is_a_list_of_one()
    {
        var ingredient = Made.Clean<IngredientAssertion>("c2pa.ingredient.v3", new CborFields
        {
            { "relationship", "parentOf" }, { "validationResults", new CborFields { { "trustListUri", "u" } } },
        });
        Assert.Equal("u", Assert.Single(ingredient.ValidationResults!.TrustLists).Uri);
        Assert.Null(ingredient.ValidationResults.ActiveManifest);
    }
}
