using System.Globalization;

using Provenance.Server.Settings;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>Under which names the server is asked: a page of another site cannot give it one (DNS rebinding).</summary>
public sealed class HostTests(GuardedServerOfClass servers) : IClassFixture<GuardedServerOfClass>
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:5080", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("192.168.1.20:5080", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("[2001:db8::1]:5080", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("evil-localhost", 421)]
    [InlineData("localhost.", 421)]
    [InlineData("127.1", 421)]
    [InlineData("2130706433", 421)]
    [InlineData("0x7f.0.0.1", 421)]
    [InlineData("c2pa.example.org", 421)]
    [InlineData("", 421)]
    public async Task Without_names_it_answers_for_addresses_and_localhost(string host, int status)
    {
        var server = servers.Plain;
        Assert.Equal(status, await AskAsync(server, "/api/test/read", host));
        Assert.Equal(status, await AskAsync(server, "/", host));
    }

    [Theory]
    [InlineData("c2pa.example.org", 200)]
    [InlineData("C2PA.example.org:443", 200)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("www.c2pa.example.org", 421)]
    [InlineData("example.org", 421)]
    public async Task With_names_it_answers_for_those_too(string host, int status)
    {
        var server = servers.Named;
        Assert.Equal(status, await AskAsync(server, "/api/test/read", host));
    }

    [Fact]
    public async Task Balancers_ask_for_health_under_any_name()
    {
        var server = servers.Plain;
        Assert.Equal(200, await AskAsync(server, "/health/live", "node-7.internal"));
    }

    [Fact]
    public async Task J16_an_address_with_a_host_in_it_counts_by_that_host_and_does_not_contradict_the_header()
    {
        var server = servers.Plain;
        Assert.Equal(200, await AskAsync(server, "http://127.0.0.1/api/test/read", "127.0.0.1"));
        Assert.Equal(421, await AskAsync(server, "http://evil.example/api/test/read", "evil.example"));
        Assert.Equal(400, await AskAsync(server, "http://evil.example/api/test/read", "127.0.0.1"));
        Assert.Equal(400, await AskAsync(server, "http://127.0.0.1/api/test/read", "evil.example"));
    }

    [Theory]
    [InlineData("c2pa.example.org", true)]
    [InlineData("intern", true)]
    [InlineData("c2pa.example.org:443", false)]
    [InlineData("https://c2pa.example.org", false)]
    [InlineData("*.example.org", false)]
    [InlineData("*", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("", false)]
    public void A_setting_names_a_host_and_nothing_else(string host, bool isName) =>
        Assert.Equal(isName, !new GuardSettings { Hosts = [host] }.Complaints().Any());

    private static async Task<int> AskAsync(GuardedServer server, string target, string host)
    {
        string answer = await server.ExchangeAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        return int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }
}
