namespace Provenance.Server.Telemetry;

/// <summary>
/// Every line this server writes into its log. They stand in one class: the generator of <see cref="LoggerMessageAttribute"/> writes several classes
/// in an order that changes from build to build, and with it the program's identity.
/// </summary>
internal static partial class LogLines
{
    [LoggerMessage(LogLevel.Information, "{Id} {Method} {Route} {Status} {Milliseconds} ms {Network}")]
    public static partial void Request(this ILogger log, string id, string method, string route, int status, long milliseconds, string network);

    [LoggerMessage(LogLevel.Error, "Request {Id} met a fault: {Type} (of {Inner}) {Stack}")]
    public static partial void RequestFault(this ILogger log, string id, string type, string? inner, string? stack);

    [LoggerMessage(LogLevel.Error, "{Message}{Cause}")]
    public static partial void StorageFails(this ILogger log, string message, string cause);

    [LoggerMessage(LogLevel.Warning, "The database can be read and written again.")]
    public static partial void StorageRecovered(this ILogger log);

    [LoggerMessage(LogLevel.Information, "Trust lists: others are in force now, {Lists} installed, version {Version}")]
    public static partial void TrustReloaded(this ILogger log, int lists, string version);

    [LoggerMessage(LogLevel.Error, "Trust lists: those of before stay in force. {Why}")]
    public static partial void TrustKept(this ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "Trust lists: not all could be refreshed. {Why}")]
    public static partial void TrustNotRefreshed(this ILogger log, string why);

    [LoggerMessage(LogLevel.Error, "Trust lists: a fault while they were refreshed")]
    public static partial void TrustRefreshFault(this ILogger log, Exception fault);

    [LoggerMessage(LogLevel.Warning, "Trust lists: they are others than before and no date tells it; their index has the number {Number} all the same. If several servers answer to one name, touch the trust folder's index, so that they agree")]
    public static partial void IndexUndated(this ILogger log, long number);

    [LoggerMessage(LogLevel.Warning, "Trust lists: the number of their index is not kept in {File}: {Why}. After lists were taken out or replaced by older files, touch the trust folder's index or the settings before the server starts again, or who follows it refuses what it hands on")]
    public static partial void IndexNotKept(this ILogger log, string file, string why);
}
