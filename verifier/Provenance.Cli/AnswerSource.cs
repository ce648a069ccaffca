using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.IO;

namespace Provenance.Cli;

/// <summary>Verifies one file; whatever happens, there is a report.</summary>
internal static class AnswerSource
{
    /// <summary>What is copied of a pipe before it is refused; files have no bound.</summary>
    private const long MostPipeBytes = 4L << 30;

    /// <summary>The report on a file, and whether a fault of ours stands behind it.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One file's fault of ours must not silence the answers on the others; it is told, and decides the exit code.")]
    public static async Task<(VerificationReport Report, bool IsOurFault)> AskAsync(string file, VerificationPolicy policy)
    {
        try
        {
            var source = await OpenAsync(file).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
                return (await Verifier.Verifier.VerifyAsync(source, policy).ConfigureAwait(false), false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            return (VerificationReport.Unread(policy, WhyUnreadable(e)), false);
        }
        catch (Exception e)
        {
            InternalFault.Report(e, file);
            return (VerificationReport.Unread(policy, "a fault of this program, told on standard error"), true);
        }
    }

    /// <summary>A file as it is; a pipe copied first.</summary>
    private static async Task<AssetSource> OpenAsync(string file)
    {
        try
        {
            return FileAssetSource.Open(file);
        }
        catch (IOException e) when (e.InnerException is NotSupportedException)
        {
            var pipe = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            await using (pipe.ConfigureAwait(false))
                return await StreamAssetSource.FromUnseekableAsync(pipe, MostPipeBytes, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Why a file cannot be read, in words that hold no path.</summary>
    public static string WhyUnreadable(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        PathTooLongException => "its name is too long",
        UnauthorizedAccessException => "it is a folder, or you may not read it",
        EndOfStreamException => "it became shorter while it was read",
        ArgumentException => "that is no name of a file",
        _ => "it cannot be read: an error of the device, or no ordinary file",
    };
}
