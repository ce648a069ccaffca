using Provenance.TestKit;
using Provenance.Verifier.Bindings;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Cbor;
using Xunit;

namespace Provenance.Tests.Bindings;

public sealed class DataHashTests
{
    [Fact]
    public void Ranges_are_read_as_written()
    {
        var hash = Read(Range(2, 3), Range(5, 1), Range(7, long.MaxValue - 7));
        Assert.Equal([new ByteRange(2, 3), new ByteRange(5, 1), new ByteRange(7, long.MaxValue - 7)], hash.Exclusions);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(long.MaxValue, 1)]
    public void A_range_that_ends_nowhere_is_malformed(long start, long length) => Assert.Throws<MalformedDataException>(() => Read(Range(start, length)));

    [Fact]
    public void Ranges_may_meet_and_not_overlap()
    {
        Assert.Equal(2, Read(Range(0, 10), Range(10, 1)).Exclusions.Count);
        Assert.Throws<MalformedDataException>(() => Read(Range(0, 10), Range(9, 1)));
    }

    [Fact]
    public void There_are_as_many_ranges_as_the_limit_and_no_more()
    {
        static CborFields[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Range(i, 1))];
        Assert.Equal(Limits.Default.Exclusions, Read(Many(Limits.Default.Exclusions)).Exclusions.Count);
        Assert.Throws<LimitExceededException>(() => Read(Many(Limits.Default.Exclusions + 1)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("00000000", true)]
    [InlineData("20202020", true)]
    [InlineData("00202020", false)]
    [InlineData("00000001", false)]
    public void Padding_is_zeros_or_spaces_throughout(string hex, bool expected) => Assert.Equal(expected, PadRule.IsPadding(Convert.FromHexString(hex)));

    private static CborFields Range(long start, long length) => new() { { "start", start }, { "length", length } };

    private static DataHash Read(params CborFields[] ranges)
    {
        byte[] bytes = TestCbor.Encode(new CborFields { { "exclusions", ranges }, { "alg", "sha256" }, { "hash", new byte[32] }, { "pad", Array.Empty<byte>() } });
        return DataHash.Read(CborReader.Read(bytes, "data hash", new CborBudget(Limits.Default)), Limits.Default);
    }
}
