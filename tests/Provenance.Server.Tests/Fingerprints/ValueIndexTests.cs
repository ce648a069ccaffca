using Provenance.Server.Fingerprints;
using Xunit;

namespace Provenance.Server.Tests.Fingerprints;

public sealed class ValueIndexTests
{
    private static readonly byte[] Value = [1, 2, 3];

    [Fact]
    public void The_same_algorithm_and_value_find_the_entry_and_nothing_else_does()
    {
        var index = new ValueIndex();
        index.Apply([new(7, "a.b", Value)], 1);
        Assert.Equal([7], index.Find("a.b", Value, 10).EntryIds);
        Assert.Empty(index.Find("a.B", Value, 10).EntryIds);
        Assert.Empty(index.Find("a", Value, 10).EntryIds);
        Assert.Empty(index.Find("a.b", [1, 2], 10).EntryIds);
        Assert.Empty(index.Find("a.b", [1, 2, 3, 0], 10).EntryIds);
        Assert.Empty(index.Find("a.b", [], 10).EntryIds);
        Assert.Equal((1, 1), (index.Count, index.LastSequence));
    }

    [Fact]
    public void No_more_are_found_than_are_wanted_the_lowest_numbers_first()
    {
        var index = new ValueIndex();
        index.Apply([.. new long[] { 9, 2, 5 }.Select(id => new ValueChange(id, "a", Value))], 1);
        index.Apply([new(3, "a", Value)], 2);
        var found = index.Find("a", Value, 2);
        Assert.Equal([2, 3], found.EntryIds);
        Assert.Equal(4, found.Total);
        Assert.Equal([2, 3, 5, 9], index.Find("a", Value, 100).EntryIds);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Find("a", Value, 0));
    }

    [Fact]
    public void A_withdrawn_entry_is_not_found_until_it_comes_back()
    {
        var index = new ValueIndex();
        index.Apply([new(1, "a", Value), new(2, "a", Value), new(1, "a", Value, IsWithdrawn: true)], 3);
        Assert.Equal([2], index.Find("a", Value, 10).EntryIds);
        index.Apply([new(2, "a", Value, IsWithdrawn: true)], 4);
        Assert.Empty(index.Find("a", Value, 10).EntryIds);
        Assert.Equal(0, index.Count);
        index.Apply([new(1, "a", Value), new(1, "a", Value)], 5);
        Assert.Equal([1], index.Find("a", Value, 10).EntryIds);
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Changes_go_forwards()
    {
        var index = new ValueIndex();
        index.Apply([], 5);
        index.Apply([], 5);
        Assert.Throws<ArgumentException>(() => index.Apply([], 4));
    }

    [Fact]
    public void A_value_of_1024_bytes_is_kept_and_a_longer_one_is_neither_kept_nor_sought()
    {
        var index = new ValueIndex();
        var longest = new byte[ValueIndex.LongestValue];
        index.Apply([new(1, "a", longest)], 1);
        Assert.Equal([1], index.Find("a", longest, 1).EntryIds);
        Assert.Throws<ArgumentException>(() => index.Apply([new(2, "a", new byte[ValueIndex.LongestValue + 1])], 2));
        Assert.Empty(index.Find("a", new byte[ValueIndex.LongestValue + 1], 1).EntryIds);
        Assert.Equal(1, index.LastSequence);
    }

    [Fact]
    public async Task Readers_find_while_one_adds()
    {
        var index = new ValueIndex();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            int last = 0;
            do
            {
                var found = index.Find("a", Value, int.MaxValue);
                Assert.True(found.Total >= last);
                Assert.Equal(found.Total, found.EntryIds.Count);
                last = found.Total;
            }
            while (!done.IsCancellationRequested);
            return last;
        });
        for (int id = 1; id <= 2000; id++)
            index.Apply([new(id, "a", Value), new(id + 10_000, $"b{id}", Value)], id);
        await done.CancelAsync();
        await reader;
        Assert.Equal(2000, index.Find("a", Value, 1).Total);
        Assert.Equal(4000, index.Count);
    }
}
