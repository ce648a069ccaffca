namespace Provenance.Server.Settings;

/// <summary>The database.</summary>
internal sealed record StorageSettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
