using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Provenance.Server.Guards;

/// <summary>Who asks, as far as it matters here: an address of IPv4, or a network of IPv6, of which one customer has 2^64 addresses to choose from.</summary>
/// <param name="IsV6">Whether the bits are the upper half of an address of IPv6.</param>
/// <param name="Bits">An address of IPv4, or the first 64 bits of one of IPv6.</param>
internal readonly record struct ClientNetwork(bool IsV6, ulong Bits)
{
    /// <param name="address">Null for a connection that has none (a socket of the file system): all of them are one client.</param>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;
        byte[] bytes = AddressRange.Plain(address).GetAddressBytes();
        return bytes.Length == 4 ? new(false, BinaryPrimitives.ReadUInt32BigEndian(bytes)) : new(true, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>For the log: a network that no single person has, 24 bits of IPv4, 48 of IPv6.</summary>
    public string ToLog()
    {
        Span<byte> bytes = stackalloc byte[IsV6 ? 16 : 4];
        bytes.Clear();
        if (IsV6)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits & ~0xFFFFUL);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Bits & ~0xFFU);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{(IsV6 ? 48 : 24)}");
    }

    /// <summary>Where it stands in a table: keyed anew in each process, so that nobody can choose addresses that fall on another's place.</summary>
    public int KeyedHash() => string.GetHashCode([(char)(IsV6 ? 6 : 4), (char)(Bits & 0xFFFF), (char)(Bits >> 16 & 0xFFFF), (char)(Bits >> 32 & 0xFFFF), (char)(Bits >> 48)]);
}
