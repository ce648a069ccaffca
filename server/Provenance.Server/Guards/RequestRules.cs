using Microsoft.AspNetCore.Http.Features;
using Provenance.Server.Page;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>What every request has to be, whatever it asks for.</summary>
internal sealed class RequestRules(RequestDelegate next, ServerMetrics metrics)
{
    /// <summary>Kestrel's name for a Content-Length that came beside a Transfer-Encoding.</summary>
    private const string ContradictingLength = "X-Content-Length";

    /// <summary>
    /// How much of a body is taken in and thrown away when its request to the API is refused. Without that the connection is reset while the caller still
    /// sends, and the caller may never see why it was refused. Kestrel waits five seconds for it.
    /// </summary>
    private const long ThrownAwayBytes = 1024 * 1024;

    /// <summary>Letter by letter, as the standard has them (RFC 9110 §9.1); the framework takes "get" for GET.</summary>
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        bool isApi = ApiAnswers.IsApi(request.Path);

        // Two lengths: a proxy before us may have believed the other one and taken the rest for a request (RFC 9112 §6.1). Nothing after it is read.
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey(ContradictingLength))
        {
            context.Response.Headers.Connection = "close";
            return RefuseAsync(context, isApi ? Problems.BadRequest : null, "two-lengths");
        }
        if (!isApi)
            return next(context);

        context.Response.OnStarting(TakeInBody, context);
        if (!Methods.Contains(request.Method))
            return RefuseAsync(context, Problems.UnknownMethod, "method");
        // Nothing is unpacked for a caller: a packed body may be a thousand times as large as it looks.
        if (request.Headers.ContentEncoding.Count > 0 && !request.Headers.ContentEncoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            return RefuseAsync(context, Problems.UnsupportedMediaType, "encoding");
        }
        // Actions know GET alone. Kestrel remembers what was asked and sends no body.
        if (request.Method == HttpMethods.Head)
            request.Method = HttpMethods.Get;
        return next(context);
    }

    private static Task TakeInBody(object state)
    {
        var context = (HttpContext)state;
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false, MaxRequestBodySize: < ThrownAwayBytes } body)
            body.MaxRequestBodySize = ThrownAwayBytes;
        return Task.CompletedTask;
    }

    private Task RefuseAsync(HttpContext context, Problem? problem, string reason)
    {
        metrics.CountRejected(reason);
        return problem is null ? PlainPage.BadRequest.WriteAsync(context) : problem.WriteAsync(context);
    }
}
