using Microsoft.Extensions.Logging.Console;
using Provenance.Server.Settings;

namespace Provenance.Server.Telemetry;

/// <summary>The log: to standard error, as standard output has the one line that says where to open the page.</summary>
internal static class ServerLog
{
    public static void Set(ILoggingBuilder logging, TelemetrySettings settings)
    {
        logging.ClearProviders().SetMinimumLevel(settings.LogLevel)
            // Below that the framework writes addresses with their queries, headers, and parts of bodies, whatever level is asked for.
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            // Why a server cannot start is told once, in a sentence (ServerCommand), not with its stack.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (settings.LogForm == LogForm.Json)
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else
            logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<JsonConsoleFormatterOptions>(console => console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
