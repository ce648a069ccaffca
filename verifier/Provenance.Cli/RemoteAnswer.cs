using Provenance.Fetching;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Identity;

namespace Provenance.Cli;

/// <summary>What --fetch-remote and --fetch-identity do. Apart from everything else, so that nothing of the network is loaded by who does not ask for it.</summary>
internal static class RemoteAnswer
{
    private static readonly FetchingVerifier Fetching = new(new GuardedClient());

    public static ValueTask<VerificationReport> VerifyAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, Func<AssetCompanions?> beside, CancellationToken cancellation) =>
        Fetching.VerifyAsync(source, companions, policy, beside, cancellation);

    public static ValueTask<VerificationReport> VerifyUrlAsync(string url, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation) =>
        Fetching.VerifyUrlAsync(url, companions, policy, cancellation);

    /// <summary>The documents at hand, then those of the hosts that a file names.</summary>
    public static IDidDocuments DidDocuments(IDidDocuments? given) => new WebDidDocuments(new GuardedClient(), given);
}
