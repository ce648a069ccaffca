using System.Globalization;
using System.Net;
using Provenance.Server.Guards;
using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>J08: who asks too much is told when to come back, whatever they pretend to be.</summary>
public sealed class RateTests
{
    private const string Read = "/api/test/read";
    private const string Forwarded = "X-Forwarded-For";

    private static readonly GuardSettings Tight = new() { Address = new() { PerSecond = 0.01, Burst = 20 }, Key = new() { PerSecond = 0.01, Burst = 40 } };

    [Fact]
    public async Task J08_a_prober_gets_429_right_after_the_limit_and_is_told_how_long_to_wait()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read));
        using var answer = await server.AskAsync("GET", Read);
        await GuardedServer.AssertProblemAsync(Problems.TooMany, answer);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task J08_a_burst_of_a_hundred_times_the_limit_is_answered_to_the_limit()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => server.StatusAsync("GET", Read)));
        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(1980, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_verifies_costs_more_than_what_reads()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("POST", "/api/test/dear"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("POST", "/api/test/dear"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("POST", "/api/test/dear"));
    }

    [Fact]
    public async Task Addresses_that_are_none_cost_too()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.NotFound, await server.StatusAsync("GET", $"/v1/{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("GET", "/v1/20"));
    }

    [Fact]
    public async Task The_page_and_health_are_not_counted()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        await UseUpAsync(server);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", "/health/ready"));
    }

    [Fact]
    public async Task J08_a_stranger_who_writes_X_Forwarded_For_is_still_the_same_stranger()
    {
        await using var server = await GuardedServer.StartAsync(Tight with { Proxies = ["10.0.0.0/8"] });
        await UseUpAsync(server);
        for (int i = 0; i < 30; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("GET", Read, (Forwarded, $"203.0.113.{i}"), ("Forwarded", $"for=203.0.113.{i}"), ("X-Real-IP", $"203.0.113.{i}")));
    }

    [Fact]
    public async Task J08_behind_a_named_proxy_what_a_stranger_wrote_before_is_not_believed()
    {
        await using var server = await GuardedServer.StartAsync(Tight with { Proxies = ["127.0.0.1"] });
        await UseUpAsync(server, (Forwarded, "203.0.113.9"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("GET", Read, (Forwarded, "198.51.100.1, 203.0.113.9")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("GET", Read, (Forwarded, "127.0.0.1, 203.0.113.9")));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, (Forwarded, "203.0.113.10")));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, (Forwarded, "203.0.113.9, 203.0.113.11")));
    }

    [Fact]
    public async Task J08_a_network_of_IPv6_is_one_caller_however_its_addresses_change()
    {
        await using var server = await GuardedServer.StartAsync(Tight with { Proxies = ["127.0.0.1"] });
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, (Forwarded, $"2001:db8:1:2:{i:x}::{i:x}")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("GET", Read, (Forwarded, "2001:db8:1:2:ffff::1")));
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, (Forwarded, "2001:db8:1:3::1")));
    }

    [Fact]
    public async Task J08_keys_have_buckets_of_their_own_whatever_the_address_has_used()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        await UseUpAsync(server);
        for (int i = 0; i < 40; i++)
            Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, Bearer(GuardedServer.RightKey)));
        using (var answer = await server.AskAsync("GET", Read, Bearer(GuardedServer.RightKey)))
        {
            await GuardedServer.AssertProblemAsync(Problems.TooMany, answer);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read, Bearer(GuardedServer.OtherKey)));
    }

    [Fact]
    public async Task What_a_key_may_not_do_costs_too()
    {
        await using var server = await GuardedServer.StartAsync(Tight);
        for (int i = 0; i < 40; i++)
            Assert.Equal(HttpStatusCode.Forbidden, await server.StatusAsync("POST", "/api/test/publish", Bearer(GuardedServer.KeyWithoutScope)));
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusAsync("POST", "/api/test/publish", Bearer(GuardedServer.KeyWithoutScope)));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("8.0.0.0/7", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("2001::/16", true)]
    [InlineData("2000::/15", false)]
    [InlineData("::/0", false)]
    public void Nobody_names_half_the_world_as_a_proxy(string range, bool isTaken) =>
        Assert.Equal(isTaken, !new GuardSettings { Proxies = [range] }.Complaints().Any());

    [Fact]
    public async Task A_bucket_fills_up_again()
    {
        await using var server = await GuardedServer.StartAsync(Tight with { Address = new() { PerSecond = 5, Burst = 20 } });
        await UseUpAsync(server);
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await server.StatusAsync("GET", Read));
    }

    internal static (string, string) Bearer(string key) => ("Authorization", string.Create(CultureInfo.InvariantCulture, $"Bearer {key}"));

    private static async Task UseUpAsync(GuardedServer server, params (string, string)[] headers)
    {
        int asked = 0;
        while (await server.StatusAsync("GET", Read, headers) != HttpStatusCode.TooManyRequests)
            Assert.True(++asked <= 40, "no limit");
    }
}
