using Provenance.TestKit;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Provenance.Verifier.Manifests.Assertions;
using Xunit;

namespace Provenance.Tests.Manifests.Assertions;

public sealed class SharedStructureTests
{
    private static AssertionMetadata Metadata(CborFields fields) => Made.Clean<AssertionMetadataAssertion>("c2pa.assertion.metadata", fields).Metadata!;

    private static RegionRange Range(string type, string key, object value) => Metadata(new CborFields
    {
        { "regionOfInterest", new CborFields { { "region", new[] { new CborFields { { "type", type }, { key, value } } } } } },
    }).RegionOfInterest!.Ranges.Single();

    [Fact]
    public void What_is_said_about_an_assertion_is_read()
    {
        var metadata = Metadata(new CborFields
        {
            { "dateTime", Made.Date("2026-03-03T14:30:00Z") },
            { "reviewRatings", new[] { new CborFields { { "value", 1 }, { "code", "c" }, { "explanation", "e" } } } },
            { "reference", Made.Uri("c2pa.metadata") },
            { "dataSource", new CborFields { { "type", "localProvider.TEE" }, { "details", "d" } } },
            { "localizations", new[] { new CborFields { { "dc:title", new CborFields { { "en-US", "Cats" }, { "de", "Katzen" } } } } } },
            { "processStart", new CborFields { { "value", Made.Date("2026-03-03T14:00:00Z") }, { "timeStampType", "lowerBound" } } },
            { "processEnd", "2026-03-03T14:30:00Z" },
            { "com.litware.own", 1 },
        });
        Assert.Equal("2026-03-03T14:30:00Z", metadata.DateTime!.Text);
        Assert.Equal(new ReviewRating(1, "c", "e"), Assert.Single(metadata.ReviewRatings));
        Assert.Equal("self#jumbf=c2pa.assertions/c2pa.metadata", metadata.Reference!.Url);
        Assert.Equal(new DataSource("localProvider.TEE", "d"), metadata.DataSource);
        var title = Assert.Single(metadata.Localizations);
        Assert.Equal("dc:title", title.Key);
        Assert.Equal(["en-US=Cats", "de=Katzen"], title.Texts.Select(text => $"{text.Key}={text.Value}"));
        Assert.Equal(TimeBound.Lower, metadata.ProcessStart!.Bound);
        Assert.Equal(new ClaimedTime("2026-03-03T14:30:00Z", TimeBound.Absolute), metadata.ProcessEnd);
        Assert.Equal("com.litware.own", Assert.Single(metadata.Custom).Key);
    }

    [Fact]
    public void A_shape_is_a_spatial_range()
    {
        var shape = Range("spatial", "shape", new CborFields
        {
            { "type", "polygon" }, { "unit", "percent" }, { "origin", new CborFields { { "x", 1.5 }, { "y", 2 } } }, { "inside", false },
            { "vertices", new[] { new CborFields { { "x", 3 }, { "y", 4.5 } } } }, { "width", 10 }, { "height", 20.0 },
        }).Shape!;
        Assert.Equal(("polygon", "percent", false, 10.0, 20.0), (shape.Type, shape.Unit, shape.Inside, shape.Width, shape.Height));
        Assert.Equal(new RegionPoint(1.5, 2), shape.Origin);
        Assert.Equal(new RegionPoint(3, 4.5), Assert.Single(shape.Vertices));
    }

    [Fact]
    public void A_range_in_time_is_in_play_time_unless_it_says_otherwise()
    {
        Assert.Equal(new RegionTime("npt", "0", "5.2", false), Range("temporal", "time", new CborFields { { "start", "0" }, { "end", "5.2" } }).Time);
        Assert.Equal(new RegionTime("wallClock", null, "2026-01-01T00:00:00Z", true),
            Range("temporal", "time", new CborFields { { "type", "wallClock" }, { "end", "2026-01-01T00:00:00Z" }, { "endInclusivity", "inclusive" } }).Time);
    }

    [Fact]
    public void A_thing_is_named_by_identifier_and_value() =>
        Assert.Equal(new RegionItem("track_id", "2"), Range("identified", "item", new CborFields { { "identifier", "track_id" }, { "value", "2" } }).Item);

    [Fact]
    public void Text_is_selected_as_the_schema_says_and_as_its_examples_do()
    {
        var selector = new CborFields { { "fragment", "f" }, { "start", 10 }, { "end", 20 } };
        var schema = Range("textual", "text", new CborFields { { "selectors", new[] { new CborFields { { "selector", selector }, { "end", new CborFields { { "fragment", "g" } } } } } } });
        Assert.Equal(new TextStretch(new("f", 10, 20), new("g", null, null)), Assert.Single(schema.Text));

        var wrapped = Range("textual", "text", new CborFields { { "selectors", new[] { new[] { new CborFields { { "selector", selector } } }, [selector] } } });
        Assert.Equal([new TextStretch(new("f", 10, 20), null), new(new("f", 10, 20), null)], wrapped.Text);
    }

    [Theory]
    [InlineData("6432303236", "2026")] // text; what it means is the reader's to judge
    [InlineData("C06432303236", "2026")] // tag 0
    [InlineData("A16576616C75656432303236", "2026")] // { value }
    [InlineData("C16432303236", null)] // tag 1 is a number of seconds
    [InlineData("1907EA", null)]
    [InlineData("A0", null)]
    public void A_time_is_text_with_or_without_its_tag(string hex, string? text)
    {
        var time = ClaimedTime.Read(CborReader.Read(Convert.FromHexString(hex), "time", new CborBudget(Limits.Default)));
        Assert.Equal(text is null ? null : new ClaimedTime(text, TimeBound.Absolute), time);
    }
}
