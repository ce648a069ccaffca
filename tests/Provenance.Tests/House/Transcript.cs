using System.Text;

namespace Provenance.Tests.House;

/// <summary>One "$ command" of a console block, and the lines printed below it.</summary>
internal sealed record Transcript(string Line, string Printed, int LineNumber)
{
    private const string Program = "dotnet run -c Release --project verifier/Provenance.Cli --";

    public static IReadOnlyList<Transcript> In(MarkdownBlock block)
    {
        var transcripts = new List<Transcript>();
        for (var at = 0; at < block.Lines.Count; at++)
        {
            if (block.Lines[at].StartsWith("$ ", StringComparison.Ordinal))
                transcripts.Add(new Transcript(block.Lines[at][2..], "", block.Line + 1 + at));
            else if (transcripts.Count > 0)
                transcripts[^1] = transcripts[^1] with { Printed = transcripts[^1].Printed + block.Lines[at] + "\n" };
            else
                throw new FormatException($"README line {block.Line + 1 + at}: a console block starts with '$ '.");
        }
        return transcripts;
    }

    /// <summary>What the command prints here. The command line's own project is not built again: the program beside these tests runs.</summary>
    public async Task<(string Printed, int ExitCode)> RunAsync(int previousExitCode)
    {
        if (Line == "echo $?")
            return ($"{previousExitCode}\n", 0);
        if (Line != Program && !Line.StartsWith(Program + " ", StringComparison.Ordinal))
            throw new FormatException($"README line {LineNumber}: only '{Program} ...' and 'echo $?' can be compared.");
        var run = await Command.RunAsync(Repository.Root, null, "dotnet", [Repository.CommandLine, .. Split(Line[Program.Length..])]);
        return (run.Output + run.Error, run.ExitCode);
    }

    /// <summary>Splits words as a shell would; what needs a shell (pipes, variables, patterns) is refused.</summary>
    internal static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        var started = false;
        foreach (var character in text)
        {
            if (character == quote)
                quote = null;
            else if (quote is null && character is '"' or '\'')
                (quote, started) = (character, true);
            else if (quote is null && character == ' ')
                Finish();
            else if ((quote is null && "|&;<>()$`*?~#\\".Contains(character, StringComparison.Ordinal)) || (quote == '"' && character is '$' or '`' or '\\'))
                throw new FormatException($"'{character}' in '{text}' needs a shell.");
            else
                (_, started) = (word.Append(character), true);
        }
        Finish();
        return quote is null ? words : throw new FormatException($"A quote in '{text}' does not end.");

        void Finish()
        {
            if (started)
                words.Add(word.ToString());
            word.Clear();
            started = false;
        }
    }
}
