using Provenance.TrustStore;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>Opens and verifies files, and knows which exceptions speak of the file and not of us.</summary>
internal static class AnswerSource
{
    /// <summary>What is copied of a pipe before it is refused; files have no bound.</summary>
    private const long MostPipeBytes = 4L << 30;

    /// <summary>The report on a file; on one that cannot be read too.</summary>
    /// <param name="file">The file, or its URL.</param>
    /// <param name="options">What belongs to it, and where else to look.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="cancellation">Honoured while reading, hashing and fetching.</param>
    public static async Task<VerificationReport> AskAsync(string file, VerifyOptions options, VerificationPolicy policy, CancellationToken cancellation)
    {
        var companions = options.Companions;
        if (IsUrl(file))
            return options.FetchesRemote ? await RemoteAnswer.VerifyUrlAsync(file, options, policy, cancellation).ConfigureAwait(false) : VerificationReport.UnreadFor(policy, "unreadable.url");
        try
        {
            var source = await OpenAsync(file, cancellation).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                AssetCompanions? Beside() => !options.LooksBeside ? null : BesideFile.Find(file, companions, policy.Limits.StoreBytes);
                var report = options.FetchesRemote
                    ? await RemoteAnswer.VerifyAsync(source, companions, policy, Beside, cancellation).ConfigureAwait(false)
                    : await Verifier.Verifier.VerifyAsync(source, companions, policy, cancellation).ConfigureAwait(false);
                // What is at hand counts where the file itself holds nothing; nobody is asked for it.
                if (!options.FetchesRemote && report.Origin is ManifestOrigin.None or ManifestOrigin.Remote && Beside() is { } beside)
                    report = await Verifier.Verifier.VerifyAsync(source, beside, policy, cancellation).ConfigureAwait(false);
                if (options.ReadsMetadata)
                    report.Metadata = report.MayHaveMetadata ? await MetadataAnswer.ReadAsync(source, report, cancellation).ConfigureAwait(false) : MetadataReport.Empty;
                return report;
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            // What is read as U+FFFD cannot be asked for: such a name leads nowhere, though the file is there.
            return VerificationReport.UnreadFor(policy, e is FileNotFoundException or DirectoryNotFoundException && file.Contains('\uFFFD', StringComparison.Ordinal) ? "unreadable.name-not-utf8" : WhyUnreadable(e));
        }
    }

    /// <summary>Whether a name is meant to be fetched; a file in a folder called "https:" is named "./https:/…".</summary>
    public static bool IsUrl(string name) => name.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public static ValueTask<AssetSource> OpenAsync(string file, CancellationToken cancellation = default) => FileAssetSource.OpenOrCopyAsync(file, MostPipeBytes, cancellation);

    /// <summary>Whether an exception speaks of the file and not of us.</summary>
    public static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or LimitExceededException or ArgumentException { ParamName: "path" };

    /// <summary>Why a file cannot be read: a key of words that hold no path.</summary>
    public static string WhyUnreadable(Exception e) => e switch
    {
        LimitExceededException => "unreadable.pipe-too-long",
        ArgumentException => "unreadable.no-name",
        _ => FileFault.KeyOf(e),
    };
}
