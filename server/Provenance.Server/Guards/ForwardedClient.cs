using System.Net;

namespace Provenance.Server.Guards;

/// <summary>
/// Finds for whom a proxy asks. Each proxy adds whom it heard to the end of X-Forwarded-For; so the list is read from its end, as long as the one
/// who said it is a named proxy. What a stranger wrote at the beginning is never reached.
/// </summary>
internal sealed class ForwardedClient(RequestDelegate next, IReadOnlyList<AddressRange> proxies)
{
    public Task InvokeAsync(HttpContext context)
    {
        var connection = context.Connection;
        if (connection.RemoteIpAddress is { } peer)
        {
            if (IsProxy(AddressRange.Plain(peer), proxies))
                context.Features.Set(new Proxied());
            connection.RemoteIpAddress = Find(AddressRange.Plain(peer), context.Request.Headers["X-Forwarded-For"].ToString(), proxies);
        }
        return next(context);
    }

    /// <summary>Whether a named proxy handed the request on.</summary>
    public static bool CameFromProxy(HttpContext context) => context.Features.Get<Proxied>() is not null;

    /// <summary>Whom a request is from.</summary>
    /// <param name="peer">Who is connected.</param>
    /// <param name="forwarded">The values of X-Forwarded-For, separated by commas.</param>
    /// <param name="proxies">Whom to believe.</param>
    public static IPAddress Find(IPAddress peer, string forwarded, IReadOnlyList<AddressRange> proxies)
    {
        var client = peer;
        int end = forwarded.Length;
        while (end > 0 && IsProxy(client, proxies))
        {
            int comma = forwarded.LastIndexOf(',', end - 1);
            if (Read(forwarded[(comma + 1)..end].Trim()) is not { } before)
                return client; // the proxy did not say whom it heard
            client = before;
            end = comma;
        }
        return client;
    }

    /// <summary>An address, with a port as some proxies add it, or without.</summary>
    private static IPAddress? Read(string hop)
    {
        string address = hop.StartsWith('[') && hop.IndexOf(']', StringComparison.Ordinal) is > 0 and var bracket ? hop[1..bracket]
            : hop.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon == hop.LastIndexOf(':') ? hop[..colon]
            : hop;
        return AddressRange.TryParseAddress(address) is { } read ? AddressRange.Plain(read) : null;
    }

    private static bool IsProxy(IPAddress address, IReadOnlyList<AddressRange> proxies) => proxies.Any(proxy => proxy.Contains(address));

    private sealed class Proxied;
}
