using Microsoft.AspNetCore.Mvc.Filters;
using Provenance.Server.Guards;

namespace Provenance.Server.Verification;

/// <summary>Refuses a body that is compressed, before anybody reads it: inflated it could be a thousand times as long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesPackedAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var encoding = context.HttpContext.Request.Headers.ContentEncoding;
        if (encoding.Count == 0 || string.Equals(encoding.ToString(), "identity", StringComparison.OrdinalIgnoreCase))
            return;
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.Result = Problems.UnsupportedMediaType.Result("Send the body as it is, without Content-Encoding.");
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        // Nothing is left to do.
    }
}
