using Provenance.Server.Settings;
using Provenance.Verifier;

namespace Provenance.Server.Trust;

/// <summary>Trust, as the other parts are given it.</summary>
internal static class TrustServices
{
    public static void AddTrust(this IServiceCollection services, TrustSettings settings) => services.AddSingleton<ITrust>(new NoLists());

    private sealed class NoLists : ITrust
    {
        public TrustState Current { get; } = new(at => VerificationPolicy.WithNoListInstalled(at, []), "");
    }
}
