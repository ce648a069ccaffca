using Provenance.TestKit;
using Xunit;

namespace Provenance.Tests.Checks;

public sealed class AssertionContentCheckTests
{
    private static Task<string> Judge(object start, object end) => Statements.JudgeAsync(Statements.Sound().With(Assertion.Cbor("c2pa.asset-ref", new CborFields
    {
        { "references", Array.Empty<object>() }, { "metadata", new CborFields { { "processStart", start }, { "processEnd", end } } },
    })));

    [Fact]
    public async Task A_process_may_not_end_before_it_starts_however_its_times_are_written()
    {
        const string early = "2026-03-03T14:00:00Z", late = "2026-03-03T14:00:01Z", malformed = "assertion.metadata.malformed";
        static CborFields Bound(string time, string key = "timeStampType") => new() { { "value", new CborTagged(0, time) }, { key, "lowerBound" } };

        Assert.Equal("Trusted", await Judge(early, early));
        Assert.Equal("Trusted", await Judge(new CborTagged(0, early), Bound(late)));
        Assert.Equal(malformed, await Judge(late, early));
        Assert.Equal(malformed, await Judge(Bound(late), Bound(early)));
        Assert.Equal(malformed, await Judge(Bound(late, "timestampType"), new CborTagged(0, early)));
        Assert.Equal("Trusted", await Judge("yesterday", early));
    }
}
