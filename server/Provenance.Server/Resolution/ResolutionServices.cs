using Provenance.Server.Settings;

namespace Provenance.Server.Resolution;

/// <summary>The Soft Binding Resolution API, as the server puts it together.</summary>
internal static class ResolutionServices
{
    public static void AddResolution(this IServiceCollection services, ResolutionSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<KnownAlgorithms>();
        services.AddSingleton<IBindingAlgorithms>(provider => provider.GetRequiredService<KnownAlgorithms>());
        services.AddSingleton<PdqEntries>();
        services.AddSingleton<IBindingIndex>(provider => provider.GetRequiredService<PdqEntries>());
        services.AddSingleton<BindingSearch>();
        services.AddSingleton<ContentSearch>();
        services.AddSingleton<FingerprintList>();
    }
}
