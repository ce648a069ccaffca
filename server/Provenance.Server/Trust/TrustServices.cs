using Microsoft.Extensions.DependencyInjection.Extensions;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>Trust, as the other parts are given it.</summary>
internal static class TrustServices
{
    /// <param name="services">Where it is added.</param>
    /// <param name="settings">Which lists.</param>
    /// <param name="settingsFile">Where the settings come from; null for no file.</param>
    /// <param name="ownFolder">Where the server keeps files of its own; null where it has no such place.</param>
    /// <exception cref="DamagedStoreException">What is installed is damaged.</exception>
    /// <exception cref="SettingsException">A file that the settings name cannot be used.</exception>
    public static void AddTrust(this IServiceCollection services, TrustSettings settings, string? settingsFile = null, string? ownFolder = null)
    {
        // Before anybody can ask. Nothing here waits for anything but files.
        var source = new TrustSource(settings, settingsFile);
        var loaded = source.Load();
        var signing = ListSigning.ReadAsync(settings.Signing).GetAwaiter().GetResult();

        services.AddSingleton(settings);
        if (signing is not null)
            services.AddSingleton(signing);
        services.TryAddSingleton(new GuardedClient());
        services.AddSingleton(provider => new IndexSequence(ownFolder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IndexSequence>>()));
        services.AddSingleton(provider => new CurrentTrust(source, loaded, provider.GetRequiredService<IndexSequence>(), signing, settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITrust>(provider => provider.GetRequiredService<CurrentTrust>());
        services.AddHostedService<TrustWatch>();
        services.AddSingleton<TrustRefresh>();
        services.AddHostedService(provider =>
        {
            var refresh = provider.GetRequiredService<TrustRefresh>();
            TrustMetrics.Watch(provider.GetRequiredService<ServerMetrics>(), provider.GetRequiredService<CurrentTrust>(), refresh, provider.GetRequiredService<TimeProvider>());
            return refresh;
        });
    }
}
