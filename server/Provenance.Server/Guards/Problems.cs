namespace Provenance.Server.Guards;

/// <summary>Every problem that the API answers with.</summary>
internal static class Problems
{
    public static readonly Problem BadRequest = new("bad-request", StatusCodes.Status400BadRequest, "The request is not understood.");

    public static readonly Problem NotFound = new("not-found", StatusCodes.Status404NotFound, "There is nothing at this address.");

    public static readonly Problem NotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "This address does not take this method.");

    public static readonly Problem TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this server takes.");

    public static readonly Problem UnsupportedMediaType = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "A body of this media type or encoding is not taken here.");

    public static readonly Problem TooMany = new("too-many-requests", StatusCodes.Status429TooManyRequests, "More was asked than is answered in this time.");

    public static readonly Problem Fault = new("fault", StatusCodes.Status500InternalServerError, "The server made a mistake.");

    public static readonly Problem Busy = new("busy", StatusCodes.Status503ServiceUnavailable, "The server is busy.");

    public static readonly IReadOnlyList<Problem> All = [BadRequest, NotFound, NotAllowed, TooLarge, UnsupportedMediaType, TooMany, Fault, Busy];
}
