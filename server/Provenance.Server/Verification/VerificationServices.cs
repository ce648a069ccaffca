using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Provenance.Fetching;
using Provenance.Server.Settings;
using Provenance.Server.Telemetry;
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
        services.AddSingleton(provider =>
        {
            var metrics = provider.GetRequiredService<ServerMetrics>();
            metrics.Watch("provenance_body_memory_bytes", "Memory for files that are being checked, in use or kept for the next.", () => room.Memory.Held);
            metrics.Watch("provenance_spool_bytes", "Files of the spool.", () => room.Spool.Bytes);
            return room;
        });
        services.AddSingleton<IMemoryPoolFactory<byte>, WideBlocks>();
        services.AddSingleton<UploadReader>();
        services.AddSingleton<WorkPlaces>();
        services.AddSingleton<PolicyNow>();
        services.AddSingleton<RememberedLabels>();
        services.AddSingleton<FileVerification>();
        services.TryAddSingleton(GuardedNetwork.Real);
        services.AddSingleton(settings);
        services.AddSingleton<UrlVerification>();
    }
}
