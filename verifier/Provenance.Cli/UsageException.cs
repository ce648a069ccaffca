namespace Provenance.Cli;

/// <summary>The command cannot be carried out as it was given.</summary>
/// <param name="verb">The verb whose help says more.</param>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class UsageException(string verb, string message) : Exception(message)
{
    public string Verb { get; } = verb;
}
