using Provenance.Server.Page;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>Refuses requests for other names.</summary>
internal sealed class HostGuard(RequestDelegate next, HostNames names, ServerMetrics metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (names.Has(context.Request.Host))
            return next(context);
        metrics.CountRejected("host");
        return ApiAnswers.IsApi(context.Request.Path)
            ? Problems.UnknownHost.WriteAsync(context, "Whoever runs it names the hosts it answers for in its settings (guards.hosts).")
            : PlainPage.UnknownHost.WriteAsync(context);
    }
}
