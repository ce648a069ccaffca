namespace Provenance.Cli;

/// <summary>How a fault of our own is told.</summary>
internal static class InternalFault
{
    /// <summary>Writes to standard error what happened and what helps us to mend it.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="file">The file at hand, if there was one.</param>
    public static void Report(Exception fault, string? file) => Console.Error.WriteLine(
        $"""
        This is a fault of provenance {HelpText.Version}, not of the file{(file is null ? "" : $" {file}")}. Nothing was concluded.
        Please report it, with the lines below and, if you may share it, the file; SECURITY.md says how where it must stay private.
        {fault}
        """);
}
