using Provenance.Cli.Trust;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The command cannot be carried out as it was given.</summary>
/// <param name="verb">The verb whose help says more.</param>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class UsageException(string verb, string message) : Exception(message)
{
    /// <summary>Tells it, with the way to help; the exit code.</summary>
    public int Tell()
    {
        string command = verb is VerifyCommand.Name or InspectCommand.Name or FormatsCommand.Name or CodesCommand.Name || verb.Split(' ')[0] == TrustCommand.Name ? $"provenance {verb}" : "provenance";
        Console.Error.WriteLine($"{Message}\nSee: {command} --help");
        return LabelTable.ExitUsage;
    }
}
