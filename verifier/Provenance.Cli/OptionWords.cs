namespace Provenance.Cli;

/// <summary>An option as it is declared.</summary>
/// <param name="Name">Its name, for instance "--format".</param>
/// <param name="Value">What help calls its value; null for one that takes none.</param>
/// <param name="Description">One line of help.</param>
internal sealed record OptionSpec(string Name, string? Value, string Description)
{
    /// <summary>Whether it may be given several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>A shorter spelling, for instance "-o"; null for none.</summary>
    public string? Alias { get; init; }
}

/// <summary>The words of a command, told apart and not yet understood.</summary>
internal sealed class OptionWords
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>The words that are no options, in order.</summary>
    public List<string> Files { get; } = [];

    /// <summary>The values of an option, in order.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>The value of an option; null where it is not given.</summary>
    public string? One(string name) => All(name) is [var only, ..] ? only : null;

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A copy without some options.</summary>
    public OptionWords Without(params IReadOnlyList<string> names)
    {
        var left = new OptionWords();
        left.Files.AddRange(Files);
        foreach (var (name, values) in _values)
        {
            if (!names.Contains(name))
                left._values.Add(name, [.. values]);
        }
        return left;
    }

    public void Add(string name, string value)
    {
        if (!_values.TryGetValue(name, out var values))
            _values.Add(name, values = []);
        values.Add(value);
    }
}

/// <summary>Reads commands that are spelled plainly: names and values as words of their own.</summary>
internal static class PlainWords
{
    /// <summary>The words; null for anything else than known options with their values, and files.</summary>
    public static OptionWords? Read(ReadOnlySpan<string> args, IReadOnlyList<OptionSpec> options)
    {
        var words = new OptionWords();
        for (int i = 0; i < args.Length; i++)
        {
            string word = args[i];
            if (word == "--")
            {
                words.Files.AddRange(args[(i + 1)..]);
                break;
            }
            if (word.Length == 0 || word[0] != '-')
            {
                words.Files.Add(word);
                continue;
            }
            if (Find(options, word) is not { } option || (words.Has(option.Name) && !option.Repeats))
                return null;
            if (option.Value is null)
                words.Add(option.Name, "");
            else if (i + 1 < args.Length && (args[i + 1] == "-" || !args[i + 1].StartsWith('-')))
                words.Add(option.Name, args[++i]);
            else
                return null;
        }
        return words;
    }

    private static OptionSpec? Find(IReadOnlyList<OptionSpec> options, string name)
    {
        foreach (var option in options)
        {
            if (option.Name == name || option.Alias == name)
                return option;
        }
        return null;
    }
}
