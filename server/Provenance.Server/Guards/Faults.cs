using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using Provenance.Server.Page;
using Provenance.Server.Storage;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Guards;

/// <summary>What is said when something was thrown: to the caller nothing of it, to the log where it was thrown, but not its message, which may quote what was sent.</summary>
internal static class Faults
{
    public static void UseFaults(this WebApplication server)
    {
        var log = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults));
        server.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => TellAsync(context, log),
            SuppressDiagnosticsCallback = _ => true, // ours says it
        });
    }

    private static Task TellAsync(HttpContext context, ILogger log)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        bool isApi = ApiAnswers.IsApi(context.Request.Path);
        // A body that is too large, too slow or broken off is found while it is read.
        if (error is BadHttpRequestException refused)
            return isApi ? Problems.OfStatus(refused.StatusCode).WriteAsync(context) : PlainPage.BadRequest.WriteAsync(context);
        // What Kestrel throws, of all things, for a chunk whose size has more than eight digits.
        if (error is IOException { InnerException: OverflowException })
            return isApi ? Problems.BadRequest.WriteAsync(context) : PlainPage.BadRequest.WriteAsync(context);

        // Logged where it was met, once for all requests.
        if (error is StorageException storage && isApi)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = StorageException.RetryAfterSeconds;
            return storage.Problem.WriteAsync(context);
        }

        log.RequestFault(RequestFacts.Of(context).Id, error.GetType().FullName!, error.InnerException?.GetType().FullName, error.StackTrace);
        return isApi ? Problems.Fault.WriteAsync(context) : PlainPage.Fault.WriteAsync(context);
    }
}
