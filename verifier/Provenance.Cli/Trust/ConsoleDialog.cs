using Provenance.TrustStore;
using Provenance.Verifier.Labels;

namespace Provenance.Cli.Trust;

/// <summary>The dialog of a terminal, or of a pipe.</summary>
internal static class ConsoleDialog
{
    public static ListDialog In(Words words) => new(words, Console.Out, Console.Error, Console.IsInputRedirected || Console.IsOutputRedirected ? null : Ask);

    private static bool Ask(string question)
    {
        Console.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
