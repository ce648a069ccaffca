using System.Net;
using Provenance.Server.Guards;
using Xunit;

namespace Provenance.Server.Tests.Guards;

/// <summary>Addresses, ranges of them, and for whom a proxy asks.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0", true)]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "9.255.255.255", false)]
    [InlineData("172.16.0.0/12", "172.31.255.255", true)]
    [InlineData("172.16.0.0/12", "172.32.0.0", false)]
    [InlineData("192.168.1.7", "192.168.1.7", true)]
    [InlineData("192.168.1.7", "192.168.1.6", false)]
    [InlineData("192.168.1.7/32", "192.168.1.8", false)]
    [InlineData("0.0.0.0/0", "255.1.2.3", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("2000::/3", "2001:db8::1", true)]
    [InlineData("2000::/3", "4000::", false)]
    [InlineData("2000::/3", "::ffff:8.8.8.8", false)]
    [InlineData("::/0", "8.8.8.8", false)]
    [InlineData("::/0", "::ffff:8.8.8.8", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::1", "127.0.0.1", false)]
    public void A_range_has_the_addresses_with_its_prefix_and_no_others(string range, string address, bool has) =>
        Assert.Equal(has, AddressRange.TryParse(range)!.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData("10.0.0.1/8")] // what is after the prefix would be ignored
    [InlineData("2001:db8::1/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:10.0.0.0/104")] // is IPv4, and written as such
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public void What_is_no_range_is_none(string text) => Assert.Null(AddressRange.TryParse(text));

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("0.0.0.1", "::1", false)]
    public void A_caller_is_an_address_or_a_network_of_64_bits(string one, string other, bool same) =>
        Assert.Equal(same, ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other)));

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void The_log_has_a_network_that_no_single_person_has(string address, string logged) => Assert.Equal(logged, ClientNetwork.Of(IPAddress.Parse(address)).ToLog());

    [Theory]
    [InlineData("198.51.100.1", "203.0.113.9", "198.51.100.1")] // not a proxy: what it says is not read
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9")] // 1.2.3.4 is what the stranger wrote
    [InlineData("10.0.0.1", "10.0.0.7, 203.0.113.9", "203.0.113.9")] // nor may it name a proxy
    [InlineData("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.1", "[2001:db8::9]:4711", "2001:db8::9")]
    [InlineData("10.0.0.1", "2001:db8::9", "2001:db8::9")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9,", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9, 0x0a000001", "10.0.0.1")]
    [InlineData("::1", "203.0.113.9", "203.0.113.9")]
    public void A_list_of_hops_is_read_from_its_end_as_long_as_proxies_say_it(string peer, string forwarded, string client)
    {
        AddressRange[] proxies = [AddressRange.TryParse("10.0.0.0/24")!, AddressRange.TryParse("::1")!];
        Assert.Equal(IPAddress.Parse(client), ForwardedClient.Find(IPAddress.Parse(peer), forwarded, proxies));
    }
}
