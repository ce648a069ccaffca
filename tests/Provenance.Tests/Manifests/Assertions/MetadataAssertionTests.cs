using System.Text.Json;
using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class MetadataAssertionTests
{
    private static MetadataAssertion Read(string json) => Assert.IsType<MetadataAssertion>(Made.Read(Made.Json("c2pa.metadata", json)));

    [Fact]
    public void The_text_is_kept_and_its_outermost_members_are_shown()
    {
        const string json = """{"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:FNumber": 4.0, "dc:title": "a\u00e9", "dc:creator": ["x"], "flag": true, "none": null}""";
        var metadata = Read(json);

        Assert.Equal(json, metadata.Text);
        Assert.Equal(
            [
                new("@context", JsonValueKind.Object, """{"exif": "http://ns.adobe.com/exif/1.0/"}"""), new("exif:FNumber", JsonValueKind.Number, "4.0"),
                new("dc:title", JsonValueKind.String, "aé"), new("dc:creator", JsonValueKind.Array, """["x"]"""),
                new("flag", JsonValueKind.True, "true"), new JsonMember("none", JsonValueKind.Null, "null"),
            ], metadata.Members);
        Assert.Empty(metadata.Notes);
    }

    [Fact]
    public void The_source_type_of_the_IPTC_is_found() =>
        Assert.Equal(DigitalSource.Camera, Read($$"""{"Iptc4xmpExt:DigitalSourceType": "{{DigitalSource.Camera}}"}""").DigitalSourceType);

    [Fact]
    public void A_name_that_stands_there_twice_is_noted()
    {
        var metadata = Read("""{"a": 1, "a": 2}""");
        Assert.Equal(["1", "2"], metadata.Members.Select(member => member.Text));
        Assert.Equal("'a' stands there twice", Assert.Single(metadata.Notes));
    }

    [Fact]
    public void JSON_that_is_no_object_has_no_members()
    {
        var metadata = Read("[1]");
        Assert.Empty(metadata.Members);
        Assert.Single(metadata.Notes);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("""{"a": "\uD800"}""")]
    [InlineData("""{"\uDC00": 1}""")]
    [InlineData("""{"a": "\uDC00\uD800"}""")]
    public void What_is_no_JSON_or_no_Unicode_is_malformed(string json) => Assert.Throws<MalformedDataException>(() => Read(json));

    [Fact]
    public void A_surrogate_pair_is_a_character() => Assert.Equal("😀", Read("""{"a": "\uD83D\uDE00"}""").Members[0].Text);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_malformed() =>
        Assert.Throws<MalformedDataException>(() => Made.Read(Made.Boxes("c2pa.metadata", "json", TestBox.Content("json", [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]))));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Nesting_ends_at_the_limit(int depth, bool readable)
    {
        string json = new string('[', depth) + new string(']', depth);
        if (readable)
            Read(json);
        else
            Assert.Throws<MalformedDataException>(() => Read(json));
    }

    [Theory]
    [InlineData(1024, 0)]
    [InlineData(1025, 1)]
    public void Members_beyond_the_first_stay_in_the_text(int count, int notes)
    {
        var metadata = Read("{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":0")) + "}");
        Assert.Equal(1024, metadata.Members.Count);
        Assert.Equal(notes, metadata.Notes.Count);
    }

    [Fact]
    public void Metadata_written_as_CBOR_is_shown_with_a_note()
    {
        var metadata = Made.Read<MetadataAssertion>("cawg.metadata", new CborFields { { "dc:title", "t" }, { "n", -3 }, { "f", 1.5 }, { "b", true }, { "l", new[] { 1 } } });
        Assert.Equal(["t", "-3", "1.5", "true", ""], metadata.Members.Select(member => member.Text));
        Assert.Equal("written as CBOR, where the standard has JSON", Assert.Single(metadata.Notes));
        Assert.Equal("", metadata.Text);
    }

    [Theory]
    [InlineData("""{"@type": "CreativeWork", "url": "u", "author": [{"@type": "Person", "name": "A"}, {"name": "B"}, {}, "C"]}""", "A,B,C")]
    [InlineData("""{"author": {"name": "A"}}""", "A")]
    [InlineData("""{"author": "A"}""", "A")]
    [InlineData("""{"author": 1}""", "")]
    [InlineData("""[]""", "")]
    public void The_authors_of_a_creative_work_are_found(string json, string names)
    {
        var work = Assert.IsType<SchemaOrgAssertion>(Made.Read(Made.Json("stds.schema-org.CreativeWork", json)));
        Assert.Equal(names, string.Join(',', work.Authors));
    }

    [Fact]
    public void A_claim_review_is_read()
    {
        var review = Assert.IsType<SchemaOrgAssertion>(Made.Read(Made.Json("stds.schema-org.ClaimReview",
            """{"@type": "ClaimReview", "claimReviewed": "c", "reviewRating": {"alternateName": "False"}}""")));
        Assert.Equal(("ClaimReview", "c", "False"), (review.Type, review.ClaimReviewed, review.Rating));
    }

    [Fact]
    public void A_creative_work_in_CBOR_is_read_too()
    {
        var work = Made.Read<SchemaOrgAssertion>("stds.schema-org.CreativeWork", new CborFields { { "@type", "CreativeWork" }, { "author", new[] { new CborFields { { "name", "A" } } } } });
        Assert.Equal(["A"], work.Authors);
        Assert.Single(work.Notes);
    }

    [Fact]
    public void A_repository_receipt_is_read()
    {
        var receipt = Assert.IsType<RepositoryReceiptAssertion>(Made.Read(Made.Json("c2pa.repository-receipt",
            """{"@context": "x", "@type": "org.c2pa.repository-receipt", "repository": {"uri": "r", "manifestId": "m"}, "anchor": {"uri": "a", "proof": {}}}""")));
        Assert.Equal(("r", "m", "a"), (receipt.RepositoryUri, receipt.ManifestId, receipt.AnchorUri));
    }
}
