namespace Provenance.Server.Settings;

/// <summary>Verdicts over HTTP: how much may be sent, kept and done at once.</summary>
internal sealed record VerificationSettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
