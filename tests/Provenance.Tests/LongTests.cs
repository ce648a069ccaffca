using Xunit;

namespace Provenance.Tests;

public sealed class LongTests
{
    [Theory]
    [InlineData(null, 20)]
    [InlineData("other:7", 20)]
    [InlineData("fuzzier:7", 20)]
    [InlineData("fuzz:", 20)]
    [InlineData("fuzz:7", 7)]
    public void A_campaign_is_as_long_as_its_small_count_unless_a_count_is_asked_of_it(string? setting, int expected)
    {
        Assert.Equal(expected, Long.Count("fuzz", 20, setting));
        Assert.Equal(Enumerable.Range(0, expected), Long.Rounds("fuzz", 20, setting));
    }

    [Theory]
    [InlineData("fuzz:0")]
    [InlineData("fuzz:-1")]
    [InlineData("fuzz:s")]
    [InlineData("fuzz:1d")]
    [InlineData("fuzz:99999999999")]
    public void A_length_that_is_neither_a_count_nor_a_time_is_refused(string setting) =>
        Assert.Throws<ArgumentException>(() => Long.Rounds("fuzz", 20, setting));

    [Theory]
    [InlineData(null, false)]
    [InlineData("fuzzier:7", false)]
    [InlineData("fuzz:", true)]
    [InlineData("fuzz:7", true)]
    public void A_campaign_is_asked_for_by_its_name(string? setting, bool expected) => Assert.Equal(expected, Long.IsAsked("fuzz", setting));

    [Fact]
    public void A_time_ends_the_rounds()
    {
        var rounds = 0;
        foreach (var round in Long.Rounds("fuzz", 20, "fuzz:1s"))
        {
            Assert.Equal(rounds++, round);
            Thread.Sleep(400);
        }
        Assert.InRange(rounds, 1, 3);
    }

    [Fact]
    public void A_campaign_that_counts_refuses_a_time() =>
        Assert.Throws<ArgumentException>(() => Long.Count("fuzz", 20, "fuzz:1m"));

    [Fact]
    public void A_campaign_is_found_by_its_name_and_described_by_its_words() =>
        Assert.Equal(
            [new("Long", "fuzz"), new("Campaign", "fuzz: drives every parser")],
            new LongAttribute("fuzz", "drives every parser").GetTraits());
}
