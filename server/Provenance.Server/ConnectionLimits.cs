using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Provenance.Server;

/// <summary>What one client, or many, may hold of this process. Kestrel has values of its own; these are ours, with reasons.</summary>
internal static class ConnectionLimits
{
    /// <summary>An idle connection holds some 20 KiB, so that all of them hold 40 MiB; further ones are closed at once.</summary>
    public const int Connections = 2_000;

    /// <summary>The longest path of the page has 60 characters or so. Queries mean nothing here.</summary>
    public const int RequestLineBytes = 4 * 1024;

    /// <summary>Browsers send twenty headers and 2 KiB; the rest is for cookies that other programs on this host's other ports set.</summary>
    public const int HeaderBytes = 16 * 1024;
    public const int Headers = 64;

    /// <summary>Heads that arrive byte by byte are a way to keep connections open for nothing.</summary>
    public static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    /// <summary>Long enough for the page's files one after another, and for a second look.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The slowest reader that is waited for: a bad telephone line, over which the page's three megabytes take a quarter of an hour. Kestrel
    /// counts what it has handed to the system as read, so that a reader who stops is let go some minutes later.
    /// </summary>
    public static readonly MinDataRate SlowestReader = new(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>The slowest sender of a body. What slow ones hold is bounded for each client (ClientShares), not by more haste.</summary>
    private static readonly MinDataRate SlowestSender = new(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>
    /// Lines end with CR LF. Kestrel also takes LF alone, which proxies before it may take for a part of the line, so that they and it disagree on
    /// where a request ends (RFC 9112 §2.2 lets a recipient choose).
    /// </summary>
    public static void RefuseBareLineFeeds() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

    public static void Set(KestrelServerOptions server)
    {
        // Which program answers, and which version, is nobody's business.
        server.AddServerHeader = false;

        var limits = server.Limits;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.RequestHeadersTimeout = HeadTime;
        limits.KeepAliveTimeout = IdleTime;
        limits.MinResponseDataRate = SlowestReader;
        limits.MinRequestBodyDataRate = SlowestSender;
        // Nothing here reads a body. An action that does allows itself one ([RequestSizeLimit]).
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestBufferSize = 64 * 1024; // more does not come sooner, and leaves the processor's cache before it is read
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.Http2.MaxStreamsPerConnection = 32;
        limits.Http2.MaxRequestHeaderFieldSize = 8 * 1024;
    }
}
