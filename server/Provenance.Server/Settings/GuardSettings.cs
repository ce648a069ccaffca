namespace Provenance.Server.Settings;

/// <summary>Who may ask how much.</summary>
internal sealed record GuardSettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
