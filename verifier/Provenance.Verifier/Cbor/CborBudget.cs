using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Cbor;

/// <summary>
/// What the CBOR of one manifest store may cost. One budget serves every parse of a store, so that a store of many boxes,
/// or a box parsed many times, cannot multiply it.
/// </summary>
internal sealed class CborBudget(Limits limits)
{
    private readonly Limits _limits = limits;
    private int _left = limits.CborItems;

    /// <summary>Nesting allowed: arrays, maps and tags around an item.</summary>
    public int Depth => _limits.CborDepth;

    /// <summary>Takes one data item off the budget; a chunk of a string of indefinite length is a data item.</summary>
    /// <exception cref="LimitExceededException">Nothing is left.</exception>
    public void Spend(string structure, long offset)
    {
        if (_left == 0)
            throw new LimitExceededException(structure, offset, nameof(Limits.CborItems), _limits.CborItems);
        _left--;
    }
}
