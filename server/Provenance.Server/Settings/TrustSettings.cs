namespace Provenance.Server.Settings;

/// <summary>Whom the server trusts, and which lists it hands on.</summary>
internal sealed record TrustSettings : ISettings
{
    public IEnumerable<string> Complaints() => [];
}
