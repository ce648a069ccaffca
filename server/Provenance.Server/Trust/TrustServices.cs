using Microsoft.Extensions.DependencyInjection.Extensions;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
using Provenance.TrustStore;

namespace Provenance.Server.Trust;

/// <summary>Trust, as the other parts are given it.</summary>
internal static class TrustServices
{
    /// <exception cref="DamagedStoreException">What is installed is damaged.</exception>
    /// <exception cref="SettingsException">A file that the settings name cannot be used.</exception>
    public static void AddTrust(this IServiceCollection services, TrustSettings settings)
    {
        // Before anybody can ask. Nothing here waits for anything but files.
        var source = new TrustSource(settings);
        var loaded = source.Load();
        var signing = ListSigning.ReadAsync(settings.Signing).GetAwaiter().GetResult();

        services.AddSingleton(settings);
        if (signing is not null)
            services.AddSingleton(signing);
        services.TryAddSingleton(new GuardedClient());
        services.AddSingleton(provider => new CurrentTrust(source, loaded, signing, settings, provider.GetRequiredService<TimeProvider>()));
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
