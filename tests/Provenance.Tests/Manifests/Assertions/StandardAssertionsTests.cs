using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;
using StandardAssertions = Provenance.Verifier.Manifests.Assertions.StandardAssertions;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class StandardAssertionsTests
{
    [Fact]
    public void An_unknown_label_is_kept_with_its_bytes()
    {
        var model = Assert.IsType<UnknownAssertion>(Made.Read(Made.Boxes("com.litware.thing__2", "uuid", TestBox.Content("uuid", [1, 2, 3]))));

        Assert.Equal("com.litware.thing", model.Label.Base);
        Assert.Equal(2, model.Label.Instance);
        Assert.Equal(AssertionEncoding.Uuid, model.Encoding);
        var content = Assert.Single(model.Contents);
        Assert.Equal("uuid", content.Type);
        Assert.Equal([1, 2, 3], content.Bytes.ToArray());
    }

    [Theory]
    [InlineData("c2pa.actions.v2", true)]
    [InlineData("c2pa.actions.v3", false)]
    [InlineData("c2pa.ingredient.v3", true)]
    [InlineData("c2pa.ingredient.v4", false)]
    [InlineData("c2pa.hash.data", true)]
    [InlineData("c2pa.hash.data.v2", false)]
    [InlineData("c2pa.asset-type.v2", true)]
    [InlineData("c2pa.asset-type.v3", false)]
    [InlineData("C2PA.actions", false)]
    [InlineData("c2pa.actionsx", false)]
    [InlineData("c2pa.iconic", false)]
    public void A_version_that_does_not_exist_is_unknown(string label, bool known)
    {
        var model = Made.Read(Made.Cbor(label, new CborFields { { "actions", new[] { new CborFields { { "action", "c2pa.created" } } } } }));
        Assert.Equal(known, model is not UnknownAssertion);
    }

    [Theory]
    [InlineData("c2pa.ai-disclosure", nameof(AssertionSubject.Content))]
    [InlineData("c2pa.ai-disclosure.ingredient", nameof(AssertionSubject.Ingredient))]
    [InlineData("c2pa.ai-disclosure.ingredient__1", nameof(AssertionSubject.Ingredient))]
    public void The_end_of_a_label_says_what_it_is_about(string label, string subject) =>
        Assert.Equal(subject, Made.Clean<AiDisclosureAssertion>(label, new CborFields { { "modelType", "c2pa.types.model" } }).Subject.ToString());

    [Fact]
    public void An_ingredient_is_not_about_an_ingredient() =>
        Assert.Equal(AssertionSubject.Content, Made.Clean<IngredientAssertion>("c2pa.ingredient", new CborFields { { "relationship", "parentOf" } }).Subject);

    [Fact]
    public void A_part_hash_keeps_the_version_before_its_ending()
    {
        var model = Made.Clean<BmffHashAssertion>("c2pa.hash.bmff.v3.part__1", new CborFields { { "hash", new byte[32] } });
        Assert.Equal(AssertionSubject.Part, model.Subject);
    }

    [Theory]
    [InlineData("c2pa.metadata")]
    [InlineData("com.litware.metadata")]
    [InlineData("com.litware.metadata.ingredient")]
    [InlineData("cawg.metadata__3")]
    [InlineData("stds.iptc")]
    public void Everything_that_ends_in_metadata_is_metadata(string label) =>
        Assert.IsType<MetadataAssertion>(Made.Read(Made.Json(label, """{"@context": {}, "dc:title": "x"}""")));

    [Fact]
    public void Metadata_about_an_assertion_is_not_metadata_about_the_content() =>
        Made.Clean<AssertionMetadataAssertion>("c2pa.assertion.metadata", new CborFields { { "dateTime", Made.Date("2026-01-01T00:00:00Z") } });

    [Fact]
    public void Content_in_another_encoding_is_malformed()
    {
        var fault = Assert.Throws<MalformedDataException>(() => Made.Read(Made.Json("c2pa.actions.v2", "{}")));
        Assert.Contains("Cbor expected, Json found", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_redacted_says_so_and_no_more()
    {
        byte[] zeros = [.. Convert.FromHexString("CAA98EEE9D4DF80E86AD4DFFCA263973"), 0, 0];
        Assert.Equal("c2pa.metadata", Assert.IsType<RedactedAssertion>(Made.Read(Made.Boxes("c2pa.metadata", "json", TestBox.Content("uuid", zeros)))).Label.Base);
        zeros[^1] = 1;
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Boxes("c2pa.metadata", "json", TestBox.Content("uuid", zeros))));
    }

    [Theory]
    [InlineData("c2pa.ingredient.v3")]
    [InlineData("c2pa.hash.data")]
    [InlineData("c2pa.time-stamp")]
    [InlineData("cawg.identity")]
    public void Content_that_is_no_map_is_malformed(string label) =>
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Cbor(label, new[] { 1 })));

    [Fact]
    public void Any_standard_map_may_say_something_about_itself()
    {
        var model = Made.Clean<SoftBindingAssertion>("c2pa.soft-binding", new CborFields
        {
            { "alg", "x" }, { "metadata", new CborFields { { "dateTime", Made.Date("2026-01-01T00:00:00Z") } } },
        });
        Assert.Equal("2026-01-01T00:00:00Z", model.Metadata!.DateTime!.Text);
    }

    [Fact]
    public void A_field_of_another_type_reads_as_absent_and_is_noted()
    {
        var model = Made.Read<SoftBindingAssertion>("c2pa.soft-binding", new CborFields { { "alg", 7 }, { "name", "n" } });
        Assert.Null(model.Algorithm);
        Assert.Equal("n", model.Name);
        Assert.Equal("alg: text expected, UnsignedInteger found", Assert.Single(model.Notes));
    }

    [Fact]
    public void A_null_field_reads_as_absent_without_a_note() =>
        Assert.Null(Made.Clean<SoftBindingAssertion>("c2pa.soft-binding", new CborFields { { "alg", null } }).Algorithm);

    [Fact]
    public void Notes_end_after_the_first_few()
    {
        var model = Made.Read<AssetReferenceAssertion>("c2pa.asset-ref", new CborFields { { "references", Enumerable.Repeat<object>(1, 5000).ToArray() } });
        Assert.Equal(33, model.Notes.Count);
        Assert.Equal("and more", model.Notes[^1]);
    }

    [Fact]
    public void A_limit_of_CBOR_stays_a_limit()
    {
        object deep = 1;
        for (int i = 0; i < 40; i++)
            deep = new[] { deep };
        Assert.Throws<LimitExceededException>(() => Made.Read(Made.Cbor("c2pa.soft-binding", new CborFields { { "alg", deep } })));
    }

    [Fact]
    public void No_two_rows_have_one_name() =>
        Assert.Equal(StandardAssertions.All.Count, StandardAssertions.All.Select(kind => kind.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void No_row_hides_a_later_one() => Assert.All(StandardAssertions.All.Where(kind => kind.Pattern == LabelPattern.Exact), kind =>
        Assert.Same(kind, StandardAssertions.All.First(other => other.Covers(kind.Name, 1))));
}
