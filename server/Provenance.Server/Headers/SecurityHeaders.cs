using Microsoft.Net.Http.Headers;
using Provenance.Server.Guards;

namespace Provenance.Server.Headers;

/// <summary>The headers that every answer has, whatever answered (docs/decisions/0020-server-of-the-page.md).</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Only what this server sends runs on the page, and it can ask nobody else: what somebody drops on it cannot leave. WebAssembly may be
    /// compiled, text may not become code. Pictures and films that somebody opens are shown from memory (blob:), thumbnails of a credential
    /// from the text of the report (data:).
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; " +
        "media-src 'self' blob:; style-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>An answer of the API is data: if a browser is brought to show it, it shows nothing else and asks for nothing.</summary>
    public const string ApiContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Nothing of the device but what somebody hands over by hand.</summary>
    public const string PermissionsPolicy =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), " +
        "publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    public static void UseSecurityHeaders(this WebApplication server) => server.Use((context, next) =>
    {
        // At the last moment, so that an answer that was begun anew (a fault's) has them too.
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            Set(context.Response.Headers, ApiAnswers.IsApi(context.Request.Path));
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void Set(IHeaderDictionary headers, bool isApi)
    {
        // An answer that is a page of its own has its own policy; one for another origin may be read there (CrossOrigin).
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, isApi ? ApiContentSecurityPolicy : ContentSecurityPolicy);
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        if (isApi)
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers.Remove(HeaderNames.Server);
    }
}
