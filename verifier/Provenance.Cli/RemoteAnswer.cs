using Provenance.Fetching;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Identity;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>What --fetch-remote, --fetch-identity and --check-revocation do. Apart from everything else, so that nothing of the network is loaded by who does not ask for it.</summary>
internal static class RemoteAnswer
{
    private static readonly FetchingVerifier Fetching = new(new GuardedClient());

    /// <summary>Asks responders; one for the whole run, so that a folder of files from one signer asks once.</summary>
    public static IRevocationSource Revocation { get; } = new RevocationClient(new GuardedClient());

    public static ValueTask<VerificationReport> VerifyAsync(AssetSource source, AssetCompanions companions, VerificationPolicy policy, Func<AssetCompanions?> beside, CancellationToken cancellation) =>
        Fetching.VerifyAsync(source, companions, policy, beside, cancellation);

    public static ValueTask<VerificationReport> VerifyUrlAsync(string url, VerifyOptions options, VerificationPolicy policy, CancellationToken cancellation)
    {
        return Fetching.VerifyUrlAsync(url, options.Companions, policy, options.ReadsMetadata ? AddMetadataAsync : null, cancellation);

        async ValueTask AddMetadataAsync(AssetSource source, VerificationReport report) =>
            report.Metadata = report.MayHaveMetadata ? await MetadataAnswer.ReadAsync(source, report, cancellation).ConfigureAwait(false) : MetadataReport.Empty;
    }

    /// <summary>The documents at hand, then those of the hosts that a file names.</summary>
    public static IDidDocuments DidDocuments(IDidDocuments? given) => new WebDidDocuments(new GuardedClient(), given);
}
