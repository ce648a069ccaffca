using System.Diagnostics.Metrics;

namespace Provenance.Server.Telemetry;

/// <summary>
/// Whether the server lives, and whether it should be sent requests: "ok" or "not ok", nothing more, to anybody, before any guard. Why it is not
/// ready stands in the log and in the metrics.
/// </summary>
internal sealed class Health
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    private readonly IReadinessPart[] _parts;
    private readonly CancellationToken _stopping;
    private volatile bool _isStopping;

    public Health(IEnumerable<IReadinessPart> parts, IHostApplicationLifetime lifetime, ServerMetrics metrics)
    {
        _parts = [.. parts];
        _stopping = lifetime.ApplicationStopping;
        metrics.Watch("provenance_ready", "Whether the server should be sent requests, and which of its parts are ready.", () =>
            _parts.Select(part => new Measurement<double>(part.IsReady ? 1 : 0, new KeyValuePair<string, object?>("part", part.Name)))
                .Prepend(new Measurement<double>(IsReady ? 1 : 0, new KeyValuePair<string, object?>("part", "server"))));
    }

    public bool IsReady => !_isStopping && !_stopping.IsCancellationRequested && _parts.All(part => part.IsReady);

    /// <summary>From now on it is not ready.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Answers a request for either address.</summary>
    /// <returns>Null if it is for another.</returns>
    public Task? Answer(HttpContext context)
    {
        bool? isWell = context.Request.Path.Value switch { Live => true, Ready => IsReady, _ => null };
        if (isWell is not { } well)
            return null;
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return response.WriteAsync("not ok\n", context.RequestAborted);
        }
        response.StatusCode = well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        string text = well ? "ok\n" : "not ok\n";
        response.ContentLength = text.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.WriteAsync(text, context.RequestAborted);
    }
}
