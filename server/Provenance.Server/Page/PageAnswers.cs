using Microsoft.Net.Http.Headers;
using Provenance.Server.Guards;

namespace Provenance.Server.Page;

/// <summary>Answers requests from the page's table.</summary>
internal static class PageAnswers
{
    private const string Methods = "GET, HEAD";

    /// <summary>Answers every request that no endpoint was found for, but those to the API.</summary>
    public static void UsePage(this WebApplication server, PageFiles page) => server.Use((context, next) =>
        context.GetEndpoint() is null && !ApiAnswers.IsApi(context.Request.Path) ? AnswerAsync(context, page) : next(context));

    private static Task AnswerAsync(HttpContext context, PageFiles page)
    {
        // Methods are case-sensitive (RFC 9110 §9.1); the framework takes "get" for GET.
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            context.Response.Headers.Allow = Methods;
            return PlainPage.NotAllowed.WriteAsync(context);
        }
        return page.TryGet(context.Request.Path.Value, out var file) ? SendAsync(context, file) : PlainPage.NotFound.WriteAsync(context);
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        // The framework reads a range of any unit as one of bytes.
        bool isRange = context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);
        var form = Choose(context.Request, file, isRange);
        var headers = context.Response.Headers;
        headers.AcceptRanges = "bytes";
        // "no-cache" keeps a copy and asks each time whether it is still the one, which a tag answers in a few bytes.
        headers.CacheControl = file.IsNamedByContent ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.HasPackedForms)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (form.Encoding is not null)
            headers.ContentEncoding = form.Encoding;
        // Tags, ranges and HEAD (RFC 9110 §§13, 14) are the framework's.
        return TypedResults.Bytes(form.Content, file.MediaType, enableRangeProcessing: isRange, entityTag: form.Tag).ExecuteAsync(context);
    }

    private static PageFile.Form Choose(HttpRequest request, PageFile file, bool isRange)
    {
        // A range of the packed form would be right by the letter and of use to nobody: who asks for a range means the file's bytes.
        if (!file.HasPackedForms || isRange)
            return file.Plain;
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return file.Brotli is not null && Accepts(accepted, "br") ? file.Brotli
            : file.Gzip is not null && Accepts(accepted, "gzip") ? file.Gzip
            : file.Plain;
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is null or > 0);
}
