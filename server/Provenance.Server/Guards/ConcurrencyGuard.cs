using System.Threading.RateLimiting;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>So many requests to the API at once, so many that wait, and no more.</summary>
internal sealed class ConcurrencyGuard : IDisposable
{
    /// <summary>How long it is worth waiting before one asks again.</summary>
    private const string RetryAfterSeconds = "2";

    private readonly RequestDelegate _next;
    private readonly ServerMetrics _metrics;
    private readonly ConcurrencyLimiter _limiter;

    public ConcurrencyGuard(RequestDelegate next, GuardSettings settings, ServerMetrics metrics)
    {
        _next = next;
        _metrics = metrics;
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
        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await _next(context);
            return;
        }
        _metrics.CountRejected("concurrency");
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await Problems.Busy.WriteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();
}
