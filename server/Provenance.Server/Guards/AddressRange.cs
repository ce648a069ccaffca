using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Provenance.Server.Guards;

/// <summary>
/// Addresses that share a prefix. IPv4 within IPv6 (::ffff:10.0.0.1) is IPv4 on both sides; the framework's IPNetwork counts ::ffff:8.8.8.8 to
/// 2000::/3, where nobody meant it to be.
/// </summary>
internal sealed class AddressRange
{
    private readonly byte[] _prefix;
    private readonly int _bits;

    private AddressRange(byte[] prefix, int bits)
    {
        _prefix = prefix;
        _bits = bits;
    }

    /// <summary>The range that is written as an address ("10.0.0.1") or as one with a length ("10.0.0.0/8", all zeros after the prefix); null if it is not written so.</summary>
    public static AddressRange? TryParse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (TryParseAddress(slash < 0 ? text : text[..slash]) is not { } address || address.IsIPv4MappedToIPv6)
            return null;
        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > bytes.Length * 8))
            return null;
        return HasZerosFrom(bytes, bits) ? new AddressRange(bytes, bits) : null;
    }

    /// <summary>An address as it is usually written: no octal, no short forms ("127.1"), no zones.</summary>
    public static IPAddress? TryParseAddress(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address))
            return null;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address : null;
    }

    /// <summary>So wide that it names no network: fewer than 8 bits of IPv4, or 16 of IPv6.</summary>
    public bool IsTooWide => _bits < (_prefix.Length == 4 ? 8 : 16);

    public bool Contains(IPAddress address)
    {
        byte[] bytes = Plain(address).GetAddressBytes();
        if (bytes.Length != _prefix.Length)
            return false;
        int whole = _bits / 8;
        if (!bytes.AsSpan(0, whole).SequenceEqual(_prefix.AsSpan(0, whole)))
            return false;
        int rest = _bits % 8;
        return rest == 0 || (bytes[whole] ^ _prefix[whole]) >> (8 - rest) == 0;
    }

    /// <summary>IPv4 within IPv6 as IPv4.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool HasZerosFrom(byte[] bytes, int bits)
    {
        for (int bit = bits; bit < bytes.Length * 8; bit++)
        {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
                return false;
        }
        return true;
    }
}
