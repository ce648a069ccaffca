using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Provenance.Fetching;

namespace Provenance.Server.Verification.Urls;

/// <summary>A network in which this machine itself is not reached, though an address of it may be public: a server that asks itself would go on asking.</summary>
internal static class OwnAddresses
{
    public static GuardedNetwork Without(GuardedNetwork network, Func<IEnumerable<IPAddress>> own) => network with
    {
        DialAsync = (address, cancellation) => own().Contains(address.Address) ? throw new SocketException((int)SocketError.ConnectionRefused) : network.DialAsync(address, cancellation),
    };

    /// <summary>Addresses that this machine has now.</summary>
    public static IEnumerable<IPAddress> Now() =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(address => address.Address);
}
