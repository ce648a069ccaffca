using Provenance.Fetching;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;

namespace Provenance.Cli;

/// <summary>What --fetch-remote and --check-revocation do. Apart from everything else, so that nothing of the network is loaded by who does not ask for it.</summary>
internal static class RemoteAnswer
{
    private static readonly FetchingVerifier Fetching = new(new GuardedClient());

    /// <summary>Asks responders; one for the whole run, so that a folder of files from one signer asks once.</summary>
    public static IRevocationSource Revocation { get; } = new RevocationClient(new GuardedClient());

    public static ValueTask<VerificationReport> VerifyAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, Func<AssetCompanions?> beside, CancellationToken cancellation) =>
        Fetching.VerifyAsync(source, companions, policy, beside, cancellation);

    public static ValueTask<VerificationReport> VerifyUrlAsync(string url, AssetCompanions companions, VerificationPolicy policy, CancellationToken cancellation) =>
        Fetching.VerifyUrlAsync(url, companions, policy, cancellation);
}
