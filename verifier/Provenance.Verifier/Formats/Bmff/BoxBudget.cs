using Provenance.Verifier.Bytes;

namespace Provenance.Verifier.Formats.Bmff;

/// <summary>The boxes that one walk over a file may read, nested ones included.</summary>
internal sealed class BoxBudget(Limits limits)
{
    private int _left = limits.BmffBoxes;

    /// <summary>Takes one box off the budget.</summary>
    /// <exception cref="LimitExceededException">Nothing is left.</exception>
    public void Spend(long offset)
    {
        if (_left-- == 0)
            throw new LimitExceededException("BMFF", offset, nameof(Limits.BmffBoxes), limits.BmffBoxes);
    }
}
