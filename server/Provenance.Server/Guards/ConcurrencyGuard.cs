using System.Threading.RateLimiting;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>So many requests to the API at once, so many that wait, and no more; and of these so many of one client.</summary>
internal sealed class ConcurrencyGuard : IDisposable
{
    /// <summary>How long it is worth waiting before one asks again.</summary>
    private const string RetryAfterSeconds = "2";

    private readonly RequestDelegate _next;
    private readonly ServerMetrics _metrics;
    private readonly ConcurrencyLimiter _limiter;
    private readonly ClientShares _shares;

    public ConcurrencyGuard(RequestDelegate next, GuardSettings settings, ServerMetrics metrics)
    {
        _next = next;
        _metrics = metrics;
        _shares = new(settings.ConcurrencyPerClient);
        _limiter = new(new() { PermitLimit = settings.Concurrency, QueueLimit = settings.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        metrics.Watch("provenance_api_queue_length", "Requests to the API that wait to be begun.", () => _limiter.GetStatistics()?.CurrentQueuedCount ?? 0);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!ApiAnswers.IsApi(context.Request.Path))
        {
            await _next(context);
            return;
        }
        using var share = _shares.TryTake(ClientNetwork.Of(context.Connection.RemoteIpAddress));
        if (share is null)
        {
            await RefuseAsync(context, "client-concurrency", Problems.TooMany);
            return;
        }
        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
            await _next(context);
        else
            await RefuseAsync(context, "concurrency", Problems.Busy);
    }

    public void Dispose() => _limiter.Dispose();

    private Task RefuseAsync(HttpContext context, string reason, Problem problem)
    {
        _metrics.CountRejected(reason);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return problem.WriteAsync(context);
    }
}
