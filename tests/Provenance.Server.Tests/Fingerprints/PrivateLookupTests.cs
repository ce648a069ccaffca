using System.Diagnostics;
using Provenance.Server.Fingerprints;
using Xunit;

namespace Provenance.Server.Tests.Fingerprints;

public sealed class PrivateLookupTests
{
    private static SlotValue[] Pairs(params (int Slot, int Value)[] pairs) => [.. pairs.Select(pair => new SlotValue(pair.Slot, (ushort)pair.Value))];

    [Fact]
    public void Seven_slots_may_be_named_and_eight_may_not()
    {
        var seven = Enumerable.Range(0, 7).Select(slot => new SlotValue(slot, 1)).ToList();
        Assert.Null(PrivateLookup.Refusal(seven, 0));
        Assert.Equal(112, PrivateLookup.BitsTold(seven));
        var eight = seven.Append(new(7, 1)).ToList();
        Assert.Contains("128 bits", PrivateLookup.Refusal(eight, 0));
        Assert.Throws<ArgumentException>(() => PrivateLookup.Of(eight));
    }

    [Fact]
    public void Several_values_of_a_slot_tell_no_more_than_one()
    {
        var pairs = Pairs((0, 1), (0, 2), (0, 3), (9, 4), (9, 5));
        Assert.Equal(32, PrivateLookup.BitsTold(pairs));
        Assert.Null(PrivateLookup.Refusal(pairs, 1));
    }

    [Fact]
    public void There_are_one_to_eight_pairs()
    {
        Assert.NotNull(PrivateLookup.Refusal([], 0));
        Assert.Null(PrivateLookup.Refusal(Pairs((0, 1)), 0));
        var eight = Pairs((0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (1, 2), (2, 2), (3, 2));
        Assert.Null(PrivateLookup.Refusal(eight, 0));
        Assert.NotNull(PrivateLookup.Refusal([.. eight, new SlotValue(3, 3)], 0));
    }

    [Fact]
    public void A_slot_is_a_number_from_0_to_15()
    {
        Assert.Null(PrivateLookup.Refusal(Pairs((0, 1), (15, 1)), 0));
        Assert.NotNull(PrivateLookup.Refusal(Pairs((-1, 1)), 0));
        Assert.NotNull(PrivateLookup.Refusal(Pairs((16, 1)), 0));
    }

    [Fact]
    public void The_radius_is_0_or_1()
    {
        Assert.Null(PrivateLookup.Refusal(Pairs((0, 1)), 1));
        Assert.NotNull(PrivateLookup.Refusal(Pairs((0, 1)), 2));
        Assert.NotNull(PrivateLookup.Refusal(Pairs((0, 1)), -1));
    }

    [Fact]
    public void A_pair_stands_there_once()
    {
        Assert.NotNull(PrivateLookup.Refusal(Pairs((0, 1), (0, 1)), 0));
        Assert.Null(PrivateLookup.Refusal(Pairs((0, 1), (1, 1)), 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Buckets_hold_what_comparing_every_slot_finds(int radius)
    {
        var random = new Random(radius);
        // Values of few bits, so that there is something in each bucket; a number that sixteen does not divide.
        var hashes = Enumerable.Range(0, 20 * Hashes.SegmentCapacity + 401).Select(_ =>
        {
            var hash = Hashes.Any(random);
            for (int slot = 0; slot < PdqHash.Slots; slot++)
                hash = hash.WithSlot(slot, (ushort)(random.Next(256) * 0x0101));
            return hash;
        }).ToList();
        var index = Hashes.Index(hashes);
        SlotValue[][] lookups =
        [
            [At(0, 0)], [At(7, 1)], [At(8, 2)], [At(15, hashes.Count - 1)], [At(3, 3), At(12, 4)],
            [At(0, 5), At(0, 6), At(0, 7), At(9, 8), At(9, 9), At(2, 10), At(14, 11), At(15, 12)],
        ];
        foreach (var pairs in lookups)
        {
            var expected = index.All().Where(entry => pairs.Any(pair => Differing(entry.Hash.Slot(pair.Slot), pair.Value) <= radius)).ToList();
            var found = index.Find(PrivateLookup.Of(pairs, radius));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, found.Entries);
            Assert.False(found.IsCut);
        }

        SlotValue At(int slot, int hash) => new(slot, hashes[hash].Slot(slot));
        static int Differing(ushort a, ushort b) => Convert.ToString(a ^ b, 2).Count(digit => digit == '1');
    }

    [Fact]
    public void A_bucket_that_is_full_is_whole_and_one_more_is_cut()
    {
        var random = new Random(5);
        var pair = new SlotValue(4, 0xabcd);
        var full = Enumerable.Range(0, PrivateLookup.MostOfBucket).Select(_ => Hashes.Any(random).WithSlot(4, 0xabcd)).ToList();
        var whole = Hashes.Index(full).Find(PrivateLookup.Of([pair]));
        Assert.Equal(PrivateLookup.MostOfBucket, whole.Entries.Count);
        Assert.False(whole.IsCut);

        var cut = Hashes.Index([.. full, full[0]]).Find(PrivateLookup.Of([pair]));
        Assert.Equal(whole.Entries, cut.Entries);
        Assert.True(cut.IsCut);
        Assert.Equal([pair], cut.Cut);
    }

    [Fact]
    public void Who_fills_one_bucket_with_a_million_hashes_hides_nothing_in_another_and_slows_nobody_down()
    {
        var random = new Random(6);
        var flood = Hashes.Any(random);
        var wanted = Hashes.Any(random);
        var index = new PdqIndex();
        index.Apply([.. Enumerable.Range(1, 1_000_000).Select(id => new PdqChange(id, flood)), new(1_000_001, wanted)], 1);
        SlotValue[] pairs = [.. Enumerable.Range(0, 6).Select(slot => new SlotValue(slot, flood.Slot(slot))), new(6, wanted.Slot(6))];
        var clock = Stopwatch.StartNew();
        var found = index.Find(PrivateLookup.Of(pairs, 1));
        clock.Stop();
        Assert.Contains(new PdqEntry(1_000_001, wanted), found.Entries);
        Assert.Equal(pairs[..6], found.Cut);
        Assert.Equal(PrivateLookup.MostOfBucket + 1, found.Entries.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}"); // some 5 ms, but not of an unoptimised build on a busy machine
    }

    [Fact]
    public void An_entry_in_several_buckets_comes_once()
    {
        var hash = Hashes.Any(new Random(9));
        var found = Hashes.Index([hash]).Find(PrivateLookup.Of([new(1, hash.Slot(1)), new(10, hash.Slot(10))]));
        Assert.Equal([new PdqEntry(1, hash)], found.Entries);
    }

    [Fact]
    public void Nothing_is_found_in_an_index_of_nothing() => Assert.Empty(new PdqIndex().Find(PrivateLookup.Of(Pairs((0, 0)))).Entries);
}
