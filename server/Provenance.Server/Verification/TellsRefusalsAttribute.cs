using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>Turns what an action refuses with into the problem it stands for. Of a client who is gone nobody is told.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TellsRefusalsAttribute : ExceptionFilterAttribute
{
    public override void OnException(ExceptionContext context)
    {
        if (context.Exception is OperationCanceledException or IOException or RefusedException && context.HttpContext.RequestAborted.IsCancellationRequested)
            context.Result = new EmptyResult();
        else if (context.Exception is RefusedException refused)
            context.Result = Tell(context.HttpContext.Response, refused);
        else if (context.Exception is BadHttpRequestException fault)
            context.Result = Tell(context.HttpContext.Response, RefusedException.Of(fault));
    }

    private static ContentResult Tell(HttpResponse response, RefusedException refused)
    {
        response.Headers.CacheControl = "no-store";
        if (refused.Problem == Problems.Busy)
            response.Headers.RetryAfter = WorkPlaces.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return refused.Problem.Result(refused.Detail);
    }
}
