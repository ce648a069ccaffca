using System.CommandLine;
using System.CommandLine.Parsing;
using Provenance.Cli.Batch;
using Provenance.Cli.Trust;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The command line for every spelling: help, versions, corrections, "--name=value".</summary>
internal static class FullParser
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Reads the Content Credentials (C2PA) of files: who signed them, when, and whether they changed since.")
        {
            Command(VerifyCommand.Name, "Checks files and says what their credentials prove.", VerifyCommand.FilesHelp, VerifyCommand.Options, VerifyCommand.RunAsync),
            Command(InspectCommand.Name, "Shows every box of a credential with its offset, and what its assertions say. Checks nothing.", InspectCommand.FilesHelp, InspectCommand.Options, InspectCommand.RunAsync),
            Command(FormatsCommand.Name, "Lists the formats that are read, and where each carries a credential.", null, FormatsCommand.Options, FormatsCommand.RunAsync),
            Command(BatchCommand.Name, "Checks folders of files, with a table and pages as results; goes on where it was ended.", BatchCommand.FilesHelp, BatchCommand.Options, BatchCommand.RunAsync),
            Command(CodesCommand.Name, "Lists the status codes, with their meanings and clauses.", null, CodesCommand.Options, CodesCommand.RunAsync),
            Group(TrustCommand.Name, TrustCommand.Description, TrustCommand.Verbs.Select(verb => Command(verb.Name, verb.Description, verb.FilesHelp, verb.Options, verb.RunAsync))),
        };
        HelpText.Attach(root);
        // "@name" is a file's name like any other, not a file with more arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            throw new UsageException(NameOf(parsed), "usage.not-understood", "why", string.Join('\n', parsed.Errors.Select(error => DisplayText.Clean(error.Message, 400))));
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
    }

    /// <summary>A command of commands.</summary>
    private static Command Group(string name, string description, IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
            group.Subcommands.Add(command);
        return group;
    }

    /// <summary>The command as it is written: "trust update".</summary>
    private static string NameOf(ParseResult parsed) => parsed.CommandResult.Parent is CommandResult { Parent: not null } group
        ? $"{group.Command.Name} {parsed.CommandResult.Command.Name}"
        : parsed.CommandResult.Command.Name;

    private static Command Command(string name, string description, string? filesHelp, IReadOnlyList<OptionSpec> specs, Func<OptionWords, Task<int>> run)
    {
        var command = new Command(name, description);
        var files = new Argument<string[]>("FILE") { Description = filesHelp, Arity = ArgumentArity.ZeroOrMore };
        if (filesHelp is not null)
            command.Arguments.Add(files);
        // Every verb answers in the language it is asked for.
        var options = specs.Union([LanguageChoice.Spec]).Select(Option).ToList();
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, _) => run(Words(parsed, filesHelp is null ? [] : parsed.GetValue(files) ?? [], options)));
        return command;
    }

    private static Option Option(OptionSpec spec) =>
        spec.Value is null ? new Option<bool>(spec.Name) { Description = spec.Description }
        : spec.Repeats ? new Option<string[]>(spec.Name) { Description = spec.Description, HelpName = spec.Value, Arity = ArgumentArity.OneOrMore }
        : new Option<string>(spec.Name, spec.Alias is null ? [] : [spec.Alias]) { Description = spec.Description, HelpName = spec.Value };

    private static OptionWords Words(ParseResult parsed, IReadOnlyList<string> files, IReadOnlyList<Option> options)
    {
        var words = new OptionWords();
        words.Files.AddRange(files);
        // What looks like an option and is none is a slip, unless "--" says that names follow.
        if (words.Files.Find(name => name.Length > 1 && name[0] == '-') is { } slip && !parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            throw new UsageException(NameOf(parsed), "usage.no-option", "option", DisplayText.Clean(slip));
        foreach (var option in options)
        {
            if (option is Option<string[]> repeated)
            {
                foreach (string value in parsed.GetValue(repeated) ?? [])
                    words.Add(option.Name, value);
            }
            else if (option is Option<string> single && parsed.GetValue(single) is { } value)
            {
                words.Add(option.Name, value);
            }
            else if (option is Option<bool> flag && parsed.GetValue(flag))
            {
                words.Add(option.Name, "");
            }
        }
        return words;
    }
}
