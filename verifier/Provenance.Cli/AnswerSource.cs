using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;

namespace Provenance.Cli;

/// <summary>Opens and verifies files, and knows which exceptions speak of the file and not of us.</summary>
internal static class AnswerSource
{
    /// <summary>What is copied of a pipe before it is refused; files have no bound.</summary>
    private const long MostPipeBytes = 4L << 30;

    /// <summary>The report on a file; on one that cannot be read too.</summary>
    public static async Task<VerificationReport> AskAsync(string file, AssetCompanions companions, VerificationPolicy policy)
    {
        try
        {
            var source = await OpenAsync(file).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
                return await Verifier.Verifier.VerifyAsync(source, companions, policy).ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return VerificationReport.Unread(policy, WhyUnreadable(e));
        }
    }

    public static ValueTask<AssetSource> OpenAsync(string file) => FileAssetSource.OpenOrCopyAsync(file, MostPipeBytes);

    /// <summary>Whether an exception speaks of the file and not of us.</summary>
    public static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or LimitExceededException or ArgumentException { ParamName: "path" };

    /// <summary>Why a file cannot be read, in words that hold no path.</summary>
    public static string WhyUnreadable(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        PathTooLongException => "its name is too long",
        UnauthorizedAccessException => "it is a folder, or you may not read it",
        EndOfStreamException => "it became shorter while it was read",
        LimitExceededException => "it is a pipe, and holds more than 4 GiB",
        ArgumentException => "that is no name of a file",
        _ => "it cannot be read: an error of the device, or no ordinary file",
    };
}
