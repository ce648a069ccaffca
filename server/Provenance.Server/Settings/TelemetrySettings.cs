using System.Net;

namespace Provenance.Server.Settings;

/// <summary>Metrics, traces, health.</summary>
internal sealed record TelemetrySettings : ISettings
{
    /// <summary>
    /// What is logged: "Warning" is faults and what needs a hand, "Information" a line for each request too. No line has addresses (URLs) or
    /// content of requests, keys, or more of a caller than 24 bits of IPv4 or 48 of IPv6.
    /// </summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>How: "Text" for people, "Json" for programs, a line each. To standard error.</summary>
    public LogForm LogForm { get; init; }

    /// <summary>The port on which metrics are told (/metrics, as Prometheus reads them), and health again. Without it: none.</summary>
    public int? Port { get; init; }

    /// <summary>The address of this machine for that port. Whoever reaches it can read the metrics.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>A collector of OpenTelemetry, as in "http://127.0.0.1:4318", that metrics and traces are sent to (OTLP over HTTP). Without it: nothing is sent.</summary>
    public string? Otlp { get; init; }

    public IEnumerable<string> Complaints()
    {
        if (!Enum.IsDefined(LogLevel))
            yield return $"logLevel is {LogLevel}; it is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.";
        if (!Enum.IsDefined(LogForm))
            yield return $"logForm is {LogForm}; it is one of {string.Join(", ", Enum.GetNames<LogForm>())}.";
        if (Port is < 0 or > 65535)
            yield return $"port is {Port}; it goes from 0, which takes a free one, to 65535.";
        if (!IPAddress.TryParse(Address, out _))
            yield return $"address is \"{Address}\", which is no address of a machine: give it as in \"127.0.0.1\".";
        if (Otlp is not null && !IsCollector(Otlp))
            yield return "otlp is no address of a collector: give it as in \"http://127.0.0.1:4318\".";
    }

    private static bool IsCollector(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var collector) && collector is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" };
}

/// <summary>How lines of the log are written.</summary>
internal enum LogForm
{
    Text,
    Json,
}
