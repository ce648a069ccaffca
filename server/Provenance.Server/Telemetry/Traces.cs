using System.Diagnostics;
using Provenance.Server.Guards;

namespace Provenance.Server.Telemetry;

/// <summary>
/// A span for each request, when somebody listens. The framework's own span has addresses in it and the caller's program; nobody listens to that one.
/// </summary>
internal static class Traces
{
    public const string SourceName = "Provenance.Server";

    /// <summary>For spans of parts within a request's.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a request: within the trace that a named proxy is in (traceparent), else in one of its own.</summary>
    public static Activity? Begin(HttpContext context, RequestFacts facts)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext parent = default;
        if (ForwardedClient.CameFromProxy(context))
            ActivityContext.TryParse(context.Request.Headers.TraceParent.ToString(), null, isRemote: true, out parent);
        Activity.Current = null; // the framework's, which anybody's traceparent leads
        var span = Source.StartActivity("request", ActivityKind.Server, parent);
        span?.SetTag("request.id", facts.Id);
        return span;
    }

    public static void Describe(Activity? span, string method, string route, int status)
    {
        if (span is null)
            return;
        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= 500)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
