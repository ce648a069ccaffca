namespace Provenance.Server.Guards;

/// <summary>Every problem that the API answers with, by status; the first of a status stands for what the framework refuses with it.</summary>
internal static class Problems
{
    public static readonly Problem BadRequest = new("bad-request", StatusCodes.Status400BadRequest, "The request is not understood.");

    /// <summary>One text for no key, a wrong one and a withdrawn one.</summary>
    public static readonly Problem KeyNeeded = new("key-needed", StatusCodes.Status401Unauthorized, "This needs a key that this server knows.");

    public static readonly Problem Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "This is not for whoever asks.");

    /// <summary>A page of another site made a browser ask.</summary>
    public static readonly Problem ForeignOrigin = new("foreign-origin", StatusCodes.Status403Forbidden, "Pages of that origin may not ask this server.");

    public static readonly Problem NotFound = new("not-found", StatusCodes.Status404NotFound, "There is nothing at this address.");

    public static readonly Problem NotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "This address does not take this method.");

    public static readonly Problem NotAcceptable = new("not-acceptable", StatusCodes.Status406NotAcceptable, "There is no answer of a media type that the request accepts.");

    public static readonly Problem TooSlow = new("too-slow", StatusCodes.Status408RequestTimeout, "The request took too long to arrive.");

    public static readonly Problem Conflict = new("conflict", StatusCodes.Status409Conflict, "This is at odds with what is already here.");

    public static readonly Problem LengthNeeded = new("length-needed", StatusCodes.Status411LengthRequired, "The request has to say how long its body is.");

    public static readonly Problem TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this server takes.");

    public static readonly Problem AddressTooLong = new("address-too-long", StatusCodes.Status414UriTooLong, "The address is longer than this server reads.");

    public static readonly Problem UnsupportedMediaType = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "A body of this media type or encoding is not taken here.");

    public static readonly Problem UnknownHost = new("unknown-host", StatusCodes.Status421MisdirectedRequest, "This server does not answer for this host name.");

    public static readonly Problem NotProcessable = new("not-processable", StatusCodes.Status422UnprocessableEntity, "The request is understood, but what it holds cannot be used.");

    /// <summary>One text whatever the reason, so that nobody learns from it what answers where.</summary>
    public static readonly Problem NotFetched = new("not-fetched", StatusCodes.Status422UnprocessableEntity, "This URL could not be fetched, or may not be.");

    public static readonly Problem TooMany = new("too-many-requests", StatusCodes.Status429TooManyRequests, "More was asked than is answered in this time.");

    public static readonly Problem HeadersTooLarge = new("headers-too-large", StatusCodes.Status431RequestHeaderFieldsTooLarge, "The headers are larger than this server reads.");

    public static readonly Problem Fault = new("fault", StatusCodes.Status500InternalServerError, "The server made a mistake.");

    public static readonly Problem UnknownMethod = new("unknown-method", StatusCodes.Status501NotImplemented, "No address of this server takes this method.");

    /// <summary>Switched off by whoever runs the server.</summary>
    public static readonly Problem NotOffered = new("not-offered", StatusCodes.Status501NotImplemented, "This server does not offer this.");

    public static readonly Problem Busy = new("busy", StatusCodes.Status503ServiceUnavailable, "The server is busy.");

    public static readonly Problem TimeOver = new("time-over", StatusCodes.Status503ServiceUnavailable, "The answer would have taken longer than this server works on one.");

    /// <summary>The database is away or cannot be written to.</summary>
    public static readonly Problem StorageUnavailable = new("storage-unavailable", StatusCodes.Status503ServiceUnavailable, "What this server keeps cannot be reached just now.");

    public static readonly Problem StorageFull = new("storage-full", StatusCodes.Status507InsufficientStorage, "This server has no room left to keep anything.");

    public static readonly IReadOnlyList<Problem> All =
    [
        BadRequest, KeyNeeded, Forbidden, ForeignOrigin, NotFound, NotAllowed, NotAcceptable, TooSlow, Conflict, LengthNeeded, TooLarge, AddressTooLong, UnsupportedMediaType,
        UnknownHost, NotProcessable, NotFetched, TooMany, HeadersTooLarge, Fault, UnknownMethod, NotOffered, Busy, TimeOver, StorageUnavailable, StorageFull,
    ];

    /// <summary>The problem that stands for a status code which the framework or Kestrel chose.</summary>
    public static Problem OfStatus(int status) => All.FirstOrDefault(problem => problem.Status == status) ?? (status < 500 ? BadRequest : Fault) with { Status = status };
}
