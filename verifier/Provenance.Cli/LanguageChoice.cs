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
        null => FromEnvironment(),
        var named => Named(named) ?? throw new UsageException(verb, "usage.lang", "given", DisplayText.Clean(named)),
    };

    /// <summary>The words for help, and for complaints about a command that was not understood.</summary>
    /// <param name="args">The command.</param>
    public static Words Guess(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count && args[i] != "--"; i++)
        {
            string? named = args[i].StartsWith(Option + "=", StringComparison.Ordinal) ? args[i][(Option.Length + 1)..]
                : args[i] == Option && i + 1 < args.Count ? args[i + 1] : null;
            if (named is not null && Named(named) is { } words)
                return words;
        }
        return FromEnvironment();
    }

    private static Words? Named(string code) => code switch
    {
        "en" => Words.English,
        "ko" => Words.Korean,
        _ => null,
    };

    private static Words FromEnvironment()
    {
        foreach (string name in new[] { "PROVENANCE_LANG", "LC_ALL", "LANG" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } locale)
                return IsKorean(locale) ? Words.Korean : Words.English;
        }
        return Words.English;
    }

    /// <summary>Whether a locale ("ko_KR.UTF-8") or a language tag ("ko-KR") is Korean: by its language alone, which ends where letters end.</summary>
    private static bool IsKorean(string locale)
    {
        int end = locale.AsSpan().IndexOfAny("_-.@");
        string language = end < 0 ? locale : locale[..end];
        // ISO 639-1, ISO 639-2, and the name that C libraries know.
        return new[] { "ko", "kor", "korean" }.Contains(language, StringComparer.OrdinalIgnoreCase);
    }
}
