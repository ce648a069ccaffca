using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>Turns what an action refuses with into the problem it stands for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TellsRefusalsAttribute : ExceptionFilterAttribute
{
    public override void OnException(ExceptionContext context)
    {
        if (context.Exception is not RefusedException refused)
            return;
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        if (refused.Problem == Problems.Busy || refused.Problem == Problems.TooMany)
            headers.RetryAfter = WorkPlaces.RetryAfter.ToString(CultureInfo.InvariantCulture);
        context.Result = refused.Problem.Result(refused.Detail);
    }
}
