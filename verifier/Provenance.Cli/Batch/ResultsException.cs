using Provenance.Verifier.Labels;

namespace Provenance.Cli.Batch;

/// <summary>The results could not be written: what was wrong, and what to do.</summary>
internal sealed class ResultsException(string folder, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>As sysexits.h has it for "input/output error".</summary>
    public const int ExitCode = 74;

    /// <summary>Tells it; the exit code.</summary>
    public int Tell(Words words)
    {
        string key = InnerException switch
        {
            // ENOSPC and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
            IOException { HResult: 28 or 69 or 122 or unchecked((int)0x80070027) or unchecked((int)0x80070070) } => "output.disk-full",
            // EROFS, ERROR_WRITE_PROTECT.
            IOException { HResult: 30 or unchecked((int)0x80070013) } => "output.read-only",
            UnauthorizedAccessException => "output.forbidden",
            _ => "output.unfinished",
        };
        Console.Error.WriteLine(words.Say(key, "folder", DisplayText.Clean(folder, 200), "why", DisplayText.Clean(Message, 200)));
        return ExitCode;
    }

    /// <summary>Runs what writes; what keeps it from writing is told as such.</summary>
    public static void Guard(string folder, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(folder, e);
        }
    }
}
