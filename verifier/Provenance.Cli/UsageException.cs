using Provenance.Cli.Batch;
using Provenance.Cli.Trust;
using Provenance.Verifier.Labels;

namespace Provenance.Cli;

/// <summary>The command cannot be carried out as it was given.</summary>
/// <param name="verb">The verb whose help says more.</param>
/// <param name="tell">What is wrong and what would be right, in the language of who asked.</param>
internal sealed class UsageException(string verb, Func<Words, string> tell) : Exception(tell(Words.English))
{
    /// <param name="verb">The verb whose help says more.</param>
    /// <param name="key">Key of the words; a text that is none is told as it is.</param>
    /// <param name="values">Names of places, each followed by what stands there.</param>
    public UsageException(string verb, string key, params string[] values)
        : this(verb, words => words.Has(key) ? words.Say(key, values) : key)
    {
    }

    /// <summary>The verb whose help says more.</summary>
    public string Verb => verb;

    /// <summary>The same of another verb, which shares what was misunderstood.</summary>
    public UsageException Of(string other) => new(other, tell);

    /// <summary>Tells it, with the way to help; the exit code.</summary>
    public int Tell(Words words)
    {
        string command = verb is VerifyCommand.Name or InspectCommand.Name or FormatsCommand.Name or CodesCommand.Name or BatchCommand.Name || verb.Split(' ')[0] == TrustCommand.Name ? $"provenance {verb}" : "provenance";
        Console.Error.WriteLine($"{tell(words)}\n{words.Say("usage.see-help", "command", command)}");
        return LabelTable.ExitUsage;
    }
}
