using Provenance.Verifier.Bytes;
using Provenance.Verifier.Formats.Bmff;
using Xunit;
using static Provenance.TestKit.BmffWriter;

namespace Provenance.Tests.Formats.Bmff;

public sealed class FragmentRunsTests
{
    private const int Moof = 1000;

    private static FragmentRuns Runs(bool isSegment = false) => new(Moof, new Dictionary<uint, uint> { [1] = 10 }, isSegment);

    private static byte[] Header(int flags, params byte[][] fields) => Join([U32(flags), U32(1), .. fields]);

    [Fact]
    public void The_first_track_counts_from_its_moof_and_the_next_from_where_that_ends()
    {
        var runs = Runs();
        runs.Track(Header(0), 0);
        Assert.Equal(new ByteRange(Moof + 50, 30), runs.Run(Join(U32(1), U32(3), U32(50)), 0));
        Assert.Equal(new ByteRange(Moof + 80, 20), runs.Run(Join(U32(0), U32(2)), 0));
        runs.Track(Header(0), 0);
        Assert.Equal(new ByteRange(Moof + 100, 10), runs.Run(Join(U32(0), U32(1)), 0));
        runs.Track(Header(0x20000), 0);
        Assert.Equal(new ByteRange(Moof, 10), runs.Run(Join(U32(0), U32(1)), 0));
    }

    [Fact]
    public void Sizes_come_from_the_run_the_track_or_the_film()
    {
        var runs = Runs();
        runs.Track(Header(0x1A, U32(1), U32(40), U32(7)), 0);
        Assert.Equal(14, runs.Run(Join(U32(0), U32(2)), 0).Length);
        // Duration, size, flags and composition of each sample, behind the first one's flags.
        Assert.Equal(5 + 6, runs.Run(Join(U32(0xF04), U32(2), U32(0), U32(40), U32(5), U32(0), U32(0), U32(40), U32(6), U32(0), U32(0)), 0).Length);
        runs.Track(Header(0), 0);
        Assert.Equal(20, runs.Run(Join(U32(0), U32(2)), 0).Length);
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 0)]
    public void A_start_given_in_numbers_holds_in_a_whole_film_only(bool isSegment, long length)
    {
        var runs = Runs(isSegment);
        runs.Track(Header(1, U64(5000)), 0);
        Assert.Equal(new ByteRange(5000, length), runs.Run(Join(U32(0), U32(3)), 0));
    }

    [Fact]
    public void Numbers_that_lead_far_away_do_not_overflow()
    {
        var runs = Runs();
        runs.Track(Header(1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), 0);
        for (int i = 0; i < 8; i++)
            Assert.True(runs.Run(Join(U32(0), [0xFF, 0xFF, 0xFF, 0xFF]), 0).End > 0);
        runs.Track(Header(0x20010, [0xFF, 0xFF, 0xFF, 0xFF]), 0);
        Assert.True(runs.Run(Join(U32(1), [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0]), 0).Offset < 0);
    }

    [Fact]
    public void A_run_that_ends_early_is_malformed()
    {
        Assert.Equal(5, Runs().Run(Join(U32(0x200), U32(1), U32(5)), 0).Length);
        Assert.Throws<MalformedDataException>(() => Runs().Run(Join(U32(0x200), U32(2), U32(5)), 0));
    }
}
