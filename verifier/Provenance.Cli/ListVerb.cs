using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>What the verbs share that print one of our lists: for people, for programs, for the documentation.</summary>
internal static class ListVerb
{
    private const string Format = "--format";

    /// <summary>Their options.</summary>
    /// <param name="page">The page of documentation that holds the same list.</param>
    public static IReadOnlyList<OptionSpec> Options(string page) => [new(Format, "text|json|markdown", $"How to answer: text for people, json for programs, markdown for {page}.")];

    /// <summary>Prints the list as it was asked for.</summary>
    /// <param name="verb">The verb, for a complaint.</param>
    /// <param name="words">The command.</param>
    /// <param name="text">The list for people.</param>
    /// <param name="json">For programs.</param>
    /// <param name="markdown">For the documentation, in English.</param>
    public static Task<int> RunAsync(string verb, OptionWords words, Func<Words, string> text, Func<string> json, Func<string> markdown)
    {
        var language = LanguageChoice.Of(words, verb);
        string list = words.One(Format) switch
        {
            null or "text" => text(language),
            "json" => json(),
            "markdown" => markdown(),
            var other => throw new UsageException(verb, "usage.format", "given", DisplayText.Clean(other), "formats", "text, json, markdown"),
        };
        var output = new StandardOutput();
        try
        {
            output.Write(list);
            output.Flush();
        }
        catch (OutputClosedException)
        {
            // Nobody is left to tell.
        }
        return Task.FromResult(0);
    }
}
