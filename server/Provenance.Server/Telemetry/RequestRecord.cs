using System.Diagnostics;
using Provenance.Server.Guards;

namespace Provenance.Server.Telemetry;

/// <summary>
/// Names each request, measures it, and writes a line of it. The line has words of our choice: the method if it is one, the pattern of the
/// address and never the address, the status, the time, the network. What a caller wrote is not in it.
/// </summary>
internal sealed class RequestRecord(RequestDelegate next, ServerMetrics metrics, ILogger<RequestRecord> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        var facts = RequestFacts.Of(context);
        var path = context.Request.Path;
        string method = MethodOf(context.Request.Method);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[RequestFacts.IdHeader] = facts.Id;
            return Task.CompletedTask;
        });
        using var span = Traces.Begin(context, facts);
        try
        {
            await next(context);
        }
        finally
        {
            string route = facts.Route ?? (ApiAnswers.IsApi(path) ? "none" : path.StartsWithSegments("/health") ? "health" : "page");
            bool isGone = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted;
            int status = isGone ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;
            var duration = Stopwatch.GetElapsedTime(start);
            metrics.CountRequest(method, route, status, duration);
            Traces.Describe(span, method, route, status);
            if (log.IsEnabled(LogLevel.Information))
                log.Request(facts.Id, method, route, status, (long)duration.TotalMilliseconds, ClientNetwork.Of(context.Connection.RemoteIpAddress).ToLog());
        }
    }

    private static string MethodOf(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "other";
}
