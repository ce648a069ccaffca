using Provenance.Verifier.Labels;

namespace Provenance.Cli.Batch;

/// <summary>The results could not be written: what was wrong, and what to do.</summary>
internal sealed class ResultsException(string folder, Exception inner) : Exception($"{DisplayText.Clean(folder, 200)}: {Why(inner)}", inner)
{
    /// <summary>As sysexits.h has it for "input/output error".</summary>
    public const int ExitCode = 74;

    /// <summary>Tells it; the exit code.</summary>
    public int Tell()
    {
        Console.Error.WriteLine(Message);
        return ExitCode;
    }

    /// <summary>Runs what writes, and says of what keeps it from writing that it does.</summary>
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

    /// <summary>Codes of the system: ENOSPC and EDQUOT of Linux and macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL; EROFS.</summary>
    private static string Why(Exception e) => e switch
    {
        IOException { HResult: 28 or 69 or 122 or unchecked((int)0x80070027) or unchecked((int)0x80070070) } =>
            "the disk is full, or your share of it. Make room and run the same command again: what is done is kept.",
        IOException { HResult: 30 } => "the disk cannot be written to. Name another folder.",
        UnauthorizedAccessException => "you may not write there. Name another folder, or change its permissions.",
        _ => $"the results could not be written ({DisplayText.Clean(e.Message, 200)}). Run the same command again: what is done is kept.",
    };
}
