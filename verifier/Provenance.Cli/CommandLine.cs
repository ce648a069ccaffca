using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The way in, and which exit code an end that was not planned has.</summary>
internal static class CommandLine
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The outermost frame: a fault of ours is told as such and ends with its own exit code.")]
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            // Nearly every call is spelled plainly; only the others pay for the parser that can explain, correct and complete.
            if (args is [VerifyCommand.Name, ..] && PlainWords.Read(args.AsSpan(1), VerifyCommand.Options) is { } words)
                return await VerifyCommand.RunAsync(words).ConfigureAwait(false);
            return await FullParser.RunAsync(args).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return e.Tell(LanguageChoice.Guess(args));
        }
        catch (Exception e)
        {
            InternalFault.Report(e, null);
            return LabelTable.ExitInternalError;
        }
    }
}
