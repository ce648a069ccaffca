using Provenance.Server.Settings;

namespace Provenance.Server;

/// <summary>What whoever starts the server decides.</summary>
/// <param name="PageFolder">The folder of the built page; null: where a build puts it.</param>
/// <param name="Settings">Everything else.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons; null: what ASPNETCORE_URLS says, else <see cref="DefaultUrls"/>.</param>
/// <param name="SettingsFile">The file that the settings were read from; null for none.</param>
internal sealed record ServerOptions(ServerSettings Settings, string? PageFolder = null, string? Urls = null, string? SettingsFile = null)
{
    /// <summary>This machine alone: who wants to be reached from elsewhere says so, and puts TLS before it.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";
}
