using Provenance.Cli.Text;
using Provenance.Verifier.Bytes;
using Provenance.Verifier.Labels;
using Provenance.Verifier.Reports;

namespace Provenance.Cli;

/// <summary>"provenance inspect": shows what stands in a credential, box by box, and checks nothing.</summary>
internal static class InspectCommand
{
    public const string Name = "inspect", FilesHelp = "The files, or .c2pa files, to look into.";

    public static IReadOnlyList<OptionSpec> Options { get; } = [];

    public static async Task<int> RunAsync(OptionWords words)
    {
        if (words.Files.Count == 0)
            throw new UsageException(Name, "usage.no-file");
        var language = LanguageChoice.Of(words, Name);
        var output = new StandardOutput();
        var exitCodes = new HashSet<int>();
        try
        {
            foreach (string file in words.Files)
            {
                if (exitCodes.Count > 0)
                    output.Write("\n");
                var (text, isReadable) = await InspectAsync(file, language).ConfigureAwait(false);
                exitCodes.Add(isReadable ? 0 : LabelTable.For(LabelFacts.NothingChecked(CredentialPresence.Unreadable)).ExitCode);
                output.Write(text);
            }
            output.Flush();
        }
        catch (OutputClosedException)
        {
            // Nobody is left to tell.
        }
        return LabelTable.ExitCodeFor(exitCodes);
    }

    private static async Task<(string Text, bool IsReadable)> InspectAsync(string file, Words words)
    {
        InspectionNode root;
        try
        {
            var source = await AnswerSource.OpenAsync(file).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
                root = await Inspection.ReadAsync(source, Limits.Default).ConfigureAwait(false);
        }
        catch (Exception e) when (AnswerSource.IsUnreadable(e))
        {
            return ($"{DisplayText.Clean(file, 400)}\n{words.Say(AnswerSource.WhyUnreadable(e))}\n", false);
        }
        var text = new StringWriter();
        InspectFormat.Write(text, root, file, words);
        return (text.ToString(), IsReadable(root));
    }

    /// <summary>Whether the container and its store could be read; what assertions hold is another matter.</summary>
    private static bool IsReadable(InspectionNode root) =>
        root.Name != "unknown format" && !root.Children.Concat(root.Children.SelectMany(child => child.Children)).Any(node => node.Name == "fault");
}
