using Microsoft.Extensions.DependencyInjection.Extensions;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Server.Verification.Bodies;
using Provenance.Server.Verification.Labels;
using Provenance.Server.Verification.Urls;

namespace Provenance.Server.Verification;

/// <summary>Verdicts over HTTP, as the server puts them together.</summary>
internal static class VerificationServices
{
    public static void AddVerification(this IServiceCollection services, VerificationSettings settings)
    {
        var room = new BodyRoom(settings);
        room.Spool.Clear();
        services.AddSingleton(room);
        services.AddSingleton(new UploadReader(room, settings));
        services.AddSingleton(_ => new WorkPlaces(settings));
        services.AddSingleton<PolicyNow>();
        services.AddSingleton(provider => new RememberedLabels(settings, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FileVerification>();
        services.TryAddSingleton(GuardedNetwork.Real);
        services.AddSingleton(provider => new UrlVerification(
            settings, provider.GetRequiredService<GuardedNetwork>(), provider.GetRequiredService<PolicyNow>(), provider.GetRequiredService<RememberedLabels>(), provider.GetRequiredService<TimeProvider>()));
    }
}
