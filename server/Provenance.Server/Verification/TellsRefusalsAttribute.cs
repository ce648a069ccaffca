using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>Turns what an action refuses with into the problem it stands for. Of a client who is gone nobody is told.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TellsRefusalsAttribute : ExceptionFilterAttribute
{
    public override void OnException(ExceptionContext context)
    {
        if (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.Result = new Microsoft.AspNetCore.Mvc.EmptyResult();
        }
        else if (context.Exception is RefusedException refused)
        {
            var headers = context.HttpContext.Response.Headers;
            headers.CacheControl = "no-store";
            if (refused.Problem == Problems.Busy)
                headers.RetryAfter = WorkPlaces.RetryAfter.ToString(CultureInfo.InvariantCulture);
            context.Result = refused.Problem.Result(refused.Detail);
        }
    }
}
