using Provenance.Server.Settings;
using Provenance.Server.Verification.Bodies;
using Provenance.Server.Verification.Labels;

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
    }
}
