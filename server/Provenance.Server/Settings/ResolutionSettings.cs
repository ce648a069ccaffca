namespace Provenance.Server.Settings;

/// <summary>The Soft Binding Resolution API: what is answered, and to whom.</summary>
internal sealed record ResolutionSettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
