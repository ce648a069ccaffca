using Provenance.Server.Settings;
using Provenance.Server.Telemetry;

namespace Provenance.Server.Resolution;

/// <summary>The Soft Binding Resolution API, as the server puts it together.</summary>
internal static class ResolutionServices
{
    public static void AddResolution(this IServiceCollection services, ResolutionSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<KnownAlgorithms>();
        services.AddSingleton<IBindingAlgorithms>(provider => provider.GetRequiredService<KnownAlgorithms>());
        services.AddSingleton(provider =>
        {
            var entries = new PdqEntries();
            provider.GetRequiredService<ServerMetrics>().Watch("provenance_index_entries", "Fingerprints that can be looked up.", () => entries.Index.Count);
            return entries;
        });
        services.AddSingleton<IBindingIndex>(provider => provider.GetRequiredService<PdqEntries>());
        services.AddSingleton<BindingSearch>();
        services.AddSingleton<ContentSearch>();
        services.AddSingleton<FingerprintList>();
    }
}
