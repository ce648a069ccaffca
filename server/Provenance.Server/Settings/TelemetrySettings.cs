namespace Provenance.Server.Settings;

/// <summary>Metrics, traces, health.</summary>
internal sealed record TelemetrySettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
