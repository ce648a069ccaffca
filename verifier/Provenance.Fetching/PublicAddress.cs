using System.Net;
using System.Net.Sockets;

namespace Provenance.Fetching;

/// <summary>
/// Which addresses are those of hosts that anybody may ask. The table holds the IANA special-purpose registries (RFC 6890) and what clouds
/// keep for themselves; of IPv6 only what IANA has given out for unicast (2000::/3) is looked at, so that every form that carries another
/// address in it (mapped, compatible, local NAT64) is refused without a row of its own.
/// </summary>
internal static class PublicAddress
{
    private static readonly (Block Block, string What)[] Special =
    [
        Row("0.0.0.0/8", "this host"),
        Row("10.0.0.0/8", "a private network"),
        Row("100.64.0.0/10", "the network of a carrier"),
        Row("127.0.0.0/8", "this machine"),
        Row("168.63.129.16/32", "the metadata of a cloud"),
        Row("169.254.0.0/16", "the local link"),
        Row("172.16.0.0/12", "a private network"),
        Row("192.0.0.0/24", "protocol assignments"),
        Row("192.0.2.0/24", "documentation"),
        Row("192.31.196.0/24", "AS112"),
        Row("192.52.193.0/24", "AMT"),
        Row("192.88.99.0/24", "6to4 relays"),
        Row("192.168.0.0/16", "a private network"),
        Row("192.175.48.0/24", "AS112"),
        Row("198.18.0.0/15", "benchmarks"),
        Row("198.51.100.0/24", "documentation"),
        Row("203.0.113.0/24", "documentation"),
        Row("224.0.0.0/4", "multicast"),
        Row("240.0.0.0/4", "reserved"),
        Row("2001::/23", "protocol assignments, Teredo among them"),
        Row("2001:db8::/32", "documentation"),
        Row("2002::/16", "6to4"),
        Row("2620:4f:8000::/48", "AS112"),
        Row("3fff::/20", "documentation"),
    ];

    private static readonly Block GlobalUnicast = Block.Parse("2000::/3");

    /// <summary>RFC 6052: where a network has no IPv4, every host of IPv4 is known under this prefix.</summary>
    private static readonly Block Nat64 = Block.Parse("64:ff9b::/96");

    /// <summary>What an address is for, if it is not public; null where it is.</summary>
    public static string? WhyNot(IPAddress address)
    {
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            return "no internet address";
        byte[] bytes = address.GetAddressBytes();
        if (bytes.Length == 16)
        {
            if (address.ScopeId != 0)
                return "the local link";
            if (Nat64.Holds(bytes))
                return WhyNot(new IPAddress(bytes.AsSpan(12)));
            if (!GlobalUnicast.Holds(bytes))
                return "no public address of IPv6";
        }
        foreach (var (block, what) in Special)
        {
            if (block.Holds(bytes))
                return what;
        }
        return null;
    }

    private static (Block Block, string What) Row(string block, string what) => (Block.Parse(block), what);

    /// <summary>
    /// Addresses that begin with the same bits. Ours, because the framework's <see cref="IPNetwork"/> takes ::ffff:8.8.8.8 for a part of
    /// 2000::/3 and of 8.0.0.0/8.
    /// </summary>
    private readonly record struct Block(byte[] Start, int Bits)
    {
        public static Block Parse(string text)
        {
            var network = IPNetwork.Parse(text);
            return new(network.BaseAddress.GetAddressBytes(), network.PrefixLength);
        }

        public bool Holds(ReadOnlySpan<byte> address)
        {
            int whole = Bits / 8, rest = Bits % 8;
            return address.Length == Start.Length && address[..whole].SequenceEqual(Start.AsSpan(0, whole))
                && (rest == 0 || (address[whole] ^ Start[whole]) >> (8 - rest) == 0);
        }
    }
}
