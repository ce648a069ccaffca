using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Newtonsoft.Json;

namespace Provenance.Server.Guards;

/// <summary>Why a request was not answered, as problem details (RFC 9457). What it says comes from us: nothing of the request, nothing of this machine.</summary>
/// <param name="Name">Its name, which stays: the end of its "type".</param>
/// <param name="Status">The status code of HTTP.</param>
/// <param name="Title">What it means.</param>
internal sealed record Problem(string Name, int Status, string Title)
{
    public const string MediaType = "application/problem+json";

    private const long MostThrownAway = 16 << 20;

    /// <summary>The address that stands for the problem: a place on the page that explains the API.</summary>
    public string Type => $"/api#{Name}";

    /// <summary>As an action's answer.</summary>
    /// <param name="detail">What to do about it; null where the title says all.</param>
    public ContentResult Result(string? detail = null) => new() { StatusCode = Status, ContentType = MediaType, Content = Json(detail) };

    /// <summary>As an answer outside of actions. It is sent when the request has run out of time too.</summary>
    public Task WriteAsync(HttpContext context, string? detail = null)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        LetBodyGo(context);
        byte[] body = Encoding.UTF8.GetBytes(Json(detail));
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    /// <summary>Lets the rest of a body of usual size be thrown away: the connection would break instead, often before the answer is read.</summary>
    private static void LetBodyGo(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && context.Request.Headers.Expect.Count == 0)
            size.MaxRequestBodySize = Math.Max(size.MaxRequestBodySize ?? 0, MostThrownAway);
    }

    private string Json(string? detail) =>
        JsonConvert.SerializeObject(detail is null ? new { type = Type, title = Title, status = Status } : new { type = Type, title = Title, status = Status, detail });
}
