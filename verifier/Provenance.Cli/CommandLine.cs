using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The command line: what its words mean, and which exit code an end that was not planned has.</summary>
internal static class CommandLine
{
    /// <summary>Stopped by Ctrl+C, as shells number it: 128 + SIGINT.</summary>
    private const int ExitInterrupted = 130;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The outermost frame: a fault of ours is told as such and ends with its own exit code.")]
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            // "@name" is a file's name like any other, not a file with more arguments.
            var parsed = Build().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
                return Usage(string.Join('\n', parsed.Errors.Select(error => error.Message)), parsed.CommandResult.Command.Name);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return Usage(e.Message, e.Verb);
        }
        catch (OperationCanceledException)
        {
            return ExitInterrupted;
        }
        catch (Exception e)
        {
            InternalFault.Report(e, null);
            return LabelTable.ExitInternalError;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Reads the Content Credentials (C2PA) of pictures: who signed them, when, and whether they changed since.")
        {
            VerifyCommand.Build(),
            InspectCommand.Build(),
        };
        HelpText.Attach(root);
        return root;
    }

    private static int Usage(string message, string verb)
    {
        string command = verb is VerifyCommand.Name or InspectCommand.Name ? $"provenance {verb}" : "provenance";
        Console.Error.WriteLine($"{message}\nSee: {command} --help");
        return LabelTable.ExitUsage;
    }
}
