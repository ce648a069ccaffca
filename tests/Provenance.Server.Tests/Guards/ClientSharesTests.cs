using System.Net;
using Provenance.Server.Guards;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>How many places one client has.</summary>
public sealed class ClientSharesTests
{
    private static readonly ClientNetwork One = Of("192.0.2.1"), Other = Of("192.0.2.2");

    [Fact]
    public void A_client_has_as_many_places_as_it_may_and_others_have_theirs()
    {
        var shares = new ClientShares(2);
        using var first = shares.TryTake(One);
        using var second = shares.TryTake(One);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(shares.TryTake(One));
        using var others = shares.TryTake(Other);
        Assert.NotNull(others);
    }

    [Fact]
    public void A_place_is_given_back_once()
    {
        var shares = new ClientShares(2);
        var first = shares.TryTake(One)!;
        using var second = shares.TryTake(One);
        first.Dispose();
        first.Dispose();
        using var third = shares.TryTake(One);
        Assert.NotNull(third);
        Assert.Null(shares.TryTake(One));
    }

    [Fact]
    public void Who_holds_nothing_is_forgotten()
    {
        var shares = new ClientShares(1);
        var places = Enumerable.Range(0, 1000).Select(i => shares.TryTake(Of($"10.0.{i >> 8}.{i & 255}"))!).ToList();
        Assert.Equal(1000, shares.Clients);
        places.ForEach(place => place.Dispose());
        Assert.Equal(0, shares.Clients);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void Addresses_of_one_network_share(string address, string second, bool isOne)
    {
        var shares = new ClientShares(1);
        using var first = shares.TryTake(Of(address));
        using var other = shares.TryTake(Of(second));
        Assert.Equal(isOne, other is null);
    }

    private static ClientNetwork Of(string address) => ClientNetwork.Of(IPAddress.Parse(address));
}
