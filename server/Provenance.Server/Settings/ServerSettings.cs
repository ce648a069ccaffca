namespace Provenance.Server.Settings;

/// <summary>What whoever runs the server decides, beside where it listens. Every part has its own record; the defaults are a server that works.</summary>
internal sealed record ServerSettings : ISettings
{
    public const int CurrentVersion = 1;

    /// <summary>Which form of this file it is; another one is refused.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The time that it always is, as RFC 3339 says it: for tests, and for answers about the past. Without it: now.</summary>
    public DateTimeOffset? Clock { get; init; }

    public VerificationSettings Verification { get; init; } = new();

    public TrustSettings Trust { get; init; } = new();

    public ResolutionSettings Resolution { get; init; } = new();

    public StorageSettings Storage { get; init; } = new();

    public GuardSettings Guards { get; init; } = new();

    public TelemetrySettings Telemetry { get; init; } = new();

    public IEnumerable<string> Complaints()
    {
        if (Version != CurrentVersion)
            yield return $"version is {Version}; this server reads version {CurrentVersion}.";
        foreach (var (name, part) in Parts())
        {
            foreach (string complaint in part.Complaints())
                yield return $"{name}.{complaint}";
        }
    }

    private IEnumerable<(string Name, ISettings Part)> Parts() =>
    [
        ("verification", Verification), ("trust", Trust), ("resolution", Resolution), ("storage", Storage), ("guards", Guards), ("telemetry", Telemetry),
    ];
}
