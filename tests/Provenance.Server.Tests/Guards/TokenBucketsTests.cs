using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Guards;

public sealed class TokenBucketsTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_bucket_holds_its_burst_and_not_one_more()
    {
        var buckets = Buckets(perSecond: 2, burst: 10);
        for (int i = 0; i < 10; i++)
            Assert.Equal(TimeSpan.Zero, buckets.Take(1, 1));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(1, 1));
    }

    [Fact]
    public void It_gets_back_what_it_is_given_each_second_and_never_more_than_its_burst()
    {
        var buckets = Buckets(perSecond: 2, burst: 10);
        buckets.Take(1, 10);
        _clock.Advance(TimeSpan.FromSeconds(0.5) - TimeSpan.FromTicks(1));
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(1, 1));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 1));

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 10));
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(1, 1));
    }

    [Fact]
    public void What_is_told_to_wait_is_enough_and_no_more()
    {
        var buckets = Buckets(perSecond: 3, burst: 20);
        buckets.Take(1, 20);
        var wait = buckets.Take(1, 10);
        _clock.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(1, 10));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 10));
    }

    [Fact]
    public void A_refused_request_costs_nothing()
    {
        var buckets = Buckets(perSecond: 1, burst: 10);
        buckets.Take(1, 5);
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(1, 6));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 5));
    }

    [Fact]
    public void Callers_have_buckets_of_their_own()
    {
        var buckets = Buckets(perSecond: 1, burst: 10);
        buckets.Take(1, 10);
        Assert.Equal(TimeSpan.Zero, buckets.Take(2, 10));
    }

    [Fact]
    public void Many_at_once_take_the_burst_exactly()
    {
        var buckets = Buckets(perSecond: 1, burst: 10_000);
        int taken = 0;
        Parallel.For(0, 40_000, _ =>
        {
            if (buckets.Take(7, 1) == TimeSpan.Zero)
                Interlocked.Increment(ref taken);
        });
        Assert.Equal(10_000, taken);
    }

    [Fact]
    public void A_million_callers_take_no_memory()
    {
        var buckets = Buckets(perSecond: 1, burst: 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 0; i < 1_000_000; i++)
            buckets.Take(new ClientNetwork(true, 0x2001_0db8_0000_0000 + i).KeyedHash(), 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000); // not a byte for ten of them; the runtime's own are some thousands
    }

    [Fact]
    public void Neighbouring_networks_are_spread_over_the_table()
    {
        var places = Enumerable.Range(0, 10_000).Select(i => new ClientNetwork(true, 0x2001_0db8_0000_0000 + (ulong)i).KeyedHash() & TokenBuckets.Places - 1);
        Assert.InRange(places.Distinct().Count(), 9_400, 9_900); // 9,628 by chance
    }

    private TokenBuckets Buckets(double perSecond, int burst) => new(new RateSettings { PerSecond = perSecond, Burst = burst }, _clock);
}
