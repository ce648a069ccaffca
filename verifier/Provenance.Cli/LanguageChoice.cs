using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The language to answer in: --lang, else the first of PROVENANCE_LANG, LC_ALL and LANG that is set, else English.</summary>
internal static class LanguageChoice
{
    public const string Option = "--lang";

    public static OptionSpec Spec { get; } = new(Option, "en|ko", "The language of text, HTML and CSV; from PROVENANCE_LANG, LC_ALL or LANG if not given. JSON is the same in each.");

    /// <summary>The words to answer in.</summary>
    /// <param name="words">The command.</param>
    /// <param name="verb">The verb, for a complaint.</param>
    public static Words Of(OptionWords words, string verb) => words.One(Option) switch
    {
        "en" => Words.English,
        "ko" => Words.Korean,
        null => FromEnvironment(),
        var other => throw new UsageException(verb, $"--lang is en or ko, not '{DisplayText.Clean(other)}'."),
    };

    private static Words FromEnvironment()
    {
        foreach (string name in new[] { "PROVENANCE_LANG", "LC_ALL", "LANG" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } locale)
                return locale == "ko" || locale.StartsWith("ko_", StringComparison.Ordinal) || locale.StartsWith("ko-", StringComparison.Ordinal) || locale.StartsWith("ko.", StringComparison.Ordinal) ? Words.Korean : Words.English;
        }
        return Words.English;
    }
}
