using Xunit.v3;

namespace Provenance.Tests;

/// <summary>
/// Marks the tests of a campaign: they read their length from <see cref="Long"/>. <c>tests/long</c> lists every campaign by this
/// name and these words, and runs the tests that carry it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LongAttribute(string name, string does) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Long", name), new("Campaign", $"{name}: {does}")];
}
