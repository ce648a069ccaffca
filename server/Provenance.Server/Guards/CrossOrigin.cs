using Microsoft.Net.Http.Headers;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>
/// Pages of other origins: those that the settings name may ask and read (CORS), others may not even ask. The value of a request is never sent
/// back, but the setting's. No answer ever allows cookies, and "null" is nobody.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, GuardSettings settings, ServerMetrics metrics)
{
    private const string Methods = "GET, HEAD, POST";
    private const string RequestHeaders = "Authorization, Content-Type";
    private const string AnswerHeaders = "ETag, Retry-After, X-Request-Id";
    private const string RememberSeconds = "600";

    /// <summary>Extensions have origins of their own, Firefox's another one on each device. Their browser decides what they may read; no page can pretend to be one.</summary>
    private static readonly string[] ExtensionSchemes = ["chrome-extension", "moz-extension"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!ApiAnswers.IsApi(request.Path))
            return next(context);
        if (settings.Origins.Count > 0)
            context.Response.OnStarting(AddVary, context.Response);
        if (request.Headers.Origin.Count == 0)
            return next(context);

        string? asking = request.Headers.Origin.Count == 1 ? request.Headers.Origin.ToString() : null;
        if (settings.Origins.FirstOrDefault(origin => origin == asking) is not { } named)
            return IsOwn(asking, request.Host) ? next(context) : RefuseAsync(context);

        // At the last moment, as an answer that was begun anew (a fault's) has lost its headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = named;
            headers.AccessControlExposeHeaders = AnswerHeaders;
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return Task.CompletedTask;
        });
        return request.Method == HttpMethods.Options && request.Headers.AccessControlRequestMethod.Count > 0 ? AnswerPreflight(context) : next(context);
    }

    /// <summary>Whether this is how browsers write an origin of the web or of an extension.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0
            : ExtensionSchemes.Contains(uri.Scheme) && text == $"{uri.Scheme}://{uri.Host}")
        && uri.Host.Length > 0
        && !text.Contains('*', StringComparison.Ordinal);

    /// <summary>A page of this server, or an extension. TLS may end before this server, so that the scheme says nothing here.</summary>
    private static bool IsOwn(string? origin, HostString host)
    {
        if (origin is null || !IsOrigin(origin))
            return false;
        var uri = new Uri(origin);
        return ExtensionSchemes.Contains(uri.Scheme)
            || string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals($"{uri.Host}:{uri.Port}", host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static Task AnswerPreflight(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = RememberSeconds;
        return Task.CompletedTask;
    }

    private Task RefuseAsync(HttpContext context)
    {
        metrics.CountRejected("origin");
        return Problems.ForeignOrigin.WriteAsync(context);
    }

    private static Task AddVary(object response)
    {
        ((HttpResponse)response).Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        return Task.CompletedTask;
    }
}
