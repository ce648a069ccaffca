using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace Provenance.Server.Storage;

/// <summary>Answers for every action when the database does not do what it is asked.</summary>
internal sealed class StorageProblems : IExceptionFilter
{
    /// <summary>Seconds after which asking again is worth it: some rounds of <see cref="IndexFiller"/>.</summary>
    private const int RetryAfter = 5;

    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not StorageException fault)
            return;
        context.HttpContext.Response.Headers[HeaderNames.RetryAfter] = RetryAfter.ToString(CultureInfo.InvariantCulture);
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        context.Result = fault.Problem.Result();
        context.ExceptionHandled = true;
    }
}
