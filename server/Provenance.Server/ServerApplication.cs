using Provenance.Server.Guards;
using Provenance.Server.Headers;
using Provenance.Server.OpenApi;
using Provenance.Server.Page;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Storage;
using Provenance.Server.Telemetry;
using Provenance.Server.Trust;
using Provenance.Server.Verification;

namespace Provenance.Server;

/// <summary>Puts the server together: limits, headers, the parts of the API, and the page for every address that no endpoint answers.</summary>
internal static class ServerApplication
{
    /// <param name="options">What whoever starts it decided.</param>
    /// <param name="page">The page.</param>
    /// <param name="replace">What tests put in the place of parts.</param>
    public static WebApplication Build(ServerOptions options, PageFiles page, Action<IServiceCollection>? replace = null)
    {
        ConnectionLimits.RefuseBareLineFeeds();
        // Production whatever the environment says: another one would answer a fault with a page of stack and settings.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Where controllers are looked for: here, whichever program starts it.
            ApplicationName = typeof(ServerApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        // Said outright, so that ASPNETCORE_HTTP_PORTS, which images of containers set, does not open the server to the network.
        builder.WebHost.UseUrls(options.Urls ?? builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? ServerOptions.DefaultUrls);
        // Nor does ASPNETCORE_FORWARDEDHEADERS_ENABLED make everybody a proxy: guards.proxies names them.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        builder.WebHost.ConfigureKestrel(ConnectionLimits.Set);
        ServerLog.Set(builder.Logging, options.Settings.Telemetry);
        AddParts(builder.Services, options.Settings, options.SettingsFile);
        replace?.Invoke(builder.Services);

        var server = builder.Build();
        server.UseTelemetry();
        server.UseSecurityHeaders();
        server.UseFaults();
        server.UseHealth();
        server.UseProblems();
        server.UseRequestGuards();
        server.UseRouting();
        server.UseRouteRecord();
        server.UseEndpointGuards();
        server.UsePage(page);
        server.MapControllers();
        server.MapApiDocuments();
        return server;
    }

    private static void AddParts(IServiceCollection services, ServerSettings settings, string? settingsFile)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Clock is { } clock ? new PinnedClock(clock) : TimeProvider.System);
        services.AddApi();
        services.AddGuards(settings.Guards);
        services.AddTelemetry(settings.Telemetry);
        services.AddTrust(settings.Trust, settingsFile, StorageConnection.FolderOf(settings.Storage.Connection));
        services.AddStorage(settings.Storage);
        services.AddVerification(settings.Verification);
        services.AddResolution(settings.Resolution);
    }
}
