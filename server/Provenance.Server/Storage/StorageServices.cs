using Provenance.Server.Guards;
using Provenance.Server.Resolution;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Storage;

/// <summary>Storage, as the other parts are given it.</summary>
internal static class StorageServices
{
    public static void AddStorage(this IServiceCollection services, StorageSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<StorageState>();
        services.AddSingleton<IReadinessPart>(provider => provider.GetRequiredService<StorageState>());
        services.AddSingleton(provider => new StorageDatabase(
            StorageConnection.Parse(settings.Connection), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<StorageState>()));
        services.AddSingleton<IApiKeys, ApiKeys>();
        services.AddSingleton<IManifestStore, RegisteredManifests>();
        services.AddSingleton<Publication>();
        services.AddSingleton<IndexFiller>();
        services.AddHostedService(provider => provider.GetRequiredService<IndexFiller>());
    }

    /// <summary>
    /// Makes or upgrades the database before the server listens. One that does not answer is no reason not to start: what needs none works, and the
    /// rest is told to be unavailable until it comes. One that we must not touch is.
    /// </summary>
    /// <exception cref="StorageException">A later server made it, or it is none of ours.</exception>
    public static async Task OpenStorageAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            await services.GetRequiredService<StorageDatabase>().OpenAsync(cancellation);
        }
        catch (StorageException e) when (e.Fault is not (StorageFault.LaterVersion or StorageFault.Damaged))
        {
            services.GetRequiredService<StorageState>().Tell(e);
        }
    }
}
