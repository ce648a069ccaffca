using System.Net;

namespace Provenance.Server.Guards;

/// <summary>
/// The names under which the server is asked. A site can point a name of its own at this machine, and its page then reads what is here as if it
/// were its own (DNS rebinding); it cannot do so with an address, nor with "localhost".
/// </summary>
internal sealed class HostNames(IReadOnlyList<string> names)
{
    private readonly HashSet<string> _names = new([.. names, "localhost"], StringComparer.OrdinalIgnoreCase);

    public bool Has(HostString host) => _names.Contains(host.Host) || IsAddress(host.Host);

    /// <summary>Whether this can be the name of a host.</summary>
    public static bool IsName(string host) => Uri.CheckHostName(host) == UriHostNameType.Dns && !IsAddress(host);

    private static bool IsAddress(string host) =>
        host.StartsWith('[') ? host.EndsWith(']') && IPAddress.TryParse(host, out _) : AddressRange.TryParseAddress(host) is not null;
}
