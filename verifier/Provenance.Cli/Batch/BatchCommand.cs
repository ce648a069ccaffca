namespace Provenance.Cli.Batch;

/// <summary>"provenance batch": "verify --recursive" for many files, with results in a folder, which goes on where it was ended.</summary>
internal static class BatchCommand
{
    public const string Name = "batch", FilesHelp = "What to check: folders with everything in them, and files.";

    public const string Output = "--output", Restart = "--restart";

    /// <summary>Options of "verify" for one file or another form of answer, and those that make no difference to an answer.</summary>
    private static readonly string[] OfOneFile = ["--format", "--manifest", "--fragments", "--folder", "--recursive", "--no-picture", Output], WithoutEffect = ["--jobs", "--require", Output, Restart];

    /// <summary>Its own options and those of "verify": whatever that learns is known here too.</summary>
    public static IReadOnlyList<OptionSpec> Options { get; } =
    [
        new(Output, "DIR", "The folder for the results: a new or empty one, or that of an earlier run, which then goes on.") { Alias = "-o" },
        new(Restart, null, "Forget what an earlier run left in DIR, and begin anew."),
        .. VerifyCommand.Options.Where(option => !OfOneFile.Contains(option.Name)),
    ];

    public static async Task<int> RunAsync(OptionWords words)
    {
        if (words.One(Output) is not { Length: > 0 } output)
            throw new UsageException(Name, "usage.output-missing");
        try
        {
            var asked = words.Without(Output, Restart);
            asked.Add("--recursive", "");
            // The pictures stay where they lie: thousands of pages with theirs inside would be another folder of them.
            var options = VerifyCommand.Read(asked) with { ShowsPicture = false };
            using var folder = BatchFolder.Open(output, words.Has(Restart));
            return await BatchRun.RunAsync(options, BatchTerms.Of(words, Options.Where(option => !WithoutEffect.Contains(option.Name)), options), folder).ConfigureAwait(false);
        }
        catch (UsageException e) when (e.Verb != Name)
        {
            throw e.Of(Name);
        }
        catch (ResultsException e)
        {
            return e.Tell(LanguageChoice.Of(words, Name));
        }
    }
}
