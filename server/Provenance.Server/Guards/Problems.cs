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

    public static readonly Problem StorageUnavailable = new("storage-unavailable", StatusCodes.Status503ServiceUnavailable, "What this server keeps cannot be reached just now.");

    public static readonly Problem StorageFull = new("storage-full", StatusCodes.Status507InsufficientStorage, "This server has no room left to keep anything.");

    public static readonly Problem KeyNeeded = new("key-needed", StatusCodes.Status401Unauthorized, "This needs a key that this server knows.");

    public static readonly Problem Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "This is not for whoever asks.");

    public static readonly Problem Conflict = new("conflict", StatusCodes.Status409Conflict, "This is at odds with what is already here.");

    public static readonly Problem NotProcessable = new("not-processable", StatusCodes.Status422UnprocessableEntity, "The request is understood, but what it holds cannot be used.");

    public static readonly IReadOnlyList<Problem> All =
    [
        BadRequest, KeyNeeded, Forbidden, NotFound, NotAllowed, Conflict, TooLarge, UnsupportedMediaType, NotProcessable, TooMany, Fault, Busy, StorageUnavailable, StorageFull,
    ];
}
