namespace Provenance.Server.Telemetry;

/// <summary>A part without which the server should be sent no requests. Registered as a service; asked for every "/health/ready", so it answers from memory.</summary>
internal interface IReadinessPart
{
    /// <summary>Its name in the log and the metrics; never in an answer.</summary>
    string Name { get; }

    bool IsReady { get; }
}
