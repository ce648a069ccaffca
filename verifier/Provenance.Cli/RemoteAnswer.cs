using Provenance.Fetching;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Cli;

/// <summary>What --fetch-remote does. Apart from everything else, so that nothing of the network is loaded by who does not ask for it.</summary>
internal static class RemoteAnswer
{
    private static readonly FetchingVerifier Fetching = new(new GuardedClient());

    public static ValueTask<VerificationReport> VerifyAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, Func<AssetCompanions?> beside, CancellationToken cancellation) =>
        Fetching.VerifyAsync(source, companions, policy, beside, cancellation);

    public static ValueTask<VerificationReport> VerifyUrlAsync(string url, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation) =>
        Fetching.VerifyUrlAsync(url, companions, policy, cancellation);
}
