using Provenance.Verifier.Labels;

namespace Provenance.TrustStore;

/// <summary>The index is damaged, or what it names is.</summary>
/// <param name="key">Key of the words that say what.</param>
/// <param name="values">Names of places, each followed by what stands there; one that is itself a key is told in words.</param>
internal sealed class DamagedStoreException(string key, params string[] values) : Exception(In(Words.English, key, values))
{
    /// <summary>What, in words.</summary>
    public string In(Words words) => In(words, key, values);

    private static string In(Words words, string key, string[] values) => words.Say(key, [.. values.Select((value, i) => i % 2 == 1 && words.Has(value) ? words.Say(value) : value)]);
}
