namespace Provenance.Verifier.X509;

/// <summary>
/// Counts comparisons of names with name constraints: a few kilobytes of each multiply (attack F03, "nc-dos" of x509-limbo). Real chains
/// need a few hundred; Go's crypto/x509 stops at 250,000, ours is what the browser's interpreter does in well under a second.
/// </summary>
internal sealed class NameComparisons(int limit = NameComparisons.Default)
{
    public const int Default = 20_000;

    private int _left = limit;

    /// <summary>A comparison was refused, so nothing is known of the names it was for.</summary>
    public bool Exhausted { get; private set; }

    public bool TrySpend(int count)
    {
        if (count > _left)
        {
            Exhausted = true;
            return false;
        }
        _left -= count;
        return true;
    }
}
